import { addExactly, type ExactSums, exactSums, growSums } from './exactSums.ts'
import {
  AFTER,
  type NettedEvents,
  NO_MONEY,
  OF_CUSTOMER,
  OF_ORDER,
  PURCHASED,
  TAKEN_BACK,
  UNMATCHED,
} from './netOpenEvents.ts'
import type { OpenEvents } from './openEvents.ts'
import { addToDay, type SettledDays, settledDays } from './settledDays.ts'

/** What is left of events that nobody can refer to any more: days of customers, sums and counts. */
export interface Settled {
  readonly days: SettledDays
  /** How many events there were that are neither purchases nor refunds nor cancellations, by day. */
  readonly others: Map<number, number>
  purchasesTakenBack: number
  refundsOfOrders: number
  refundsOfCustomers: number
  cancellationsUnmatched: number
  /** For each customer, refunds beyond any order. May be longer or shorter than there are customers. */
  readonly unassigned: ExactSums
  /** Sums of all customers: `REFUNDED`, `GROSS_BEYOND`. */
  readonly totals: ExactSums
}

/** Sum in `totals`: money that refunds and cancellations took off. */
export const REFUNDED = 0
/** Sum in `totals`: money of purchases before refunds, less what `days` hold of them. */
export const GROSS_BEYOND = 1

/** Nothing settled. */
export function nothingSettled(days: SettledDays = settledDays()): Settled {
  return {
    days,
    others: new Map(),
    purchasesTakenBack: 0,
    refundsOfOrders: 0,
    refundsOfCustomers: 0,
    cancellationsUnmatched: 0,
    unassigned: exactSums(0),
    totals: exactSums(2),
  }
}

/** Counts an event that moves no money. */
export function settleOther({ others }: Settled, day: number, count: number): void {
  others.set(day, (others.get(day) ?? 0) + count)
}

/** Settles event `row`, by its fate. */
export function settle(settled: Settled, open: OpenEvents, netted: NettedEvents, row: number): void {
  const { days, totals } = settled
  const day = open.day[row]!
  const gross = open.value[row]!
  switch (netted.fate[row]) {
    case AFTER:
      return
    case PURCHASED: {
      const net = netted.value[row]!
      addToDay(days, open.customer[row]!, day, net, 0, 1)
      if (net === gross) return
      addExactly(totals, GROSS_BEYOND, gross)
      addExactly(totals, GROSS_BEYOND, -net)
      return
    }
    case TAKEN_BACK:
      settled.purchasesTakenBack++
      addExactly(totals, GROSS_BEYOND, gross)
      return
    case OF_ORDER:
      settled.refundsOfOrders++
      settleRefund(settled, open.customer[row]!, netted.value[row]!, netted.excess[row]!)
      return
    case OF_CUSTOMER:
      settled.refundsOfCustomers++
      settleRefund(settled, open.customer[row]!, netted.value[row]!, netted.excess[row]!)
      return
    case UNMATCHED:
      settled.cancellationsUnmatched++
      return
    case NO_MONEY:
      settleOther(settled, day, 1)
  }
}

function settleRefund({ totals, unassigned }: Settled, customer: number, taken: number, excess: number): void {
  addExactly(totals, REFUNDED, taken + excess)
  if (excess === 0) return
  growSums(unassigned, customer + 1)
  addExactly(unassigned, customer, excess)
}
