import { zoneOf } from '../core/calendar.ts'
import { FACTS, GROUPS, HIGH, LOW, scanIdsInto, type WholeNumbers } from '../kernels/scanEvents.ts'
import type { SummaryRows } from '../kernels/summaryRows.ts'
import {
  type BucketPlaces,
  type BucketPlan,
  type Buckets,
  bucketStarts,
  fillBuckets,
  summariseBuckets,
} from '../table/bucketSummary.ts'
import { type PurchaseSpan, spanOf } from '../table/groupPurchases.ts'
import { numberIds } from '../table/integerIds.ts'
import { groupRoom } from '../table/loosePurchases.ts'
import { dayColumn } from '../table/summariseLoose.ts'

/** What a worker is asked to do. Columns are in shared memory; the worker writes to `codes`, `to` and `out`. */
export interface Tasks {
  /** The span of some purchases; nothing, if one is wrong. */
  scan(input: Slice): PurchaseSpan | undefined
  /** The different ids in the order of their first appearance; nothing, if one is wrong, or if they ascend. */
  number(input: { readonly ids: WholeNumbers; readonly codes: Uint32Array }): Float64Array | undefined
  /** The rows of each bucket, as if there were no others. */
  count(input: { readonly plan: BucketPlan; readonly codes: Uint32Array }): Uint32Array
  /** Moves some purchases to their buckets, each of which has its place from `starts` on. */
  fill(input: FillInput): BucketPlaces
  /** Sums up the customers of some buckets; the number of rows, or -1. */
  summarise(input: SummariseInput): number
}

/** Some of the purchases. */
export interface Slice {
  readonly time: Float64Array
  readonly value: Float64Array
}

interface FillInput extends Slice {
  readonly plan: BucketPlan
  readonly codes: Uint32Array
  readonly timeZone: string
  readonly starts: Uint32Array
  readonly to: Pick<Buckets, 'keys' | 'value'>
}

interface SummariseInput {
  readonly plan: BucketPlan
  readonly buckets: Buckets
  readonly from: number
  readonly to: number
  readonly out: SummaryRows
  readonly dust: Float64Array
}

/** What a worker can do. */
export const TASKS: Tasks = {
  scan: ({ time, value }) => spanOf(time, value),
  number({ ids, codes }) {
    const facts = new Float64Array(FACTS)
    const room = groupRoom(ids)
    const isSound = scanIdsInto(ids, new Uint32Array(room + 1), new Float64Array(room), facts) === ids.length
    if (!isSound || facts[GROUPS]! > 0) return undefined
    return numberIds(ids, facts[LOW]!, facts[HIGH]!, codes).distinct
  },
  count: ({ plan, codes }) => bucketStarts(plan, codes),
  fill({ plan, codes, time, value, timeZone, starts, to }) {
    const day = dayColumn({ time, zone: zoneOf('workerPool', timeZone) })
    return fillBuckets(plan, codes, { time, day, value }, starts, to)
  },
  summarise: ({ plan, buckets, from, to, out, dust }) => summariseBuckets(plan, buckets, from, to, out, dust),
}

/** A task on its way to a worker. */
export interface Request {
  readonly id: number
  readonly task: keyof Tasks
  readonly input: unknown
}

/** What a worker answers. */
export type Reply =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: { readonly code: string | undefined; readonly message: string } }
