import { checkInteger, checkLength, checkNoOthers, checkNumber, checkOptions, checkPositive } from '../core/checks.ts'
import type { Form } from '../core/form.ts'
import { checkSeed, randomFrom } from '../core/random.ts'
import { type AsyncOptions, run, runAsync, type Steps } from '../core/steps.ts'
import { drawRowsInto } from '../kernels/drawRows.ts'
import { gradientsInto } from '../kernels/gradientHistogram.ts'
import { addSlotTreeInto } from '../kernels/slotTree.ts'
import { compensatedSum } from '../math/compensatedSum.ts'
import { countBothClasses } from '../metrics/labels.ts'
import { checkColumns, checkMatrix, type FeatureMatrix } from '../table/featureMatrix.ts'
import { binMatrix } from './binning.ts'
import { boostedTreeGrower } from './boostedTree.ts'
import { joinTrees, type SlotTree, trimmed } from './slotTree.ts'
import { checkTreeModel, sumTrees, type Trees } from './trees.ts'

/** Gradient boosted decision trees for a yes-or-no question. */
export interface BoostingModel {
  readonly kind: 'boosting'
  readonly version: 1
  /** Columns of the matrix that the model was fitted on, and needs to predict. */
  readonly columns: readonly string[]
  readonly params: Required<BoostingOptions>
  /** Log-odds of the training rows, on which the trees build. */
  readonly start: number
  /** Their leaves hold steps of log-odds, the rate included. */
  readonly trees: Trees
  readonly diagnostics: {
    readonly rows: number
    readonly positives: number
    /** Mean log loss of the training rows before the first and after the last tree; the latter is too good to be true. */
    readonly startingLogLoss: number
    readonly trainingLogLoss: number
  }
}

/** Options of `fitBoosting`. */
export interface BoostingOptions {
  /** Number of trees, 1 to 100,000. @default 200 */
  readonly trees?: number
  /** Levels of splits of a tree, 1 to 12. @default 4 */
  readonly depth?: number
  /** Share of each step that is taken, above 0 to 1. @default 0.04 */
  readonly rate?: number
  /** Penalty on the square of a leaf's step, 0 or more. @default 1 */
  readonly l2?: number
  /** Least sum of p (1 - p) over the rows of a leaf: 1 is four rows near p = 1/2, many where p is near 0. @default 5 */
  readonly minChildWeight?: number
  /** Share of the rows that each tree sees, above 0 to 1; each row is drawn by itself. @default 1 */
  readonly subsample?: number
  /** Seed of the draw; without effect if `subsample` is 1. @default 1 */
  readonly seed?: number
}

/**
 * Fits boosted trees to labels with the logistic loss: each tree takes a small Newton step where the loss falls most.
 * Shallow trees and a small rate by default, because on customers' data deep ones learn the noise.
 *
 * Time: rows × columns × trees × half the depth, about 1 ns each; 10^5 rows × 20 columns, 100 trees: one to two seconds.
 * The fit does not depend on the order of the rows unless they are subsampled.
 *
 * @param matrix - a row a customer; NaN is missing and goes, at each split, where it fits better
 * @param labels - 0 or 1 for each row
 * @throws {ClienteleError} `BAD_SHAPE` if the lengths differ or a value is infinite; `BAD_OPTION` for a label that is
 *   not 0 or 1 or an option outside its range; `NOT_ENOUGH_DATA` if all labels are the same
 * @see Friedman (2001), "Greedy Function Approximation: A Gradient Boosting Machine", algorithm 5; Chen & Guestrin
 *   (2016), "XGBoost: A Scalable Tree Boosting System", equations 5 and 7
 * @example
 * const model = fitBoosting(featureMatrix({ sinceLast: [1, 2, 30, 40] }), Uint8Array.of(0, 0, 1, 1), { minChildWeight: 0 })
 * predictBoosting(model, featureMatrix({ sinceLast: [35] }))[0] // 0.917…
 */
export function fitBoosting(matrix: FeatureMatrix, labels: Uint8Array, options: BoostingOptions = {}): BoostingModel {
  return run(boostingSteps('fitBoosting', matrix, labels, options))
}

/**
 * `fitBoosting` in slices, with progress and a signal to stop.
 *
 * @example
 * const model = await fitBoostingAsync(matrix, labels, { trees: 20, signal: AbortSignal.timeout(60_000) })
 */
export function fitBoostingAsync(
  matrix: FeatureMatrix,
  labels: Uint8Array,
  options: BoostingOptions & AsyncOptions = {},
): Promise<BoostingModel> {
  return runAsync('fitBoostingAsync', options, (own) => boostingSteps('fitBoostingAsync', matrix, labels, own))
}

/**
 * Probability of a one for each row.
 *
 * Time: rows × trees × depth; 10^6 rows, 200 trees: a few seconds.
 *
 * @throws {ClienteleError} `BAD_SHAPE` unless the matrix has the model's columns in the model's order
 * @example
 * predictBoosting(model, matrix)[0] // 0.85…
 */
export function predictBoosting(model: BoostingModel, matrix: FeatureMatrix): Float64Array {
  checkTreeModel('predictBoosting', model, BOOSTING)
  checkColumns('predictBoosting', matrix, model.columns)
  const scores = sumTrees(model.trees, matrix)
  for (let i = 0; i < scores.length; i++) scores[i] = 1 / (1 + Math.exp(-(model.start + scores[i]!)))
  return scores
}

const BOOSTING: Form = {
  is: 'a model of boosted trees, as fitBoosting makes it',
  kind: 'boosting',
  fields: { columns: 'list', start: 'number', trees: 'object' },
}

/** The fit as steps, one a tree. */
export function* boostingSteps(
  caller: string,
  matrix: FeatureMatrix,
  labels: Uint8Array,
  options: BoostingOptions,
): Steps<BoostingModel> {
  checkMatrix(caller, matrix)
  const params = resolveBoostingOptions(caller, options)
  checkLength(caller, 'labels', labels, matrix.rows)
  const positives = countBothClasses(caller, labels)
  const binned = binMatrix(caller, matrix)
  const { rows } = matrix
  const start = Math.log(positives / (rows - positives))
  const scores = new Float64Array(rows).fill(start)
  const startingLogLoss = meanLogLoss(scores, labels)
  const sample = Uint32Array.from({ length: rows }, (_, row) => row)
  const random = randomFrom(params.seed)
  const probability = new Float64Array(rows)
  const packed = new Float64Array(rows)
  const grow = boostedTreeGrower(binned, labels, params)
  const trees: SlotTree[] = []
  for (let done = 1; done <= params.trees; done++) {
    const seen = params.subsample < 1 ? drawRowsInto(rows, params.subsample, random.below(2 ** 32), sample) : rows
    gradientsInto(sample, seen, scores, labels, probability, packed)
    const tree = trimmed(grow(sample.subarray(0, seen), probability, packed))
    trees.push(tree)
    addSlotTreeInto(binned.slots, binned.width, tree.feature, tree.from, tree.right, tree.left, tree.value, scores)
    yield { task: 'fitting boosted trees', done, total: params.trees }
  }
  return {
    kind: 'boosting',
    version: 1,
    columns: [...matrix.columns],
    params,
    start,
    trees: joinTrees(trees, binned),
    diagnostics: { rows, positives, startingLogLoss, trainingLogLoss: meanLogLoss(scores, labels) },
  }
}

/** Mean log loss of log-odds, without forming probabilities that could round to 0 or 1. */
function meanLogLoss(scores: Float64Array, labels: Uint8Array): number {
  const losses = scores.map((score, i) => {
    const margin = labels[i] === 1 ? score : -score
    return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin
  })
  return compensatedSum(losses) / scores.length
}

function resolveBoostingOptions(caller: string, options: BoostingOptions): Required<BoostingOptions> {
  const {
    trees = 200,
    depth = 4,
    rate = 0.04,
    l2 = 1,
    minChildWeight = 5,
    subsample = 1,
    seed = 1,
    ...others
  } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  return {
    trees: checkInteger(caller, 'trees', trees, 1, 100_000),
    depth: checkInteger(caller, 'depth', depth, 1, 12),
    rate: checkNumber(caller, 'rate', checkPositive(caller, 'rate', rate), 0, 1),
    l2: checkNumber(caller, 'l2', l2, 0, Number.POSITIVE_INFINITY),
    minChildWeight: checkNumber(caller, 'minChildWeight', minChildWeight, 0, Number.POSITIVE_INFINITY),
    subsample: checkNumber(caller, 'subsample', checkPositive(caller, 'subsample', subsample), 0, 1),
    seed: checkSeed(caller, seed),
  }
}
