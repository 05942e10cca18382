import { dayText } from '../core/calendar.ts'
import { badOption } from '../core/checks.ts'
import { daysIn, type TimeUnit } from '../core/timeUnit.ts'
import type { DayColumns } from '../kernels/mergeDays.ts'
import { COUNTS, summariseEventsInto } from '../kernels/summariseEvents.ts'
import type { SummaryRows } from '../kernels/summaryRows.ts'
import type { AccumulatorState } from './accumulatorState.ts'
import type { CustomerSummary } from './customerSummary.ts'
import { addExactly, exactSums, roundedSums } from './exactSums.ts'
import { netOpenEvents } from './netOpenEvents.ts'
import { AFTER } from './netOrder.ts'
import { nothingSettled, type Recent, type Settled, settle } from './settled.ts'
import { bucketWith, gatherDays, settledDays } from './settledDays.ts'
import { type MoneyCounts, stateLedger } from './stateLedger.ts'
import { firstRows, rowsFrom, summaryRows } from './summaryRows.ts'
import { textAt } from './textCodes.ts'
import { BUCKET, bucketRows } from './waitingDays.ts'

/**
 * The summary of a state: open events are netted up to `lastDay` and laid over what is settled. Each bucket of customers
 * is then summed up by itself, by the kernel of `customerSummary`, so that no second copy of the days is ever needed.
 */
export function summariseState(
  caller: string,
  state: AccumulatorState,
  lastDay: number,
  timeUnit: TimeUnit,
): CustomerSummary {
  if (lastDay < state.nettedBefore - 1) {
    const rule = `${dayText(state.nettedBefore - 1)} or later, because refunds up to that day are netted for good`
    throw badOption(caller, 'asOf', rule, dayText(lastDay))
  }
  const { settled, zone, currency } = state
  const customers = state.customers.size
  gatherDays(settled.days)
  const recent = netRecent(state, lastDay)
  recent.days.bucketed = bucketRows(recent.days.waiting)
  const unassigned = unassignedOf(settled, recent, customers)
  const money: MoneyCounts = { purchases: 0, purchasesAfter: 0, gross: exactSums(1) }
  const all = summaryRows(customers)
  let rows = 0
  for (let b = 0; b * BUCKET < customers; b++) {
    const bucket = bucketWith(settled.days, recent.days, b)
    rows += summariseBucket(bucket, b * BUCKET, unassigned, lastDay, timeUnit, rowsFrom(all, rows), money)
  }
  const columns = firstRows(all, rows)
  return {
    ...columns,
    customers: Array.from(columns.tableRows, (row) => textAt(state.customers, row)),
    asOf: dayText(lastDay),
    timeZone: zone.timeZone,
    timeUnit,
    currency,
    weights: new Float64Array(rows).fill(1),
    ledger: stateLedger(settled, recent, money, columns, unassigned, lastDay),
  }
}

/** The open events up to a day as if they were settled; their days wait in `days.waiting`. */
function netRecent({ open, windowDays }: AccumulatorState, lastDay: number): Recent {
  const recent = nothingSettled(settledDays(open.length))
  const netted = netOpenEvents(open, lastDay, windowDays)
  let after = 0
  for (let row = 0; row < open.length; row++) {
    if (netted.fate[row] === AFTER) after++
    else settle(recent, open, netted, row)
  }
  return { ...recent, after }
}

/** Refunds beyond any order, by customer. */
function unassignedOf(settled: Settled, recent: Settled, customers: number): Float64Array {
  const sums = exactSums(customers)
  for (const { high, low } of [settled.unassigned, recent.unassigned]) {
    for (let c = 0; c < Math.min(customers, high.length); c++) addExactly(sums, c, high[c]!, low[c]!)
  }
  return roundedSums(sums)
}

/** Sums up the customers of a bucket; returns how many have a row. */
function summariseBucket(
  bucket: DayColumns,
  firstCustomer: number,
  unassigned: Float64Array,
  lastDay: number,
  timeUnit: TimeUnit,
  out: SummaryRows,
  money: MoneyCounts,
): number {
  const ofBucket = unassigned.subarray(firstCustomer, firstCustomer + BUCKET)
  const { offsets, day, high, low } = bucket
  // To the kernel a purchase day is a purchase; only `purchases` must then be counted anew.
  const rows = summariseEventsInto(
    offsets.subarray(0, ofBucket.length + 1),
    new Float64Array(0),
    day,
    new Uint8Array(0),
    new Float64Array(0),
    high,
    low,
    new Uint8Array(0),
    ofBucket,
    Number.POSITIVE_INFINITY,
    lastDay,
    daysIn(timeUnit),
    out,
    new Float64Array(COUNTS),
  )
  let row = 0
  for (let c = 0; c < ofBucket.length; c++) {
    const purchases = countPurchases(bucket, c, lastDay, money)
    if (purchases === 0) continue
    out.tableRows[row]! += firstCustomer
    out.purchases[row++] = purchases
  }
  return rows
}

/** Counts a customer's orders and money up to a day. */
function countPurchases(
  { offsets, day, high, low, orders }: DayColumns,
  customer: number,
  lastDay: number,
  money: MoneyCounts,
): number {
  let purchases = 0
  for (let i = offsets[customer]!; i < offsets[customer + 1]!; i++) {
    if (day[i]! > lastDay) {
      money.purchasesAfter += orders[i]!
      continue
    }
    purchases += orders[i]!
    addExactly(money.gross, 0, high[i]!, low[i]!)
  }
  money.purchases += purchases
  return purchases
}
