import type { Zone } from '../core/calendar.ts'
import { FACTS, GROUPS, HIGH, LOW, scanIdsInto, type WholeNumbers } from '../kernels/scanEvents.ts'
import { dictionary } from './dictionary.ts'
import type { EventTable } from './eventTable.ts'
import { groupCoded } from './groupCoded.ts'
import { type GroupedPurchases, groupPurchases, orderPurchases, spanOf, type TimeSpan } from './groupPurchases.ts'
import { numberIds } from './integerIds.ts'
import { givenNames, numberNames, purchaseTable } from './purchaseTable.ts'
import { readTime } from './readTime.ts'

/** Columns of purchases, in any form that events may have. */
export interface PurchaseColumns {
  readonly customer: ArrayLike<unknown>
  readonly time: ArrayLike<unknown>
  readonly value: ArrayLike<unknown>
}

/**
 * The short way from columns to a table, for nothing but purchases with a customer, a time and a value: no object an
 * event, no look at each field's type. Columns with anything out of the ordinary in them, and anything wrong, give
 * nothing: the long way takes them, and knows how to say what is the matter.
 */
export function tableOfPurchases(columns: PurchaseColumns, zone: Zone, currency: string): EventTable | undefined {
  const { customer, time, value } = columns
  const times = timesOf(time, zone)
  const values = value instanceof Float64Array ? value : numbersOf(value)
  const ids = isWholeNumbers(customer) ? customer : numbersOf(customer)
  if (values === undefined) return undefined
  const span = spanOf(times, values)
  if (span === undefined) return undefined
  const found = ids === undefined ? ofTexts(customer, times, values, span) : ofNumbers(ids, times, values, span)
  if (found === undefined) return undefined
  const ledger = { accepted: times.length, replays: 0, rejected: [] }
  return purchaseTable(found.grouped, found.names, zone, currency, ledger)
}

interface Grouped {
  readonly grouped: GroupedPurchases
  readonly names: PropertyDescriptor
}

function ofNumbers(ids: WholeNumbers, time: Float64Array, value: Float64Array, span: TimeSpan): Grouped | undefined {
  const facts = new Float64Array(FACTS)
  const starts = new Uint32Array(ids.length + 1)
  const ascending = new Float64Array(ids.length)
  if (scanIdsInto(ids, starts, ascending, facts) < ids.length) return undefined
  const groups = facts[GROUPS]!
  if (groups > 0) {
    const grouped = orderPurchases({ offsets: starts.slice(0, groups + 1), time, value })
    return { grouped, names: numberNames(ascending.slice(0, groups)) }
  }
  const { codes, distinct } = numberIds(ids, facts[LOW]!, facts[HIGH]!)
  return { grouped: groupPurchases(codes, distinct.length, time, value, span), names: numberNames(distinct) }
}

function ofTexts(
  ids: ArrayLike<unknown>,
  time: Float64Array,
  value: Float64Array,
  span: TimeSpan,
): Grouped | undefined {
  const codes = new Uint32Array(ids.length)
  const customers = dictionary()
  if (customers.codesInto(ids, codes) < ids.length) return undefined
  return { grouped: groupCoded(codes, customers.size(), time, value, span), names: givenNames(customers.names()) }
}

function isWholeNumbers(column: ArrayLike<unknown>): column is WholeNumbers {
  return ArrayBuffer.isView(column) && !(column instanceof Float32Array) && typeof column[0] === 'number'
}

/** A column of times as ms since 1970 UTC: itself if it is that already; NaN for what is no time. */
export function timesOf(column: ArrayLike<unknown>, zone: Zone): Float64Array {
  if (column instanceof Float64Array) return column
  const times = new Float64Array(column.length)
  for (let i = 0; i < times.length; i++) times[i] = readTime(column[i], zone)
  return times
}

/** A copy of a column of numbers; nothing, if anything else is in it. */
export function numbersOf(column: ArrayLike<unknown>): Float64Array | undefined {
  const numbers = new Float64Array(column.length)
  for (let i = 0; i < numbers.length; i++) {
    const value = column[i]
    if (typeof value !== 'number') return undefined
    numbers[i] = value
  }
  return numbers
}
