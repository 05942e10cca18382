import { compiled, type MemoryPlan, memoryPlan } from '../core/webAssembly.ts'
import type { SummaryRows } from '../kernels/summaryRows.ts'
import { BUCKETS_WASM } from '../kernels/wasm/buckets.wasm.ts'
import { type BucketPlan, type Buckets, bucketStarts, largestBucket } from './bucketSummary.ts'
import { largestGroup } from './groupPurchases.ts'
import type { LoosePurchases } from './loosePurchases.ts'

/** What buckets.as.ts exports. */
interface Kernels {
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
    keys: number,
    money: number,
  ): void
  summariseBucket(
    start: number,
    end: number,
    keys: number,
    value: number,
    dayBits: number,
    customers: number,
    groups: number,
    day: number,
    money: number,
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

/**
 * What `fillBuckets` and `summariseBuckets` do, in WebAssembly: the same bits in half of the time. Returns the number of
 * rows written, or -1 if a sum may depend on the order of its parts; nothing, where there is no WebAssembly or it is not
 * worth it.
 */
export function summariseCompiled(
  plan: BucketPlan,
  { codes, time, value, zone }: Pick<LoosePurchases, 'codes' | 'time' | 'value' | 'zone'>,
  out: SummaryRows,
  dust: Float64Array,
): number | undefined {
  const rows = codes.length
  if (rows < FEWEST) return undefined
  const { bits, buckets, days, dayBits } = plan
  const starts = bucketStarts(plan, codes)
  const memory = memoryPlan()
  const space = bucketSpace(plan, largestGroup(starts), memory)
  const at = {
    codes: memory.take(BLOCK, 4),
    day: memory.take(BLOCK, 4),
    time: memory.take(BLOCK, 8),
    value: memory.take(BLOCK, 8),
    cursors: memory.take(buckets, 4),
    keys: memory.take(rows, 4),
    money: memory.take(rows, 8),
  }
  const found = compiled<Kernels>(BUCKETS_WASM, memory.bytes())
  if (found === undefined) return undefined
  const { kernels, buffer } = found
  const block = {
    codes: new Uint32Array(buffer, at.codes, BLOCK),
    day: new Int32Array(buffer, at.day, BLOCK),
    time: new Float64Array(buffer, at.time, BLOCK),
    value: new Float64Array(buffer, at.value, BLOCK),
  }
  const ends = new Uint32Array(buffer, at.cursors, buckets)
  ends.set(starts.subarray(0, buckets))
  for (let from = 0; from < rows; from += BLOCK) {
    const length = Math.min(BLOCK, rows - from)
    block.codes.set(codes.subarray(from, from + length))
    block.value.set(value.subarray(from, from + length))
    if (zone.timeZone === 'UTC') {
      block.time.set(time.subarray(from, from + length))
      kernels.daysOfTimes(at.time, length, at.day)
    } else {
      for (let i = 0; i < length; i++) block.day[i] = zone.dayOf(time[from + i]!)
    }
    const { low, last } = days
    kernels.scatter(at.codes, at.day, at.value, length, bits, low, last, dayBits, at.cursors, at.keys, at.money)
  }
  const summarise = bucketSummariser(plan, kernels, buffer, space, at.keys, at.money, out, dust)
  let row = 0
  for (let b = 0; b < buckets && row >= 0; b++) row = summarise(b, starts[b]!, ends[b]!, row)
  return row
}

/** `summariseBuckets` in WebAssembly, which each bucket is copied to; or nothing, as above. */
export function summariseBucketsCompiled(
  plan: BucketPlan,
  { keys, value, places }: Buckets,
  from: number,
  to: number,
  out: SummaryRows,
  dust: Float64Array,
): number | undefined {
  if (keys.length < FEWEST) return undefined
  const room = largestBucket(places, from, to)
  const memory = memoryPlan()
  const space = bucketSpace(plan, room, memory)
  const at = { keys: memory.take(room, 4), money: memory.take(room, 8) }
  const found = compiled<Kernels>(BUCKETS_WASM, memory.bytes())
  if (found === undefined) return undefined
  const { kernels, buffer } = found
  const bucket = { keys: new Uint32Array(buffer, at.keys, room), money: new Float64Array(buffer, at.money, room) }
  const summarise = bucketSummariser(plan, kernels, buffer, space, at.keys, at.money, out, dust)
  let row = 0
  for (let b = from; b < to && row >= 0; b++) {
    let rows = 0
    for (const { starts, ends } of places) {
      bucket.keys.set(keys.subarray(starts[b], ends[b]), rows)
      bucket.money.set(value.subarray(starts[b], ends[b]), rows)
      rows += ends[b]! - starts[b]!
    }
    row = summarise(b, 0, rows, row)
  }
  return row
}

/** Addresses of what summing up a bucket needs. */
interface BucketSpace {
  readonly groups: number
  readonly seen: number
  readonly day: number
  readonly money: number
  readonly out: number
}

/** Bytes of what is written for a customer. */
const OUT_BYTES = 60

function bucketSpace({ bits, dayBits }: BucketPlan, largest: number, memory: MemoryPlan): BucketSpace {
  return {
    groups: memory.take(2 ** bits, 4),
    seen: memory.take(2 ** dayBits, 4),
    day: memory.take(largest, 4),
    money: memory.take(largest, 8),
    out: memory.take(2 ** bits, OUT_BYTES),
  }
}

/** What sums up bucket `b`, its rows from `start` up to `end`, into rows of `out` from `row` on; returns the next row, or -1. */
function bucketSummariser(
  { customers, bits, days, dayBits, least, lastDay, unit }: BucketPlan,
  kernels: Kernels,
  buffer: ArrayBuffer,
  { groups, seen, day, money, out: found }: BucketSpace,
  keys: number,
  value: number,
  out: SummaryRows,
  dust: Float64Array,
): (b: number, start: number, end: number, row: number) => number {
  const size = 2 ** bits
  const until = lastDay - days.low
  // As buckets.as.ts writes them.
  const reals = [out.sinceLast, out.total, out.ageAtLast, out.age, out.meanRepeatValue, dust]
  const wholes = [out.tableRows, out.purchases, out.repeats]
  const foundReals = reals.map((_, k) => new Float64Array(buffer, found + 8 * k * size, size))
  const foundWholes = wholes.map((_, k) => new Uint32Array(buffer, found + (8 * reals.length + 4 * k) * size, size))
  return (b, start, end, row) => {
    const first = b * size
    const own = Math.min(size, customers - first)
    const args = [start, end, keys, value, dayBits, own, groups, day, money, seen, first] as const
    const count = kernels.summariseBucket(...args, least, until, unit, found, size)
    if (count < 0) return -1
    for (let k = 0; k < reals.length; k++) reals[k]!.set(foundReals[k]!.subarray(0, count), row)
    for (let k = 0; k < wholes.length; k++) wholes[k]!.set(foundWholes[k]!.subarray(0, count), row)
    return row + count
  }
}
