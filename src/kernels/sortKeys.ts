/** Bits of the widest digit: fewer and wider ones are worth it while the buckets being written to stay in the cache. */
const WIDEST = 13

/** Into how many digits `sortKeysInto` divides keys of so many bits. */
export function digitsOf(bits: number): number {
  return Math.max(1, Math.ceil(bits / WIDEST))
}

/**
 * Sorts whole numbers, from the lowest digit to the highest; the sorted ones end up in `keys` after an even number of
 * digits, else in `spare`.
 */
export function sortKeysInto(
  keys: Uint32Array, //   in, scratch  n
  spare: Uint32Array, //  scratch      n
  digits: number,
  bits: number, //        of the largest key, 32 at most
  counts: Uint32Array, // scratch      2^WIDEST
): void {
  const width = Math.ceil(bits / digits)
  const mask = (1 << width) - 1
  for (let digit = 0; digit < digits; digit++) {
    const shift = digit * width
    if (digit % 2 === 0) sortByDigitInto(keys, shift, mask, counts, spare)
    else sortByDigitInto(spare, shift, mask, counts, keys)
  }
}

function sortByDigitInto(keys: Uint32Array, shift: number, mask: number, starts: Uint32Array, out: Uint32Array): void {
  starts.fill(0)
  for (let i = 0; i < keys.length; i++) starts[(keys[i]! >>> shift) & mask]!++
  let start = 0
  for (let bucket = 0; bucket <= mask; bucket++) {
    const count = starts[bucket]!
    starts[bucket] = start
    start += count
  }
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!
    const bucket = (key >>> shift) & mask
    out[starts[bucket]!] = key
    starts[bucket]!++
  }
}

/** Writes the different ones of sorted keys, and how many there are of each; returns how many are different. */
export function countRunsInto(
  sorted: Uint32Array, //    in   n
  distinct: Uint32Array, //  out  n and more; may be `sorted`
  counts: Uint32Array, //    out  n and more
): number {
  let last = 0
  let from = 0
  for (let i = 1; i <= sorted.length; i++) {
    if (i < sorted.length && sorted[i] === sorted[from]) continue
    distinct[last] = sorted[from]!
    counts[last++] = i - from
    from = i
  }
  return last
}
