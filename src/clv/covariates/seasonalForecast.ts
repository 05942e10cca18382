import { checkNoOthers, checkOptions } from '../../core/checks.ts'
import { daysIn } from '../../core/timeUnit.ts'
import { checkModel } from '../checkModel.ts'
import { expectedPurchases } from '../expectedPurchases.ts'
import { logLikelihood } from '../logLikelihood.ts'
import { probabilityAlive } from '../probabilityAlive.ts'
import { type CalendarHistories, checkCalendarHistories } from './calendarHistories.ts'
import { operationalSummary, PLAIN_CLOCK } from './operationalSummary.ts'
import { checkPurchaseCalendar, type PurchaseCalendar } from './purchaseCalendar.ts'
import { forecastEnd, seasonalClock } from './seasonalClock.ts'
import type { SeasonalPurchasesModel } from './seasonalPurchases.ts'

/** What a seasonal model says of customers. One entry a customer, in the order of the histories. */
export interface SeasonalForecast {
  /** Ids, in row order. */
  readonly customers: readonly string[]
  /** At the end of the last day observed. */
  readonly probabilityAlive: Float64Array
  /** From the day after the last day observed to the end of `until`. */
  readonly expectedPurchases: Float64Array
  /** Log-likelihood of each history on the calendar, comparable with that of models without one. */
  readonly logLikelihood: Float64Array
}

/** Options of `seasonalForecast`. */
export interface SeasonalForecastOptions {
  /** Last day of the forecast, `YYYY-MM-DD`, after the last day observed. */
  readonly until: string
}

/**
 * Who is still a customer, and how many purchases to expect on a stretch of the calendar with its seasons, under any
 * seasonal model. Linear in purchases and days; under Pareto/NBD customers × periods since the last purchase.
 *
 * @param calendar - with the covariates of the fit, up to `until`
 * @throws {ClienteleError} `BAD_SHAPE` for other covariates, or unless the calendar reaches from the first purchase to
 *   `until`; `UNIT_MISMATCH` if the time units differ; `BAD_OPTION` unless `until` is a day after the last observed one
 * @see Bachmann, Meierer & Näf (2021), "The Role of Time-Varying Contextual Factors in Latent Attrition Models for
 *   Customer Base Analysis", Marketing Science 40(4)
 * @example
 * const seasonal = fitSeasonalPurchases(histories, calendar, { base: 'paretoNbd' })
 * seasonalForecast(seasonal, histories, calendar, { until: '1998-06-30' }).expectedPurchases[0] // 1.54…
 */
export function seasonalForecast(
  model: SeasonalPurchasesModel,
  histories: CalendarHistories,
  calendar: PurchaseCalendar,
  options: SeasonalForecastOptions,
): SeasonalForecast {
  const caller = 'seasonalForecast'
  checkModel(caller, model, ['seasonalPurchases'])
  checkCalendarHistories(caller, histories)
  checkPurchaseCalendar(caller, calendar)
  const { until: lastDay, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  const until = forecastEnd(caller, histories, lastDay)
  // Says what the calendar is missing; the answers below ask for no more of it.
  seasonalClock(caller, model, histories, calendar, until)
  const dated = { ...operationalSummary(histories, PLAIN_CLOCK), season: { histories, calendar } }
  const horizon = (until - histories.lastDay) / daysIn(histories.timeUnit)
  return {
    customers: histories.customers,
    probabilityAlive: probabilityAlive(model, dated),
    expectedPurchases: expectedPurchases(model, dated, horizon),
    logLikelihood: logLikelihood(model, dated),
  }
}
