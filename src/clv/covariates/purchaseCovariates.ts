import { checkChoice, checkNoOthers, checkOptions } from '../../core/checks.ts'
import { checkUnit, type TimeUnit } from '../../core/timeUnit.ts'
import { checkSummary } from '../../table/checkSummary.ts'
import { purchaseHistories } from '../distinctPurchases.ts'
import type { FitDiagnostics } from '../fitDiagnostics.ts'
import { hasRepeats } from '../noRepeats.ts'
import { type CovariateBase, type CovariateBaseName, covariateBase } from './covariateBase.ts'
import { covariateDesign } from './covariateDesign.ts'
import { type CovariateEffect, type CovariateRole, checkEffects, type MovedParameter } from './covariateEffect.ts'
import { baseOf, type CovariateParams, checkCovariateParams, covariateParams } from './covariateParams.ts'
import { fitParetoCovariates, problemOn } from './fitParetoCovariates.ts'
import { fitStandardised } from './fitStandardised.ts'
import { fitWithoutRepeats } from './fitWithoutRepeats.ts'
import { groupedHistories } from './groupedHistories.ts'
import { type DescribedSummary, matrixOf } from './withCovariates.ts'

/** A purchase model whose parameters differ with covariates of the customers: plain data. */
export type PurchaseCovariatesModel = CovariateParams & {
  readonly kind: 'purchaseCovariates'
  readonly version: 1
  readonly timeUnit: TimeUnit
  readonly effects: readonly CovariateEffect[]
  readonly diagnostics: FitDiagnostics
}

/** Options of `fitPurchaseCovariates`. */
export interface PurchaseCovariatesOptions {
  /** The model that covariates are added to. */
  readonly base: CovariateBaseName
  /**
   * Under (M)BG/NBD, whether covariates of dropout move `a` and `b` by coefficients of their own, so that they change
   * the mean dropout, or by common ones, which change how much customers differ in it only. @default 'apart'
   */
  readonly dropout?: 'apart' | 'together'
}

/**
 * Fits BG/NBD, MBG/NBD or Pareto/NBD with covariates that do not change with time, by maximum likelihood: Newton's
 * method with exact derivatives over the distinct histories of each distinct row of covariates. Covariates of
 * `purchases` divide `alpha` by e^(γ·z), so that the purchase rate is e^(γ·z) times as high; those of `dropout` divide
 * `beta` likewise under Pareto/NBD, and multiply `a` and `b` by e^(δ·z). Coefficients are per unit of the covariate.
 * Where Pareto/NBD is best in the limit in which some leave at once and the others never, its parameters are returned:
 * covariates of dropout then multiply `customersPerStayer`, and where that is below 1 nobody leaves.
 *
 * @param summary - of `withCovariates`, with `purchases`, `dropout` or both
 * @returns a model in the time unit of the summary; `diagnostics` as of `fitBgNbd`, over parameters and coefficients
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without customers, or for a covariate that does not vary or follows from
 *   the others; `BAD_SHAPE` without covariates, for covariates far from 0, or if a customer
 *   repeated within no time
 * @see Fader & Hardie (2007), "Incorporating Time-Invariant Covariates into the Pareto/NBD and BG/NBD Models"
 * @example
 * const described = withCovariates(summary, { purchases: featureMatrix({ app }) })
 * fitPurchaseCovariates(described, { base: 'bgNbd' }).effects[0]?.on // ['alpha']
 */
export function fitPurchaseCovariates(
  summary: DescribedSummary,
  options: PurchaseCovariatesOptions,
): PurchaseCovariatesModel {
  const caller = 'fitPurchaseCovariates'
  checkSummary(caller, summary)
  const { base: name, dropout = 'apart', ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkChoice(caller, 'base', name, ['bgNbd', 'mbgNbd', 'paretoNbd'])
  const together = checkChoice(caller, 'dropout', dropout, ['apart', 'together']) === 'together'
  const base = covariateBase(name)
  const histories = purchaseHistories(caller, summary)
  const wanted = movedBy(base, together).filter(({ covariates }) => summary.covariates?.[covariates] !== undefined)
  const matrices = wanted.map(({ covariates }) => matrixOf(caller, summary, covariates))
  if (wanted.length === 0) matrixOf(caller, summary, 'purchases')
  const rows = summary.repeats.map((_, row) => row)
  const { groups: rowGroups, columns } = covariateDesign(caller, matrices, rows, summary.weights)
  const grouped = groupedHistories(summary, rowGroups)
  const effectsToFit = wanted.map((effect, i) => ({ ...effect, columns: columns[i]! }))
  const knows = { kind: 'purchaseCovariates', version: 1, timeUnit: summary.timeUnit } as const
  if (!hasRepeats(histories)) {
    const { params, ...fit } = fitWithoutRepeats(base.parameters, effectsToFit, histories)
    return { ...knows, ...covariateParams(name, params), ...fit }
  }
  const groups = { grouped, histories, effects: effectsToFit }
  if (name === 'paretoNbd') {
    const { params, effects, diagnostics } = fitParetoCovariates(caller, groups)
    return { ...knows, base: name, params, effects, diagnostics }
  }
  const { params, effects, diagnostics } = fitStandardised(caller, problemOn(covariateBase(name), groups))
  return { ...knows, ...covariateParams(name, params), effects, diagnostics }
}

/**
 * A purchase model with covariates from known parameters and coefficients.
 *
 * @throws {ClienteleError} `BAD_OPTION` unless every parameter is a finite number above 0, every coefficient finite, and
 *   every effect on a parameter that its covariates may move
 * @example
 * purchaseCovariatesModel({
 *   base: 'paretoNbd',
 *   params: { r: 0.55, alpha: 10.6, s: 0.61, beta: 11.7 },
 *   effects: [{ covariates: 'purchases', on: ['alpha'], columns: ['app'], coefficients: [0.4] }],
 *   timeUnit: 'week',
 * })
 */
export function purchaseCovariatesModel(
  options: CovariateParams & { readonly effects: readonly CovariateEffect[]; readonly timeUnit: TimeUnit },
): PurchaseCovariatesModel {
  const caller = 'purchaseCovariatesModel'
  const { effects: given, timeUnit, ...params } = checkOptions(caller, options)
  const fit = checkCovariateParams(caller, params)
  const { dropout } = baseOf(fit)
  const effects = checkEffects(caller, given, { purchases: ['alpha'], dropout })
  checkUnit(caller, timeUnit)
  return { kind: 'purchaseCovariates', version: 1, timeUnit, ...fit, effects, diagnostics: { source: 'given' } }
}

function movedBy(
  { dropout }: CovariateBase,
  together: boolean,
): { readonly covariates: CovariateRole & ('purchases' | 'dropout'); readonly on: readonly MovedParameter[] }[] {
  const groups = together ? [dropout] : dropout.map((parameter) => [parameter])
  return [{ covariates: 'purchases', on: ['alpha'] }, ...groups.map((on) => ({ covariates: 'dropout', on }) as const)]
}
