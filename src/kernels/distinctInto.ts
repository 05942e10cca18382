/**
 * Numbers the distinct values of `values[from..]` in order of first appearance, until all are numbered or more than
 * `slots` has comfortable room for are found; returns the place it got to. Open addressing over the bits of the values, so
 * that no value becomes an object; a table that starts small stays in the cache where values repeat. Values are finite;
 * -0 counts as 0.
 */
export function distinctInto(
  values: Float64Array, //   in       n
  from: number,
  slots: Int32Array, //      in, out  a power of two; -1 where free
  distinct: Float64Array, // in, out  as long as `slots`, of which `found[0]` are set
  codes: Uint32Array, //     out      n, index into `distinct`
  block: Float64Array, //    scratch  any length
  words: Uint32Array, //     scratch  the same memory as `block`
  found: Uint32Array, //     in, out  1, how many are distinct
): number {
  const mask = slots.length - 1
  const most = slots.length >> 1
  let count = found[0]!
  for (let start = from; start < values.length; start += block.length) {
    const rows = Math.min(block.length, values.length - start)
    for (let k = 0; k < rows; k++) block[k] = values[start + k]! + 0 // -0 becomes 0
    for (let k = 0; k < rows; k++) {
      const value = block[k]!
      let slot = hash(words[2 * k]!, words[2 * k + 1]!) & mask
      let code = slots[slot]!
      while (code >= 0 && distinct[code]! !== value) {
        slot = (slot + 1) & mask
        code = slots[slot]!
      }
      if (code < 0) {
        if (count === most) {
          found[0] = count
          return start + k
        }
        code = count++
        slots[slot] = code
        distinct[code] = value
      }
      codes[start + k] = code
    }
  }
  found[0] = count
  return values.length
}

/** Puts distinct values, numbered by their places, into free `slots`. */
export function rehashInto(
  words: Uint32Array, // in   2 count and more, the memory of the values
  count: number,
  slots: Int32Array, //  out  a power of two above 2 count; filled with -1 by the caller
): void {
  const mask = slots.length - 1
  for (let code = 0; code < count; code++) {
    let slot = hash(words[2 * code]!, words[2 * code + 1]!) & mask
    while (slots[slot]! >= 0) slot = (slot + 1) & mask
    slots[slot] = code
  }
}

/** Writes the rank of each number that `distinctInto` gave out: `ranks[code]` values are below `distinct[code]`. */
export function ranksInto(
  sorted: Float64Array, //   in   count, the distinct values in ascending order
  words: Uint32Array, //     in   the same memory as `sorted`
  slots: Int32Array, //      in   as `distinctInto` left it
  distinct: Float64Array, // in   count and more
  ranks: Uint32Array, //     out  count
): void {
  const mask = slots.length - 1
  for (let rank = 0; rank < sorted.length; rank++) {
    let slot = hash(words[2 * rank]!, words[2 * rank + 1]!) & mask
    while (distinct[slots[slot]!]! !== sorted[rank]!) slot = (slot + 1) & mask
    ranks[slots[slot]!] = rank
  }
}

/** Mixes both halves of a double: those of whole numbers and of sevenths differ in few bits. */
function hash(low: number, high: number): number {
  const mixed = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}
