import type { Progress } from '../core/steps.ts'
import { exchangeRowsInto } from '../kernels/exchangeRows.ts'
import { halfGapsInto, reassignInto, startBoundsInto, sumRowsInto } from '../kernels/nearestCentroid.ts'
import { squaredDistance } from '../kernels/rowMajor.ts'
import type { Points } from './points.ts'

/** A division of points around centroids, with the bounds that spare distances while it is refined. */
export interface Partition {
  readonly k: number
  /** k × stride; refined in place. */
  readonly centroids: Float64Array
  readonly labels: Uint16Array
  readonly sums: Float64Array
  readonly counts: Float64Array
  /** Bound from above on each row's distance to its centroid. */
  readonly upper: Float64Array
  /** Bound from below on each row's distance to any other centroid. */
  readonly lower: Float64Array
  /** How far each centroid went in the last step. */
  readonly moved: Float64Array
  readonly halfGaps: Float64Array
}

/** Assigns every row to its nearest centroid. `centroids` is kept and refined by `lloyd`. */
export function partitionAround({ rows, stride, values }: Points, centroids: Float64Array): Partition {
  const k = centroids.length / stride
  const partition: Partition = {
    k,
    centroids,
    labels: new Uint16Array(rows),
    sums: new Float64Array(k * stride),
    counts: new Float64Array(k),
    upper: new Float64Array(rows),
    lower: new Float64Array(rows),
    moved: new Float64Array(k),
    halfGaps: new Float64Array(k),
  }
  const { labels, upper, lower, sums, counts } = partition
  startBoundsInto(values, centroids, k, stride, labels, upper, lower, sums, counts)
  return partition
}

/**
 * Lloyd's iteration with Hamerly's bounds: move the centroids to the means of their rows, reassign the rows, until no
 * row changes or no centroid moves more than `stillness`. Yields once an iteration; returns how many there were.
 */
export function* lloyd(
  points: Points,
  partition: Partition,
  { maxIterations, stillness }: { readonly maxIterations: number; readonly stillness: number },
  progress: Progress,
): Generator<Progress, number, void> {
  const { stride, values } = points
  const { k, centroids, labels, upper, lower, sums, counts, moved, halfGaps } = partition
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    relocateEmpty(points, partition)
    const way = moveToMeans(partition, stride)
    halfGapsInto(centroids, k, stride, halfGaps)
    const changes = reassignInto(values, centroids, k, stride, moved, halfGaps, labels, upper, lower, sums, counts)
    if (changes === 0 || way <= stillness) return iteration
    yield progress
  }
  return maxIterations
}

/**
 * Hartigan's refinement of what `lloyd` leaves: rows move one at a time wherever that lowers the inertia, until no
 * more than `movesLeft` do in a pass. Yields once a pass. Ends with centroids that are the means of their rows.
 */
export function* exchange(
  points: Points,
  partition: Partition,
  { maxIterations, movesLeft }: { readonly maxIterations: number; readonly movesLeft: number },
  progress: Progress,
): Generator<Progress, { readonly iterations: number; readonly converged: boolean }, void> {
  const { stride, values } = points
  const { k, centroids, labels, upper, lower, sums, counts, moved } = partition
  relocateEmpty(points, partition)
  const way = moveToMeans(partition, stride)
  for (let row = 0; row < labels.length; row++) {
    upper[row]! += moved[labels[row]!]!
    lower[row]! -= way
  }
  const origins = new Float64Array(centroids.length)
  let iterations = 0
  let moves = Number.POSITIVE_INFINITY
  while (moves > movesLeft && iterations < maxIterations) {
    iterations++
    moves = exchangeRowsInto(values, centroids, k, stride, labels, upper, lower, counts, origins, moved)
    yield progress
  }
  sumRowsInto(values, stride, labels, sums)
  moveToMeans(partition, stride)
  return { iterations, converged: moves <= movesLeft }
}

/** Moves each centroid to the mean of its rows; returns the longest way. */
function moveToMeans({ k, centroids, sums, counts, moved }: Partition, stride: number): number {
  let furthest = 0
  for (let c = 0; c < k; c++) {
    let squared = 0
    for (let at = c * stride; at < (c + 1) * stride; at++) {
      const mean = sums[at]! / counts[c]!
      squared += (mean - centroids[at]!) ** 2
      centroids[at] = mean
    }
    moved[c] = Math.sqrt(squared)
    furthest = Math.max(furthest, moved[c]!)
  }
  return furthest
}

/** Gives each cluster that lost its last row the row that lies farthest from its own centroid. */
function relocateEmpty({ stride, values }: Points, partition: Partition): void {
  const { k, centroids, labels, upper, lower, sums, counts } = partition
  for (let empty = 0; empty < k; empty++) {
    if (counts[empty]! > 0) continue
    let farthest = -1
    let greatest = -1
    for (let row = 0; row < labels.length; row++) {
      const own = labels[row]!
      if (counts[own]! < 2) continue
      const distance = squaredDistance(values, row * stride, centroids, own * stride, stride)
      if (distance > greatest) {
        greatest = distance
        farthest = row
      }
    }
    const own = labels[farthest]!
    for (let j = 0; j < stride; j++) {
      const value = values[farthest * stride + j]!
      sums[own * stride + j]! -= value
      sums[empty * stride + j] = value
    }
    counts[own]!--
    counts[empty] = 1
    labels[farthest] = empty
    // The centroid will stand on the row, and nothing is known of the others: bounds of 0 force a look at them.
    upper[farthest] = 0
    lower[farthest] = 0
  }
}
