import { squaredDistance } from './rowMajor.ts'

// A move must pay by more than rounding could feign, or two rows could change places for ever.
const WORTH_MOVING = 1 - 1e-12

/**
 * One pass of Hartigan's exchange: moves a row to another cluster wherever that lowers the inertia, counting that the
 * row pulls its new centroid along and lets go of its old one: n/(n+1) · d² there against n/(n−1) · d² here. Its
 * optima are a subset of Lloyd's. Bounds spare the distances of rows that cannot gain, as in `reassignInto`.
 *
 * Returns the number of rows that moved; 0 means that no single move helps.
 *
 * @see Hartigan (1975), "Clustering Algorithms", chapter 4; Telgarsky & Vattani (2010), "Hartigan's method: k-means
 * clustering without Voronoi", AISTATS
 */
export function exchangeRowsInto(
  points: Float64Array, //     in      n × stride, row-major, padded
  centroids: Float64Array, //  in/out  k × stride: means of the rows, followed along
  k: number,
  stride: number, //           a multiple of 4
  labels: Uint16Array, //      in/out  n
  upper: Float64Array, //      in/out  n: at least the distance to the own centroid
  lower: Float64Array, //      in/out  n: at most the distance to any other
  counts: Float64Array, //     in/out  k, none 0
): number {
  let moves = 0
  // No centroid has gone further than `drift` since the pass began. Bounds are stored as of its beginning.
  let drift = 0
  let smallest = smallestOf(counts, k)
  for (let i = 0, at = 0; i < labels.length; i++, at += stride) {
    const own = labels[i]!
    const n = counts[own]!
    if (n < 2) continue
    const release = n / (n - 1)
    const above = upper[i]! + drift
    const below = lower[i]! - drift
    if (below > 0 && above * above * release <= (below * below * smallest) / (smallest + 1)) continue
    const here = squaredDistance(points, at, centroids, own * stride, stride)
    let best = own
    let least = here * release * WORTH_MOVING
    let near = Number.POSITIVE_INFINITY
    let second = Number.POSITIVE_INFINITY
    let atNear = own
    for (let c = 0, atC = 0; c < k; c++, atC += stride) {
      if (c === own) continue
      const distance = squaredDistance(points, at, centroids, atC, stride)
      if (distance < near) {
        second = near
        near = distance
        atNear = c
      } else if (distance < second) second = distance
      const cost = (distance * counts[c]!) / (counts[c]! + 1)
      if (cost < least) {
        least = cost
        best = c
      }
    }
    if (best === own) {
      upper[i] = Math.sqrt(here) - drift
      lower[i] = Math.sqrt(near) + drift
      continue
    }
    const atOwn = own * stride
    const atBest = best * stride
    const m = counts[best]!
    const there = squaredDistance(points, at, centroids, atBest, stride)
    for (let j = 0; j < stride; j++) {
      const x = points[at + j]!
      centroids[atOwn + j]! -= (x - centroids[atOwn + j]!) / (n - 1)
      centroids[atBest + j]! += (x - centroids[atBest + j]!) / (m + 1)
    }
    // Bounds of before the two centroids moved, and the drift makes up for that.
    upper[i] = Math.sqrt(there) - drift
    lower[i] = Math.sqrt(best === atNear ? Math.min(second, here) : Math.min(near, here)) + drift
    drift += Math.max(Math.sqrt(here) / (n - 1), Math.sqrt(there) / (m + 1))
    labels[i] = best
    counts[own]!--
    counts[best]!++
    smallest = smallestOf(counts, k)
    moves++
  }
  for (let i = 0; i < labels.length; i++) {
    upper[i]! += drift
    lower[i]! -= drift
  }
  return moves
}

function smallestOf(counts: Float64Array, k: number): number {
  let least = counts[0]!
  for (let c = 1; c < k; c++) if (counts[c]! < least) least = counts[c]!
  return least
}
