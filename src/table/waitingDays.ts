import { countBucketsInto, scatterRowsInto } from '../kernels/bucketEvents.ts'
import { groupByCodeInto } from '../kernels/groupByCode.ts'
import type { AddedDays } from '../kernels/mergeDays.ts'
import { sortGroupsInto } from '../kernels/sortGroups.ts'

/** Rows that wait to be merged into purchase days. */
export interface WaitingDays extends AddedDays {
  readonly customer: Uint32Array
  length: number
}

/** Waiting rows by bucket of customers: those of bucket `b` are `starts[b]` up to `starts[b + 1]`. */
export interface BucketedDays {
  readonly starts: Uint32Array
  /** The rows; customers are counted from the first of their bucket. */
  readonly rows: WaitingDays
  /** Memory for the rows of one bucket. */
  readonly scratch: BucketRows
}

/** The rows of one bucket by customer: those of customer `c` are `order[offsets[c]]` up to `order[offsets[c + 1] - 1]`. */
export interface BucketRows {
  /** Length: BUCKET + 1. */
  readonly offsets: Uint32Array
  readonly order: Uint32Array
  readonly types: Uint8Array
  readonly spare: Uint32Array
}

const BUCKET_BITS = 12

/** Customers of a bucket. Its days fit a processor's cache. */
export const BUCKET: number = 1 << BUCKET_BITS

/** Room for `length` waiting rows. */
export function waitingDays(length: number): WaitingDays {
  return {
    customer: new Uint32Array(length),
    day: new Float64Array(length),
    value: new Float64Array(length),
    orders: new Uint32Array(length),
    length: 0,
  }
}

/** Waiting rows put into buckets, in the memory of `old` if that is enough for them. */
export function bucketRows(waiting: WaitingDays, old?: BucketedDays): BucketedDays {
  const { length } = waiting
  const customer = waiting.customer.subarray(0, length)
  let last = -1
  for (let i = 0; i < length; i++) if (customer[i]! > last) last = customer[i]!
  const starts = new Uint32Array(Math.ceil((last + 1) / BUCKET) + 1)
  countBucketsInto(customer, BUCKET_BITS, 0, starts)
  const isEnough = old !== undefined && old.rows.customer.length >= length
  const rows = isEnough ? old.rows : waitingDays(waiting.customer.length)
  scatterRowsInto(customer, waiting, BUCKET_BITS, starts.slice(), rows.customer, rows)
  let most = 0
  for (let b = 1; b < starts.length; b++) most = Math.max(most, starts[b]! - starts[b - 1]!)
  const scratch = old !== undefined && old.scratch.order.length >= most ? old.scratch : scratchFor(most)
  return { starts, rows, scratch }
}

/** How many rows there are for bucket `b`. */
export function rowsInBucket({ starts }: BucketedDays, b: number): number {
  return b + 1 < starts.length ? starts[b + 1]! - starts[b]! : 0
}

/** The rows of bucket `b` by customer, the days of each ascending; valid until the next bucket. */
export function rowsByCustomer({ starts, rows, scratch }: BucketedDays, b: number): AddedDays & BucketRows {
  const start = starts[b]!
  const end = starts[b + 1]!
  const day = rows.day.subarray(start, end)
  const value = rows.value.subarray(start, end)
  groupByCodeInto(rows.customer.subarray(start, end), scratch.offsets, scratch.order)
  sortGroupsInto(scratch.offsets, day, scratch.types, value, scratch.order, scratch.spare)
  return { day, value, orders: rows.orders.subarray(start, end), ...scratch }
}

function scratchFor(most: number): BucketRows {
  const room = Math.ceil(most * 1.25)
  return {
    offsets: new Uint32Array(BUCKET + 1),
    order: new Uint32Array(room),
    types: new Uint8Array(room),
    spare: new Uint32Array(room),
  }
}
