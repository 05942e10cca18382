import { daysIn } from '../../core/timeUnit.ts'
import { logGammaRatio } from '../../math/logGammaRatio.ts'
import { expectedPurchases } from '../expectedPurchases.ts'
import type { ParetoNbdParams } from '../paretoNbd/paretoNbd.ts'
import { expectedLife } from '../paretoNbd/paretoNbdProcess.ts'
import { probabilityAlive } from '../probabilityAlive.ts'
import type { CalendarHistories } from './calendarHistories.ts'
import { onClock } from './inOperationalTime.ts'
import type { PurchaseCalendar } from './purchaseCalendar.ts'
import { purchaseScores, type SeasonalClock, seasonalClock } from './seasonalClock.ts'
import { rowHistories } from './seasonalHistories.ts'
import { periodEnds, silences } from './seasonalPareto.ts'
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
  const { customers } = histories
  const clock = seasonalClock('seasonalForecast', model, histories, calendar, options.until)
  if (model.base === 'paretoNbd') return { customers, ...paretoForecast(model.params, histories, clock) }
  const time = onClock(model, histories, clock)
  return {
    customers,
    probabilityAlive: probabilityAlive(time.model, time.summary),
    expectedPurchases: expectedPurchases(time.model, time.summary, time.horizon),
    logLikelihood: time.logLikelihood,
  }
}

/**
 * Who is there at T has a purchase rate of Gamma(r + x, α + τ(T)) and, apart from it, a dropout rate of Gamma(s, β + T),
 * so that on each day to come as many purchases are expected as operational time passes on it, times the mean rate and
 * the part of the day that the customer will be there.
 */
function paretoForecast(
  params: ParetoNbdParams,
  histories: CalendarHistories,
  { from, scores, elapsed }: SeasonalClock,
): Omit<SeasonalForecast, 'customers'> {
  const { r, alpha, s, beta } = params
  const unit = daysIn(histories.timeUnit)
  const rows = rowHistories(histories, from)
  const { repeats, first, end } = rows
  const clock = elapsed.map((time) => time / unit)
  const silenceOf = silences(rows, periodEnds([scores], end), clock, 1)
  const probability = new Float64Array(repeats.length)
  const expected = new Float64Array(repeats.length)
  const likelihoods = purchaseScores(histories, from, scores)
  // By first day.
  const futures = new Float64Array(end + 1).fill(Number.NaN)
  for (let row = 0; row < repeats.length; row++) {
    const [x, start] = [repeats[row]!, first[row]!]
    const { logSilence, probabilityAlive } = silenceOf(row, params)
    likelihoods[row]! += logGammaRatio(r, x) - x * Math.log(alpha) + logSilence
    probability[row] = probabilityAlive
    if (Number.isNaN(futures[start])) futures[start] = operationalLife(clock, end, unit, s, beta + (end - start) / unit)
    expected[row] = probabilityAlive * ((r + x) / (alpha + clock[end]! - clock[start]!)) * futures[start]!
  }
  return { probabilityAlive: probability, expectedPurchases: expected, logLikelihood: likelihoods }
}

/** Operational time from T until the end of the forecast, as far as a customer with a dropout rate of Gamma(s, b) is there. */
function operationalLife(clock: Float64Array, end: number, unit: number, s: number, b: number): number {
  let sum = 0
  for (let d = end; d + 1 < clock.length; d++) {
    const waited = (d - end) / unit
    const survival = Math.exp(-s * Math.log1p(waited / b))
    sum += (clock[d + 1]! - clock[d]!) * unit * survival * expectedLife(s, b + waited, 1 / unit)
  }
  return sum
}
