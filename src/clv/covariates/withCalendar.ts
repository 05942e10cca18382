import { checkLength, checkTimeUnit } from '../../core/checks.ts'
import { ClienteleError } from '../../core/errors.ts'
import { checkSummary } from '../../table/checkSummary.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import type { TransactionHistories } from '../periodHistories.ts'
import { type CalendarHistories, checkCalendarHistories } from './calendarHistories.ts'
import { checkPurchaseCalendar, type PurchaseCalendar } from './purchaseCalendar.ts'

/** A summary that knows the days of its customers' purchases, and what was special about the days. */
export interface SeasonalSummary extends CustomerSummary {
  readonly season: { readonly histories: CalendarHistories; readonly calendar: PurchaseCalendar }
}

/**
 * Joins the calendar to a summary, for seasonal models to be asked about: whatever takes a purchase model and a summary
 * takes a seasonal model and such a summary, with horizons up to the end of the calendar. Models without seasons do not
 * mind it.
 *
 * @param summary - `customerSummary` of a table, as of a day, in the time unit of the histories
 * @param histories - `calendarHistories` of the same table as of the same day: the same customers, row by row
 * @param calendar - with the covariates of the fit, as far as forecasts shall reach
 * @throws {ClienteleError} `BAD_SHAPE` if the histories are those of other customers; `UNIT_MISMATCH` if the time units differ
 * @see Bachmann, Meierer & Näf (2021), "The Role of Time-Varying Contextual Factors in Latent Attrition Models for
 *   Customer Base Analysis", Marketing Science 40(4)
 * @example
 * const seasonal = fitSeasonalPurchases(histories, calendar, { base: 'paretoNbd' })
 * const dated = withCalendar(summary, histories, calendar)
 * purchaseDistribution(seasonal, dated, 39, { max: 3 }).probabilities[0] // 0.378…, of no purchase in 39 weeks
 */
export function withCalendar(
  summary: CustomerSummary,
  histories: CalendarHistories,
  calendar: PurchaseCalendar,
): SeasonalSummary {
  const caller = 'withCalendar'
  checkSummary(caller, summary)
  checkCalendarHistories(caller, histories)
  checkPurchaseCalendar(caller, calendar)
  checkTimeUnit(caller, histories, summary)
  const { offsets } = histories
  checkLength(caller, 'histories', histories.customers, summary.repeats.length)
  const other = summary.repeats.findIndex((x, row) => offsets[row + 1]! - offsets[row]! - 1 !== x)
  if (other >= 0) {
    throw new ClienteleError(
      'BAD_SHAPE',
      `${caller}: summary and histories must be of the same customers, got ${summary.repeats[other]} and ${offsets[other + 1]! - offsets[other]! - 1} repeats in row ${other}`,
    )
  }
  return { ...summary, season: { histories, calendar } }
}

/** Histories and calendar of a summary; `BAD_SHAPE` if it has none. */
export function seasonOf(caller: string, summary: TransactionHistories): SeasonalSummary['season'] {
  const season = (summary as Partial<SeasonalSummary>).season
  if (season !== undefined) return season
  throw new ClienteleError('BAD_SHAPE', `${caller}: the summary has no calendar; join it with withCalendar`)
}
