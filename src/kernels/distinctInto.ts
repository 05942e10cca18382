/**
 * Numbers the distinct values in order of first appearance and returns how many there are. Open addressing over the
 * bits of the values, so that no value becomes an object. Values are finite, and no value is -0.
 */
export function distinctInto(
  values: Float64Array, //   in   n
  words: Uint32Array, //     in   2 n, the same memory as `values`
  slots: Int32Array, //      out  a power of two above 2 n, so that probes stay short; filled with -1 by the caller
  distinct: Float64Array, // out  n, of which the returned number is set
  codes: Uint32Array, //     out  n, index into `distinct`
): number {
  const mask = slots.length - 1
  let count = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    let slot = hash(words[2 * i]!, words[2 * i + 1]!) & mask
    let code = slots[slot]!
    while (code >= 0 && distinct[code]! !== value) {
      slot = (slot + 1) & mask
      code = slots[slot]!
    }
    if (code < 0) {
      code = count++
      slots[slot] = code
      distinct[code] = value
    }
    codes[i] = code
  }
  return count
}

/** Writes the rank of each number that `distinctInto` gave out: `ranks[code]` values are below `distinct[code]`. */
export function ranksInto(
  sorted: Float64Array, //   in   count, the distinct values in ascending order
  words: Uint32Array, //     in   2 count, the same memory as `sorted`
  slots: Int32Array, //      in   as `distinctInto` left it
  distinct: Float64Array, // in   count
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
