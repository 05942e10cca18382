import { dayText, parseDay } from '../../core/calendar.ts'
import { checkInteger, checkNoOthers, checkOptions } from '../../core/checks.ts'
import { ClienteleError } from '../../core/errors.ts'
import { checkForm, type Form } from '../../core/form.ts'
import { checkMatrix, columnOf, type FeatureMatrix } from '../../table/featureMatrix.ts'

/** What was, or will be, special about the days for all customers: season, promotion, holiday. */
export interface PurchaseCalendar {
  /** In days since 1970-01-01. */
  readonly firstDay: number
  /** Days that a row of `covariates` lasts. */
  readonly periodDays: number
  readonly covariates: FeatureMatrix
}

const CALENDAR: Form = {
  is: 'a calendar, as purchaseCalendar makes it',
  fields: { periodDays: 'number', firstDay: 'number', covariates: 'object' },
}

/** Throws `BAD_OPTION` unless `calendar` is one. */
export function checkPurchaseCalendar(caller: string, calendar: PurchaseCalendar): void {
  checkForm(caller, 'calendar', calendar, CALENDAR)
  checkMatrix(caller, calendar.covariates, 'calendar.covariates')
}

/** Options of `purchaseCalendar`. */
export interface PurchaseCalendarOptions {
  /** First day of the first row, `YYYY-MM-DD`. */
  readonly from: string
  /** A row for each period, one after the other. */
  readonly covariates: FeatureMatrix
  /** Length of a period, 1 to 366. @default 1 */
  readonly periodDays?: number
}

/**
 * Covariates of the calendar, the same for all customers and constant within each period.
 *
 * @throws {ClienteleError} `BAD_OPTION` if `from` is no day or `periodDays` out of range; `BAD_SHAPE` for a value that is
 *   not finite
 * @example
 * purchaseCalendar({ from: '1997-01-01', covariates: featureMatrix({ holidays: [0, 1, 0] }), periodDays: 7 }).firstDay // 9862
 */
export function purchaseCalendar(options: PurchaseCalendarOptions): PurchaseCalendar {
  const caller = 'purchaseCalendar'
  const { from, covariates, periodDays = 1, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkMatrix(caller, covariates, 'covariates')
  const firstDay = parseDay(caller, 'from', from)
  checkInteger(caller, 'periodDays', periodDays, 1, 366)
  covariates.columns.forEach((column, j) => {
    const values = columnOf(covariates, j)
    const row = values.findIndex((value) => !Number.isFinite(value))
    if (row < 0) return
    throw new ClienteleError(
      'BAD_SHAPE',
      `${caller}: column "${column}" must hold finite numbers, got ${values[row]} in row ${row}`,
    )
  })
  return { firstDay, periodDays, covariates }
}

/** The last day of a calendar. */
export function calendarEnd({ firstDay, periodDays, covariates }: PurchaseCalendar): number {
  return firstDay + periodDays * covariates.rows - 1
}

/** Throws `BAD_SHAPE` unless the calendar has all days after `from` up to `until`. */
export function checkCalendar(caller: string, calendar: PurchaseCalendar, from: number, until: number): void {
  const { firstDay } = calendar
  const end = calendarEnd(calendar)
  if (firstDay <= from + 1 && end >= until) return
  throw new ClienteleError(
    'BAD_SHAPE',
    `${caller}: the calendar must reach from ${dayText(from + 1)} to ${dayText(until)}, got ${dayText(firstDay)} to ${dayText(end)}`,
  )
}

/** The row of the calendar of each of `days` days after `from`. */
export function calendarRows({ firstDay, periodDays }: PurchaseCalendar, from: number, days: number): Uint32Array {
  return Uint32Array.from({ length: days }, (_, i) => Math.floor((from + 1 + i - firstDay) / periodDays))
}
