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
  origins: Float64Array, //    scratch k × stride
  moved: Float64Array, //      out     k: how far each centroid has gone
): number {
  let moves = 0
  let smallest = smallestOf(counts)
  // Bounds are kept as of the beginning of the pass, `origins`; the way from there loosens them. The net way is far
  // shorter than the sum of all moves, which pull to and fro.
  origins.set(centroids)
  moved.fill(0)
  let furthest = 0
  for (let i = 0, at = 0; i < labels.length; i++, at += stride) {
    const own = labels[i]!
    const n = counts[own]!
    if (n < 2) continue
    const release = n / (n - 1)
    const above = upper[i]! + moved[own]!
    const below = lower[i]! - furthest
    if (below > 0 && above * above * release <= (below * below * smallest) / (smallest + 1)) continue
    const atOwn = own * stride
    const here = squaredDistance(points, at, centroids, atOwn, stride)
    let best = own
    let least = here * release * WORTH_MOVING
    let near = Number.POSITIVE_INFINITY
    for (let c = 0, atC = 0; c < k; c++, atC += stride) {
      if (c === own) continue
      const distance = squaredDistance(points, at, centroids, atC, stride)
      if (distance < near) near = distance
      const cost = (distance * counts[c]!) / (counts[c]! + 1)
      if (cost < least) {
        least = cost
        best = c
      }
    }
    if (best === own) {
      upper[i] = Math.sqrt(here) + moved[own]!
      lower[i] = Math.sqrt(near) - furthest
      continue
    }
    const atBest = best * stride
    const m = counts[best]!
    upper[i] = Math.sqrt(squaredDistance(points, at, centroids, atBest, stride)) + moved[best]!
    lower[i] = Math.sqrt(Math.min(near, here)) - furthest
    for (let j = 0; j < stride; j++) {
      const x = points[at + j]!
      centroids[atOwn + j]! -= (x - centroids[atOwn + j]!) / (n - 1)
      centroids[atBest + j]! += (x - centroids[atBest + j]!) / (m + 1)
    }
    moved[own] = Math.sqrt(squaredDistance(centroids, atOwn, origins, atOwn, stride))
    moved[best] = Math.sqrt(squaredDistance(centroids, atBest, origins, atBest, stride))
    furthest = largestOf(moved)
    labels[i] = best
    counts[own]!--
    counts[best]!++
    smallest = smallestOf(counts)
    moves++
  }
  for (let i = 0; i < labels.length; i++) {
    upper[i]! += moved[labels[i]!]!
    lower[i]! -= furthest
  }
  return moves
}

function smallestOf(values: Float64Array): number {
  let least = values[0]!
  for (let c = 1; c < values.length; c++) if (values[c]! < least) least = values[c]!
  return least
}

function largestOf(values: Float64Array): number {
  let most = values[0]!
  for (let c = 1; c < values.length; c++) if (values[c]! > most) most = values[c]!
  return most
}
