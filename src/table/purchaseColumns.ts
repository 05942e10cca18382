import type { Zone } from '../core/calendar.ts'
import { FACTS, GROUPS, HIGH, LOW, scanIdsInto, type WholeNumbers } from '../kernels/scanEvents.ts'
import { sumsCompiled } from './compiledSums.ts'
import { dictionary } from './dictionary.ts'
import type { EventTable } from './eventTable.ts'
import { numberIds } from './integerIds.ts'
import { groupRoom, type LoosePurchases, looseByCodes, looseByOffsets, type PurchaseFacts } from './loosePurchases.ts'
import { spanOf } from './purchaseSpan.ts'
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
  const found = (ids && ofOrdered(ids, times, values, zone)) ?? ofAny(ids ?? customer, times, values, zone)
  if (found === undefined) return undefined
  const ledger = { accepted: times.length, replays: 0, rejected: [] }
  return purchaseTable(found.purchases, found.names, currency, ledger)
}

interface NamedPurchases {
  readonly purchases: LoosePurchases
  readonly names: PropertyDescriptor
}

/** Purchases that stand by customer and day already, of whom one look then tells everything. */
function ofOrdered(ids: WholeNumbers, time: Float64Array, value: Float64Array, zone: Zone): NamedPurchases | undefined {
  const found = zone.timeZone === 'UTC' ? sumsCompiled(ids, time, value) : undefined
  if (found === undefined) return undefined
  const { offsets, ids: ascending, ...facts } = found
  return { purchases: looseByOffsets(offsets, { time, value, zone, ...facts }), names: numberNames(ascending) }
}

function ofAny(
  customer: ArrayLike<unknown>,
  time: Float64Array,
  value: Float64Array,
  zone: Zone,
): NamedPurchases | undefined {
  const span = spanOf(time, value)
  if (span === undefined) return undefined
  const facts = { time, value, span, zone }
  return isWholeNumbers(customer) ? ofNumbers(customer, facts) : ofTexts(customer, facts)
}

function ofNumbers(ids: WholeNumbers, facts: PurchaseFacts): NamedPurchases | undefined {
  const reach = new Float64Array(FACTS)
  const room = groupRoom(ids)
  const starts = new Uint32Array(room + 1)
  const ascending = new Float64Array(room)
  if (scanIdsInto(ids, starts, ascending, reach) < ids.length) return undefined
  const groups = reach[GROUPS]!
  if (groups > 0) {
    const purchases = looseByOffsets(starts.slice(0, groups + 1), facts)
    return { purchases, names: numberNames([ascending.slice(0, groups)]) }
  }
  const { codes, distinct } = numberIds(ids, reach[LOW]!, reach[HIGH]!)
  return { purchases: looseByCodes(codes, distinct.length, facts), names: numberNames([distinct]) }
}

function ofTexts(ids: ArrayLike<unknown>, facts: PurchaseFacts): NamedPurchases | undefined {
  const codes = new Uint32Array(ids.length)
  const customers = dictionary()
  if (customers.codesInto(ids, codes) < ids.length) return undefined
  const names = customers.names()
  return { purchases: looseByCodes(codes, names.length, facts), names: givenNames(names) }
}

/** Whether a column is a typed array of numbers that may all be whole. */
export function isWholeNumbers(column: ArrayLike<unknown>): column is WholeNumbers {
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
