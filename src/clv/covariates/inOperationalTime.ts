import { badOption, checkNoOthers, checkOptions } from '../../core/checks.ts'
import { daysIn } from '../../core/timeUnit.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import type { BgNbdModel } from '../bgNbd/bgNbd.ts'
import type { MbgNbdModel } from '../bgNbd/mbgNbd.ts'
import { checkModel } from '../checkModel.ts'
import { logLikelihood } from '../logLikelihood.ts'
import { type CalendarHistories, checkCalendarHistories } from './calendarHistories.ts'
import { operationalSummary } from './operationalSummary.ts'
import { checkPurchaseCalendar, type PurchaseCalendar } from './purchaseCalendar.ts'
import { forecastEnd, purchaseScores, seasonalClock } from './seasonalClock.ts'
import type { SeasonalPurchasesModel } from './seasonalPurchases.ts'

/** A seasonal model and its customers in a time that runs faster when everybody buys faster, where both are plain. */
export interface OperationalTime {
  /** The plain model. */
  readonly model: BgNbdModel | MbgNbdModel
  /** The customers; ages are in operational time. Whatever takes a model and a summary takes these. */
  readonly summary: CustomerSummary
  /** How much operational time passes from the last day observed to the end of a day: the horizon of forecasts. */
  readonly horizon: number
  /** Log-likelihood of each history on the calendar, comparable with that of models without one. */
  readonly logLikelihood: Float64Array
}

/** Options of `inOperationalTime`. */
export interface OperationalTimeOptions {
  /** Last day of the forecast, `YYYY-MM-DD`, after the last day observed. */
  readonly until: string
}

/**
 * Translates a seasonal model and its customers into operational time, in which seasons are gone, so that every forecast
 * of the plain model is one of the seasonal model: P(alive), expected purchases up to `until` and their distribution.
 * Linear in purchases and days.
 *
 * @param model - of BG/NBD or MBG/NBD; customers of Pareto/NBD leave in plain time: see `seasonalForecast`
 * @param calendar - with the covariates of the fit, up to `until`
 * @throws {ClienteleError} `BAD_SHAPE` for other covariates, or unless the calendar reaches from the first purchase to
 *   `until`; `UNIT_MISMATCH` if the time units differ; `BAD_OPTION` unless `until` is a day after the last observed
 *   one, or for a model of Pareto/NBD
 * @see Bachmann, Meierer & Näf (2021), "The Role of Time-Varying Contextual Factors in Latent Attrition Models for
 *   Customer Base Analysis", Marketing Science 40(4)
 * @example
 * const seasonal = fitSeasonalPurchases(histories, calendar)
 * const { model, summary, horizon } = inOperationalTime(seasonal, histories, calendar, { until: '1998-06-30' })
 * expectedPurchases(model, summary, horizon)[0] // 1.2…
 */
export function inOperationalTime(
  model: SeasonalPurchasesModel,
  histories: CalendarHistories,
  calendar: PurchaseCalendar,
  options: OperationalTimeOptions,
): OperationalTime {
  const caller = 'inOperationalTime'
  checkModel(caller, model, ['seasonalPurchases'])
  checkCalendarHistories(caller, histories)
  checkPurchaseCalendar(caller, calendar)
  const { until: lastDay, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  if (model.base === 'paretoNbd') {
    throw badOption(caller, 'model.base', 'bgNbd or mbgNbd, whose customers know no other time', model.base)
  }
  const until = forecastEnd(caller, histories, lastDay)
  const { params, base } = model
  const { from, scores, elapsed } = seasonalClock(caller, model, histories, calendar, until)
  const clock = (date: number): number => elapsed[date - from]!
  const plain = {
    kind: base,
    version: 1,
    timeUnit: histories.timeUnit,
    params,
    diagnostics: { source: 'given' },
  } as const
  const summary = operationalSummary(histories, clock)
  const ofPurchases = purchaseScores(histories, from, scores)
  return {
    model: plain,
    summary,
    horizon: (clock(until) - clock(histories.lastDay)) / daysIn(histories.timeUnit),
    logLikelihood: logLikelihood(plain, summary).map((value, row) => value + ofPurchases[row]!),
  }
}
