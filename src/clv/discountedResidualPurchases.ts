import { badOption, checkNoOthers, checkOptions } from '../core/checks.ts'
import { type Duration, durationIn } from '../core/timeUnit.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import { aliveNow } from './aliveNow.ts'
import { checkModelAndData, SUMMARY_KINDS } from './checkModel.ts'
import { customerFutures } from './customerFutures.ts'
import { processesOf, type SummaryModel } from './customerProcesses.ts'
import { type DiscountRate, discountPerUnit } from './discounting.ts'
import { steppedDiscount } from './steppedDiscount.ts'

/** Options of `discountedResidualPurchases`. */
export interface DiscountedResidualPurchasesOptions {
  /** What future purchases lose. */
  readonly discountRate: DiscountRate
  /** How far into the future to count, from the as-of day. @default without end, which needs a rate above 0 */
  readonly horizon?: Duration
  /** Purchases of a step are discounted by its end. @default none: every purchase by its own time */
  readonly step?: Duration
}

/**
 * Expected purchase days of each customer after the as-of day, each discounted to the as-of day: DERT where there is no
 * horizon. To about 1e-12 of itself. Costs one quadrature for each distinct (x, T), a few times that of
 * `expectedPurchases` within a horizon and a tenth of a millisecond without; with steps, some dozen expectations more without a horizon, and up to some
 * 300 within one.
 *
 * @param summary - one row a customer, in the time unit of `model`
 * @returns a discounted count for each customer, in row order; times margin and expected spend, it is residual value
 * @throws {ClienteleError} `UNIT_MISMATCH` if the time units differ; `BAD_OPTION` for lengths that are none, a negative
 *   rate, no discount without a horizon, more than 10,000,000 steps, or a model of periods, whose `discountedPurchases` it is
 * @see Fader, Hardie & Lee (2005), "RFM and CLV: Using Iso-Value Curves for Customer Base Analysis", equation 7, for
 *   what DERT is
 * @example
 * const discountRate = { rate: 0.15, per: 'year' } as const
 * discountedResidualPurchases(model, summary, { discountRate })[0] // 5.179…
 */
export function discountedResidualPurchases(
  model: SummaryModel,
  summary: CustomerSummary,
  options: DiscountedResidualPurchasesOptions,
): Float64Array {
  const caller = 'discountedResidualPurchases'
  checkModelAndData(caller, model, summary, SUMMARY_KINDS)
  const { discountRate, horizon, step, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  const delta = discountPerUnit(caller, discountRate, model.timeUnit)
  const end = horizon === undefined ? Number.POSITIVE_INFINITY : durationIn(caller, 'horizon', horizon, model.timeUnit)
  if (horizon === undefined && delta === 0) {
    throw badOption(caller, 'discountRate.rate', 'above 0 where there is no horizon', discountRate.rate)
  }
  const stepLength = step === undefined ? undefined : durationIn(caller, 'step', step, model.timeUnit)
  const discounted =
    stepLength === undefined
      ? undefined
      : steppedDiscount(caller, delta, stepLength, end, model.kind === 'seasonalPurchases')
  const processes = processesOf(caller, model, summary)
  const { count, futureOf, future } = customerFutures(processes, summary)
  const ifAlive = Float64Array.from({ length: count }, (_, index) =>
    discounted === undefined ? future(index).discounted(delta, end) : discounted(future(index)),
  )
  return aliveNow(processes, summary).map((alive, row) => alive * ifAlive[futureOf[row]!]!)
}
