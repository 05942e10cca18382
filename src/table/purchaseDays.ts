import { compensatedSum } from '../math/compensatedSum.ts'
import type { EventTable } from './eventTable.ts'
import { CANCEL, PURCHASE, REFUND } from './tableDraft.ts'

/**
 * The purchase days of each customer up to a day, oldest first, with refunds and cancellations taken off. Those of
 * customer `c` of the table are `offsets[c]` up to `offsets[c + 1]`. What summaries, features and labels are made of.
 */
export interface PurchaseDays {
  /** Length: customers of the table + 1. */
  readonly offsets: Uint32Array
  /** Local calendar day, in days since 1970-01-01. */
  readonly day: Int32Array
  /** Net money of the day. */
  readonly value: Float64Array
  /** Orders of the day. */
  readonly orders: Uint32Array
  /** For each customer, money of refunds that named no known order, or exceeded what was left of it. */
  readonly unassignedRefunds: Float64Array
  readonly ledger: NettingLedger
}

/** What became of the money events up to the last day. */
export interface NettingLedger {
  readonly eventsAfter: number
  readonly purchases: number
  readonly purchasesTakenBack: number
  readonly refundsOfOrders: number
  readonly refundsOfCustomers: number
  readonly cancellationsUnmatched: number
  /** Money of all purchases before refunds. */
  readonly gross: number
  /** Money that refunds and cancellations took off. */
  readonly refunded: number
}

/** Share of an order below which what refunds left of it is dust of binary fractions and counts as nothing. */
const DUST = 1e-9

/**
 * Nets the purchases of a table up to and including the local day `lastDay`. Later events are not looked at, so that
 * a refund of tomorrow does not change what is known today.
 */
export function purchaseDays(table: EventTable, lastDay: number): PurchaseDays {
  const { day, type } = table
  const customers = table.customers.length
  const ledger = mutableLedger()
  const net = netOrders(table, lastDay, ledger)
  let count = 0
  for (let i = 0; i < type.length; i++) if (type[i] === PURCHASE && day[i]! <= lastDay) count++
  const gross = new Float64Array(count)
  const offsets = new Uint32Array(customers + 1)
  const days = new Int32Array(count)
  const value = new Float64Array(count)
  const orders = new Uint32Array(count)
  let to = 0
  let seen = 0
  for (let c = 0; c < customers; c++) {
    const first = to
    for (let i = table.offsets[c]!; i < table.offsets[c + 1]!; i++) {
      if (day[i]! > lastDay) {
        ledger.eventsAfter++
        continue
      }
      if (type[i] !== PURCHASE) continue
      gross[seen++] = table.value[i]!
      if (net.takenBack[i] === 1) {
        ledger.purchasesTakenBack++
        continue
      }
      ledger.purchases++
      if (to === first || days[to - 1] !== day[i]) days[to++] = day[i]!
      value[to - 1]! += net.value[i]!
      orders[to - 1]!++
    }
    offsets[c + 1] = to
  }
  ledger.gross = compensatedSum(gross)
  return {
    offsets,
    day: days.subarray(0, to),
    value: value.subarray(0, to),
    orders: orders.subarray(0, to),
    unassignedRefunds: net.unassigned,
    ledger,
  }
}

interface NetOrders {
  /** Money of each event after refunds; only that of purchases is looked at. */
  readonly value: Float64Array
  /** 1 for purchases of which nothing is left. */
  readonly takenBack: Uint8Array
  /** Money by customer. */
  readonly unassigned: Float64Array
}

/** Takes refunds and cancellations off the orders that they name. Without any, the table's own values serve. */
function netOrders(table: EventTable, lastDay: number, ledger: Mutable<NettingLedger>): NetOrders {
  const { day, type, order, offsets } = table
  const takenBack = new Uint8Array(type.length)
  const unassigned = new Float64Array(table.customers.length)
  const hasRefunds = type.some((code) => code === REFUND || code === CANCEL)
  if (!hasRefunds) return { value: table.value, takenBack, unassigned }
  const value = table.value.slice()
  const refunded: number[] = []
  const purchasesOf = new Map<number, number[]>()
  for (let c = 0; c < table.customers.length; c++) {
    // Orders are looked up within one customer: nobody's refund touches an order of somebody else.
    purchasesOf.clear()
    for (let i = offsets[c]!; i < offsets[c + 1]! && day[i]! <= lastDay; i++) {
      if (type[i] !== PURCHASE || order[i] === -1) continue
      const rows = purchasesOf.get(order[i]!)
      if (rows) rows.push(i)
      else purchasesOf.set(order[i]!, [i])
    }
    for (let i = offsets[c]!; i < offsets[c + 1]! && day[i]! <= lastDay; i++) {
      if (type[i] === PURCHASE || type[i]! > CANCEL) continue
      const rows = purchasesOf.get(order[i]!)
      if (rows === undefined && type[i] === CANCEL) {
        ledger.cancellationsUnmatched++
        continue
      }
      const money = table.value[i]!
      const taken = rows === undefined ? 0 : takeOff(rows, money, table.value, value, takenBack)
      const excess = Number.isNaN(money) ? 0 : money - taken
      unassigned[c]! += excess
      refunded.push(taken + excess)
      if (rows === undefined) ledger.refundsOfCustomers++
      else ledger.refundsOfOrders++
    }
  }
  ledger.refunded = compensatedSum(refunded)
  return { value, takenBack, unassigned }
}

/** Takes `money` (NaN: all there is) off the purchases of one order, first to last; returns how much was there. */
function takeOff(
  rows: readonly number[],
  money: number,
  before: Float64Array,
  value: Float64Array,
  takenBack: Uint8Array,
): number {
  const isWhole = Number.isNaN(money)
  let left = isWhole ? Number.POSITIVE_INFINITY : money
  let taken = 0
  for (const row of rows) {
    const part = Math.min(left, value[row]!)
    value[row]! -= part
    left -= part
    taken += part
    if (isWhole || (part > 0 && value[row]! <= before[row]! * DUST)) takenBack[row] = 1
    if (left <= 0) break
  }
  return taken
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

function mutableLedger(): Mutable<NettingLedger> {
  return {
    eventsAfter: 0,
    purchases: 0,
    purchasesTakenBack: 0,
    refundsOfOrders: 0,
    refundsOfCustomers: 0,
    cancellationsUnmatched: 0,
    gross: 0,
    refunded: 0,
  }
}
