import { type DayColumns, mergeDaysInto } from '../kernels/mergeDays.ts'
import { type DayPages, dayColumns, dayPages, readPages, withRoom, writePages } from './dayPages.ts'
import {
  BUCKET,
  type BucketedDays,
  bucketRows,
  rowsByCustomer,
  rowsInBucket,
  type WaitingDays,
  waitingDays,
} from './waitingDays.ts'

/**
 * Purchase days that grow: 24 bytes a day of a customer, whatever the number of purchases. Rows wait until there are
 * enough of them to be merged in; a merge goes bucket by bucket, so that it never needs the whole a second time.
 */
export interface SettledDays {
  /** Days of customers `BUCKET × b` up to `BUCKET × (b + 1)`. */
  readonly buckets: DayPages[]
  /** Days in all buckets. */
  count: number
  waiting: WaitingDays
  /** Memory of the last merge, for the next. */
  bucketed: BucketedDays | undefined
  /** Memory for the days of one bucket: as they are, and with rows merged in. */
  base: DayColumns
  merged: DayColumns
}

/**
 * Rows wait until they are an eighth of the days, so that a day is copied about eight times however many come; but at
 * least 2^18 rows (6 MB), and at most 2^20 (25 MB, and as much in buckets), so that memory over that of the days stays
 * flat.
 */
const WAITING_SHARE = 1 / 8
const LEAST_GATHERED = 1 << 18
const MOST_GATHERED = 1 << 20
const FIRST_ROOM = 1 << 10

/** No days, and room for some to wait. */
export function settledDays(room: number = FIRST_ROOM): SettledDays {
  return {
    buckets: [],
    count: 0,
    waiting: waitingDays(room),
    bucketed: undefined,
    base: dayColumns(0),
    merged: dayColumns(0),
  }
}

/** Adds money and orders to a day of a customer. */
export function addToDay(days: SettledDays, customer: number, day: number, value: number, orders: number): void {
  let { waiting } = days
  if (waiting.length === waiting.customer.length) {
    makeRoom(days)
    waiting = days.waiting
  }
  const row = waiting.length++
  waiting.customer[row] = customer
  waiting.day[row] = day
  waiting.value[row] = value
  waiting.orders[row] = orders
}

/** Merges all waiting rows in. */
export function gatherDays(days: SettledDays): void {
  const { waiting, buckets } = days
  if (waiting.length === 0) return
  days.bucketed = bucketRows(waiting, days.bucketed)
  for (let b = 0; b + 1 < days.bucketed.starts.length; b++) {
    buckets[b] ??= dayPages()
    if (rowsInBucket(days.bucketed, b) > 0) writeBucket(days, b, bucketWith(days, days, b))
  }
  waiting.length = 0
}

/** The days of bucket `b`, without what waits; valid until the next bucket. There need be none. */
export function bucketAt(days: SettledDays, b: number): DayColumns {
  const bucket = days.buckets[b] ?? dayPages()
  days.base = withRoom(days.base, bucket.offsets[BUCKET]!)
  return readPages(bucket, days.base)
}

/** The days of bucket `b` with those rows of `added` that are in buckets; valid until the next bucket. */
export function bucketWith(days: SettledDays, added: SettledDays, b: number): DayColumns {
  const base = bucketAt(days, b)
  const { bucketed } = added
  const addedCount = bucketed === undefined ? 0 : rowsInBucket(bucketed, b)
  if (bucketed === undefined || addedCount === 0) return base
  const rows = rowsByCustomer(bucketed, b)
  added.merged = withRoom(added.merged, base.offsets[BUCKET]! + addedCount)
  mergeDaysInto(base, rows, rows.offsets, rows.order, added.merged)
  return added.merged
}

/** Puts the days of bucket `b` in the place of those that it has, which are no more. */
export function writeBucket(days: SettledDays, b: number, columns: DayColumns): void {
  days.buckets[b] ??= dayPages()
  const bucket = days.buckets[b]!
  days.count += columns.offsets[BUCKET]! - bucket.offsets[BUCKET]!
  writePages(bucket, columns)
}

/** Gives the waiting rows more room while they are few beside the days, and merges them in otherwise. */
function makeRoom(days: SettledDays): void {
  const { waiting } = days
  const room = waiting.customer.length
  const share = Math.ceil(days.count * WAITING_SHARE)
  const wanted = Math.min(2 * room, Math.max(LEAST_GATHERED, share), MOST_GATHERED)
  if (wanted <= room) {
    gatherDays(days)
    return
  }
  const wider = waitingDays(wanted)
  for (const name of ['customer', 'day', 'value', 'orders'] as const) wider[name].set(waiting[name])
  wider.length = waiting.length
  days.waiting = wider
}
