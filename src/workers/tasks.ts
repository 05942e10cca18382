import { zoneOf } from '../core/calendar.ts'
import { compiledShared } from '../core/webAssembly.ts'
import { renumberInto } from '../kernels/integerCodes.ts'
import { FACTS, GROUPS, HIGH, LOW, scanIdsInto, type WholeNumbers } from '../kernels/scanEvents.ts'
import type { SummaryRows } from '../kernels/summaryRows.ts'
import { SHARED_BUCKETS_WASM } from '../kernels/wasm/buckets.wasm.ts'
import { type BucketPlaces, type BucketPlan, bucketStarts } from '../table/bucketSummary.ts'
import {
  type BucketKernels,
  type PlacingSpace,
  placeCompiled,
  type SummingSpace,
  sumCompiled,
} from '../table/compiledBuckets.ts'
import { numberIds } from '../table/integerIds.ts'
import { groupRoom } from '../table/loosePurchases.ts'
import { type PurchaseSpan, spanOf } from '../table/purchaseSpan.ts'

/** What a worker is asked to do. Columns are in shared memory; the worker writes to `codes`, `memory` and `out`. */
export interface Tasks {
  /** Numbers the ids of some purchases, as if there were no others, and checks these; nothing, if one is wrong. */
  number(input: Slice & { readonly codes: Uint32Array }): NumberedSlice | undefined
  /** Replaces codes that parts have given by the numbers that they stand for among those of all purchases. */
  renumber(input: readonly RenumberInput[]): void
  /** Moves some purchases to their buckets, within their own rows; nothing, where there is no WebAssembly. */
  place(input: PlaceInput): BucketPlaces | undefined
  /** Sums up the customers of some buckets; the number of rows, or -1. */
  summarise(input: SummariseInput): number
}

/** Some of the purchases. */
export interface Slice {
  readonly ids: WholeNumbers
  readonly time: Float64Array
  readonly value: Float64Array
}

/** What is known of some of the purchases. */
export interface NumberedSlice {
  readonly span: PurchaseSpan
  /** The smallest id. */
  readonly low: number
  /** The largest id. */
  readonly high: number
  /** Whether the ids ascend. */
  readonly ascends: boolean
  /** The different ids in the order of their first appearance. */
  readonly distinct: Float64Array
}

interface RenumberInput {
  readonly codes: Uint32Array
  /** What each code stands for. */
  readonly numbers: Uint32Array
}

interface PlaceInput extends Slice {
  readonly plan: BucketPlan
  readonly codes: Uint32Array
  /** Where the rows begin among those of all. */
  readonly first: number
  readonly timeZone: string
  readonly memory: WebAssembly.Memory
  /** Address of all rows. */
  readonly rowsAt: number
  readonly space: PlacingSpace
}

interface SummariseInput {
  readonly plan: BucketPlan
  readonly places: readonly BucketPlaces[]
  /** The first bucket. */
  readonly from: number
  /** The end of the last. */
  readonly to: number
  readonly memory: WebAssembly.Memory
  readonly rowsAt: number
  readonly space: SummingSpace
  readonly out: SummaryRows
  readonly dust: Float64Array
}

/** What a worker can do. */
export const TASKS: Tasks = {
  number({ ids, time, value, codes }) {
    const span = spanOf(time, value)
    if (span === undefined) return undefined
    const facts = new Float64Array(FACTS)
    const room = groupRoom(ids)
    const starts = new Uint32Array(room + 1)
    const ascending = new Float64Array(room)
    if (scanIdsInto(ids, starts, ascending, facts) < ids.length) return undefined
    const groups = facts[GROUPS]!
    const [low, high] = [facts[LOW]!, facts[HIGH]!]
    const ascends = groups > 0 || ids.length === 0
    for (let group = 0; group < groups; group++) codes.fill(group, starts[group], starts[group + 1])
    if (!ascends) return { span, low, high, ascends, distinct: numberIds(ids, low, high, codes, sharedColumn).distinct }
    const distinct = sharedColumn(groups)
    distinct.set(ascending.subarray(0, groups))
    return { span, low, high, ascends, distinct }
  },
  renumber(input) {
    for (const { codes, numbers } of input) renumberInto(codes, numbers)
  },
  place({ plan, codes, first, time, value, timeZone, memory, rowsAt, space }) {
    const purchases = { codes, time, value, zone: zoneOf('workerPool', timeZone) }
    const found = compiledShared<BucketKernels>(SHARED_BUCKETS_WASM, memory)
    if (found === undefined) return undefined
    return placeCompiled(found, plan, purchases, bucketStarts(plan, codes, first), rowsAt, space)
  },
  summarise({ plan, places, from, to, memory, rowsAt, space, out, dust }) {
    const found = compiledShared<BucketKernels>(SHARED_BUCKETS_WASM, memory)
    return found === undefined ? -1 : sumCompiled(found, plan, places, rowsAt, space, from, to, out, dust)
  },
}

/** A column that takes no copy to reach another thread. */
function sharedColumn(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(8 * length))
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
