import { addExactly, type ExactSums, exactSums, growSums } from './exactSums.ts'
import type { NettedEvents } from './netOpenEvents.ts'
import { AFTER, excessOf, NO_MONEY, OF_CUSTOMER, OF_ORDER, PURCHASED, TAKEN_BACK, UNMATCHED } from './netOrder.ts'
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

/** Open events up to a day as if they were settled. */
export interface Recent extends Settled {
  /** Open events after that day. */
  readonly after: number
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
  const customer = open.customer[row]!
  const day = open.day[row]!
  const money = open.value[row]!
  const net = netted.value[row]!
  const fate = netted.fate[row]!
  switch (fate) {
    case AFTER:
      return
    case PURCHASED:
      addToDay(days, customer, day, net, 1)
      if (net === money) return
      addExactly(totals, GROSS_BEYOND, money)
      addExactly(totals, GROSS_BEYOND, -net)
      return
    case TAKEN_BACK:
      settled.purchasesTakenBack++
      addExactly(totals, GROSS_BEYOND, money)
      return
    case OF_ORDER:
      settled.refundsOfOrders++
      break
    case OF_CUSTOMER:
      settled.refundsOfCustomers++
      break
    case UNMATCHED:
      settled.cancellationsUnmatched++
      return
    case NO_MONEY:
      settleOther(settled, day, 1)
      return
  }
  const excess = excessOf(money, fate, net)
  addExactly(totals, REFUNDED, net + excess)
  if (excess !== 0) addUnassigned(settled, customer, excess, 0)
}

/** Adds to the refunds of a customer that are beyond any order. */
export function addUnassigned({ unassigned }: Settled, customer: number, high: number, low: number): void {
  growSums(unassigned, customer + 1)
  addExactly(unassigned, customer, high, low)
}
