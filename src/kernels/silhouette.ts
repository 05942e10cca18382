import { squaredDistance } from './rowMajor.ts'

/** Writes the Euclidean distance of row `from` to every row. */
export function distancesFromInto(
  points: Float64Array, // in   n × stride, row-major, padded
  stride: number, //       a multiple of 4
  from: number,
  out: Float64Array, //    out  n
): void {
  const atFrom = from * stride
  for (let i = 0, at = 0; i < out.length; i++, at += stride) {
    out[i] = Math.sqrt(squaredDistance(points, at, points, atFrom, stride))
  }
}

/**
 * Silhouette of one row: (b − a) / max(a, b), with a its mean distance to the other rows of its own group and b the
 * least of the mean distances to another group. 0 for a row that is alone in its group.
 *
 * @see Rousseeuw (1987), "Silhouettes: a graphical aid to the interpretation and validation of cluster analysis"
 */
export function silhouetteOfRow(
  distances: Float64Array, // in       n: from this row
  labels: Uint16Array, //     in       n
  sizes: Float64Array, //     in       groups; at least two are not empty
  own: number,
  sums: Float64Array, //      scratch  groups
): number {
  if (sizes[own]! < 2) return 0
  sums.fill(0)
  for (let i = 0; i < labels.length; i++) sums[labels[i]!]! += distances[i]!
  // The row's distance to itself is 0, so only the divisor has to leave it out.
  const a = sums[own]! / (sizes[own]! - 1)
  let b = Number.POSITIVE_INFINITY
  for (let group = 0; group < sizes.length; group++) {
    if (group !== own && sizes[group]! > 0) b = Math.min(b, sums[group]! / sizes[group]!)
  }
  const larger = Math.max(a, b)
  return larger > 0 ? (b - a) / larger : 0
}
