// A purchase history (x, t_x, T) as one whole number of 32 bits: x, then T, then t_x, in days.

/** Bits of T and t_x in a packed history, and the least T, which stands for 0. */
export interface HistoryPacking {
  /** Days in a unit of time. */
  readonly scale: number
  readonly leastAge: number
  readonly ageBits: number
  readonly lastBits: number
}

/** Writes the largest x, the least and the largest T and the largest t_x; false unless all weights are 1. */
export function historyRangesInto(
  repeats: Uint32Array, //     in   n
  ageAtLast: Float64Array, //  in   n
  age: Float64Array, //        in   n
  weights: Float64Array, //    in   n
  out: Float64Array, //        out  4
): boolean {
  let mostRepeats = 0
  let leastAge = Number.POSITIVE_INFINITY
  let mostAge = 0
  let mostLast = 0
  for (let row = 0; row < age.length; row++) {
    if (weights[row] !== 1) return false
    if (repeats[row]! > mostRepeats) mostRepeats = repeats[row]!
    if (age[row]! < leastAge) leastAge = age[row]!
    if (age[row]! > mostAge) mostAge = age[row]!
    if (ageAtLast[row]! > mostLast) mostLast = ageAtLast[row]!
  }
  out[0] = mostRepeats
  out[1] = leastAge
  out[2] = mostAge
  out[3] = mostLast
  return true
}

/**
 * Packs the histories with x > 0, and counts those without by T, as half of all customers are. Returns how many are
 * packed, or −1 as soon as a time is no whole number of days.
 */
export function packHistoriesInto(
  repeats: Uint32Array, //     in   n
  ageAtLast: Float64Array, //  in   n
  age: Float64Array, //        in   n
  packing: HistoryPacking,
  keys: Uint32Array, //        out  n
  once: Uint32Array, //        out  2^ageBits, zeros: customers without repeats, by T
): number {
  const { scale, leastAge, ageBits, lastBits } = packing
  let packed = 0
  for (let row = 0; row < keys.length; row++) {
    const x = repeats[row]!
    const T = age[row]!
    const last = ageAtLast[row]!
    const day = (T * scale + 0.5) | 0
    const lastDay = (last * scale + 0.5) | 0
    if (day / scale !== T || lastDay / scale !== last) return -1
    // Nobody can guess who repeats, so there is no branch to guess.
    const isOnce = (x - 1) >>> 31
    once[(day - leastAge) & -isOnce]! += isOnce
    keys[packed] = (((x << ageBits) | (day - leastAge)) << lastBits) | lastDay
    packed += 1 - isOnce
  }
  return packed
}

/** Takes packed histories apart again, and marks the days that occur. */
export function unpackHistoriesInto(
  keys: Uint32Array, //     in   n
  packing: HistoryPacking,
  from: number, //          where to begin in the columns
  repeats: Uint32Array, //  out  from + n
  last: Uint32Array, //     out  from + n, in days
  age: Uint32Array, //      out  from + n, in days
  isThere: Uint8Array, //   out  above the longest T
): void {
  const { leastAge, ageBits, lastBits } = packing
  const ageMask = (1 << ageBits) - 1
  const lastMask = (1 << lastBits) - 1
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    const T = leastAge + ((key >>> lastBits) & ageMask)
    const t = key & lastMask
    repeats[from + i] = key >>> (ageBits + lastBits)
    last[from + i] = t
    age[from + i] = T
    isThere[T] = 1
    isThere[t] = 1
  }
}
