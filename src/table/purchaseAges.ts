import { dayText, parseDay } from '../core/calendar.ts'
import { badOption, checkNoOthers, checkOptions, checkText } from '../core/checks.ts'
import { checkUnit, daysIn, type TimeUnit } from '../core/timeUnit.ts'
import { checkTable } from './checkTable.ts'
import type { EventTable } from './eventTable.ts'
import { purchaseDays } from './purchaseDays.ts'

/** When one customer bought, counted from the first purchase. */
export interface PurchaseAges {
  readonly timeUnit: TimeUnit
  /** Age at each purchase day, ascending from 0. */
  readonly ages: ArrayLike<number>
  /** Age at the end of observation; T. */
  readonly age: number
  /** Day of the first purchase, `YYYY-MM-DD`, for models in which the calendar matters. */
  readonly firstPurchase?: string
}

/** Options of `purchaseAges`. */
export interface PurchaseAgesOptions {
  /** Last day that counts, inclusive, `YYYY-MM-DD`. */
  readonly asOf: string
  /** Unit of the ages. @default 'week' */
  readonly timeUnit?: TimeUnit
}

/**
 * The ages at which one customer of a table bought, as `customerSummary` counts them: calendar days, refunds netted.
 * Linear in the events of the table.
 *
 * @throws {ClienteleError} `BAD_OPTION` if `asOf` is no day, or the table has no such customer with a purchase by then
 * @example
 * purchaseAges(table, '0001', { asOf: '1998-06-30', timeUnit: 'day' }).ages // [0, 17, 213, 345]
 */
export function purchaseAges(table: EventTable, customer: string, options: PurchaseAgesOptions): PurchaseAges {
  const caller = 'purchaseAges'
  const { asOf, timeUnit = 'week', ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkUnit(caller, timeUnit)
  const { days, lastDay } = daysOfCustomer(caller, table, customer, asOf)
  const ageOn = (date: number): number => (date - days[0]!) / daysIn(timeUnit)
  return { timeUnit, ages: Float64Array.from(days, ageOn), age: ageOn(lastDay), firstPurchase: dayText(days[0]!) }
}

/** The purchase days of one customer, at least one, up to a day; days are since 1970-01-01. */
export function daysOfCustomer(
  caller: string,
  table: EventTable,
  customer: string,
  asOf: string,
): { readonly days: Int32Array; readonly lastDay: number } {
  checkTable(caller, table)
  checkText(caller, 'customer', customer)
  const lastDay = parseDay(caller, 'asOf', asOf)
  const row = table.customers.indexOf(customer)
  const { offsets, day } = purchaseDays(table, lastDay)
  const days = row < 0 ? day.subarray(0, 0) : day.subarray(offsets[row]!, offsets[row + 1]!)
  if (days.length > 0) return { days, lastDay }
  throw badOption(caller, 'customer', `one with a purchase up to ${asOf}`, customer)
}
