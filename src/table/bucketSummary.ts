import { countBucketsInto, scatterDaysInto } from '../kernels/bucketEvents.ts'
import { countKeysInto, placeKeysInto, placesInto, summariseBucketInto } from '../kernels/summariseBucket.ts'
import type { SummaryRows } from '../kernels/summaryRows.ts'
import { bucketBits } from './groupPurchases.ts'

/** The days of some purchases that count: from `low` to `last`. */
export interface DayWindow {
  readonly low: number
  readonly last: number
}

/** How purchases are divided into buckets of neighbouring customers. */
export interface BucketPlan {
  readonly customers: number
  /** Customers of a bucket, as a power of two. */
  readonly bits: number
  /** Number of buckets. */
  readonly buckets: number
  readonly days: DayWindow
  /** Bits of a day in a key. */
  readonly dayBits: number
  /** Smallest positive value. */
  readonly least: number
  /** The day up to which durations run. */
  readonly lastDay: number
  /** Days in the unit of durations. */
  readonly unit: number
}

/** Purchases in their buckets. */
export interface Buckets {
  /** (customer in the bucket) << dayBits | (day - days.low) */
  readonly keys: Uint32Array
  readonly value: Float64Array
  readonly places: BucketPlaces
}

/** Rows of bucket `b`: from `starts[b]` up to `ends[b]`. */
export interface BucketPlaces {
  readonly starts: Uint32Array
  readonly ends: Uint32Array
}

/** Purchases of a bucket: with what is sorted out of it, they fit the second cache of most machines. */
const BUCKET_ROWS = 1 << 15

/** Most days: 2,800 years, and a mark for each still fits the cache. */
export const MOST_DAYS: number = 2 ** 20

/** Most bits of a customer in a bucket. */
const MOST_BITS = 16

/** A plan for so many purchases; nothing, if their days are too far apart. */
export function bucketPlan(
  rows: number,
  { customers, days, ...rest }: Pick<BucketPlan, 'customers' | 'days' | 'least' | 'lastDay' | 'unit'>,
): BucketPlan | undefined {
  const count = Math.max(0, days.last - days.low) + 1
  if (count > MOST_DAYS) return undefined
  const dayBits = Math.ceil(Math.log2(count))
  const bits = bucketBits(BUCKET_ROWS, Math.min(MOST_BITS, 32 - dayBits), rows, customers)
  return { customers, bits, buckets: Math.ceil(customers / 2 ** bits), days, dayBits, ...rest }
}

/** The first row of each bucket, from row `first` on, and the end of the last. */
export function bucketStarts({ bits, buckets }: BucketPlan, codes: Uint32Array, first = 0): Uint32Array {
  const starts = new Uint32Array(buckets + 1)
  countBucketsInto(codes, bits, first, starts)
  return starts
}

/** Moves purchases into their buckets. */
export function fillBuckets(
  plan: BucketPlan,
  codes: Uint32Array,
  { time, day, value }: { readonly time: Float64Array; readonly day: Int32Array; readonly value: Float64Array },
): Buckets {
  const { bits, days, dayBits } = plan
  const starts = bucketStarts(plan, codes)
  const to = { keys: new Uint32Array(codes.length), value: new Float64Array(codes.length) }
  const ends = starts.slice()
  scatterDaysInto(codes, time, day, value, bits, days.low, days.last, dayBits, ends, to.keys, to.value)
  return { ...to, places: { starts, ends } }
}

/**
 * Sums up the customers of all buckets, one after the other, within the cache. Returns the number of rows written; or -1,
 * if a sum may depend on the order of its parts.
 */
export function summariseBuckets(
  { customers, bits, buckets, days, dayBits, least, lastDay, unit }: BucketPlan,
  { keys, value, places }: Buckets,
  out: SummaryRows,
  dust: Float64Array,
): number {
  const room = largestBucket([places], 0, buckets)
  const day = new Int32Array(room)
  const money = new Float64Array(room)
  const seen = new Uint32Array(2 ** dayBits)
  const groups = new Uint32Array(2 ** bits)
  let row = 0
  for (let b = 0; b < buckets && row >= 0; b++) {
    const first = b * 2 ** bits
    const [start, end] = [places.starts[b]!, places.ends[b]!]
    const ends = groups.subarray(0, Math.min(2 ** bits, customers - first)).fill(0)
    countKeysInto(start, end, keys, dayBits, ends)
    placesInto(ends)
    placeKeysInto(start, end, keys, value, dayBits, ends, day, money)
    row = summariseBucketInto(ends, day, money, seen, first, least, lastDay - days.low, unit, row, out, dust)
  }
  return row
}

/** Rows of the largest of some buckets. */
export function largestBucket(places: readonly BucketPlaces[], from: number, to: number): number {
  let largest = 0
  for (let b = from; b < to; b++) {
    let rows = 0
    for (const { starts, ends } of places) rows += ends[b]! - starts[b]!
    largest = Math.max(largest, rows)
  }
  return largest
}
