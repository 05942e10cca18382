import { checkInteger, checkLength, checkNoOthers, checkOptions } from '../core/checks.ts'
import type { Form } from '../core/form.ts'
import { checkSeed, type Random, randomFrom, sampleRows } from '../core/random.ts'
import { type AsyncOptions, run, runAsync, type Steps } from '../core/steps.ts'
import { packWeightsInto } from '../kernels/classSplit.ts'
import { countBothClasses } from '../metrics/labels.ts'
import { checkColumns, checkMatrix, type FeatureMatrix } from '../table/featureMatrix.ts'
import { binMatrix } from './binning.ts'
import { forestTreeGrower } from './forestTree.ts'
import { type OutOfBag, outOfBagVotes } from './outOfBag.ts'
import { joinTrees, type SlotTree, trimmed } from './slotTree.ts'
import { checkTreeModel, sumTrees, type Trees } from './trees.ts'

/** A random forest for a yes-or-no question. */
export interface ForestModel {
  readonly kind: 'forest'
  readonly version: 1
  /** Columns of the matrix that the model was fitted on, and needs to predict. */
  readonly columns: readonly string[]
  readonly params: Required<ForestOptions>
  /** Their leaves hold shares of ones. */
  readonly trees: Trees
  readonly diagnostics: {
    readonly rows: number
    readonly positives: number
    /** How well rows are predicted by the trees that did not see them. */
    readonly outOfBag: OutOfBag
  }
}

/** Options of `fitForest`. */
export interface ForestOptions {
  /** Number of trees, 1 to 100,000. @default 300 */
  readonly trees?: number
  /** Most levels of splits of a tree, 1 to 64. @default 32 */
  readonly depth?: number
  /** Least rows of a leaf, counted as often as the bootstrap drew them: 10 are about 6 different ones. @default 10 */
  readonly minLeaf?: number
  /** Columns tried at each split. @default the square root of the number of columns, rounded down */
  readonly columnsPerSplit?: number
  /** Seed of the bootstrap and the columns tried. @default 1 */
  readonly seed?: number
}

/**
 * Fits a random forest: each tree sees a bootstrap of the rows and, at each split, a few columns drawn by chance.
 *
 * Time: trees × rows × log(rows / minLeaf) × columns tried, a few ns each; 10^5 rows × 20 columns, 100 trees: seconds.
 *
 * @param matrix - a row a customer; NaN is missing and goes, at each split, where it fits better
 * @param labels - 0 or 1 for each row
 * @throws {ClienteleError} `BAD_SHAPE` if the lengths differ or a value is infinite; `BAD_OPTION` for a label that is
 *   not 0 or 1 or an option outside its range; `NOT_ENOUGH_DATA` if all labels are the same
 * @see Breiman (2001), "Random Forests", section 2, Forest-RI
 * @example
 * const model = fitForest(featureMatrix({ sinceLast: [1, 2, 30, 40] }), Uint8Array.of(0, 0, 1, 1), { minLeaf: 1 })
 * predictForest(model, featureMatrix({ sinceLast: [35] }))[0] // 0.93
 */
export function fitForest(matrix: FeatureMatrix, labels: Uint8Array, options: ForestOptions = {}): ForestModel {
  return run(forestSteps('fitForest', matrix, labels, options))
}

/**
 * `fitForest` in slices, with progress and a signal to stop.
 *
 * @example
 * const model = await fitForestAsync(matrix, labels, { trees: 20, signal: AbortSignal.timeout(60_000) })
 */
export function fitForestAsync(
  matrix: FeatureMatrix,
  labels: Uint8Array,
  options: ForestOptions & AsyncOptions = {},
): Promise<ForestModel> {
  return runAsync('fitForestAsync', options, (own) => forestSteps('fitForestAsync', matrix, labels, own))
}

/**
 * Probability of a one for each row: the mean over the trees of the share of ones in the leaf that the row reaches.
 *
 * @throws {ClienteleError} `BAD_SHAPE` unless the matrix has the model's columns in the model's order
 * @example
 * predictForest(fitForest(matrix, labels, { trees: 20 }), matrix)[0] // 0.91…
 */
export function predictForest(model: ForestModel, matrix: FeatureMatrix): Float64Array {
  checkTreeModel('predictForest', model, FOREST)
  checkColumns('predictForest', matrix, model.columns)
  return sumTrees(model.trees, matrix).map((sum) => sum / model.params.trees)
}

const FOREST: Form = {
  is: 'a random forest, as fitForest makes it',
  kind: 'forest',
  fields: { columns: 'list', params: 'object', trees: 'object' },
}

/** The fit as steps, one a tree. */
export function* forestSteps(
  caller: string,
  matrix: FeatureMatrix,
  labels: Uint8Array,
  options: ForestOptions,
): Steps<ForestModel> {
  checkMatrix(caller, matrix)
  const params = resolveForestOptions(caller, options, matrix.columns.length)
  checkLength(caller, 'labels', labels, matrix.rows)
  const positives = countBothClasses(caller, labels)
  const binned = binMatrix(caller, matrix)
  const random = randomFrom(params.seed)
  const grow = forestTreeGrower(binned, params)
  const votes = outOfBagVotes(binned, sampleRows(matrix.rows, ROWS_FOR_OUT_OF_BAG, random))
  const weights = new Uint32Array(matrix.rows)
  const packed = new Float64Array(matrix.rows)
  const trees: SlotTree[] = []
  for (let done = 1; done <= params.trees; done++) {
    bootstrap(weights, random)
    packWeightsInto(weights, labels, packed)
    const tree = trimmed(grow(packed, random))
    trees.push(tree)
    votes.add(tree, weights)
    yield { task: 'fitting a forest', done, total: params.trees }
  }
  return {
    kind: 'forest',
    version: 1,
    columns: [...matrix.columns],
    params,
    trees: joinTrees(trees, binned),
    diagnostics: { rows: matrix.rows, positives, outOfBag: votes.result(labels) },
  }
}

/** Rows whose out-of-bag votes are counted, drawn by chance if there are more: enough for two digits of an area. */
const ROWS_FOR_OUT_OF_BAG = 20_000

/** Draws as many rows as there are, with replacement, and counts how often each came. */
function bootstrap(weights: Uint32Array, random: Random): void {
  weights.fill(0)
  for (let i = 0; i < weights.length; i++) weights[random.below(weights.length)]!++
}

function resolveForestOptions(caller: string, options: ForestOptions, columns: number): Required<ForestOptions> {
  const {
    trees = 300,
    depth = 32,
    minLeaf = 10,
    columnsPerSplit = Math.floor(Math.sqrt(columns)),
    seed = 1,
    ...others
  } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  return {
    trees: checkInteger(caller, 'trees', trees, 1, 100_000),
    depth: checkInteger(caller, 'depth', depth, 1, 64),
    minLeaf: checkInteger(caller, 'minLeaf', minLeaf, 1, Number.MAX_SAFE_INTEGER),
    columnsPerSplit: checkInteger(caller, 'columnsPerSplit', columnsPerSplit, 1, columns),
    seed: checkSeed(caller, seed),
  }
}
