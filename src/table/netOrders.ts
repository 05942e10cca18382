import type { EventTable } from './eventTable.ts'
import { addExactly, exactSum, exactSums, roundedSums } from './exactSums.ts'
import { excessOf, type NettedRows, netOrder, OF_CUSTOMER, OF_ORDER, UNMATCHED } from './netOrder.ts'
import { CANCEL, PURCHASE } from './tableDraft.ts'

/** Purchases with refunds and cancellations taken off, as known on a day. */
export interface NetOrders extends NettedRows {
  /** What became of each event up to the day; of no length if there is neither refund nor cancellation. */
  readonly fate: Uint8Array
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
  if (!table.types.includes('refund') && !table.types.includes('cancel')) {
    const ledger = { refundsOfOrders: 0, refundsOfCustomers: 0, cancellationsUnmatched: 0, refunded: 0 }
    return { value: table.value, fate: new Uint8Array(0), unassigned: new Float64Array(0), ledger }
  }
  const { type, offsets } = table
  const netted = { value: table.value.slice(), fate: new Uint8Array(type.length) }
  const unassigned = exactSums(offsets.length - 1)
  const refunded = exactSums(1)
  const counts = new Uint32Array(UNMATCHED + 1)
  for (let c = 0; c + 1 < offsets.length; c++) {
    const refunds = netCustomer(table, c, lastDay, netted)
    for (const row of refunds) {
      const fate = netted.fate[row]!
      const taken = netted.value[row]!
      const excess = excessOf(table.value[row]!, fate, taken)
      counts[fate]!++
      addExactly(unassigned, c, excess)
      addExactly(refunded, 0, taken + excess)
    }
  }
  return {
    ...netted,
    unassigned: roundedSums(unassigned),
    ledger: {
      refundsOfOrders: counts[OF_ORDER]!,
      refundsOfCustomers: counts[OF_CUSTOMER]!,
      cancellationsUnmatched: counts[UNMATCHED]!,
      refunded: exactSum(refunded, 0),
    },
  }
}

/** Nets the orders of a customer, for nobody's refund touches an order of somebody else. Returns the refunds' rows. */
function netCustomer(table: EventTable, c: number, lastDay: number, netted: NettedRows): number[] {
  const { day, type, order, offsets, value } = table
  const refunds: number[] = []
  const end = offsets[c + 1]!
  for (let i = offsets[c]!; i < end && day[i]! <= lastDay; i++) {
    if (type[i] !== PURCHASE && type[i]! <= CANCEL) refunds.push(i)
  }
  if (refunds.length === 0) return refunds
  // Rows without an order are orders of their own.
  const orders = new Map<number, number[]>(refunds.map((row) => [order[row] === -1 ? -2 - row : order[row]!, []]))
  for (let i = offsets[c]!; i < end && day[i]! <= lastDay; i++) {
    if (type[i]! <= CANCEL) orders.get(order[i] === -1 ? -2 - i : order[i]!)?.push(i)
  }
  for (const rows of orders.values()) netOrder(rows, type, value, netted)
  return refunds
}
