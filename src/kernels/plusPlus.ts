import { squaredDistance } from './rowMajor.ts'

/**
 * Lowers each row's squared distance to the centroids chosen so far by those to one more, `points[candidate]`, and
 * returns their sum. `nearest` and `out` may be the same array.
 */
export function lowerDistancesInto(
  points: Float64Array, //  in   n × stride, row-major, padded
  stride: number, //        a multiple of 4
  candidate: number,
  nearest: Float64Array, // in   n
  out: Float64Array, //     out  n
): number {
  const atCandidate = candidate * stride
  let potential = 0
  for (let i = 0, at = 0; i < nearest.length; i++, at += stride) {
    const distance = squaredDistance(points, at, points, atCandidate, stride)
    const least = Math.min(distance, nearest[i]!)
    out[i] = least
    potential += least
  }
  return potential
}

/** The row at which the running sum of `weights` first exceeds `target`; the last row of weight if rounding hides it. */
export function rowAtWeight(
  weights: Float64Array, // in   n, none negative, some positive
  target: number, //        from 0 to below the sum
): number {
  let sum = 0
  let last = 0
  for (let i = 0; i < weights.length; i++) {
    if (weights[i]! === 0) continue
    sum += weights[i]!
    last = i
    if (sum > target) return i
  }
  return last
}
