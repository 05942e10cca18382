// A purchase history (x, t_x, T) as one whole number of 32 bits: x, then T, then t_x, in days.

/** Bits of T and t_x in a packed history, and the least T, which stands for 0. */
export interface HistoryPacking {
  /** Days in a unit of time. */
  readonly scale: number
  readonly leastAge: number
  readonly ageBits: number
  readonly lastBits: number
}

/** Writes the least and the largest T. */
export function ageRangeInto(
  age: Float64Array, // in   n, above 0
  out: Float64Array, // out  2
): void {
  let least = Number.POSITIVE_INFINITY
  let most = 0
  for (let row = 0; row < age.length; row++) {
    const T = age[row]!
    if (T < least) least = T
    if (T > most) most = T
  }
  out[0] = least
  out[1] = most
}

/**
 * Packs the histories with x > 0, and counts those without by T, as half of all customers are. Returns how many are
 * packed, or −1 as soon as a time is no whole number of days or a customer does not count once.
 */
export function packHistoriesInto(
  repeats: Uint32Array, //     in   n
  ageAtLast: Float64Array, //  in   n
  age: Float64Array, //        in   n
  weights: Float64Array, //    in   n
  packing: HistoryPacking,
  keys: Uint32Array, //        out  n
  once: Uint32Array, //        out  2^ageBits, zeros: customers without repeats, by T
  repeatBits: Uint32Array, //  out  1, the bits that any x has: where they are too many for 32, the keys are worthless
): number {
  const { scale, leastAge, ageBits, lastBits } = packing
  let packed = 0
  let bits = 0
  for (let row = 0; row < keys.length; row++) {
    const x = repeats[row]!
    const T = age[row]!
    const last = ageAtLast[row]!
    const day = (T * scale + 0.5) | 0
    const lastDay = (last * scale + 0.5) | 0
    if (day / scale !== T || lastDay / scale !== last || weights[row] !== 1) return -1
    bits |= x
    // Nobody can guess who repeats, so there is no branch to guess.
    const isOnce = (x - 1) >>> 31
    once[day - leastAge]! += isOnce
    keys[packed] = (((x << ageBits) | (day - leastAge)) << lastBits) | lastDay
    packed += 1 - isOnce
  }
  repeatBits[0] = bits
  return packed
}

/** Takes packed histories apart again, and marks the days that occur. */
export function unpackHistoriesInto(
  keys: Uint32Array, //      in   n
  ends: Uint32Array, //      in   n: how many customers they stand for, with all before
  packing: HistoryPacking,
  from: number, //           where to begin in the columns
  repeats: Uint32Array, //   out  from + n
  last: Uint32Array, //      out  from + n, in days
  age: Uint32Array, //       out  from + n, in days
  weights: Float64Array, //  out  from + n
  isThere: Uint8Array, //    out  above the longest T
): void {
  const { leastAge, ageBits, lastBits } = packing
  const ageMask = (1 << ageBits) - 1
  const lastMask = (1 << lastBits) - 1
  let before = 0
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    const T = leastAge + ((key >>> lastBits) & ageMask)
    const t = key & lastMask
    repeats[from + i] = key >>> (ageBits + lastBits)
    last[from + i] = t
    age[from + i] = T
    const end = ends[i]!
    weights[from + i] = end - before
    before = end
    isThere[T] = 1
    isThere[t] = 1
  }
}
