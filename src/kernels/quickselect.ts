// Above this size a sample of the range gives better pivots than they cost: Floyd & Rivest's own figure.
const SAMPLE_ABOVE = 600

/**
 * Reorders `values[left..right]` (both inclusive) so that `values[k]` holds what a sort would put there, with nothing
 * larger before it and nothing smaller after it. Expected n + min(k, n - k) comparisons, whatever the number of ties.
 *
 * @see Floyd & Rivest (1975), "Algorithm 489: the algorithm SELECT for finding the i-th smallest of n elements"
 */
export function select(
  values: Float64Array, // in/out  no NaN
  k: number, //            in      left <= k <= right
  left: number,
  right: number,
): void {
  while (right > left) {
    if (right - left > SAMPLE_ABOVE) {
      const n = right - left + 1
      const i = k - left + 1
      const z = Math.log(n)
      const s = 0.5 * Math.exp((2 * z) / 3)
      const sd = 0.5 * Math.sqrt((z * s * (n - s)) / n) * (i < n / 2 ? -1 : 1)
      const from = Math.max(left, Math.floor(k - (i * s) / n + sd))
      const to = Math.min(right, Math.floor(k + ((n - i) * s) / n + sd))
      select(values, k, from, to)
    }
    const pivot = values[k]!
    let i = left
    let j = right
    swap(values, left, k)
    if (values[right]! > pivot) swap(values, left, right)
    // Both scans stop at values equal to the pivot, so a range full of ties is cut in half, not off by one.
    while (i < j) {
      swap(values, i, j)
      i++
      j--
      while (values[i]! < pivot) i++
      while (values[j]! > pivot) j--
    }
    if (values[left] === pivot) swap(values, left, j)
    else swap(values, ++j, right)
    if (j <= k) left = j + 1
    if (k <= j) right = j - 1
  }
}

/**
 * Writes the cut points that divide `values` into `out.length + 1` parts of equal size: quantiles by linear
 * interpolation between order statistics, type 7 of Hyndman & Fan. Reorders `values`.
 */
export function quantileCutsInto(
  values: Float64Array, // in/out  n >= 1, no NaN
  out: Float64Array, //    out     ascending
): void {
  const last = values.length - 1
  const parts = out.length + 1
  let from = 0
  for (let part = 1; part < parts; part++) {
    // The position (n - 1) · part / parts as a whole and a remainder of integers: nothing is rounded.
    const rank = Math.floor((last * part) / parts)
    const remainder = (last * part) % parts
    select(values, rank, from, last)
    const low = values[rank]!
    // Everything behind `rank` is at least as large, so its minimum is the next order statistic.
    const high = remainder > 0 ? smallest(values, rank + 1) : low
    out[part - 1] = between(low, high, remainder / parts)
    from = rank
  }
}

/** The point at `share` of the way from `low` to `high`; never outside of them. */
export function between(low: number, high: number, share: number): number {
  return Math.min(low + (high - low) * share, high)
}

function smallest(values: Float64Array, from: number): number {
  let least = values[from]!
  for (let i = from + 1; i < values.length; i++) if (values[i]! < least) least = values[i]!
  return least
}

function swap(values: Float64Array, i: number, j: number): void {
  const kept = values[i]!
  values[i] = values[j]!
  values[j] = kept
}
