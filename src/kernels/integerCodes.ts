import type { WholeNumbers } from './scanEvents.ts'

/**
 * Numbers ids in the order of their first appearance, where they lie close together: each has a slot of its own.
 * Returns how many there are.
 */
export function denseCodesInto(
  ids: WholeNumbers, //      in       n, whole numbers from `low` to `low + slots.length - 1`
  low: number, //            in
  found: number, //          in       how many there were before
  slots: Uint32Array, //     in, out  the code of an id, plus 1; 0, where there was none
  codes: Uint32Array, //     out      n
  distinct: Float64Array, // out      the ids that are new, in order; room for all that there are
): number {
  let count = found
  for (let i = 0; i < ids.length; i++) {
    const slot = ids[i]! - low
    let code = slots[slot]!
    if (code === 0) {
      distinct[count++ - found] = ids[i]!
      code = count
      slots[slot] = code
    }
    codes[i] = code - 1
  }
  return count
}

/** Takes the slots of ids that are numbered already, in this order: as `denseCodesInto` leaves them. */
export function takeSlotsInto(
  ids: Float64Array, //  in   n, which all differ
  low: number, //        in
  slots: Uint32Array, // out
): void {
  for (let code = 0; code < ids.length; code++) slots[ids[code]! - low] = code + 1
}

// Places of the counters of `hashedCodesInto` and `rehashInto`.
/** How many ids there are. */
export const FOUND = 0
/** How many taken slots may still be passed on the way to others: ids can be chosen so that they all meet. */
export const PATIENCE = 1
export const COUNTERS = 2

/**
 * Numbers ids in the order of their first appearance by open addressing with linear probing. Stops at the row where
 * a new id would be the `room + 1`st, or when there is no patience left, and returns that row, or n; in the first case
 * the caller rehashes into more slots and goes on.
 */
export function hashedCodesInto(
  ids: WholeNumbers, //       in       n
  start: number, //           in       first row
  slots: Uint32Array, //      in, out  a power of two, more than `room`; the code of an id, plus 1, or 0
  codes: Uint32Array, //      out      n
  distinct: Float64Array, //  in, out  room; the ids by code
  counters: Float64Array, //  in, out  COUNTERS
): number {
  const shift = 32 - Math.log2(slots.length)
  const mask = slots.length - 1
  const room = distinct.length
  let count = counters[FOUND]!
  let patience = counters[PATIENCE]!
  let row = start
  for (; row < ids.length && patience > 0; row++) {
    const id = ids[row]!
    let slot = hash(id) >>> shift
    let code = slots[slot]!
    while (code !== 0 && distinct[code - 1] !== id) {
      slot = (slot + 1) & mask
      code = slots[slot]!
      patience--
    }
    if (code === 0) {
      if (count === room) break
      distinct[count++] = id
      code = count
      slots[slot] = code
    }
    codes[row] = code - 1
  }
  counters[FOUND] = count
  counters[PATIENCE] = patience
  return row
}

/** Fills empty slots with the codes of different ids, or, without patience, some of them. */
export function rehashInto(
  distinct: Float64Array, // in       the ids by code
  slots: Uint32Array, //     out      zeros at first; a power of two, more than there are ids
  counters: Float64Array, // in, out  COUNTERS
): void {
  const shift = 32 - Math.log2(slots.length)
  const mask = slots.length - 1
  const count = counters[FOUND]!
  let patience = counters[PATIENCE]!
  for (let code = 0; code < count && patience > 0; code++) {
    let slot = hash(distinct[code]!) >>> shift
    while (slots[slot] !== 0) {
      slot = (slot + 1) & mask
      patience--
    }
    slots[slot] = code + 1
  }
  counters[PATIENCE] = patience
}

/** Replaces codes by the numbers that they stand for. */
export function renumberInto(
  codes: Uint32Array, //   in, out
  numbers: Uint32Array, // in       by code
): void {
  for (let i = 0; i < codes.length; i++) codes[i] = numbers[codes[i]!]!
}

/** Writes the place of each id among different ones that ascend, all of which it is one of, by bisection. */
export function ranksInto(
  ids: WholeNumbers, //       in   n
  ascending: Float64Array, // in
  ranks: Uint32Array, //      out  n
): void {
  for (let i = 0; i < ids.length; i++) {
    let low = 0
    let high = ascending.length - 1
    while (low < high) {
      const middle = (low + high) >>> 1
      if (ascending[middle]! < ids[i]!) low = middle + 1
      else high = middle
    }
    ranks[i] = low
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
