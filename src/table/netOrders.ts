import { compensatedSum } from '../math/compensatedSum.ts'
import type { EventTable } from './eventTable.ts'
import { CANCEL, PURCHASE } from './tableDraft.ts'

/** Share of an order below which what refunds left of it is dust of binary fractions and counts as nothing. */
const DUST = 1e-9

/** Purchases with refunds and cancellations taken off, as known on a day. */
export interface NetOrders {
  /** Money of each event after refunds; only that of purchases is looked at. */
  readonly value: Float64Array
  /** 1 for each event that is a purchase of which nothing is left; of no length if there is none. */
  readonly takenBack: Uint8Array
  /**
   * For each customer, money of refunds that named no known order, or exceeded what was left of it; of no length if
   * there is none.
   */
  readonly unassigned: Float64Array
  readonly ledger: RefundLedger
}

/** What became of the refunds and cancellations up to a day. */
export interface RefundLedger {
  readonly refundsOfOrders: number
  readonly refundsOfCustomers: number
  readonly cancellationsUnmatched: number
  /** Money that refunds and cancellations took off. */
  readonly refunded: number
}

/**
 * Takes refunds and cancellations up to and including the local day `lastDay` off the orders that they name. Without
 * any, the table's own values serve.
 */
export function netOrders(table: EventTable, lastDay: number): NetOrders {
  const ledger = { refundsOfOrders: 0, refundsOfCustomers: 0, cancellationsUnmatched: 0, refunded: 0 }
  if (!table.types.includes('refund') && !table.types.includes('cancel')) {
    return { value: table.value, takenBack: new Uint8Array(0), unassigned: new Float64Array(0), ledger }
  }
  const { day, type, order, offsets } = table
  const takenBack = new Uint8Array(type.length)
  const unassigned = new Float64Array(offsets.length - 1)
  const value = table.value.slice()
  const refunded: number[] = []
  const purchasesOf = new Map<number, number[]>()
  for (let c = 0; c + 1 < offsets.length; c++) {
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
  return { value, takenBack, unassigned, ledger }
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
