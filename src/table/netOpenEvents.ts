import { groupByCodeInto } from '../kernels/groupByCode.ts'
import { sortGroupsInto } from '../kernels/sortGroups.ts'
import type { OpenEvents } from './openEvents.ts'
import { CANCEL, PURCHASE, REFUND } from './tableDraft.ts'

/** What became of open events, row by row. */
export interface NettedEvents {
  readonly fate: Uint8Array
  /** What is left of a purchase; what a refund or cancellation took off its order. */
  readonly value: Float64Array
  /** What a refund took beyond its order, and so off the customer's total. */
  readonly excess: Float64Array
  /** First and last day of the order; of events without one, their own day. */
  readonly first: Int32Array
  readonly last: Int32Array
}

// Fates of events.
export const AFTER = 0
export const PURCHASED = 1
export const TAKEN_BACK = 2
export const OF_ORDER = 3
export const OF_CUSTOMER = 4
export const UNMATCHED = 5
export const NO_MONEY = 6

/** As in `netOrders`: a share of an order that counts as nothing. */
const DUST = 1e-9

/**
 * Nets the orders of open events up to and including `lastDay` by the rules of `netOrders`, but one event at a time, so
 * that money can be added up exactly whichever way events arrived, and with one rule more: an order is closed when
 * nothing happened to it for more than `windowDays`; what names it later finds none.
 *
 * Linear in the events, beside sorting those of an order.
 */
export function netOpenEvents(open: OpenEvents, lastDay: number, windowDays: number): NettedEvents {
  const { length, day, type } = open
  const netted = {
    fate: new Uint8Array(length),
    value: open.value.slice(0, length),
    excess: new Float64Array(length),
    first: day.slice(0, length),
    last: day.slice(0, length),
  }
  // Group 0 is of events without an order, or too late to count; order k is group k + 1.
  const group = new Uint32Array(length)
  for (let i = 0; i < length; i++) {
    if (day[i]! > lastDay) netted.fate[i] = AFTER
    else if (open.order[i] !== -1) group[i] = open.order[i]! + 1
    else if (type[i] === REFUND) toCustomer(netted, i)
    else netted.fate[i] = type[i] === PURCHASE ? PURCHASED : NO_MONEY
  }
  const offsets = new Uint32Array(open.orders.size() + 2)
  const rows = new Uint32Array(length)
  groupByCodeInto(group, offsets, rows)
  const ofOrders = offsets.subarray(1)
  sortGroupsInto(ofOrders, open.time, type, open.value, rows, new Uint32Array(length))
  for (let order = 0; order + 1 < ofOrders.length; order++) {
    let start = ofOrders[order]!
    const end = ofOrders[order + 1]!
    for (let i = start + 1; i <= end; i++) {
      if (i < end && day[rows[i]!]! - day[rows[i - 1]!]! <= windowDays) continue
      netOrder(open, rows.subarray(start, i), netted)
      start = i
    }
  }
  return netted
}

/** Nets the events of one order, which stand in the order of their times. */
function netOrder(open: OpenEvents, rows: Uint32Array, netted: NettedEvents): void {
  const { day, type, value } = open
  const purchases = rows.filter((row) => type[row] === PURCHASE)
  for (const row of purchases) netted.fate[row] = PURCHASED
  const days = Array.from(rows, (row) => day[row]!)
  const first = days.reduce((least, one) => Math.min(least, one))
  const last = days.reduce((most, one) => Math.max(most, one))
  for (const row of rows) {
    netted.first[row] = first
    netted.last[row] = last
    if (type[row] === PURCHASE) continue
    if (purchases.length > 0) {
      netted.fate[row] = OF_ORDER
      const money = value[row]!
      const taken = takeOff(purchases, money, open, netted)
      netted.value[row] = taken
      netted.excess[row] = Number.isNaN(money) ? 0 : money - taken
    } else if (type[row] === CANCEL) {
      netted.fate[row] = UNMATCHED
      netted.value[row] = 0
    } else {
      toCustomer(netted, row)
    }
  }
}

/** Takes `money` (NaN: all there is) off the purchases of an order, first to last; returns how much was there. */
function takeOff(purchases: Uint32Array, money: number, open: OpenEvents, { value, fate }: NettedEvents): number {
  const isWhole = Number.isNaN(money)
  let left = isWhole ? Number.POSITIVE_INFINITY : money
  let taken = 0
  for (const row of purchases) {
    const part = Math.min(left, value[row]!)
    value[row]! -= part
    left -= part
    taken += part
    if (isWhole || (part > 0 && value[row]! <= open.value[row]! * DUST)) fate[row] = TAKEN_BACK
    if (left <= 0) break
  }
  return taken
}

/** A refund of no known order reduces the customer's total. */
function toCustomer({ fate, value, excess }: NettedEvents, row: number): void {
  fate[row] = OF_CUSTOMER
  excess[row] = value[row]!
  value[row] = 0
}
