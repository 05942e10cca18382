import { countBucketsInto, scatterToBucketsInto } from '../kernels/bucketEvents.ts'
import { sortBucketInto } from '../kernels/sortBucket.ts'
import { areEventsSorted, sortEventsInto } from '../kernels/sortEvents.ts'
import type { PurchaseSpan } from './purchaseSpan.ts'

/** Purchases grouped by customer, oldest first, ties by value. */
export interface GroupedPurchases {
  /** Length: customers + 1. */
  readonly offsets: Uint32Array
  readonly time: Float64Array
  readonly value: Float64Array
}

/** Events of a bucket: few enough for the second cache of any machine, enough for a bucket's own cost not to count. */
const BUCKET_ROWS = 1 << 14

/** Most customers of a bucket, as a power of two: their numbers in it are 16 bits long. */
const MOST_BITS = 16

/**
 * Groups purchases by customer in two steps: first into buckets of neighbouring customers, then each bucket on its own,
 * within the cache. A single counting sort would touch a distant line of memory for every event.
 *
 * @param codes - customer of each event, below `customers`; each has an event
 */
export function groupPurchases(
  codes: Uint32Array,
  customers: number,
  time: Float64Array,
  value: Float64Array,
  span: PurchaseSpan,
): GroupedPurchases {
  const rows = codes.length
  const bits = bucketBits(BUCKET_ROWS, MOST_BITS, rows, customers)
  const size = 2 ** bits
  const starts = new Uint32Array(Math.ceil(customers / size) + 1)
  const codesInBucket = new Uint16Array(rows)
  const grouped = {
    offsets: new Uint32Array(customers + 1),
    time: new Float64Array(rows),
    value: new Float64Array(rows),
  }
  countBucketsInto(codes, bits, 0, starts)
  scatterToBucketsInto(codes, time, value, bits, starts.slice(), codesInBucket, grouped.time, grouped.value)
  const room = largestGroup(starts)
  const scratch = { time: new Float64Array(room), value: new Float64Array(room), rows: new Uint32Array(room) }
  const cells = new Uint32Array(cellCount(room) + 1)
  const cellsPerMs = span.high > span.low ? (cells.length - 2) / (span.high - span.low) : 0
  for (let bucket = 0; bucket + 1 < starts.length; bucket++) {
    const start = starts[bucket]!
    const end = starts[bucket + 1]!
    const first = bucket * size
    const offsets = grouped.offsets.subarray(first, Math.min(first + size, customers) + 1)
    scratch.time.set(grouped.time.subarray(start, end))
    scratch.value.set(grouped.value.subarray(start, end))
    sortBucketInto(
      start,
      end,
      codesInBucket,
      grouped.time,
      grouped.value,
      span.low,
      cellsPerMs,
      offsets.subarray(1),
      cells,
      scratch.rows,
      scratch.time,
      scratch.value,
    )
    sortEventsInto(offsets, grouped.time, grouped.value, scratch.time, scratch.value)
  }
  return grouped
}

/** Puts purchases that are grouped already in order of time. Columns that are in order stay what they are. */
export function orderPurchases({ offsets, time, value }: GroupedPurchases): GroupedPurchases {
  if (areEventsSorted(offsets, time, value)) return { offsets, time, value }
  const ordered = { offsets, time: time.slice(), value: value.slice() }
  const room = largestGroup(offsets)
  sortEventsInto(offsets, ordered.time, ordered.value, new Float64Array(room), new Float64Array(room))
  return ordered
}

/** The power of two of customers whose events, if evenly spread, are `bucketRows`; `most` at most. */
export function bucketBits(bucketRows: number, most: number, rows: number, customers: number): number {
  const evenly = Math.log2((bucketRows * customers) / Math.max(rows, 1))
  return Math.min(most, Math.max(0, Math.round(evenly)))
}

/** Cells of time: many more than most customers have events, so that few of these share one; fewer than 2^16. */
function cellCount(rows: number): number {
  return 2 ** Math.min(16, Math.max(8, Math.ceil(Math.log2(rows + 1)) - 6))
}

/** Events of the group that has most. */
export function largestGroup(offsets: Uint32Array): number {
  let largest = 0
  for (let g = 1; g < offsets.length; g++) largest = Math.max(largest, offsets[g]! - offsets[g - 1]!)
  return largest
}
