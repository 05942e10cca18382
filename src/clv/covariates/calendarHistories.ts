import { parseDay } from '../../core/calendar.ts'
import { checkNoOthers, checkOptions } from '../../core/checks.ts'
import { checkForm, type Form } from '../../core/form.ts'
import { checkUnit, type TimeUnit } from '../../core/timeUnit.ts'
import { checkTable } from '../../table/checkTable.ts'
import type { EventTable } from '../../table/eventTable.ts'
import { purchaseDays } from '../../table/purchaseDays.ts'

/** On which days customers bought, for models in which the calendar matters. One row a customer. */
export interface CalendarHistories {
  /** Ids, in row order. */
  readonly customers: readonly string[]
  readonly timeUnit: TimeUnit
  /** The purchase days of row `c` are `offsets[c]` up to `offsets[c + 1]`. Length: customers + 1. */
  readonly offsets: Uint32Array
  /** Purchase days, in days since 1970-01-01, ascending. */
  readonly day: Int32Array
  /** Last day observed, inclusive. */
  readonly lastDay: number
}

const CALENDAR_HISTORIES: Form = {
  is: 'calendar histories, as calendarHistories makes them',
  fields: { offsets: 'typed array', day: 'typed array', customers: 'list', timeUnit: 'text', lastDay: 'number' },
}

/** Throws `BAD_OPTION` unless `histories` are calendar histories. */
export function checkCalendarHistories(caller: string, histories: CalendarHistories): void {
  checkForm(caller, 'histories', histories, CALENDAR_HISTORIES)
}

/** Options of `calendarHistories`. */
export interface CalendarHistoriesOptions {
  /** Last day that counts, inclusive, `YYYY-MM-DD`. */
  readonly asOf: string
  /** Unit of the times of a model fitted to the histories. @default 'week' */
  readonly timeUnit?: TimeUnit
}

/**
 * The purchase days of the customers of a table, refunds netted: those customers, in that order, whom `customerSummary`
 * has. Linear.
 *
 * @throws {ClienteleError} `BAD_OPTION` if `asOf` is no day
 * @example
 * calendarHistories(table, { asOf: '1997-09-30' }).customers.length // 2357
 */
export function calendarHistories(table: EventTable, options: CalendarHistoriesOptions): CalendarHistories {
  const caller = 'calendarHistories'
  checkTable(caller, table)
  const { asOf, timeUnit = 'week', ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  const lastDay = parseDay(caller, 'asOf', asOf)
  checkUnit(caller, timeUnit)
  const { offsets, day } = purchaseDays(table, lastDay)
  const rows = Array.from(table.customers.keys()).filter((c) => offsets[c + 1]! > offsets[c]!)
  return {
    customers: rows.map((c) => table.customers[c]!),
    timeUnit,
    // Customers without a purchase have no days: those of the others follow each other.
    offsets: Uint32Array.from([...rows.map((c) => offsets[c]!), day.length]),
    day,
    lastDay,
  }
}
