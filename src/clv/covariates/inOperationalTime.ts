import { dayText, parseDay } from '../../core/calendar.ts'
import { badOption, checkTimeUnit } from '../../core/checks.ts'
import { daysIn } from '../../core/timeUnit.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import { checkColumns, columnOf } from '../../table/featureMatrix.ts'
import type { BgNbdModel } from '../bgNbd/bgNbd.ts'
import type { MbgNbdModel } from '../bgNbd/mbgNbd.ts'
import { logLikelihood } from '../logLikelihood.ts'
import type { CalendarHistories } from './calendarHistories.ts'
import { operationalSummary } from './operationalSummary.ts'
import { calendarRows, checkCalendar, type PurchaseCalendar } from './purchaseCalendar.ts'
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
 * @param calendar - with the covariates of the fit, up to `until`
 * @throws {ClienteleError} `BAD_SHAPE` for other covariates, or unless the calendar reaches from the first purchase to
 *   `until`; `UNIT_MISMATCH` if the time units differ; `BAD_OPTION` unless `until` is a day after the last observed one
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
  checkTimeUnit(caller, model, histories)
  const { offsets, day, lastDay, timeUnit } = histories
  const until = parseDay(caller, 'until', options.until)
  if (until <= lastDay) throw badOption(caller, 'until', `a day after ${dayText(lastDay)}`, options.until)
  const from = offsets.subarray(0, -1).reduce((earliest, at) => Math.min(earliest, day[at]!), lastDay)
  checkCalendar(caller, calendar, from, until)
  const scores = scoresOf(caller, model, calendar, from, until)
  const elapsed = new Float64Array(scores.length + 1)
  for (let d = 0; d < scores.length; d++) elapsed[d + 1] = elapsed[d]! + Math.exp(scores[d]!)
  const clock = (date: number): number => elapsed[date - from]!
  const { base, params } = model
  const plain = { kind: base, version: 1, timeUnit, params, diagnostics: { source: 'given' } } as const
  const summary = operationalSummary(histories, clock)
  const ofPurchases = summary.repeats.reduce((sums, _, row) => {
    for (let i = offsets[row]! + 1; i < offsets[row + 1]!; i++) sums[row]! += scores[day[i]! - from - 1]!
    return sums
  }, new Float64Array(summary.repeats.length))
  return {
    model: plain,
    summary,
    horizon: (clock(until) - clock(lastDay)) / daysIn(timeUnit),
    logLikelihood: logLikelihood(plain, summary).map((value, row) => value + ofPurchases[row]!),
  }
}

/** γ·z of each day after `from` up to `until`. */
function scoresOf(
  caller: string,
  { effects }: SeasonalPurchasesModel,
  calendar: PurchaseCalendar,
  from: number,
  until: number,
): Float64Array {
  const scores = new Float64Array(until - from)
  const rows = calendarRows(calendar, from, until - from)
  for (const { columns, coefficients } of effects) {
    checkColumns(caller, calendar.covariates, columns)
    coefficients.forEach((coefficient, j) => {
      const column = columnOf(calendar.covariates, j)
      for (let d = 0; d < scores.length; d++) scores[d]! += coefficient * column[rows[d]!]!
    })
  }
  return scores
}
