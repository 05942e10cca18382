import type { EventTable } from './eventTable.ts'
import { addExactly, exactSums, roundedSums } from './exactSums.ts'
import { TAKEN_BACK } from './netOrder.ts'
import { type NetOrders, netOrders } from './netOrders.ts'
import { PURCHASE } from './tableDraft.ts'

/**
 * The purchase days of each customer up to a day, oldest first, with refunds and cancellations taken off. Those of
 * customer `c` of the table are `offsets[c]` up to `offsets[c + 1]`. What features and labels are made of.
 */
export interface PurchaseDays {
  /** Length: customers of the table + 1. */
  readonly offsets: Uint32Array
  /** Local calendar day, in days since 1970-01-01. */
  readonly day: Int32Array
  /** Net money of the day, rounded once. */
  readonly value: Float64Array
  /** Orders of the day. */
  readonly orders: Uint32Array
  /** The purchases that the days are made of. */
  readonly net: NetOrders
}

/**
 * Nets the purchases of a table up to and including the local day `lastDay`. Later events are not looked at, so that
 * a refund of tomorrow does not change what is known today.
 */
export function purchaseDays(table: EventTable, lastDay: number): PurchaseDays {
  const { day, type } = table
  const net = netOrders(table, lastDay)
  const hasFates = net.fate.length > 0
  const customers = table.offsets.length - 1
  const offsets = new Uint32Array(customers + 1)
  const days = new Int32Array(type.length)
  const value = exactSums(type.length)
  const orders = new Uint32Array(type.length)
  let to = 0
  for (let c = 0; c < customers; c++) {
    const first = to
    for (let i = table.offsets[c]!; i < table.offsets[c + 1]!; i++) {
      if (type[i] !== PURCHASE || day[i]! > lastDay || (hasFates && net.fate[i] === TAKEN_BACK)) continue
      if (to === first || days[to - 1] !== day[i]) days[to++] = day[i]!
      addExactly(value, to - 1, net.value[i]!)
      orders[to - 1]!++
    }
    offsets[c + 1] = to
  }
  return { offsets, day: days.slice(0, to), value: roundedSums(value).slice(0, to), orders: orders.slice(0, to), net }
}
