import { dayText } from '../core/calendar.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkTable } from './checkTable.ts'
import type { EventTable } from './eventTable.ts'

/**
 * Last local day with an event, `YYYY-MM-DD`: the natural as-of day.
 *
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` if the table is empty
 * @example
 * lastDay(table) // '1998-06-30'
 */
export function lastDay(table: EventTable): string {
  checkTable('lastDay', table)
  if (table.day.length === 0) throw new ClienteleError('NOT_ENOUGH_DATA', 'lastDay: the table has no events')
  let last = table.day[0]!
  for (let i = 1; i < table.day.length; i++) if (table.day[i]! > last) last = table.day[i]!
  return dayText(last)
}
