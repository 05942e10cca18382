import { compiled, memoryPlan } from '../core/webAssembly.ts'
import type { SummaryRows } from '../kernels/summaryRows.ts'
import { BUCKETS_WASM } from '../kernels/wasm/buckets.wasm.ts'
import { type BucketPlan, bucketStarts } from './bucketSummary.ts'
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
const FEWEST = 2 ** 15

/** Purchases that are handed over at a time: few enough for the second cache. */
const BLOCK = 2 ** 14

/**
 * `fillBuckets` and `summariseBuckets` in WebAssembly, to the bit, in a fraction of the time. Returns the number of rows
 * written, or -1 if a sum may depend on the order of its parts; nothing, where there is no WebAssembly or it is not worth it.
 */
export function summariseCompiled(
  plan: BucketPlan,
  { codes, time, value, zone }: Pick<LoosePurchases, 'codes' | 'time' | 'value' | 'zone'>,
  out: SummaryRows,
  dust: Float64Array,
): number | undefined {
  const rows = codes.length
  if (rows < FEWEST) return undefined
  const starts = bucketStarts(plan, codes)
  const space = layout(plan, rows, largestGroup(starts))
  const found = compiled<Kernels>(BUCKETS_WASM, space.bytes)
  if (found === undefined) return undefined
  const { kernels, buffer } = found
  const isUtc = zone.timeZone === 'UTC'
  const { bits, days, dayBits } = plan
  const cursors = new Uint32Array(buffer, space.cursors, plan.buckets)
  cursors.set(starts.subarray(0, plan.buckets))
  const block = {
    codes: new Uint32Array(buffer, space.blockCodes, BLOCK),
    day: new Int32Array(buffer, space.blockDay, BLOCK),
    time: new Float64Array(buffer, space.blockTime, BLOCK),
    value: new Float64Array(buffer, space.blockValue, BLOCK),
  }
  for (let from = 0; from < rows; from += BLOCK) {
    const count = Math.min(BLOCK, rows - from)
    block.codes.set(codes.subarray(from, from + count))
    block.value.set(value.subarray(from, from + count))
    if (isUtc) {
      block.time.set(time.subarray(from, from + count))
      kernels.daysOfTimes(space.blockTime, count, space.blockDay)
    } else for (let i = 0; i < count; i++) block.day[i] = zone.dayOf(time[from + i]!)
    kernels.scatter(
      space.blockCodes,
      space.blockDay,
      space.blockValue,
      count,
      bits,
      days.low,
      days.last,
      dayBits,
      space.cursors,
      space.keys,
      space.value,
    )
  }
  return summariseAll(plan, kernels, buffer, space, starts, cursors, out, dust)
}

type Space = ReturnType<typeof layout>

/** Where everything lies in the memory. */
function layout({ bits, buckets, dayBits }: BucketPlan, rows: number, largest: number) {
  const plan = memoryPlan()
  const size = 2 ** bits
  const space = {
    blockCodes: plan.take(BLOCK, 4),
    blockDay: plan.take(BLOCK, 4),
    blockTime: plan.take(BLOCK, 8),
    blockValue: plan.take(BLOCK, 8),
    cursors: plan.take(buckets, 4),
    groups: plan.take(size, 4),
    seen: plan.take(2 ** dayBits, 4),
    out: plan.take(size, 60),
    day: plan.take(largest, 4),
    money: plan.take(largest, 8),
    keys: plan.take(rows, 4),
    value: plan.take(rows, 8),
  }
  return { ...space, bytes: plan.bytes() }
}

function summariseAll(
  { customers, bits, buckets, days, dayBits, least, lastDay, unit }: BucketPlan,
  kernels: Kernels,
  buffer: ArrayBuffer,
  space: Space,
  starts: Uint32Array,
  ends: Uint32Array,
  out: SummaryRows,
  dust: Float64Array,
): number {
  const size = 2 ** bits
  const reals = [out.sinceLast, out.total, out.ageAtLast, out.age, out.meanRepeatValue, dust]
  const wholes = [out.tableRows, out.purchases, out.repeats]
  let row = 0
  for (let b = 0; b < buckets; b++) {
    const first = b * size
    const count = kernels.summariseBucket(
      starts[b]!,
      ends[b]!,
      space.keys,
      space.value,
      dayBits,
      Math.min(size, customers - first),
      space.groups,
      space.day,
      space.money,
      space.seen,
      first,
      least,
      lastDay - days.low,
      unit,
      space.out,
      size,
    )
    if (count < 0) return -1
    reals.forEach((column, k) => {
      column.set(new Float64Array(buffer, space.out + 8 * k * size, count), row)
    })
    wholes.forEach((column, k) => {
      column.set(new Uint32Array(buffer, space.out + 4 * (12 + k) * size, count), row)
    })
    row += count
  }
  return row
}
