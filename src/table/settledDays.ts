import { groupByCodeInto } from '../kernels/groupByCode.ts'
import { type DayColumns, mergeDaysInto } from '../kernels/mergeDays.ts'
import { sortGroupsInto } from '../kernels/sortGroups.ts'

/**
 * Purchase days that grow: 24 bytes a day of a customer, whatever the number of purchases. Rows wait until there are
 * enough of them to be merged in; a merge goes bucket by bucket, so that it never needs the whole a second time.
 */
export interface SettledDays {
  /** Days of customers `BUCKET × b` up to `BUCKET × (b + 1)`. */
  readonly buckets: DayColumns[]
  /** Days in all buckets. */
  count: number
  waiting: WaitingDays
}

/** Rows that wait to be merged in. */
export interface WaitingDays {
  readonly customer: Uint32Array
  readonly day: Float64Array
  readonly value: Float64Array
  readonly orders: Uint32Array
  length: number
}

/** Customers of a bucket. Its days fit a processor's cache. */
export const BUCKET = 4096

/**
 * Rows wait until they are an eighth of the days, so that a day is copied about eight times however many come; but at
 * least 2^18 rows (6 MB), and at most 2^20 (25 MB), so that memory over that of the days stays flat.
 */
const WAITING_SHARE = 1 / 8
const LEAST_GATHERED = 1 << 18
const MOST_GATHERED = 1 << 20
const FIRST_ROOM = 1 << 10

/** No days. */
export function settledDays(): SettledDays {
  return { buckets: [], count: 0, waiting: waitingDays(FIRST_ROOM) }
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
  const { offsets, rows } = rowsByCustomer(waiting, buckets.length * BUCKET)
  const scratch = dayColumns(0)
  let out = scratch
  for (let b = 0; b * BUCKET + 1 < offsets.length; b++) {
    const added = offsets.subarray(b * BUCKET, (b + 1) * BUCKET + 1)
    const addedCount = added[BUCKET]! - added[0]!
    buckets[b] ??= dayColumns(0)
    if (addedCount === 0) continue
    const base = buckets[b]!
    const most = base.day.length + addedCount
    if (out.day.length < most) out = dayColumns(Math.ceil(most * 1.25))
    const length = mergeDaysInto(base, waiting, added, rows, out)
    days.count += length - base.day.length
    buckets[b] = {
      offsets: out.offsets.slice(),
      day: out.day.slice(0, length),
      high: out.high.slice(0, length),
      low: out.low.slice(0, length),
      orders: out.orders.slice(0, length),
    }
  }
  waiting.length = 0
}

/** The days of bucket `b` with rows added, as new columns; `rows` are grouped by all customers. */
export function bucketWith(
  base: DayColumns,
  added: WaitingDays,
  { offsets, rows }: RowsByCustomer,
  b: number,
): DayColumns {
  const ofBucket = offsets.subarray(b * BUCKET, (b + 1) * BUCKET + 1)
  const addedCount = ofBucket[BUCKET]! - ofBucket[0]!
  if (addedCount === 0) return base
  const out = dayColumns(base.day.length + addedCount)
  mergeDaysInto(base, added, ofBucket, rows, out)
  return out
}

/** Rows grouped by customer: those of customer `c` are `rows[offsets[c]]` up to `rows[offsets[c + 1] - 1]`. */
export interface RowsByCustomer {
  /** Length: a multiple of `BUCKET`, + 1. */
  readonly offsets: Uint32Array
  readonly rows: Uint32Array
}

/** Groups waiting rows by customer, the days of each ascending; whole buckets, at least for `customers`. */
export function rowsByCustomer(waiting: WaitingDays, customers: number): RowsByCustomer {
  const codes = waiting.customer.subarray(0, waiting.length)
  let most = customers - 1
  for (let i = 0; i < codes.length; i++) if (codes[i]! > most) most = codes[i]!
  const offsets = new Uint32Array(Math.ceil((most + 1) / BUCKET) * BUCKET + 1)
  const rows = new Uint32Array(codes.length)
  groupByCodeInto(codes, offsets, rows)
  const noTypes = new Uint8Array(codes.length)
  sortGroupsInto(offsets, waiting.day, noTypes, waiting.value, rows, new Uint32Array(codes.length))
  return { offsets, rows }
}

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

/** Room for `length` days of one bucket, all of them nobody's. */
export function dayColumns(length: number): DayColumns {
  return {
    offsets: new Uint32Array(BUCKET + 1),
    day: new Int32Array(length),
    high: new Float64Array(length),
    low: new Float64Array(length),
    orders: new Uint32Array(length),
  }
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
