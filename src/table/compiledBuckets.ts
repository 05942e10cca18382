import { type Compiled, compiled, type MemoryPlan, memoryPlan } from '../core/webAssembly.ts'
import type { SummaryRows } from '../kernels/summaryRows.ts'
import { BUCKETS_WASM } from '../kernels/wasm/buckets.wasm.ts'
import { type BucketPlaces, type BucketPlan, bucketStarts, largestBucket } from './bucketSummary.ts'
import type { LoosePurchases } from './loosePurchases.ts'

/** What buckets.as.ts exports. */
export interface BucketKernels {
  daysOfTimes(time: number, rows: number, day: number): void
  scatter(
    codes: number,
    day: number,
    value: number,
    rows: number,
    shift: number,
    lowDay: number,
    lastDay: number,
    dayBits: number,
    cursors: number,
    to: number,
  ): void
  countKeys(start: number, end: number, from: number, dayBits: number, groups: number): void
  placesOf(groups: number, customers: number): void
  placeKeys(start: number, end: number, from: number, dayBits: number, groups: number, to: number): void
  sumCustomers(
    customers: number,
    groups: number,
    events: number,
    seen: number,
    first: number,
    least: number,
    lastDay: number,
    unit: number,
    out: number,
    room: number,
  ): number
}

/** Fewest purchases that are worth a memory of their own. */
const FEWEST = 2 ** 17

/** Purchases that are handed over at a time: few enough for the second cache. */
const BLOCK = 2 ** 14

/** Bytes of a purchase in its bucket. */
export const ROW_BYTES = 12

/**
 * What `fillBuckets` and `summariseBuckets` do, in WebAssembly: the same bits in half of the time. Returns the number of
 * rows written, or -1 if a sum may depend on the order of its parts; nothing, where there is no WebAssembly or it is not
 * worth it.
 */
export function summariseCompiled(
  plan: BucketPlan,
  purchases: Pick<LoosePurchases, 'codes' | 'time' | 'value' | 'zone'>,
  out: SummaryRows,
  dust: Float64Array,
): number | undefined {
  const rows = purchases.codes.length
  if (rows < FEWEST) return undefined
  const starts = bucketStarts(plan, purchases.codes)
  const memory = memoryPlan()
  const to = memory.take(rows, ROW_BYTES)
  const placing = placingSpace(plan, memory)
  const summing = summingSpace(plan, largestBucket([{ starts, ends: starts.subarray(1) }], 0, plan.buckets), memory)
  const found = compiled<BucketKernels>(BUCKETS_WASM, memory.bytes())
  if (found === undefined) return undefined
  const places = placeCompiled(found, plan, purchases, starts, to, placing)
  return sumCompiled(found, plan, [places], to, summing, 0, plan.buckets, out, dust)
}

/** Addresses of what it takes to move purchases into buckets. */
export interface PlacingSpace {
  readonly codes: number
  readonly day: number
  readonly time: number
  readonly value: number
  readonly cursors: number
}

export function placingSpace({ buckets }: BucketPlan, memory: MemoryPlan): PlacingSpace {
  return {
    codes: memory.take(BLOCK, 4),
    day: memory.take(BLOCK, 4),
    time: memory.take(BLOCK, 8),
    value: memory.take(BLOCK, 8),
    cursors: memory.take(buckets, 4),
  }
}

/** As `fillBuckets`: moves purchases to their buckets, the first of which begins with row `starts[0]` of those at `to`. */
export function placeCompiled(
  { kernels, buffer }: Compiled<BucketKernels, ArrayBufferLike>,
  { bits, buckets, days, dayBits }: BucketPlan,
  { codes, time, value, zone }: Pick<LoosePurchases, 'codes' | 'time' | 'value' | 'zone'>,
  starts: Uint32Array,
  to: number,
  at: PlacingSpace,
): BucketPlaces {
  const block = {
    codes: new Uint32Array(buffer, at.codes, BLOCK),
    day: new Int32Array(buffer, at.day, BLOCK),
    time: new Float64Array(buffer, at.time, BLOCK),
    value: new Float64Array(buffer, at.value, BLOCK),
  }
  const ends = new Uint32Array(buffer, at.cursors, buckets)
  ends.set(starts.subarray(0, buckets))
  for (let from = 0; from < codes.length; from += BLOCK) {
    const length = Math.min(BLOCK, codes.length - from)
    block.codes.set(codes.subarray(from, from + length))
    block.value.set(value.subarray(from, from + length))
    if (zone.timeZone === 'UTC') {
      block.time.set(time.subarray(from, from + length))
      kernels.daysOfTimes(at.time, length, at.day)
    } else {
      for (let i = 0; i < length; i++) block.day[i] = zone.dayOf(time[from + i]!)
    }
    const { low, last } = days
    kernels.scatter(at.codes, at.day, at.value, length, bits, low, last, dayBits, at.cursors, to)
  }
  return { starts, ends: ends.slice() }
}

/** Addresses of what it takes to sum up a bucket. */
export interface SummingSpace {
  readonly groups: number
  readonly seen: number
  readonly events: number
  readonly out: number
}

/** Bytes of what is written for a customer. */
const OUT_BYTES = 60

/** @param largest - rows of the largest bucket */
export function summingSpace({ bits, dayBits }: BucketPlan, largest: number, memory: MemoryPlan): SummingSpace {
  return {
    groups: memory.take(2 ** bits, 4),
    seen: memory.take(2 ** dayBits, 4),
    events: memory.take(largest, ROW_BYTES),
    out: memory.take(2 ** bits, OUT_BYTES),
  }
}

/** As `summariseBuckets`, of what `placeCompiled` has put at `from`. */
export function sumCompiled(
  { kernels, buffer }: Compiled<BucketKernels, ArrayBufferLike>,
  { customers, bits, days, dayBits, least, lastDay, unit }: BucketPlan,
  places: readonly BucketPlaces[],
  from: number,
  at: SummingSpace,
  firstBucket: number,
  endBucket: number,
  out: SummaryRows,
  dust: Float64Array,
): number {
  const size = 2 ** bits
  const until = lastDay - days.low
  const groups = new Uint32Array(buffer, at.groups, size)
  // Marks of customers, of whom nobody is marked with 0.
  new Uint32Array(buffer, at.seen, 2 ** dayBits).fill(0)
  // As buckets.as.ts writes them.
  const reals = [out.sinceLast, out.total, out.ageAtLast, out.age, out.meanRepeatValue, dust]
  const wholes = [out.tableRows, out.purchases, out.repeats]
  const foundReals = reals.map((_, k) => new Float64Array(buffer, at.out + 8 * k * size, size))
  const foundWholes = wholes.map((_, k) => new Uint32Array(buffer, at.out + (8 * reals.length + 4 * k) * size, size))
  let row = 0
  for (let b = firstBucket; b < endBucket; b++) {
    const first = b * size
    const own = Math.min(size, customers - first)
    groups.fill(0)
    for (const { starts, ends } of places) kernels.countKeys(starts[b]!, ends[b]!, from, dayBits, at.groups)
    kernels.placesOf(at.groups, own)
    for (const { starts, ends } of places) kernels.placeKeys(starts[b]!, ends[b]!, from, dayBits, at.groups, at.events)
    const space = [at.groups, at.events, at.seen] as const
    const count = kernels.sumCustomers(own, ...space, first, least, until, unit, at.out, size)
    if (count < 0) return -1
    for (let k = 0; k < reals.length; k++) reals[k]!.set(foundReals[k]!.subarray(0, count), row)
    for (let k = 0; k < wholes.length; k++) wholes[k]!.set(foundWholes[k]!.subarray(0, count), row)
    row += count
  }
  return row
}
