import type { Zone } from '../core/calendar.ts'
import { daysIn, type TimeUnit } from '../core/timeUnit.ts'
import { memoryPlan } from '../core/webAssembly.ts'
import type { WholeNumbers } from '../kernels/scanEvents.ts'
import type { SummaryRows } from '../kernels/summaryRows.ts'
import { type BucketPlaces, type BucketPlan, bucketPlan, largestBucket } from '../table/bucketSummary.ts'
import { ROW_BYTES as PURCHASE_BYTES, placingSpace, summingSpace } from '../table/compiledBuckets.ts'
import { type CustomerSummary, summaryOfPurchases } from '../table/customerSummary.ts'
import { numberNames } from '../table/purchaseTable.ts'
import { counted, dayWindow } from '../table/summariseLoose.ts'
import { ROW_BYTES, rowsFrom, summaryRows } from '../table/summaryRows.ts'
import { mergeNumbers } from './mergeNumbers.ts'
import { type SharedScratch, scratchOf } from './sharedScratch.ts'
import type { NumberedSlice, Slice, Tasks } from './tasks.ts'
import type { Thread } from './thread.ts'

/** What a summary is to be made with, checked. */
export interface SummaryTerms {
  readonly zone: Zone
  readonly currency: string
  readonly lastDay: number
  readonly timeUnit: TimeUnit
}

/**
 * The summary of purchases by several threads. Each numbers the ids of a part of the events and moves these into buckets
 * of customers, and then sums up a part of the buckets; in between, the numbers of the parts become those of all. Nothing,
 * where the buckets do not serve: ids that ascend, anything that is wrong, sums that may depend on the order of their
 * parts, no WebAssembly.
 */
export async function sharedSummary(
  threads: readonly Thread[],
  scratch: SharedScratch,
  { ids, time, value }: Slice,
  { zone, currency, lastDay, timeUnit }: SummaryTerms,
): Promise<CustomerSummary | undefined> {
  const rows = ids.length
  const layout = memoryPlan()
  const at = { codes: layout.take(rows, 4), rows: layout.take(rows, PURCHASE_BYTES) }
  const first = scratchOf(scratch, layout.bytes())
  if (first === undefined) return undefined
  const codes = new Uint32Array(first.buffer, at.codes, rows)
  const parts = slices(rows, threads.length)
  const slicesOf = parts.map((part) => ({
    ids: ids.subarray(...part),
    time: time.subarray(...part),
    value: value.subarray(...part),
    codes: codes.subarray(...part),
  }))
  const numbered = allOf(await everyThread(threads, 'number', (k) => slicesOf[k]!))
  if (numbered === undefined || ascend(ids, parts, numbered)) return undefined
  const { ids: distinct, customers, numbers } = mergeNumbers(numbered)
  const span = {
    low: Math.min(...numbered.map((slice) => slice.span.low)),
    high: Math.max(...numbered.map((slice) => slice.span.high)),
    least: Math.min(...numbered.map((slice) => slice.span.least)),
  }
  const days = dayWindow({ span, zone }, lastDay)
  const plan = bucketPlan(rows, { customers, days, least: span.least, lastDay, unit: daysIn(timeUnit) })
  if (plan === undefined) return undefined

  const placing = threads.map(() => placingSpace(plan, layout))
  const memory = scratchOf(scratch, layout.bytes())
  if (memory === undefined) return undefined
  const shared = { plan, memory, rowsAt: at.rows }
  const { timeZone } = zone
  // Only the later parts have codes to be replaced, and all threads share that.
  const later = numbers.map((numbersOfPart, k) => ({ codes: slicesOf[k + 1]!.codes, numbers: numbersOfPart }))
  if (later.length > 0)
    await everyThread(threads, 'renumber', (k) => later.map((part) => share(part, k, threads.length)))
  const placed = await everyThread(threads, 'place', (k) => {
    return { ...slicesOf[k]!, ...shared, first: parts[k]![0], timeZone, space: placing[k]! }
  })
  const places = allOf(placed)
  if (places === undefined) return undefined
  const all = summaryRows(customers, new SharedArrayBuffer(ROW_BYTES * customers))
  const dust = new Float64Array(new SharedArrayBuffer(8 * customers))
  const ranges = bucketRanges(plan, places, threads.length)
  const firsts = ranges.map(([from]) => Math.min(from * 2 ** plan.bits, customers))
  const summing = ranges.map((range) => summingSpace(plan, largestBucket(places, ...range), layout))
  if (scratchOf(scratch, layout.bytes()) === undefined) return undefined
  const found = await everyThread(threads, 'summarise', (k) => {
    const [from, to] = ranges[k]!
    const out = rowsFrom(all, firsts[k]!)
    return { ...shared, places, from, to, space: summing[k]!, out, dust: dust.subarray(firsts[k]!) }
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

function allOf<T>(results: readonly (T | undefined)[]): readonly T[] | undefined {
  return results.includes(undefined) ? undefined : (results as readonly T[])
}

/** Parts of some rows, of equal length as near as can be. */
function slices(rows: number, parts: number): [from: number, end: number][] {
  return Array.from({ length: parts }, (_, k) => [Math.floor((k * rows) / parts), Math.floor(((k + 1) * rows) / parts)])
}

/** The `k`th share of the codes of a part. */
function share<T extends { readonly codes: Uint32Array }>(part: T, k: number, shares: number): T {
  return { ...part, codes: part.codes.subarray(...slices(part.codes.length, shares)[k]!) }
}

/** Whether all ids ascend, of which it is known whether those of each part do. */
function ascend(ids: WholeNumbers, parts: readonly [number, number][], numbered: readonly NumberedSlice[]): boolean {
  return parts.every(([from], k) => numbered[k]!.ascends && (from === 0 || ids[from - 1]! <= ids[from]!))
}

/** How many events cost as much as the row of a customer, most of which is the first touch of its memory. */
const CUSTOMER_COST = 4

/** Ranges of buckets that cost the same, as near as can be. */
function bucketRanges(
  { buckets, bits }: BucketPlan,
  places: readonly BucketPlaces[],
  parts: number,
): [number, number][] {
  const costOf = (b: number): number =>
    places.reduce((sum, { starts, ends }) => sum + ends[b]! - starts[b]!, CUSTOMER_COST * 2 ** bits)
  let all = 0
  for (let b = 0; b < buckets; b++) all += costOf(b)
  const ranges: [number, number][] = []
  let from = 0
  let cost = 0
  for (let k = 1; k <= parts; k++) {
    let end = from
    while (end < buckets && (k === parts || cost < (k * all) / parts)) cost += costOf(end++)
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
