import { checkInteger, checkOptions } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { randomFrom, sampleRows } from '../core/random.ts'
import { type AsyncOptions, run, runAsync, type Steps } from '../core/steps.ts'
import { calinskiHarabasz, daviesBouldin, silhouettesOfRows } from '../metrics/clusterQuality.ts'
import { checkMatrix, type FeatureMatrix } from '../table/featureMatrix.ts'
import type { Segmentation } from '../table/segmentation.ts'
import { type ClusterOptions, resolveClusterOptions } from './clusterOptions.ts'
import { clusterNames, type KMeansModel, kMeansModel, prepareMatrix } from './kMeans.ts'
import { type Clustering, kMeansSteps } from './kMeansSteps.ts'
import { differentRows } from './points.ts'

/** Options of `chooseClusters`. */
export interface ChooseClustersOptions extends ClusterOptions {
  /** Fewest clusters tried, 2 or more. @default 2 */
  readonly from?: number
  /** Most clusters tried, at most 100; fewer if the rows do not differ enough. @default 8 */
  readonly to?: number
  /** Rows drawn to compute silhouettes, 100 or more. @default 2000 */
  readonly sample?: number
}

/** How well a number of clusters fits. */
export interface ClusterCandidate {
  readonly k: number
  /** Mean silhouette of the sample, −1 to 1, higher is better; NaN if the sample falls into one cluster. */
  readonly silhouette: number
  /** Sum of squared distances to the centroids, in scaled units; falls with every k and so decides nothing alone. */
  readonly inertia: number
  /** Calinski–Harabasz index of all rows, higher is better. */
  readonly calinskiHarabasz: number
  /** Davies–Bouldin index of all rows, lower is better. */
  readonly daviesBouldin: number
  readonly model: KMeansModel
}

/** The number of clusters chosen, and what it was chosen from. */
export interface ClusterChoice {
  readonly k: number
  /** The chosen model, also in `curve`. */
  readonly model: KMeansModel
  /** The cluster of each customer under the chosen model. */
  readonly segmentation: Segmentation
  /** Every k tried, ascending. */
  readonly curve: readonly ClusterCandidate[]
  /**
   * What the best silhouette says about the customers themselves: `'none'` up to 0.25, where clusters cut through a
   * cloud and are no more than a convenient division, `'weak'` up to 0.5, `'reasonable'` up to 0.7, `'strong'` above.
   */
  readonly structure: 'none' | 'weak' | 'reasonable' | 'strong'
}

/**
 * Tries several numbers of clusters and chooses the one with the best silhouette, the smaller one of equals. A clear
 * maximum is rare in customer data: look at the curve, and at `structure` before giving clusters a meaning.
 *
 * Costs a fit of k-means for each k, and sample² · columns operations for the silhouettes of all k together.
 *
 * @throws {ClienteleError} `BAD_OPTION` if an option is out of range; `BAD_SHAPE` if a value is missing or infinite;
 * `NOT_ENOUGH_DATA` if there are not more than `from` rows, or fewer than `from` different ones
 * @see Kaufman & Rousseeuw (1990), "Finding Groups in Data", section 2.2.3 and table 4 of chapter 2
 * @example
 * const { k, structure } = chooseClusters(customerFeatures(summary), { to: 6 })
 * k // 2
 * structure // 'reasonable'
 */
export function chooseClusters(matrix: FeatureMatrix, options: ChooseClustersOptions = {}): ClusterChoice {
  return run(chooseClustersSteps(matrix, options))
}

/**
 * `chooseClusters` in slices, so that other work gets its turn.
 *
 * @throws {ClienteleError} as `chooseClusters`, and `ABORTED` if the signal is aborted
 * @example
 * await chooseClustersAsync(matrix, { to: 4, onProgress: ({ done, total }) => console.log(`${done} of ${total}`) })
 */
export async function chooseClustersAsync(
  matrix: FeatureMatrix,
  options: ChooseClustersOptions & AsyncOptions = {},
): Promise<ClusterChoice> {
  return runAsync('chooseClustersAsync', options, (own) => chooseClustersSteps(matrix, own, 'chooseClustersAsync'))
}

/** The choice as steps. */
export function* chooseClustersSteps(
  matrix: FeatureMatrix,
  options: ChooseClustersOptions,
  caller = 'chooseClusters',
): Steps<ClusterChoice> {
  checkMatrix(caller, matrix)
  const { from = 2, to = Math.max(8, from), sample = 2000, ...clusterOptions } = checkOptions(caller, options)
  const resolved = resolveClusterOptions(caller, clusterOptions)
  checkInteger(caller, 'from', from, 2, 100)
  checkInteger(caller, 'to', to, from, 100)
  checkInteger(caller, 'sample', sample, 100, 2 ** 32 - 1)
  const { scaling, scaled, points } = prepareMatrix(caller, matrix, resolved.scaling)
  // Indices compare the spread of rows within clusters, which needs a row more than there are clusters.
  const most = Math.min(differentRows(points, to), matrix.rows - 1, to)
  if (most < from) {
    const found = `${matrix.rows} rows, ${differentRows(points, to)} different`
    throw new ClienteleError(
      'NOT_ENOUGH_DATA',
      `${caller}: more than ${from} rows, ${from} different, are needed, got ${found}`,
    )
  }
  const found: Clustering[] = []
  for (let k = from; k <= most; k++) {
    yield { task: 'trying numbers of clusters', done: k - from, total: most - from + 1 }
    found.push(yield* withinOne(kMeansSteps(points, { ...resolved, k }), k - from, most - from + 1))
  }
  const rows = sampleRows(matrix.rows, sample, randomFrom(resolved.seed))
  const silhouettes = silhouettesOfRows(
    scaled,
    found.map(({ labels }) => labels),
    rows,
  )
  const curve = found.map(
    (clustering, i): ClusterCandidate => ({
      k: clustering.sizes.length,
      silhouette: silhouettes[i]!,
      inertia: clustering.inertia,
      calinskiHarabasz: calinskiHarabasz(scaled, clustering.labels),
      daviesBouldin: daviesBouldin(scaled, clustering.labels),
      model: kMeansModel(matrix.columns, scaling, clustering),
    }),
  )
  const best = bestOf(silhouettes)
  const { k, model, silhouette } = curve[best]!
  const segmentation = { kind: 'cluster', names: clusterNames(k), codes: found[best]!.labels }
  return { k, model, segmentation, curve, structure: structureOf(silhouette) }
}

/** The steps of one fit, counted as part of the whole. */
function* withinOne(steps: Steps<Clustering>, done: number, total: number): Steps<Clustering> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    yield { task: step.value.task, done: done + step.value.done / step.value.total, total }
  }
}

/** Index of the greatest number, the first of equals; NaN counts as less than all. */
function bestOf(silhouettes: Float64Array): number {
  let best = 0
  silhouettes.forEach((value, i) => {
    if (value > silhouettes[best]! || (Number.isNaN(silhouettes[best]!) && !Number.isNaN(value))) best = i
  })
  return best
}

function structureOf(silhouette: number): ClusterChoice['structure'] {
  if (silhouette > 0.7) return 'strong'
  if (silhouette > 0.5) return 'reasonable'
  return silhouette > 0.25 ? 'weak' : 'none'
}
