import type { EventLedger, EventTable } from './eventTable.ts'
import { lazyColumn, once } from './lazyColumn.ts'
import { type LoosePurchases, localDays, looseProperty, putInOrder } from './loosePurchases.ts'

/**
 * The table of purchases of which nothing is known but customer, time and value. Columns are made when they are first
 * read, and the purchases put in order when one of these needs it.
 */
export function purchaseTable(
  purchases: LoosePurchases,
  names: PropertyDescriptor,
  currency: string,
  ledger: EventLedger,
): EventTable {
  const { zone } = purchases
  const rows = purchases.time.length
  let loose: LoosePurchases | undefined = purchases
  const grouped = once(() => {
    const inOrder = putInOrder(loose!)
    loose = undefined // and with it what the order was made of
    return inOrder
  })
  const columns = {
    types: rows > 0 ? (['purchase'] as const) : [],
    orders: [],
    currency,
    timeZone: zone.timeZone,
    ledger,
  }
  return Object.defineProperties(columns, {
    customers: names,
    offsets: lazyColumn(() => grouped().offsets),
    time: lazyColumn(() => grouped().time),
    value: lazyColumn(() => grouped().value),
    day: lazyColumn(() => localDays(grouped().time, zone)),
    type: lazyColumn(() => new Uint8Array(rows)),
    order: lazyColumn(() => new Int32Array(rows).fill(-1)),
    channel: lazyColumn(() => new Uint8Array(rows)),
    ...looseProperty(() => loose),
  }) as typeof columns &
    Pick<EventTable, 'customers' | 'offsets' | 'time' | 'value' | 'day' | 'type' | 'order' | 'channel'>
}

/** The names of customers, as they are. */
export function givenNames(names: readonly string[]): PropertyDescriptor {
  return { enumerable: true, value: names }
}

/** The names of customers whose ids are whole numbers, of which there are some in each piece. */
export function numberNames(pieces: readonly Float64Array[]): PropertyDescriptor {
  return lazyColumn(() => textsOf(pieces))
}

function textsOf(pieces: readonly Float64Array[]): string[] {
  const texts: string[] = []
  for (const ids of pieces) for (let i = 0; i < ids.length; i++) texts.push(String(ids[i]))
  return texts
}
