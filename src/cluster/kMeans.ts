import { checkInteger, checkOptions } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkForm, type Form } from '../core/form.ts'
import { type AsyncOptions, run, runAsync, type Steps } from '../core/steps.ts'
import { nearestCentroidInto } from '../kernels/nearestCentroid.ts'
import { paddedStride } from '../kernels/rowMajor.ts'
import { checkColumns, checkMatrix, type FeatureMatrix } from '../table/featureMatrix.ts'
import type { Segmentation } from '../table/segmentation.ts'
import { type ClusterOptions, resolveClusterOptions } from './clusterOptions.ts'
import { type Clustering, kMeansSteps } from './kMeansSteps.ts'
import { differentRows, type Points, pointsOf } from './points.ts'
import { applyScaling, checkFinite, fitScaling, type Scaling, type ScalingRule, unscale } from './scaling.ts'

/** Options of `fitKMeans`. */
export interface KMeansOptions extends ClusterOptions {
  /** Number of clusters, from 1 to the number of rows and at most 1,000. */
  readonly k: number
}

/** Clusters found by k-means, largest first. */
export interface KMeansModel {
  readonly kind: 'kMeans'
  readonly version: 1
  /** Columns that it was fitted on, in their order. */
  readonly columns: readonly string[]
  readonly scaling: Scaling
  readonly k: number
  /** k × columns, row-major, in scaled units; see `kMeansCenters`. */
  readonly centroids: Float64Array
  /** Rows of each cluster. */
  readonly sizes: Uint32Array
  /** Sum of squared distances of the rows to their centroids, in scaled units. */
  readonly inertia: number
  /** Iterations of the refinement on all rows. */
  readonly iterations: number
  /** Whether it ended because no single row could move with a gain, and not by `maxIterations`. */
  readonly converged: boolean
}

/**
 * Divides customers into `k` clusters around means. The same rows, options and seed give the same bytes. k-means finds
 * a local optimum: another seed, or the rows in another order, can end in another one where clusters are not well
 * separated.
 *
 * Costs at most n · k · columns operations an iteration, usually far less, and two copies of the matrix.
 *
 * @throws {ClienteleError} `BAD_OPTION` if an option is out of range; `BAD_SHAPE` if a value is missing or infinite;
 * `NOT_ENOUGH_DATA` if there are fewer than `k` different rows
 * @see Lloyd (1982), "Least squares quantization in PCM"; Arthur & Vassilvitskii (2007) for the first centroids;
 * Hamerly (2010) for the bounds that spare distances; Hartigan (1975) for the exchange of single rows
 * @example
 * const model = fitKMeans(customerFeatures(summary), { k: 4 })
 * model.sizes // [915, 714, 476, 252]
 */
export function fitKMeans(matrix: FeatureMatrix, options: KMeansOptions): KMeansModel {
  return run(fitSteps('fitKMeans', matrix, options))
}

/**
 * `fitKMeans` in slices, so that other work gets its turn.
 *
 * @throws {ClienteleError} as `fitKMeans`, and `ABORTED` if the signal is aborted
 * @example
 * await fitKMeansAsync(matrix, { k: 4, signal: AbortSignal.timeout(5000) })
 */
export async function fitKMeansAsync(
  matrix: FeatureMatrix,
  options: KMeansOptions & AsyncOptions,
): Promise<KMeansModel> {
  return runAsync('fitKMeansAsync', options, (own) => fitSteps('fitKMeansAsync', matrix, own))
}

/**
 * The cluster of each customer: the nearest centroid, the first of equally near ones.
 *
 * @param matrix - the columns that the model was fitted on; any customers
 * @returns `Cluster 1` (the largest of the fit) up to `Cluster k`. Costs n · k · columns operations
 * @throws {ClienteleError} `BAD_SHAPE` if the columns differ, or a value is missing or infinite
 * @example
 * predictKMeans(model, matrix).codes[0] // 1
 */
export function predictKMeans(model: KMeansModel, matrix: FeatureMatrix): Segmentation {
  checkKMeans('predictKMeans', model)
  checkColumns('predictKMeans', matrix, model.columns)
  checkFinite('predictKMeans', matrix)
  const { stride, values, dimensions } = pointsOf(applyScaling(model.scaling, matrix))
  const centroids = new Float64Array(model.k * paddedStride(dimensions))
  for (let c = 0; c < model.k; c++) {
    centroids.set(model.centroids.subarray(c * dimensions, (c + 1) * dimensions), c * stride)
  }
  const codes = new Uint16Array(matrix.rows)
  nearestCentroidInto(values, centroids, model.k, stride, codes)
  return { kind: 'cluster', names: clusterNames(model.k), codes }
}

/**
 * The centroids in the units of the data, a row a cluster. Under `'log'` these are means of logarithms carried back,
 * near the medians of the clusters and below their means.
 *
 * @example
 * kMeansCenters(model).columns[0] // 'sinceLast'
 * kMeansCenters(model).values.subarray(0, model.k) // [64.5…, 11.9…] weeks, of two clusters
 */
export function kMeansCenters(model: KMeansModel): FeatureMatrix {
  checkKMeans('kMeansCenters', model)
  const { columns, scaling, k, centroids } = model
  const values = new Float64Array(columns.length * k)
  for (let j = 0; j < columns.length; j++) {
    for (let c = 0; c < k; c++) values[j * k + c] = unscale(scaling, centroids[c * columns.length + j]!, j)
  }
  return { columns, rows: k, values }
}

const KMEANS: Form = {
  is: 'a k-means model, as fitKMeans makes it',
  kind: 'kMeans',
  fields: { columns: 'list', k: 'number', centroids: 'typed array', sizes: 'typed array', scaling: 'object' },
}

/** Throws `BAD_OPTION` unless `model` is a k-means model. */
export function checkKMeans(caller: string, model: KMeansModel): void {
  checkForm(caller, 'model', model, KMEANS)
}

/** `Cluster 1`, the largest, up to `Cluster k`. */
export function clusterNames(k: number): string[] {
  return Array.from({ length: k }, (_, c) => `Cluster ${c + 1}`)
}

/** Scaled rows, with what is needed to make models of them. Shared with `chooseClusters`. */
export interface PreparedMatrix {
  readonly scaling: Scaling
  readonly scaled: FeatureMatrix
  readonly points: Points
}

/** Checks and scales a matrix. */
export function prepareMatrix(caller: string, matrix: FeatureMatrix, rule: ScalingRule): PreparedMatrix {
  checkFinite(caller, matrix)
  const scaling = fitScaling(matrix, rule)
  const scaled = applyScaling(scaling, matrix)
  return { scaling, scaled, points: pointsOf(scaled) }
}

/** A clustering of a prepared matrix as a model. */
export function kMeansModel(columns: readonly string[], scaling: Scaling, clustering: Clustering): KMeansModel {
  const { centroids, sizes, inertia, iterations, converged } = clustering
  const k = sizes.length
  return { kind: 'kMeans', version: 1, columns, scaling, k, centroids, sizes, inertia, iterations, converged }
}

function* fitSteps(caller: string, matrix: FeatureMatrix, options: KMeansOptions): Steps<KMeansModel> {
  checkMatrix(caller, matrix)
  const { k: wanted, ...clusterOptions } = checkOptions(caller, options)
  const resolved = resolveClusterOptions(caller, clusterOptions)
  if (matrix.rows === 0) throw new ClienteleError('NOT_ENOUGH_DATA', `${caller}: clusters need rows, got 0`)
  const k = checkInteger(caller, 'k', wanted, 1, Math.min(matrix.rows, 1000))
  const { scaling, points } = prepareMatrix(caller, matrix, resolved.scaling)
  const different = differentRows(points, k)
  if (different < k) {
    throw new ClienteleError('NOT_ENOUGH_DATA', `${caller}: ${k} clusters need ${k} different rows, got ${different}`)
  }
  return kMeansModel(matrix.columns, scaling, yield* kMeansSteps(points, { ...resolved, k }))
}
