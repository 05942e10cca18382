import type { CustomerSummary } from '../table/customerSummary.ts'
import { checkModelAndData, SUMMARY_KINDS } from './checkModel.ts'
import { processesOf, type SummaryModel } from './customerProcesses.ts'
import { discountSteps, periodIn } from './discounting.ts'
import { type ExpectedValue, expectedValue } from './expectedValue.ts'
import { checkSpendModel, type SpendModel } from './gammaGamma/gammaGamma.ts'
import { type LifetimeTerms, type LifetimeValueOptions, lifetimeTerms } from './lifetimeTerms.ts'
import { sigmaPoints } from './uncertainty/sigmaPoints.ts'
import { spendPosterior } from './uncertainty/spendPosterior.ts'
import { noIntervals, type ValueIntervals, valueIntervals } from './valueIntervals.ts'

/** What customers will bring in a horizon, by row, in the currency of the summary. */
export interface LifetimeValue extends ExpectedValue, ValueIntervals {
  readonly currency: string
  /** What was assumed, defaults filled in. */
  readonly terms: LifetimeTerms
}

/**
 * Lifetime value over a horizon: expected purchases, discounted step by step, times expected spend times margin, less
 * what the customer costs; with an interval for that expectation, and a wider one for the money itself, which says how
 * much a single customer can differ.
 *
 * The interval of the money is that of the undiscounted money of a customer: N purchases from the exact predictive
 * distribution, and given N = n, scale · BetaPrime(p n, shape), both averaged over the uncertainty of the parameters. The
 * customer's mean discount factor then scales it, and retention costs count with their mean: those are the
 * approximations. The interval of the expectation is that of the delta method, on the logarithm where nothing can be
 * negative. Parameters of models that were not fitted count as known.
 *
 * Work is shared between equal histories: an expectation a step for each distinct (x, T), and with intervals about 50 µs
 * for each distinct (x, t_x, T); with a service cost some 0.3 ms for each customer, whose money then stands alone.
 *
 * @param summary - one row a customer, in the time unit of `purchaseModel` and the currency of `spendModel`
 * @throws {ClienteleError} `UNIT_MISMATCH` or `MIXED_CURRENCIES` if model and summary differ in unit; `BAD_OPTION` for
 *   an option out of range, if the spend model's q ≤ 1, or for a model of periods, of which `discountedPurchases` knows what
 *   is to come
 * @see Fader, Hardie & Lee (2005), "RFM and CLV: Using Iso-Value Curves for Customer Base Analysis"; Fader & Hardie
 *   (2013), "The Gamma-Gamma Model of Monetary Value", section 2; Gupta & Lehmann (2003), "Customers as Assets", for
 *   retention costs ahead of each step
 * @example
 * const { value, meanLower, meanUpper } = lifetimeValue(model, spend, summary, { horizon: { weeks: 52 } })
 * value[0] // 36.74…
 * meanLower[0] // 34.07…
 * meanUpper[0] // 39.63…
 */
export function lifetimeValue(
  purchaseModel: SummaryModel,
  spendModel: SpendModel,
  summary: CustomerSummary,
  options: LifetimeValueOptions,
): LifetimeValue {
  const caller = 'lifetimeValue'
  checkModelAndData(caller, purchaseModel, summary, SUMMARY_KINDS, ['purchaseModel', 'summary'])
  checkSpendModel(caller, spendModel, summary, ['spendModel', 'summary'])
  const terms = lifetimeTerms(caller, options)
  const steps = discountSteps(caller, terms.horizon, terms.step, terms.discountRate, purchaseModel.timeUnit)
  const keeping =
    terms.retentionCost.cost / periodIn(caller, 'retentionCost.per', terms.retentionCost.per, purchaseModel.timeUnit)
  const expected = expectedValue(purchaseModel, spendModel, summary, { ...terms, steps, keeping })
  const intervals =
    terms.level === 'none'
      ? noIntervals(summary.repeats.length)
      : valueIntervals(
          sigmaPoints(caller, purchaseModel, options.covariance?.purchases).map((point) =>
            processesOf(caller, point, summary),
          ),
          spendModel.params.p,
          spendPosterior(caller, spendModel, summary, options.covariance?.spend),
          summary,
          expected,
          {
            steps,
            level: terms.level,
            margin: terms.margin,
            serviceCost: terms.serviceCost,
            keeps: keeping > 0,
          },
        )
  return { ...expected, ...intervals, currency: summary.currency, terms }
}
