import { checkNoOthers, checkOptions } from '../core/checks.ts'
import { durationIn } from '../core/timeUnit.ts'
import type { EventTable } from '../table/eventTable.ts'
import { daysOfCustomer } from '../table/purchaseAges.ts'
import { type PeriodHistoriesOptions, periodAfter } from './periodHistories.ts'

/** At which opportunities one customer bought, counted from the first purchase. */
export interface PurchasePeriods {
  readonly timeUnit: 'period'
  /** The opportunities with a purchase, whole numbers ascending from 0, the first purchase. */
  readonly ages: ArrayLike<number>
  /** Opportunities up to now; n. */
  readonly age: number
}

/**
 * The periods in which one customer of a table bought, as `periodHistories` counts them. Linear in the events of the
 * table.
 *
 * @throws {ClienteleError} `BAD_OPTION` if `asOf` is no day, `period` no length of time, or the table has no such customer
 *   with a purchase by then
 * @see Fader, Hardie & Shang (2010), section 2, for x, t_x and n
 * @example
 * purchasePeriods(table, '0001', { asOf: '1998-06-30', period: { weeks: 13 } }).ages // [0, 1, 3, 4]
 */
export function purchasePeriods(table: EventTable, customer: string, options: PeriodHistoriesOptions): PurchasePeriods {
  const caller = 'purchasePeriods'
  const { asOf, period, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  const length = durationIn(caller, 'period', period, 'day')
  const { days, lastDay } = daysOfCustomer(caller, table, customer, asOf)
  const age = Math.floor((lastDay - days[0]!) / length)
  const bought = Array.from(days, (day) => periodAfter(day - days[0]!, length))
  // A period that is not over yet is left out with what was bought in it.
  return { timeUnit: 'period', ages: Float64Array.from(new Set(bought.filter((period) => period <= age))), age }
}
