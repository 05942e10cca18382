import { parseDay } from '../core/calendar.ts'
import { ClienteleError } from '../core/errors.ts'
import { daysIn } from '../core/timeUnit.ts'
import { checkSummary } from './checkSummary.ts'
import { checkTable } from './checkTable.ts'
import type { CustomerSummary } from './customerSummary.ts'
import type { EventTable } from './eventTable.ts'
import { purchaseDays } from './purchaseDays.ts'

/**
 * For each row of a summary, the sum of the natural logarithms of the gaps between purchase days, in its time unit: what
 * `fitBgCnbdK` judges regularity by, and BTYDplus calls `litt`. Linear in the events of the table.
 *
 * @param table - the table that `summary` was made from
 * @returns 0 for customers without a repeat
 * @throws {ClienteleError} `BAD_SHAPE` if `summary` was made from columns or from another table
 * @see Platzer & Reutterer (2016), "Ticking Away the Moments", section 3.3
 * @example
 * logGaps(table, customerSummary(table, { asOf: '1998-06-30', timeUnit: 'day' }))[0] // 12.99…, of gaps of 17, 196 and 132 days
 */
export function logGaps(table: EventTable, summary: CustomerSummary): Float64Array {
  checkTable('logGaps', table)
  checkSummary('logGaps', summary)
  const { tableRows, asOf, repeats, timeUnit } = summary
  const isOfTable = asOf !== '' && tableRows.every((row, i) => table.customers[row] === summary.customers[i])
  if (!isOfTable) throw new ClienteleError('BAD_SHAPE', 'logGaps: "summary" must be made from "table"')
  const { offsets, day } = purchaseDays(table, parseDay('logGaps', 'asOf', asOf))
  const unit = daysIn(timeUnit)
  return Float64Array.from(tableRows, (row, i) => {
    const first = offsets[row]!
    let sum = 0
    for (let d = first + 1; d <= first + repeats[i]!; d++) sum += Math.log((day[d]! - day[d - 1]!) / unit)
    return sum
  })
}
