import type { Zone } from '../core/calendar.ts'
import { daysIn, type TimeUnit } from '../core/timeUnit.ts'
import type { WholeNumbers } from '../kernels/scanEvents.ts'
import type { SummaryRows } from '../kernels/summaryRows.ts'
import { type BucketPlan, bucketPlan } from '../table/bucketSummary.ts'
import { type CustomerSummary, summaryOfPurchases } from '../table/customerSummary.ts'
import type { PurchaseSpan } from '../table/groupPurchases.ts'
import { numberNames } from '../table/purchaseTable.ts'
import { counted, dayWindow } from '../table/summariseLoose.ts'
import { ROW_BYTES, summaryRows } from '../table/summaryRows.ts'
import type { Slice, Tasks } from './tasks.ts'
import type { Thread } from './thread.ts'

/** Columns of purchases that threads can share. */
export interface SharedPurchases extends Slice {
  readonly ids: WholeNumbers
}

/** What a summary is to be made with, checked. */
export interface SummaryTerms {
  readonly zone: Zone
  readonly currency: string
  readonly lastDay: number
  readonly timeUnit: TimeUnit
}

/**
 * The summary of purchases by several threads: each moves a part of the events into buckets of customers, and sums up a
 * part of the buckets. Nothing, where the buckets do not serve: ids that ascend, anything that is wrong, sums that may
 * depend on the order of their parts.
 */
export async function sharedSummary(
  threads: readonly Thread[],
  { ids, time, value }: SharedPurchases,
  { zone, currency, lastDay, timeUnit }: SummaryTerms,
): Promise<CustomerSummary | undefined> {
  const rows = ids.length
  const codes = new Uint32Array(new SharedArrayBuffer(4 * rows))
  const [distinct, span] = await Promise.all([
    threads[0]!.run('number', { ids, codes }),
    scanPurchases(threads.length > 1 ? threads.slice(1) : threads, { time, value }),
  ])
  if (distinct === undefined || span === undefined) return undefined
  const customers = distinct.length
  const days = dayWindow({ span, zone }, lastDay)
  const plan = bucketPlan(rows, { customers, days, least: span.least, lastDay, unit: daysIn(timeUnit) })
  if (plan === undefined) return undefined

  const parts = slices(rows, threads.length)
  const counts = await everyThread(threads, 'count', (k) => ({ plan, codes: codes.subarray(...parts[k]!) }))
  const starts = firstPlaces(plan, counts)
  const to = {
    keys: new Uint32Array(new SharedArrayBuffer(4 * rows)),
    value: new Float64Array(new SharedArrayBuffer(8 * rows)),
  }
  const places = await everyThread(threads, 'fill', (k) => {
    const [part, timeZone] = [parts[k]!, zone.timeZone]
    const columns = { codes: codes.subarray(...part), time: time.subarray(...part), value: value.subarray(...part) }
    return { plan, ...columns, timeZone, starts: starts[k]!, to }
  })

  const all = summaryRows(customers, new SharedArrayBuffer(ROW_BYTES * customers))
  const dust = new Float64Array(new SharedArrayBuffer(8 * customers))
  const ranges = bucketRanges(plan, counts, threads.length)
  const firsts = ranges.map(([from]) => Math.min(from * 2 ** plan.bits, customers))
  const found = await everyThread(threads, 'summarise', (k) => {
    const [from, end] = ranges[k]!
    const out = mapRows(all, (column) => column.subarray(firsts[k]!))
    return { plan, buckets: { ...to, places }, from, to: end, out, dust: dust.subarray(firsts[k]!) }
  })
  if (found.some((count) => count < 0)) return undefined
  const summed = counted(all, closeGaps(all, dust, firsts, found), dust, rows)
  const table = Object.defineProperty({ timeZone: zone.timeZone, currency }, 'customers', numberNames(distinct))
  return summed && summaryOfPurchases(summed, table as typeof table & NamedTable, customers, lastDay, timeUnit)
}

type NamedTable = Pick<CustomerSummary, 'customers'>

/** One task for each thread. */
function everyThread<K extends keyof Tasks>(
  threads: readonly Thread[],
  task: K,
  inputOf: (k: number) => Parameters<Tasks[K]>[0],
): Promise<ReturnType<Tasks[K]>[]> {
  return Promise.all(threads.map((thread, k) => thread.run(task, inputOf(k))))
}

async function scanPurchases(threads: readonly Thread[], { time, value }: Slice): Promise<PurchaseSpan | undefined> {
  const parts = slices(time.length, threads.length)
  const spans = await everyThread(threads, 'scan', (k) => ({
    time: time.subarray(...parts[k]!),
    value: value.subarray(...parts[k]!),
  }))
  let span: PurchaseSpan | undefined
  for (const part of spans) {
    if (part === undefined) return undefined
    span ??= part
    const { low, high, least } = span
    span = { low: Math.min(low, part.low), high: Math.max(high, part.high), least: Math.min(least, part.least) }
  }
  return span
}

/** Parts of some rows, of equal length as near as can be. */
function slices(rows: number, parts: number): [from: number, end: number][] {
  return Array.from({ length: parts }, (_, k) => [Math.floor((k * rows) / parts), Math.floor(((k + 1) * rows) / parts)])
}

/** For each thread, where its rows of each bucket go: after those of the threads before it. */
function firstPlaces({ buckets }: BucketPlan, counts: readonly Uint32Array[]): Uint32Array[] {
  const places = counts.map(() => new Uint32Array(buckets))
  let next = 0
  for (let b = 0; b < buckets; b++) {
    for (let k = 0; k < counts.length; k++) {
      places[k]![b] = next
      next += counts[k]![b + 1]! - counts[k]![b]!
    }
  }
  return places
}

/** Ranges of buckets with equal numbers of events, as near as can be. */
function bucketRanges({ buckets }: BucketPlan, counts: readonly Uint32Array[], parts: number): [number, number][] {
  const upTo = (b: number): number => counts.reduce((sum, starts) => sum + starts[b]!, 0)
  const all = upTo(buckets)
  const ranges: [number, number][] = []
  let from = 0
  for (let k = 1; k <= parts; k++) {
    let end = from
    while (end < buckets && (k === parts || upTo(end) < (k * all) / parts)) end++
    ranges.push([from, end])
    from = end
  }
  return ranges
}

/** Moves the rows of each range up to those before it; returns how many there are. */
function closeGaps(all: SummaryRows, dust: Float64Array, firsts: readonly number[], found: readonly number[]): number {
  let next = 0
  for (let k = 0; k < found.length; k++) {
    const [first, count] = [firsts[k]!, found[k]!]
    if (next < first) {
      for (const column of [...Object.values(all), dust]) column.copyWithin(next, first, first + count)
    }
    next += count
  }
  return next
}

function mapRows(
  rows: SummaryRows,
  map: (column: Float64Array | Uint32Array) => Float64Array | Uint32Array,
): SummaryRows {
  return Object.fromEntries(Object.entries(rows).map(([name, column]) => [name, map(column)])) as unknown as SummaryRows
}
