import { daysIn } from '../../core/timeUnit.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import { customerSummaryFromColumns } from '../../table/customerSummaryFromColumns.ts'
import type { CalendarHistories } from './calendarHistories.ts'

/** Days of a clock, added up to the end of a day; differences count. */
export type Clock = (day: number) => number

/** One day a day. */
export const PLAIN_CLOCK: Clock = (day) => day

/** The summary of histories whose time is that of a clock. */
export function operationalSummary(
  { customers, offsets, day, lastDay, timeUnit }: CalendarHistories,
  clock: Clock,
): CustomerSummary {
  const unit = daysIn(timeUnit)
  const since = (row: number, now: number): number => (clock(now) - clock(day[offsets[row]!]!)) / unit
  const rows = customers.map((_, row) => row)
  const columns = {
    repeats: rows.map((row) => offsets[row + 1]! - offsets[row]! - 1),
    ageAtLast: rows.map((row) => since(row, day[offsets[row + 1]! - 1]!)),
    age: rows.map((row) => since(row, lastDay)),
    customers,
  }
  return customerSummaryFromColumns(columns, { timeUnit })
}
