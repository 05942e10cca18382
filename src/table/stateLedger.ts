import type { SummaryRows } from '../kernels/summaryRows.ts'
import { compensatedSum } from '../math/compensatedSum.ts'
import type { SummaryLedger } from './customerSummary.ts'
import { addExactly, type ExactSums, exactSum, exactSums } from './exactSums.ts'
import { GROSS_BEYOND, REFUNDED, type Recent, type Settled } from './settled.ts'

/** What the purchase days of all customers come to. */
export interface MoneyCounts {
  /** Orders up to the last day. */
  purchases: number
  /** Settled orders after it. */
  purchasesAfter: number
  /** Sum 0: net money of the days up to it. */
  readonly gross: ExactSums
}

/** The ledger of a summary from what is settled, the open events as if they were, and the rows made of both. */
export function stateLedger(
  settled: Settled,
  recent: Recent,
  { purchases, purchasesAfter, gross }: MoneyCounts,
  { tableRows, total }: SummaryRows,
  unassigned: Float64Array,
  lastDay: number,
): SummaryLedger {
  let othersAfter = 0
  for (const [day, count] of settled.others) if (day > lastDay) othersAfter += count
  const refunded = exactSums(1)
  for (const { totals } of [settled, recent]) {
    addExactly(refunded, 0, totals.high[REFUNDED]!, totals.low[REFUNDED]!)
    addExactly(gross, 0, totals.high[GROSS_BEYOND]!, totals.low[GROSS_BEYOND]!)
  }
  const outside = unassigned.slice()
  for (const customer of tableRows) outside[customer] = 0
  return {
    eventsAfter: purchasesAfter + othersAfter + recent.after,
    purchases,
    purchasesTakenBack: settled.purchasesTakenBack + recent.purchasesTakenBack,
    refundsOfOrders: settled.refundsOfOrders + recent.refundsOfOrders,
    refundsOfCustomers: settled.refundsOfCustomers + recent.refundsOfCustomers,
    cancellationsUnmatched: settled.cancellationsUnmatched + recent.cancellationsUnmatched,
    customersWithoutPurchase: unassigned.length - tableRows.length,
    gross: exactSum(gross, 0),
    refunded: exactSum(refunded, 0),
    total: compensatedSum(total),
    outside: 0 - compensatedSum(outside),
  }
}
