import { checkCurrency, checkNoOthers, checkOptions } from '../../core/checks.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import { checkSummary } from '../../table/checkSummary.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import type { GammaGammaParams, SpendCovariatesModel } from '../gammaGamma/gammaGamma.ts'
import { gammaGammaEdge } from '../gammaGamma/gammaGammaEdges.ts'
import { gammaGammaObjective } from '../gammaGamma/gammaGammaLikelihood.ts'
import { spendCorrelation } from '../gammaGamma/spendCorrelation.ts'
import { customersByRepeats } from '../gammaGamma/spendGroups.ts'
import { groupedByRepeats, spendHistories, type WeightedSpend } from '../gammaGamma/spendHistories.ts'
import { gammaGammaStart } from '../gammaGamma/spendStarts.ts'
import { givenParams } from '../givenParams.ts'
import { groupRows, type RowGroups } from '../groupRows.ts'
import { covariateDesign } from './covariateDesign.ts'
import { type CovariateEffect, checkEffects } from './covariateEffect.ts'
import { fitLinked } from './fitLinked.ts'
import { type DescribedSummary, matrixOf } from './withCovariates.ts'

/**
 * Fits the Gamma-Gamma model with covariates that do not change with time, by maximum likelihood: those of `spend`
 * multiply `v`, and with it the expected money of a purchase day, by e^(γ·z). Otherwise as `fitGammaGamma`.
 *
 * @param summary - of `withCovariates`, with `spend`
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without two customers whose mean repeat values are positive and differ, or
 *   for a covariate that does not vary among them or follows from the others; `BAD_SHAPE` without covariates of `spend`
 * @see Fader & Hardie (2013), "The Gamma-Gamma Model of Monetary Value", equation 1a, with v e^(γ·z) for v
 * @example
 * const described = withCovariates(summary, { spend: featureMatrix({ app }) })
 * fitSpendCovariates(described).effects[0]?.columns // ['app']
 */
export function fitSpendCovariates(summary: DescribedSummary): SpendCovariatesModel {
  const caller = 'fitSpendCovariates'
  checkSummary(caller, summary)
  const matrix = matrixOf(caller, summary, 'spend')
  const { histories, leftOut } = spendHistories(caller, summary)
  const rows = spenders(summary)
  const weights = Float64Array.from(rows, (row) => summary.weights[row]!)
  const { groups, columns } = covariateDesign(caller, [matrix], rows, weights)
  const { params, effects, diagnostics } = fitLinked(caller, {
    parameters: ['p', 'q', 'v'],
    objectives: groupedSpend(summary, rows, groups).map(gammaGammaObjective),
    start: gammaGammaStart(histories),
    effects: [{ covariates: 'spend', on: ['v'], columns: columns[0]! }],
    customers: compensatedSum(customersByRepeats(histories)),
    edge: gammaGammaEdge,
  })
  const [p, q, v] = params as [number, number, number]
  return {
    kind: 'spendCovariates',
    version: 1,
    currency: summary.currency,
    params: { p, q, v },
    effects,
    diagnostics: { ...diagnostics, leftOut, correlation: spendCorrelation(histories) },
  }
}

/**
 * A Gamma-Gamma model with covariates from known parameters and coefficients.
 *
 * @throws {ClienteleError} `BAD_OPTION` unless every parameter is a finite number above 0, every coefficient finite, and
 *   every effect one of `spend` on `v`
 * @example
 * spendCovariatesModel({
 *   params: { p: 6.25, q: 3.74, v: 15.44 },
 *   effects: [{ covariates: 'spend', on: ['v'], columns: ['app'], coefficients: [0.1] }],
 * })
 */
export function spendCovariatesModel(options: {
  readonly params: GammaGammaParams
  readonly effects: readonly CovariateEffect[]
  /** ISO 4217. @default unknown */
  readonly currency?: string
}): SpendCovariatesModel {
  const caller = 'spendCovariatesModel'
  const { params, currency = '', effects, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  return {
    kind: 'spendCovariates',
    version: 1,
    currency: checkCurrency(caller, 'currency', currency),
    params: givenParams(caller, params, ['p', 'q', 'v']),
    effects: checkEffects(caller, effects, { spend: ['v'] }),
    diagnostics: { source: 'given' },
  }
}

/** The rows of customers who say something of spending. */
export function spenders({ repeats, meanRepeatValue }: CustomerSummary): Uint32Array {
  return Uint32Array.from(repeats.keys()).filter((row) => repeats[row]! > 0 && meanRepeatValue[row]! > 0)
}

/** What each group of customers with equal covariates tells about spending. */
export function groupedSpend(
  { repeats, meanRepeatValue, weights }: CustomerSummary,
  rows: Uint32Array,
  { count, groupOf }: RowGroups,
): WeightedSpend[] {
  const x = Uint32Array.from(rows, (row) => repeats[row]!)
  const mean = Float64Array.from(rows, (row) => meanRepeatValue[row]!)
  const distinct = groupRows([groupOf, x, mean])
  const customers = new Float64Array(distinct.count)
  distinct.groupOf.forEach((history, i) => {
    customers[history]! += weights[rows[i]!]!
  })
  const grouped: WeightedSpend[] = []
  for (let start = 0, end = 0; grouped.length < count; start = end) {
    const group = groupOf[distinct.rowOf[start]!]!
    while (end < distinct.count && groupOf[distinct.rowOf[end]!] === group) end++
    const own = distinct.rowOf.subarray(start, end)
    grouped.push(
      groupedByRepeats(
        Uint32Array.from(own, (i) => x[i]!),
        Float64Array.from(own, (i) => mean[i]!),
        customers.subarray(start, end),
      ),
    )
  }
  return grouped
}
