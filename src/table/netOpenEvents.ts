import { groupByCodeInto } from '../kernels/groupByCode.ts'
import { sortGroupsInto } from '../kernels/sortGroups.ts'
import { AFTER, type NettedRows, NO_MONEY, netOrder, PURCHASED } from './netOrder.ts'
import type { OpenEvents } from './openEvents.ts'
import { PURCHASE, REFUND } from './tableDraft.ts'

/** What became of open events, row by row. */
export interface NettedEvents extends NettedRows {
  /** First day of the events of the order that the window holds together; of events without an order, their own. */
  readonly first: Int32Array
  /** Last day of all events of the order; of events without an order, their own. */
  readonly last: Int32Array
  /** 1 where the order was closed before: one pass, which knows no window, may net such an order otherwise. */
  readonly isReopened: Uint8Array
}

/**
 * Nets the orders of open events up to and including `lastDay` with one rule beside those of `netOrder`: an order is
 * closed when nothing happened to it for more than `windowDays`; what names it later finds none.
 *
 * Linear in the events, beside sorting those of an order.
 */
export function netOpenEvents(open: OpenEvents, lastDay: number, windowDays: number): NettedEvents {
  const { length, day, type } = open
  const netted = {
    fate: new Uint8Array(length),
    value: open.value.slice(0, length),
    first: day.slice(0, length),
    last: day.slice(0, length),
    isReopened: new Uint8Array(length),
  }
  // Group 0 is of events without an order, or too late to count; order k is group k + 1.
  const group = new Uint32Array(length)
  for (let i = 0; i < length; i++) {
    if (day[i]! > lastDay) netted.fate[i] = AFTER
    else if (open.order[i] !== -1) group[i] = open.order[i]! + 1
    else if (type[i] === REFUND) netOrder([i], type, open.value, netted)
    else netted.fate[i] = type[i] === PURCHASE ? PURCHASED : NO_MONEY
  }
  const offsets = new Uint32Array(open.orders.size + 2)
  const rows = new Uint32Array(length)
  groupByCodeInto(group, offsets, rows)
  const ofOrders = offsets.subarray(1)
  sortGroupsInto(ofOrders, open.time, type, open.value, rows, new Uint32Array(length))
  for (let order = 0; order + 1 < ofOrders.length; order++) {
    let start = ofOrders[order]!
    const end = ofOrders[order + 1]!
    // Nothing happened to most orders: a look at one purchase is all they need.
    if (end - start === 1 && type[rows[start]!] === PURCHASE) continue
    for (let i = start + 1; i <= end; i++) {
      if (i < end && day[rows[i]!]! - day[rows[i - 1]!]! <= windowDays) continue
      const ofOrder = rows.subarray(start, i)
      netOrder(ofOrder, type, open.value, netted)
      noteFirst(ofOrder, day, netted.first)
      if (start > ofOrders[order]!) for (const row of ofOrder) netted.isReopened[row] = 1
      start = i
    }
    noteLast(rows.subarray(ofOrders[order]!, end), day, netted.last)
  }
  return netted
}

// Events of an order stand in the order of their times, but a day may repeat: a zone can move across the date line.

function noteFirst(rows: Uint32Array, day: Int32Array, first: Int32Array): void {
  let low = day[rows[0]!]!
  for (const row of rows) if (day[row]! < low) low = day[row]!
  for (const row of rows) first[row] = low
}

function noteLast(rows: Uint32Array, day: Int32Array, last: Int32Array): void {
  let high = Number.NEGATIVE_INFINITY
  for (const row of rows) if (day[row]! > high) high = day[row]!
  for (const row of rows) last[row] = high
}
