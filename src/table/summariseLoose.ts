import { summariseBucketInto, sumOfPairs } from '../kernels/summariseBucket.ts'
import { COUNTS, EVENTS_AFTER, GROSS, PURCHASES, summariseEventsInto } from '../kernels/summariseEvents.ts'
import type { SummaryRows } from '../kernels/summaryRows.ts'
import {
  type BucketPlan,
  bucketPlan,
  type DayWindow,
  fillBuckets,
  MOST_DAYS,
  summariseBuckets,
} from './bucketSummary.ts'
import { summariseCompiled } from './compiledBuckets.ts'
import { rowsOfSums } from './customerSums.ts'
import { type LoosePurchases, localDays } from './loosePurchases.ts'
import { firstRows, summaryRows } from './summaryRows.ts'

/** What the customers of some purchases did up to a day. */
export interface LooseSummary {
  readonly rows: SummaryRows
  readonly eventsAfter: number
  readonly purchases: number
  /** Money of all purchases. */
  readonly gross: number
}

/**
 * Sums up purchases that are not in order: to the bit what their table comes to, because their sums are exact. Nothing,
 * if one may not be, so that the purchases must be put in order first.
 */
export function summariseLoose(purchases: LoosePurchases, lastDay: number, unit: number): LooseSummary | undefined {
  const { sums, offsets, time } = purchases
  if (sums !== undefined && sums.finalDay <= lastDay) {
    const rows = rowsOfSums(sums, offsets, lastDay, unit)
    return { rows, eventsAfter: 0, purchases: time.length, gross: sums.gross }
  }
  if (offsets.length === 0) return ofCoded(purchases, lastDay, unit)
  return ofOrdered(purchases, lastDay, unit) ?? ofGrouped(purchases, lastDay, unit)
}

/** Purchases in any order, by way of buckets. */
function ofCoded(purchases: LoosePurchases, lastDay: number, unit: number): LooseSummary | undefined {
  const { codes, customers, span } = purchases
  const days = dayWindow(purchases, lastDay)
  const plan = bucketPlan(codes.length, { customers, days, least: span.least, lastDay, unit })
  if (plan === undefined) return undefined
  const rows = summaryRows(customers)
  const dust = new Float64Array(customers)
  const count = summariseCompiled(plan, purchases, rows, dust) ?? summarisePlain(plan, purchases, rows, dust)
  return counted(rows, count, dust, codes.length)
}

function summarisePlain(plan: BucketPlan, purchases: LoosePurchases, rows: SummaryRows, dust: Float64Array): number {
  const { codes, time, value } = purchases
  return summariseBuckets(plan, fillBuckets(plan, codes, { time, day: dayColumn(purchases), value }), rows, dust)
}

/** Purchases that stand by customer and day. */
function ofOrdered(purchases: LoosePurchases, lastDay: number, unit: number): LooseSummary | undefined {
  const { offsets, customers, time, value, span } = purchases
  const rows = summaryRows(customers)
  const counts = new Float64Array(COUNTS)
  const noMoney = new Float64Array(0)
  const noBytes = new Uint8Array(0)
  const count = summariseEventsInto(
    offsets,
    time,
    dayColumn(purchases),
    noBytes,
    noMoney,
    value,
    noMoney,
    noBytes,
    noMoney,
    span.least,
    lastDay,
    unit,
    rows,
    counts,
  )
  if (count < 0) return undefined
  return {
    rows: firstRows(rows, count),
    eventsAfter: counts[EVENTS_AFTER]!,
    purchases: counts[PURCHASES]!,
    gross: counts[GROSS]!,
  }
}

/** Purchases that stand by customer, all of them up to the last day. */
function ofGrouped(purchases: LoosePurchases, lastDay: number, unit: number): LooseSummary | undefined {
  const { offsets, customers, time, value, span, zone } = purchases
  const { low, last } = dayWindow(purchases, Number.POSITIVE_INFINITY)
  if (last > lastDay || last - low > MOST_DAYS) return undefined
  const day = localDays(time, zone)
  for (let i = 0; i < day.length; i++) day[i]! -= low
  const seen = new Uint32Array(last - low + 1)
  const rows = summaryRows(customers)
  const dust = new Float64Array(customers)
  const ends = offsets.subarray(1)
  const count = summariseBucketInto(ends, day, value, seen, 0, span.least, lastDay - low, unit, 0, rows, dust)
  return counted(rows, count, dust, time.length)
}

/** The summary of which so many rows were written; nothing, if these could not be. */
export function counted(all: SummaryRows, count: number, dust: Float64Array, events: number): LooseSummary | undefined {
  if (count < 0) return undefined
  const rows = firstRows(all, count)
  let purchases = 0
  for (let row = 0; row < count; row++) purchases += rows.purchases[row]!
  return { rows, eventsAfter: events - purchases, purchases, gross: sumOfPairs(rows.total, dust) }
}

/** The days that purchases can have, up to the last that counts. */
export function dayWindow({ span, zone }: Pick<LoosePurchases, 'span' | 'zone'>, lastDay: number): DayWindow {
  // Where clocks are put back across midnight or the date line, days do not ascend with time.
  const low = zone.dayOf(span.low) - 1
  return { low, last: Math.min(lastDay, zone.dayOf(span.high) + 1) }
}

/** The local day of each purchase, or none where the kernels find it themselves. */
function dayColumn({ time, zone }: Pick<LoosePurchases, 'time' | 'zone'>): Int32Array {
  return zone.timeZone === 'UTC' ? new Int32Array(0) : localDays(time, zone)
}
