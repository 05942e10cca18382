import type { WholeNumbers } from './scanEvents.ts'

/**
 * Numbers ids in the order of their first appearance, where they lie close together: each has a slot of its own.
 * Returns how many there are.
 */
export function denseCodesInto(
  ids: WholeNumbers, //      in       n, whole numbers from `low` to `low + slots.length - 1`
  low: number, //            in
  slots: Uint32Array, //     in, out  zeros at first; afterwards the code of an id, plus 1
  codes: Uint32Array, //     out      n
  distinct: Float64Array, // out      the ids by code; room for all that there are
): number {
  let count = 0
  for (let i = 0; i < ids.length; i++) {
    const slot = ids[i]! - low
    let code = slots[slot]!
    if (code === 0) {
      distinct[count++] = ids[i]!
      code = count
      slots[slot] = code
    }
    codes[i] = code - 1
  }
  return count
}

/**
 * Numbers ids in the order of their first appearance by open addressing with linear probing. Stops at the row where
 * a new id would be the `room + 1`st, and returns that row, or n; the caller rehashes into more slots and goes on.
 */
export function hashedCodesInto(
  ids: WholeNumbers, //      in       n
  start: number, //          in       first row
  slots: Uint32Array, //     in, out  a power of two, more than `room`; the code of an id, plus 1, or 0
  codes: Uint32Array, //     out      n
  distinct: Float64Array, // in, out  room; the ids by code
  counter: Uint32Array, //   in, out  1; how many ids there are
): number {
  const shift = 32 - Math.log2(slots.length)
  const mask = slots.length - 1
  const room = distinct.length
  let count = counter[0]!
  let row = start
  for (; row < ids.length; row++) {
    const id = ids[row]!
    let slot = hash(id) >>> shift
    let code = slots[slot]!
    while (code !== 0 && distinct[code - 1] !== id) {
      slot = (slot + 1) & mask
      code = slots[slot]!
    }
    if (code === 0) {
      if (count === room) break
      distinct[count++] = id
      code = count
      slots[slot] = code
    }
    codes[row] = code - 1
  }
  counter[0] = count
  return row
}

/** Fills empty slots with the codes of `count` different ids. */
export function rehashInto(
  distinct: Float64Array, // in   the ids by code
  count: number, //          in
  slots: Uint32Array, //     out  zeros at first; a power of two, more than `count`
): void {
  const shift = 32 - Math.log2(slots.length)
  const mask = slots.length - 1
  for (let code = 0; code < count; code++) {
    let slot = hash(distinct[code]!) >>> shift
    while (slots[slot] !== 0) slot = (slot + 1) & mask
    slots[slot] = code + 1
  }
}

const TWO_32 = 4_294_967_296

/** 32 bits of a safe integer of which the upper ones are well mixed (Knuth's multiplicative method, once a half). */
function hash(id: number): number {
  const low = id | 0
  const high = Math.floor(id / TWO_32) | 0
  const mixed = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1)
  return Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35)
}
