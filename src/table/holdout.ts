import { dayText, parseDay } from '../core/calendar.ts'
import { badOption, checkNoOthers, checkOptions } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkUnit, type Duration, durationIn, type TimeUnit } from '../core/timeUnit.ts'
import { compensatedSum } from '../math/compensatedSum.ts'
import { checkTable } from './checkTable.ts'
import { type CustomerSummary, summarise } from './customerSummary.ts'
import type { EventTable } from './eventTable.ts'
import { lastDay } from './lastDay.ts'
import { netOrders } from './netOrders.ts'
import { type PurchaseDays, purchaseDays } from './purchaseDays.ts'

/** The past and the future of the same customers, handed out separately. */
export interface Holdout {
  /** First day of the future, `YYYY-MM-DD`. */
  readonly cutoff: string
  /** Last day of the future that counts, `YYYY-MM-DD`. */
  readonly until: string
  /** Days of the future. */
  readonly days: number
  /** What was known on the day before the cut-off. */
  readonly before: CustomerSummary
  /** What the customers of `before` did from the cut-off on, in the same rows. */
  readonly after: Future
}

/** What customers did in a stretch of days. */
export interface Future {
  /** Purchase days of each customer. */
  readonly purchaseDays: Uint32Array
  /** Net money of each customer. */
  readonly total: Float64Array
  /** Purchase days of all customers together on each day of the stretch. */
  readonly daily: Uint32Array
}

/** Options of `holdout`. */
export interface HoldoutOptions {
  /** First day of the future, `YYYY-MM-DD`. */
  readonly cutoff: string
  /** Length of the future, in whole days. */
  readonly horizon: Duration
  /** Unit of the durations of `before`. @default 'week' */
  readonly timeUnit?: TimeUnit
  /** Last day that the data covers, `YYYY-MM-DD`. @default the last day with an event */
  readonly asOf?: string
}

/**
 * Divides a table at a cut-off into what was known before and what came after. What is made of `before` cannot see
 * an event after the cut-off, not even a refund of an earlier order.
 *
 * Linear in the events of the table.
 *
 * @throws {ClienteleError} `BAD_OPTION` if the cut-off is no day or the horizon no whole number of days;
 *   `NOT_ENOUGH_DATA` if the future runs past the data or nobody had bought before the cut-off
 * @example
 * const { before, after } = holdout(table, { cutoff: '1998-04-01', horizon: { weeks: 13 } })
 * before.asOf // '1998-03-31'
 * after.purchaseDays[0] // 0 of before.customers[0]
 */
export function holdout(table: EventTable, options: HoldoutOptions): Holdout {
  const caller = 'holdout'
  checkTable(caller, table)
  const { cutoff, horizon, timeUnit = 'week', asOf = lastDay(table), ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  const start = parseDay(caller, 'cutoff', cutoff)
  const days = durationIn(caller, 'horizon', horizon, 'day')
  if (!Number.isInteger(days)) throw badOption(caller, 'horizon', 'a whole number of days', days)
  const end = start + days
  if (end - 1 > parseDay(caller, 'asOf', asOf)) {
    throw new ClienteleError(
      'NOT_ENOUGH_DATA',
      `${caller}: the future from ${cutoff} runs to ${dayText(end - 1)}, and the data ends on ${asOf}`,
    )
  }
  const before = summarise(table, netOrders(table, start - 1), start - 1, checkUnit(caller, timeUnit))
  if (before.customers.length === 0) {
    throw new ClienteleError('NOT_ENOUGH_DATA', `${caller}: nobody bought before ${cutoff}`)
  }
  return {
    cutoff,
    until: dayText(end - 1),
    days,
    before,
    after: futureOf(before, purchaseDays(table, end - 1), start, days),
  }
}

function futureOf(before: CustomerSummary, known: PurchaseDays, start: number, days: number): Future {
  const rows = before.customers.length
  const future = { purchaseDays: new Uint32Array(rows), total: new Float64Array(rows), daily: new Uint32Array(days) }
  for (let row = 0; row < rows; row++) {
    const c = before.tableRows[row]!
    const end = known.offsets[c + 1]!
    let first = end
    while (first > known.offsets[c]! && known.day[first - 1]! >= start) {
      first--
      future.daily[known.day[first]! - start]!++
    }
    future.purchaseDays[row] = end - first
    future.total[row] = compensatedSum(known.value, first, end)
  }
  return future
}
