import type { Zone } from '../core/calendar.ts'
import type { EventLedger, EventTable } from './eventTable.ts'
import type { GroupedPurchases } from './groupPurchases.ts'
import { lazyColumn } from './lazyColumn.ts'

/**
 * The table of purchases of which nothing is known but customer, time and value. Columns that follow from these are made
 * when they are first read.
 */
export function purchaseTable(
  { offsets, time, value }: GroupedPurchases,
  names: PropertyDescriptor,
  zone: Zone,
  currency: string,
  ledger: EventLedger,
): EventTable {
  const rows = time.length
  const columns = {
    offsets,
    time,
    types: rows > 0 ? (['purchase'] as const) : [],
    // Memory that nobody writes to costs nothing.
    type: new Uint8Array(rows),
    value,
    orders: [],
    channel: new Uint8Array(rows),
    currency,
    timeZone: zone.timeZone,
    ledger,
  }
  return Object.defineProperties(columns, {
    customers: names,
    day: lazyColumn(() => localDays(time, zone)),
    order: lazyColumn(() => new Int32Array(rows).fill(-1)),
  }) as typeof columns & Pick<EventTable, 'customers' | 'day' | 'order'>
}

/** The names of customers, as they are. */
export function givenNames(names: readonly string[]): PropertyDescriptor {
  return { enumerable: true, value: names }
}

/** The names of customers whose ids are whole numbers. */
export function numberNames(ids: Float64Array): PropertyDescriptor {
  return lazyColumn(() => textsOf(ids))
}

function textsOf(ids: Float64Array): string[] {
  const texts: string[] = []
  for (let i = 0; i < ids.length; i++) texts.push(String(ids[i]))
  return texts
}

function localDays(time: Float64Array, zone: Zone): Int32Array {
  const day = new Int32Array(time.length)
  for (let i = 0; i < time.length; i++) day[i] = zone.dayOf(time[i]!)
  return day
}
