import { checkNoOthers, checkNumber, checkObject, checkOptions, checkPositive } from '../core/checks.ts'
import type { Duration } from '../core/timeUnit.ts'
import type { DiscountRate } from './discounting.ts'
import type { ParameterCovariance } from './uncertainty/parameterCovariance.ts'

/** Options of `lifetimeValue`. */
export interface LifetimeValueOptions {
  /** How far into the future to count, from the as-of day. */
  readonly horizon: Duration
  /** What future money loses. @default 10 % a year */
  readonly discountRate?: DiscountRate
  /** Purchases of a step are discounted by its end. @default { weeks: 1 } */
  readonly step?: Duration
  /** Share of the money that is kept, above 0. @default 1 */
  readonly margin?: number
  /** What a purchase day costs, as for packing and support, in the currency of the summary; at least 0. @default 0 */
  readonly serviceCost?: number
  /** What it costs to keep in touch with a customer who is still there. @default nothing */
  readonly retentionCost?: RetentionCost
  /**
   * Probability that the intervals cover, 0 to 1; `'none'` leaves them out, which is several times as fast.
   * @default 0.9
   */
  readonly level?: number | 'none'
  /**
   * How uncertain the parameters of the two models are, as `parameterCovariance` says.
   * @default what the models' own diagnostics say; parameters that were given are known
   */
  readonly covariance?: { readonly purchases?: ParameterCovariance; readonly spend?: ParameterCovariance }
}

/**
 * Money that goes into each customer who is still there, at the beginning of each step: mailings, a loyalty programme,
 * an account manager.
 */
export interface RetentionCost {
  /** In the currency of the summary, at least 0. */
  readonly cost: number
  readonly per: DiscountRate['per']
}

/** What a lifetime value was computed under, defaults filled in. */
export type LifetimeTerms = Required<Omit<LifetimeValueOptions, 'covariance'>>

/** Fills in the defaults. @throws {ClienteleError} `BAD_OPTION` for a value out of range */
export function lifetimeTerms(caller: string, options: LifetimeValueOptions): LifetimeTerms {
  const {
    horizon,
    discountRate = { rate: 0.1, per: 'year' },
    step = { weeks: 1 },
    margin = 1,
    serviceCost = 0,
    retentionCost = { cost: 0, per: 'month' },
    level = 0.9,
    covariance = {},
    ...others
  } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkObject(caller, 'covariance', covariance)
  checkObject(caller, 'retentionCost', retentionCost)
  checkPositive(caller, 'margin', margin)
  checkNumber(caller, 'serviceCost', serviceCost, 0, Number.POSITIVE_INFINITY)
  checkNumber(caller, 'retentionCost.cost', retentionCost.cost, 0, Number.POSITIVE_INFINITY)
  if (level !== 'none') checkNumber(caller, 'level', level, 0, 1)
  return { horizon, discountRate, step, margin, serviceCost, retentionCost, level }
}
