import { checkChoice, checkCurrency, checkNoOthers, checkOptions } from '../../core/checks.ts'
import { ClienteleError } from '../../core/errors.ts'
import { expectedSpendInto } from '../../kernels/expectedSpend.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import { checkSummary } from '../../table/checkSummary.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import { checkModel, SPEND_KINDS } from '../checkModel.ts'
import type { CovariateEffect } from '../covariates/covariateEffect.ts'
import { spendScales } from '../covariates/spendScales.ts'
import { diagnose, type FittedDiagnostics, type GivenDiagnostics } from '../fitDiagnostics.ts'
import { givenParams } from '../givenParams.ts'
import { gammaGammaEdge } from './gammaGammaEdges.ts'
import { minimizeGammaGamma } from './gammaGammaFit.ts'
import { spendCorrelation } from './spendCorrelation.ts'
import { customersByRepeats } from './spendGroups.ts'
import { spendHistories } from './spendHistories.ts'

/**
 * Parameters of the Gamma-Gamma model. The money of a purchase day follows Gamma(`p`, ν), a customer's ν follows
 * Gamma(`q`, `v`): the mean over customers is p v / (q − 1).
 */
export interface GammaGammaParams {
  readonly p: number
  readonly q: number
  readonly v: number
}

/** Options of `fitGammaGamma`. */
export interface GammaGammaOptions {
  /**
   * What to do about customers with repeats whose mean value is 0 or less, as after refunds, which no Gamma-Gamma can
   * produce: leave them out and count them in `diagnostics.leftOut`, or refuse the summary. @default 'leaveOut'
   */
  readonly notPositive?: 'leaveOut' | 'refuse'
}

/** What a Gamma-Gamma fit found beside its parameters. */
export interface GammaGammaDiagnostics extends FittedDiagnostics {
  /** Customers with repeats whose mean value is not above 0, as after refunds: the fit leaves them out. */
  readonly leftOut: number
  /** Correlation of `repeats` and `meanRepeatValue`, which the model assumes to be 0; NaN if one does not vary. */
  readonly correlation: number
}

/** A Gamma-Gamma model of how much customers spend a purchase day: plain data. */
export interface GammaGammaModel {
  readonly kind: 'gammaGamma'
  readonly version: 1
  /** Currency of the money, ISO 4217; empty if unknown. */
  readonly currency: string
  readonly params: GammaGammaParams
  readonly diagnostics: GammaGammaDiagnostics | GivenDiagnostics
}

/** A Gamma-Gamma model whose `v` differs with covariates of the customers: plain data. */
export interface SpendCovariatesModel {
  readonly kind: 'spendCovariates'
  readonly version: 1
  /** Currency of the money, ISO 4217; empty if unknown. */
  readonly currency: string
  /** For a customer whose covariates are all 0. */
  readonly params: GammaGammaParams
  readonly effects: readonly CovariateEffect[]
  readonly diagnostics: GammaGammaDiagnostics | GivenDiagnostics
}

/** Every model of how much customers spend a purchase day. */
export type SpendModel = GammaGammaModel | SpendCovariatesModel

/**
 * Fits the Gamma-Gamma model to the money of repeat purchase days by maximum likelihood: Newton's method with exact
 * derivatives. Linear in the customers. Customers without repeats say nothing; those whose mean repeat value is not
 * above 0 cannot be described by the model and are left out and counted, unless `notPositive` has them refused.
 *
 * @param summary - x = `repeats`, m = `meanRepeatValue`
 * @returns a model; if its q ≤ 1 the mean spend of the population is infinite, and `expectedSpend` refuses it
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without two customers whose mean repeat values are positive and differ;
 *   `BAD_SHAPE` for a mean of 0 or less under `notPositive: 'refuse'`
 * @see Fader & Hardie (2013), "The Gamma-Gamma Model of Monetary Value", equation 1a
 * @example
 * fitGammaGamma(summary).params // { p: 6.2496, q: 3.7442, v: 15.4435 } for the CDNOW sample
 */
export function fitGammaGamma(summary: CustomerSummary, options: GammaGammaOptions = {}): GammaGammaModel {
  checkSummary('fitGammaGamma', summary)
  const { notPositive = 'leaveOut', ...others } = checkOptions('fitGammaGamma', options)
  checkNoOthers('fitGammaGamma', others)
  checkChoice('fitGammaGamma', 'notPositive', notPositive, ['leaveOut', 'refuse'])
  const { histories, leftOut } = spendHistories('fitGammaGamma', summary, notPositive)
  const minimum = minimizeGammaGamma(histories)
  const [p, q, v] = minimum.point.map(Math.exp) as [number, number, number]
  const reducesTo = minimum.ended === 'converged' ? undefined : gammaGammaEdge(minimum.point)
  return {
    kind: 'gammaGamma',
    version: 1,
    currency: summary.currency,
    params: { p, q, v },
    diagnostics: {
      ...diagnose(minimum, ['p', 'q', 'v'], compensatedSum(customersByRepeats(histories)), reducesTo),
      leftOut,
      correlation: spendCorrelation(histories),
    },
  }
}

/**
 * A Gamma-Gamma model from known parameters.
 *
 * @throws {ClienteleError} `BAD_OPTION` unless every parameter is a finite number above 0
 * @example
 * gammaGammaModel({ params: { p: 6.25, q: 3.74, v: 15.44 } })
 */
export function gammaGammaModel(options: {
  readonly params: GammaGammaParams
  /** ISO 4217. @default unknown */
  readonly currency?: string
}): GammaGammaModel {
  const caller = 'gammaGammaModel'
  const { params, currency = '', ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  return {
    kind: 'gammaGamma',
    version: 1,
    currency: checkCurrency(caller, 'currency', currency),
    params: givenParams(caller, params, ['p', 'q', 'v']),
    diagnostics: { source: 'given' },
  }
}

/**
 * Expected money of a future purchase day of each customer: the customer's own mean, drawn towards the population's
 * the more, the fewer repeats there are. Without repeats it is the population's mean p v / (q − 1). A negative mean
 * (refunds above purchases) counts as 0. Linear.
 *
 * @returns money for each customer, in row order, in the currency of the summary
 * @throws {ClienteleError} `BAD_OPTION` if q ≤ 1, where the population's mean is infinite; `MIXED_CURRENCIES` if model
 *   and summary are in different currencies
 * @see Fader & Hardie (2013), equation 5
 * @example
 * expectedSpend(spend, summary)[0] // 24.65…
 */
export function expectedSpend(model: SpendModel, summary: CustomerSummary): Float64Array {
  const { p, q } = checkSpendModel('expectedSpend', model, summary)
  const scales = spendScales('expectedSpend', model, summary)
  const spend = scales // each is read before it is overwritten
  expectedSpendInto(summary.repeats, summary.meanRepeatValue, p, q, scales, spend)
  return spend
}

/** The parameters, if they can say what customers of this summary will spend. */
export function checkSpendModel(
  caller: string,
  model: SpendModel,
  summary: CustomerSummary,
  [name, dataName]: readonly [string, string] = ['model', 'summary'],
): GammaGammaParams {
  checkModel(caller, model, SPEND_KINDS, name)
  checkSummary(caller, summary, dataName)
  if (model.currency !== '' && summary.currency !== '' && model.currency !== summary.currency) {
    throw new ClienteleError(
      'MIXED_CURRENCIES',
      `${caller}: the model is in ${model.currency} and the summary in ${summary.currency}; make both in one currency`,
    )
  }
  if (model.params.q > 1) return model.params
  throw new ClienteleError(
    'BAD_OPTION',
    `${caller}: the model's q must be above 1, because the mean spend of the population is infinite otherwise, got ${model.params.q}`,
  )
}
