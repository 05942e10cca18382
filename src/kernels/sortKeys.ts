/** Bits of the widest of two digits: fewer and wider ones are worth it while the buckets being written to stay in the cache. */
const WIDEST = 13

/** Bits of the digits that `sortKeysInto` divides keys of so many bits into: an even number of digits. */
export function digitWidth(bits: number): number {
  return Math.ceil(bits / (bits > 2 * WIDEST ? 4 : 2))
}

/** Sorts whole numbers, from the lowest digit to the highest. */
export function sortKeysInto(
  keys: Uint32Array, //   in, out  n
  spare: Uint32Array, //  scratch  n
  bits: number, //        of the largest key, 32 at most
  width: number, //       of a digit
  starts: Uint32Array, // scratch  2 × 2^width
): void {
  const buckets = 1 << width
  for (let shift = 0; shift < bits; shift += 2 * width) {
    countDigitsInto(keys, shift, width, starts)
    sumsBeforeInto(starts, 0, buckets)
    sumsBeforeInto(starts, buckets, 2 * buckets)
    scatterInto(keys, shift, buckets - 1, 0, starts, spare)
    scatterInto(spare, shift + width, buckets - 1, buckets, starts, keys)
  }
}

/** Counts the keys by a digit, and by the next one in the second half: how often does not depend on their order. */
function countDigitsInto(keys: Uint32Array, shift: number, width: number, counts: Uint32Array): void {
  const buckets = 1 << width
  counts.fill(0)
  for (let i = 0; i < keys.length; i++) {
    const digits = keys[i]! >>> shift
    counts[digits & (buckets - 1)]!++
    counts[buckets + ((digits >>> width) & (buckets - 1))]!++
  }
}

function sumsBeforeInto(counts: Uint32Array, from: number, to: number): void {
  let sum = 0
  for (let i = from; i < to; i++) {
    const count = counts[i]!
    counts[i] = sum
    sum += count
  }
}

function scatterInto(
  keys: Uint32Array,
  shift: number,
  mask: number,
  first: number,
  starts: Uint32Array,
  out: Uint32Array,
): void {
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    const bucket = first + ((key >>> shift) & mask)
    const to = starts[bucket]!
    out[to] = key
    starts[bucket] = to + 1
  }
}

/**
 * Moves the different ones of sorted keys to the front, and writes where the keys equal to each end; returns how many are
 * different. Nobody can guess whether the next key is another one, so there is no branch to guess.
 */
export function distinctKeysInto(
  sorted: Uint32Array, // in, out  n
  ends: Uint32Array, //   out      n
): number {
  let found = 0
  let previous = ~sorted[0]!
  for (let i = 0; i < sorted.length; i++) {
    const key = sorted[i]!
    const difference = key ^ previous
    found += (difference | -difference) >>> 31
    sorted[found - 1] = key
    ends[found - 1] = i + 1
    previous = key
  }
  return found
}
