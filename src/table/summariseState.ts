import { dayText } from '../core/calendar.ts'
import { badOption } from '../core/checks.ts'
import { daysIn, type TimeUnit } from '../core/timeUnit.ts'
import type { DayColumns } from '../kernels/mergeDays.ts'
import { COUNTS, summariseEventsInto } from '../kernels/summariseEvents.ts'
import { compensatedSum } from '../math/compensatedSum.ts'
import type { AccumulatorState } from './accumulatorState.ts'
import type { CustomerSummary, SummaryLedger } from './customerSummary.ts'
import { addExactly, type ExactSums, exactSum, exactSums } from './exactSums.ts'
import { AFTER, netOpenEvents } from './netOpenEvents.ts'
import { GROSS_BEYOND, nothingSettled, REFUNDED, type Settled, settle } from './settled.ts'
import { BUCKET, bucketWith, dayColumns, gatherDays, rowsByCustomer, settledDays, waitingDays } from './settledDays.ts'

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
  const { settled, customers, zone, currency } = state
  gatherDays(settled.days)
  const recent = netRecent(state, lastDay)
  const added = recent.days.waiting
  const byCustomer = rowsByCustomer(added, customers.size())
  const unassigned = unassignedOf(settled, recent, customers.size())
  const money: MoneyCounts = { purchases: 0, purchasesAfter: 0, gross: exactSums(1) }
  const all = emptyColumns(customers.size())
  let rows = 0
  for (let b = 0; b * BUCKET < customers.size(); b++) {
    const bucket = bucketWith(settled.days.buckets[b] ?? dayColumns(0), added, byCustomer, b)
    rows += summariseBucket(bucket, b * BUCKET, unassigned, lastDay, timeUnit, columnsFrom(all, rows), money)
  }
  const columns = rows === customers.size() ? all : firstRows(all, rows)
  const names = customers.names()
  return {
    ...columns,
    customers: Array.from(columns.tableRows, (row) => names[row]!),
    asOf: dayText(lastDay),
    timeZone: zone.timeZone,
    timeUnit,
    currency,
    weights: new Float64Array(rows).fill(1),
    ledger: ledgerOf(settled, recent, money, columns, unassigned, lastDay),
  }
}

interface MoneyCounts {
  /** Orders up to the last day. */
  purchases: number
  /** Settled orders after it. */
  purchasesAfter: number
  /** Sum 0: net money of the days up to it. */
  readonly gross: ExactSums
}

interface Recent extends Settled {
  /** Open events after the last day. */
  readonly after: number
}

/** The open events up to a day as if they were settled; their days wait in `days.waiting`. */
function netRecent({ open, windowDays }: AccumulatorState, lastDay: number): Recent {
  const recent = nothingSettled({ ...settledDays(), waiting: waitingDays(open.length) })
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
    for (let c = 0; c < Math.min(customers, high.length); c++) {
      addExactly(sums, c, high[c]!)
      addExactly(sums, c, low[c]!)
    }
  }
  return sums.high.map((high, c) => high + sums.low[c]!)
}

type Columns = ReturnType<typeof emptyColumns>

function emptyColumns(
  rows: number,
): Pick<
  CustomerSummary,
  'tableRows' | 'purchases' | 'sinceLast' | 'total' | 'repeats' | 'ageAtLast' | 'age' | 'meanRepeatValue'
> {
  return {
    tableRows: new Uint32Array(rows),
    purchases: new Uint32Array(rows),
    sinceLast: new Float64Array(rows),
    total: new Float64Array(rows),
    repeats: new Uint32Array(rows),
    ageAtLast: new Float64Array(rows),
    age: new Float64Array(rows),
    meanRepeatValue: new Float64Array(rows),
  }
}

/** The columns from a row on, for writing. */
function columnsFrom(columns: Columns, row: number): Columns {
  return mapColumns(columns, (column) => column.subarray(row))
}

function firstRows(columns: Columns, rows: number): Columns {
  return mapColumns(columns, (column) => column.slice(0, rows))
}

function mapColumns(
  columns: Columns,
  map: (column: Float64Array | Uint32Array) => Float64Array | Uint32Array,
): Columns {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, map(column)])) as unknown as Columns
}

/** Sums up the customers of a bucket; returns how many have a row. */
function summariseBucket(
  { offsets, day, high, low, orders }: DayColumns,
  firstCustomer: number,
  unassigned: Float64Array,
  lastDay: number,
  timeUnit: TimeUnit,
  out: Columns,
  money: MoneyCounts,
): number {
  const ofBucket = unassigned.subarray(firstCustomer, firstCustomer + BUCKET)
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
    let purchases = 0
    for (let i = offsets[c]!; i < offsets[c + 1]!; i++) {
      if (day[i]! > lastDay) {
        money.purchasesAfter += orders[i]!
        continue
      }
      purchases += orders[i]!
      addExactly(money.gross, 0, high[i]!)
      addExactly(money.gross, 0, low[i]!)
    }
    money.purchases += purchases
    if (purchases === 0) continue
    out.tableRows[row]! += firstCustomer
    out.purchases[row++] = purchases
  }
  return rows
}

function ledgerOf(
  settled: Settled,
  recent: Recent,
  { purchases, purchasesAfter, gross }: MoneyCounts,
  { tableRows, total }: Columns,
  unassigned: Float64Array,
  lastDay: number,
): SummaryLedger {
  let othersAfter = 0
  for (const [day, count] of settled.others) if (day > lastDay) othersAfter += count
  const refunded = exactSums(1)
  for (const { totals } of [settled, recent]) {
    addExactly(refunded, 0, totals.high[REFUNDED]!)
    addExactly(refunded, 0, totals.low[REFUNDED]!)
    addExactly(gross, 0, totals.high[GROSS_BEYOND]!)
    addExactly(gross, 0, totals.low[GROSS_BEYOND]!)
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
