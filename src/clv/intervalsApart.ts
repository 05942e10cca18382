import type { CustomerSummary } from '../table/customerSummary.ts'
import { customerModels } from './covariates/customerModels.ts'
import type { PurchaseCovariatesModel } from './covariates/purchaseCovariates.ts'
import { spendScales } from './covariates/spendScales.ts'
import type { ExpectedValue } from './expectedValue.ts'
import { type GammaGammaModel, gammaGammaModel, type SpendModel } from './gammaGamma/gammaGamma.ts'
import { groupRows } from './groupRows.ts'
import type { LifetimeValueOptions } from './lifetimeTerms.ts'
import { type PurchaseModel, processOf } from './purchaseModel.ts'
import { sigmaPoints } from './uncertainty/sigmaPoints.ts'
import { spendPosterior } from './uncertainty/spendPosterior.ts'
import { type IntervalTerms, type ValueIntervals, valueIntervals } from './valueIntervals.ts'

/** Intervals of lifetime value; with covariates, of each group of customers who have the same, under models of their own. */
export function intervalsApart(
  caller: string,
  purchaseModel: PurchaseModel | PurchaseCovariatesModel,
  spendModel: SpendModel,
  summary: CustomerSummary,
  expected: ExpectedValue,
  covariance: LifetimeValueOptions['covariance'],
  terms: IntervalTerms,
): ValueIntervals {
  const intervalsOf = (purchases: PurchaseModel, spend: GammaGammaModel, rows?: readonly number[]): ValueIntervals =>
    valueIntervals(
      sigmaPoints(caller, purchases, covariance?.purchases).map(processOf),
      spend.params.p,
      spendPosterior(caller, spend, covariance?.spend),
      rows === undefined ? summary : rowsOf(summary, rows),
      rows === undefined ? expected : { ...rowsOf(expected, rows), parts: rowsOf(expected.parts, rows) },
      terms,
    )
  if (purchaseModel.kind !== 'purchaseCovariates' && spendModel.kind === 'gammaGamma') {
    return intervalsOf(purchaseModel, spendModel)
  }
  const { groupOf, models } = plainModels(caller, purchaseModel, spendModel, summary)
  const members = models.map((): number[] => [])
  groupOf.forEach((group, row) => {
    members[group]!.push(row)
  })
  const column = (): Float64Array => new Float64Array(summary.repeats.length)
  const intervals = { lower: column(), upper: column(), meanLower: column(), meanUpper: column() }
  models.forEach(({ purchases, spend }, group) => {
    const own = intervalsOf(purchases, spend, members[group]!)
    for (const name of ['lower', 'upper', 'meanLower', 'meanUpper'] as const) {
      members[group]!.forEach((row, i) => {
        intervals[name][row] = own[name][i]!
      })
    }
  })
  return intervals
}

/** What stands for intervals that were not asked for: one column of NaN. */
export function noIntervals(customers: number): ValueIntervals {
  const unknown = new Float64Array(customers).fill(Number.NaN)
  return { lower: unknown, upper: unknown, meanLower: unknown, meanUpper: unknown }
}

/** The two models without covariates, for each group of customers who share them. */
function plainModels(
  caller: string,
  purchaseModel: PurchaseModel | PurchaseCovariatesModel,
  spendModel: SpendModel,
  summary: CustomerSummary,
): { groupOf: Uint32Array; models: { purchases: PurchaseModel; spend: GammaGammaModel }[] } {
  const scales = spendScales(caller, spendModel, summary)
  const bought =
    purchaseModel.kind === 'purchaseCovariates'
      ? customerModels(caller, purchaseModel, summary)
      : { groupOf: new Uint32Array(scales.length), models: [purchaseModel] }
  const { groupOf, rowOf } = groupRows([bought.groupOf, scales])
  const spendOf = (row: number): GammaGammaModel =>
    spendModel.kind === 'gammaGamma'
      ? spendModel
      : gammaGammaModel({ params: { ...spendModel.params, v: scales[row]! } })
  const models = Array.from(rowOf, (row) => ({ purchases: bought.models[bought.groupOf[row]!]!, spend: spendOf(row) }))
  return { groupOf, models }
}

/** The same columns, of some rows; what is no column of numbers stays. */
function rowsOf<Columns extends object>(columns: Columns, rows: readonly number[]): Columns {
  const taken = Object.entries(columns).map(([name, column]) => {
    if (column instanceof Float64Array) return [name, Float64Array.from(rows, (row) => column[row]!)]
    if (column instanceof Uint32Array) return [name, Uint32Array.from(rows, (row) => column[row]!)]
    return [name, column]
  })
  return Object.fromEntries(taken)
}
