/** Columns of numbers in typed arrays. */
export type NumberColumn = Float64Array | Uint32Array

/** Writes the least and the largest of `values` to `range`. */
export function rangeInto(
  values: NumberColumn, // in   n >= 1, no NaN
  range: Float64Array, //  out  2
): void {
  let low = values[0]!
  let high = low
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!
    if (value < low) low = value
    if (value > high) high = value
  }
  range[0] = low
  range[1] = high
}

/**
 * Counts values by bucket, `floor((value - low) · scale)`. A rounded difference and a rounded product never fall when
 * the value rises, so no value of a bucket is larger than one of a later bucket.
 */
export function countValuesInto(
  values: NumberColumn, // in       n, at least `low`
  low: number, //          in
  scale: number, //        in       above 0
  counts: Uint32Array, //  in, out  zeros at first; more than the bucket of the largest value
): void {
  for (let i = 0; i < values.length; i++) counts[((values[i]! - low) * scale) >>> 0]!++
}

/** Collects the values of some buckets, each group on its own. */
export function gatherValuesInto(
  values: NumberColumn, // in       n
  low: number, //          in       as for `countValuesInto`
  scale: number, //        in
  groups: Uint8Array, //   in       group of each bucket, or 0 for none
  cursors: Uint32Array, // in, out  where the next value of each group goes
  out: Float64Array, //    out
): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    const group = groups[((value - low) * scale) >>> 0]!
    if (group !== 0) out[cursors[group]!++] = value
  }
}
