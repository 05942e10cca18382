import { type Random, randomFrom, sampleRows } from '../core/random.ts'
import type { Progress, Steps } from '../core/steps.ts'
import { inertiaOf, nearestCentroidInto } from '../kernels/nearestCentroid.ts'
import { exchange, lloyd, type Partition, partitionAround } from './lloyd.ts'
import { differentRows, type Points, takePoints } from './points.ts'
import { seedCentroids } from './seedCentroids.ts'

/** Options of `fitKMeans`, complete. */
export interface ResolvedKMeansOptions {
  readonly k: number
  readonly seed: number
  readonly restarts: number
  readonly startRows: number
  readonly maxIterations: number
  readonly tolerance: number
}

/** What k-means found, clusters by size. */
export interface Clustering {
  /** k × dimensions, row-major. */
  readonly centroids: Float64Array
  readonly sizes: Uint32Array
  readonly labels: Uint16Array
  readonly inertia: number
  readonly iterations: number
  readonly converged: boolean
}

// Starts are compared when less than this share of rows still moves; what is left changes the inertia by about 1e-8.
const SETTLED = 1e-4

/**
 * The algorithm of `fitKMeans`: the best of several starts, on a sample if there are many rows, refined on all rows
 * until no single row can move with a gain. The caller has checked that there are `k` different rows.
 */
export function* kMeansSteps(points: Points, options: ResolvedKMeansOptions): Steps<Clustering> {
  const { k, restarts } = options
  const random = randomFrom(options.seed)
  const sample = startingPoints(points, options, random)
  const movesLeft = Math.floor(SETTLED * sample.rows)
  let best: Start | undefined
  for (let start = 0; start < restarts; start++) {
    const progress = { task: `k-means, ${k} clusters`, done: start, total: restarts + 1 }
    const found = yield* improve(sample, seedCentroids(sample, k, random), options, movesLeft, progress)
    if (best === undefined || found.inertia < best.inertia) best = found
  }
  const progress = { task: `k-means, ${k} clusters`, done: restarts, total: restarts + 1 }
  const end = yield* improve(points, best!.partition.centroids, options, 0, progress)
  return { ...inOrderOfSize(points, end.partition), iterations: end.iterations, converged: end.converged }
}

interface Start {
  readonly partition: Partition
  readonly inertia: number
  readonly iterations: number
  readonly converged: boolean
}

/** From first centroids to an optimum: whole steps while they are long, then rows one at a time. */
function* improve(
  points: Points,
  centroids: Float64Array,
  options: ResolvedKMeansOptions,
  movesLeft: number,
  progress: Progress,
): Generator<Progress, Start, void> {
  const { maxIterations, tolerance } = options
  const partition = partitionAround(points, centroids)
  const coarse = yield* lloyd(points, partition, { maxIterations, stillness: tolerance * spreadOf(points) }, progress)
  const fine = yield* exchange(points, partition, { maxIterations: maxIterations - coarse, movesLeft }, progress)
  const inertia = inertiaOf(points.values, partition.centroids, points.stride, partition.labels)
  return { partition, inertia, iterations: coarse + fine.iterations, converged: fine.converged }
}

/** The rows on which starts are tried: a sample, if it is smaller and varied enough to hold `k` clusters. */
function startingPoints(points: Points, { k, startRows }: ResolvedKMeansOptions, random: Random): Points {
  if (points.rows <= startRows) return points
  const sample = takePoints(points, sampleRows(points.rows, startRows, random))
  return differentRows(sample, k) < k ? points : sample
}

/** Root of the mean variance of the dimensions: the length against which a move is large or small. */
function spreadOf({ rows, dimensions, stride, values }: Points): number {
  let squares = 0
  for (let j = 0; j < dimensions; j++) {
    let mean = 0
    for (let row = 0; row < rows; row++) mean += values[row * stride + j]! / rows
    for (let row = 0; row < rows; row++) squares += (values[row * stride + j]! - mean) ** 2
  }
  return Math.sqrt(squares / (rows * dimensions))
}

/** Sorts clusters, largest first and equally large ones by centroid, and assigns the rows a last time. */
function inOrderOfSize(
  { rows, dimensions, stride, values }: Points,
  { k, centroids, counts }: Partition,
): Pick<Clustering, 'centroids' | 'sizes' | 'labels' | 'inertia'> {
  const order = Array.from({ length: k }, (_, c) => c).sort((a, b) => counts[b]! - counts[a]! || compare(a, b))
  const padded = new Float64Array(k * stride)
  const packed = new Float64Array(k * dimensions)
  order.forEach((from, to) => {
    padded.set(centroids.subarray(from * stride, (from + 1) * stride), to * stride)
    packed.set(centroids.subarray(from * stride, from * stride + dimensions), to * dimensions)
  })
  const labels = new Uint16Array(rows)
  const inertia = nearestCentroidInto(values, padded, k, stride, labels)
  const sizes = new Uint32Array(k)
  for (const label of labels) sizes[label]!++
  return { centroids: packed, sizes, labels, inertia }

  function compare(a: number, b: number): number {
    for (let j = 0; j < dimensions; j++) {
      const difference = centroids[a * stride + j]! - centroids[b * stride + j]!
      if (difference !== 0) return difference
    }
    return 0
  }
}
