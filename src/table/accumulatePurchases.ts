import { MAX_TIME_MS, type Zone } from '../core/calendar.ts'
import { FACTS, scanPurchasesInto } from '../kernels/scanEvents.ts'
import { type AccumulatorState, seeDay } from './accumulatorState.ts'
import type { EventLedger } from './eventTable.ts'
import { numbersOf, timesOf } from './purchaseColumns.ts'
import { addToDay } from './settledDays.ts'
import type { EventColumns } from './tableFromColumns.ts'
import { codeOfId } from './textCodes.ts'

/** Purchases that nobody can refer to, and that are true. */
export interface PlainPurchases {
  readonly customer: ArrayLike<string | number | bigint>
  readonly time: Float64Array
  readonly value: Float64Array
}

/**
 * Columns of purchases with nothing but a customer, a time and a value, all of them true; nothing, if there is anything
 * else or anything wrong: the long way takes these, and knows how to say what is the matter.
 */
export function plainPurchases(columns: EventColumns, zone: Zone): PlainPurchases | undefined {
  const { customer, time, value, type, order, currency, channel, id, source } = columns
  const more = type ?? order ?? currency ?? channel ?? id ?? source
  if (more !== undefined || value === undefined || !areIds(customer)) return undefined
  const times = timesOf(time, zone)
  const values = value instanceof Float64Array ? value : numbersOf(value)
  if (values === undefined) return undefined
  const areTrue = scanPurchasesInto(times, values, MAX_TIME_MS, new Float64Array(FACTS)) === times.length
  return areTrue ? { customer, time: times, value: values } : undefined
}

/** Purchases that nobody can refer to need no look at their orders. */
export function accumulatePurchases(state: AccumulatorState, { customer, time, value }: PlainPurchases): EventLedger {
  const { customers, zone, settled } = state
  const accepted = time.length
  for (let row = 0; row < accepted; row++) {
    const day = zone.dayOf(time[row]!)
    seeDay(state, day)
    addToDay(settled.days, codeOfId(customers, customer[row]!), day, value[row]!, 1)
  }
  state.counts.accepted += accepted
  return { accepted, replays: 0, rejected: [] }
}

function areIds(column: ArrayLike<unknown>): boolean {
  if (ArrayBuffer.isView(column) && !(column instanceof Float64Array || column instanceof Float32Array)) return true
  for (let row = 0; row < column.length; row++) {
    const id = column[row]
    const isId = typeof id === 'string' ? id !== '' : typeof id === 'bigint' || Number.isSafeInteger(id)
    if (!isId) return false
  }
  return true
}
