import type { ChurnModel } from '../churn/churnModel.ts'
import type { RecencyBaseline } from '../churn/recencyBaseline.ts'
import type { KMeansModel } from '../cluster/kMeans.ts'
import type { BgBbModel } from '../clv/bgBb/bgBb.ts'
import type { BgCnbdKModel } from '../clv/bgNbd/bgCnbdK.ts'
import type { BgNbdModel } from '../clv/bgNbd/bgNbd.ts'
import type { MbgNbdModel } from '../clv/bgNbd/mbgNbd.ts'
import type { BetaDiscreteWeibullModel } from '../clv/contract/betaDiscreteWeibull.ts'
import type { ShiftedBetaGeometricModel } from '../clv/contract/shiftedBetaGeometric.ts'
import type { PurchaseCovariatesModel } from '../clv/covariates/purchaseCovariates.ts'
import type { SeasonalPurchasesModel } from '../clv/covariates/seasonalPurchases.ts'
import type { GammaGammaModel, SpendCovariatesModel } from '../clv/gammaGamma/gammaGamma.ts'
import type { NbdModel } from '../clv/nbd/nbd.ts'
import type { ParetoNbdModel } from '../clv/paretoNbd/paretoNbd.ts'
import type { BoostingModel } from '../learn/boosting.ts'
import type { ForestModel } from '../learn/forest.ts'
import type { IsotonicModel } from '../learn/isotonic.ts'
import type { Trees } from '../learn/trees.ts'
import type { RfmModel } from '../rfm/rfmScores.ts'
import { named, timeUnit } from './named.ts'
import {
  betaDiscreteWeibull,
  bgBb,
  bgCnbdK,
  bgNbd,
  effects,
  nbd,
  paretoNbd,
  shiftedBetaGeometric,
  spend,
  withEffects,
} from './purchaseShapes.ts'
import {
  anyNumber,
  array,
  checked,
  count,
  finite,
  flag,
  list,
  oneOf,
  positive,
  record,
  type Shape,
  text,
} from './shapes.ts'

/** Every model that can be encoded, told apart by `kind`. */
export type Model =
  | RfmModel
  | KMeansModel
  | BgNbdModel
  | BgBbModel
  | ShiftedBetaGeometricModel
  | BetaDiscreteWeibullModel
  | MbgNbdModel
  | BgCnbdKModel
  | ParetoNbdModel
  | NbdModel
  | GammaGammaModel
  | PurchaseCovariatesModel
  | SpendCovariatesModel
  | SeasonalPurchasesModel
  | BoostingModel
  | ForestModel
  | IsotonicModel
  | RecencyBaseline
  | ChurnModel

const rfm = (): Shape =>
  checked<RfmModel>(
    named('rfm', {
      bins: count,
      rule: oneOf('quantile', 'rPackage'),
      timeUnit,
      currency: text,
      cuts: record({
        sinceLast: array('Float64Array'),
        purchases: array('Float64Array'),
        total: array('Float64Array'),
      }),
    }),
    ({ bins, cuts }) =>
      Object.values(cuts).every((cut) => cut.length === bins - 1) ? '' : `must have ${bins - 1} cut points a measure`,
  )

const kMeans = (): Shape =>
  checked<KMeansModel>(
    named('kMeans', {
      columns: list(text),
      scaling: record({
        rule: oneOf('log', 'standard', 'none'),
        mean: array('Float64Array'),
        sd: array('Float64Array'),
      }),
      k: count,
      centroids: array('Float64Array'),
      sizes: array('Uint32Array'),
      inertia: finite,
      iterations: count,
      converged: flag,
    }),
    ({ columns, scaling, k, centroids, sizes }) => {
      const width = columns.length
      const fits = scaling.mean.length === width && scaling.sd.length === width && sizes.length === k
      return fits && k > 0 && centroids.length === k * width
        ? ''
        : 'must have a centroid a cluster, of one value a column'
    },
  )

const trees = (): Shape =>
  record({
    roots: array('Uint32Array'),
    feature: array('Uint16Array'),
    threshold: array('Float64Array'),
    left: array('Uint32Array'),
    missingRight: array('Uint8Array'),
    value: array('Float64Array'),
    gain: array('Float64Array'),
  })

const boosting = (): Shape =>
  checked<BoostingModel>(
    named('boosting', {
      columns: list(text),
      params: record({
        trees: count,
        depth: count,
        rate: positive,
        l2: finite,
        minChildWeight: finite,
        subsample: positive,
        seed: finite,
      }),
      start: finite,
      trees: trees(),
      diagnostics: record({ rows: count, positives: count, startingLogLoss: finite, trainingLogLoss: finite }),
    }),
    (model) => treesProblem(model.trees, model.columns.length),
  )

const forest = (): Shape =>
  checked<ForestModel>(
    named('forest', {
      columns: list(text),
      params: record({ trees: count, depth: count, minLeaf: count, columnsPerSplit: count, seed: finite }),
      trees: trees(),
      diagnostics: record({
        rows: count,
        positives: count,
        outOfBag: record({ rows: count, areaUnderRoc: anyNumber, brierScore: anyNumber }),
      }),
    }),
    (model) => treesProblem(model.trees, model.columns.length),
  )

/** Why trees could not be walked safely, or nothing: every path must lead down, to nodes and columns that are there. */
function treesProblem({ roots, feature, threshold, left, missingRight, value, gain }: Trees, columns: number): string {
  const nodes = feature.length
  if ([threshold, left, missingRight, value, gain].some((part) => part.length !== nodes))
    return 'has trees of torn nodes'
  if (roots.length === 0 || roots[roots.length - 1] !== nodes) return 'has roots that do not fit its nodes'
  for (let tree = 0; tree + 1 < roots.length; tree++) {
    const end = roots[tree + 1]!
    if (end <= roots[tree]!) return 'has an empty tree'
    for (let node = roots[tree]!; node < end; node++) {
      const isLeaf = left[node] === node
      const isBranch = left[node]! > node && left[node]! + 1 < end
      if (!(isLeaf || isBranch) || feature[node]! >= columns) return 'has a tree whose branches lead nowhere'
    }
  }
  return ''
}

const isotonic = (): Shape =>
  checked<IsotonicModel>(
    named('isotonic', {
      params: record({ score: array('Float64Array'), probability: array('Float64Array') }),
      diagnostics: record({ rows: count, positives: count }),
    }),
    ({ params }) =>
      params.score.length > 0 && params.score.length === params.probability.length
        ? ''
        : 'must have a probability a score',
  )

const recencyBaseline = (): Shape =>
  named('recencyBaseline', { timeUnit, horizonDays: positive, calibration: isotonic() })

const churn = (): Shape =>
  named('churn', {
    horizonDays: positive,
    timeUnit,
    features: list(text),
    learner: boosting(),
    diagnostics: record({ cutoffs: list(text), rows: count, churnRate: finite }),
  })

/** Makes the shape of each kind in each version that this release reads. Made on demand, so that who decodes nothing loads nothing. */
export const MODEL_SHAPES: Readonly<Record<Model['kind'], Readonly<Record<number, () => Shape>>>> = {
  rfm: { 1: rfm },
  kMeans: { 1: kMeans },
  bgBb: { 1: bgBb },
  shiftedBetaGeometric: { 1: shiftedBetaGeometric },
  betaDiscreteWeibull: { 1: betaDiscreteWeibull },
  bgNbd: { 1: () => bgNbd('bgNbd') },
  mbgNbd: { 1: () => bgNbd('mbgNbd') },
  bgCnbdK: { 1: bgCnbdK },
  paretoNbd: { 1: paretoNbd },
  nbd: { 1: nbd },
  gammaGamma: { 1: () => spend('gammaGamma') },
  purchaseCovariates: { 1: () => withEffects('purchaseCovariates') },
  seasonalPurchases: { 1: () => withEffects('seasonalPurchases') },
  spendCovariates: { 1: () => spend('spendCovariates', { effects: effects() }) },
  boosting: { 1: boosting },
  forest: { 1: forest },
  isotonic: { 1: isotonic },
  recencyBaseline: { 1: recencyBaseline },
  churn: { 1: churn },
}
