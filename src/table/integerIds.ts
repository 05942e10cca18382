import { denseCodesInto, hashedCodesInto, rehashInto } from '../kernels/integerCodes.ts'
import type { WholeNumbers } from '../kernels/scanEvents.ts'

/** Whole numbers as ids: which row is whose. */
export interface IntegerIds {
  /** Customer of each row. */
  readonly codes: Uint32Array
  /** The ids, in the order of their first appearance. */
  readonly distinct: Float64Array
}

/** Slots an id at most, for ids to have a slot each; more would be slower than probing. */
const SPARSEST = 4

/** Most of the slots that are taken before there must be more: beyond it, probing finds too many others on its way. */
const FULLEST = 0.5

/** Numbers whole-number ids, from `low` to `high`, in the order of their first appearance. */
export function numberIds(ids: WholeNumbers, low: number, high: number): IntegerIds {
  const codes = new Uint32Array(ids.length)
  const range = high - low + 1
  if (!(range <= SPARSEST * ids.length + 1024)) return probe(ids, codes)
  const distinct = new Float64Array(Math.min(range, ids.length))
  const count = denseCodesInto(ids, low, new Uint32Array(range), codes, distinct)
  return { codes, distinct: distinct.slice(0, count) }
}

function probe(ids: WholeNumbers, codes: Uint32Array): IntegerIds {
  const count = new Uint32Array(1)
  let size = 2 ** 12
  let row = 0
  let distinct = new Float64Array(0)
  do {
    const grown = new Float64Array(Math.floor(size * FULLEST))
    grown.set(distinct)
    distinct = grown
    const slots = new Uint32Array(size)
    rehashInto(distinct, count[0]!, slots)
    row = hashedCodesInto(ids, row, slots, codes, distinct, count)
    size *= 4
  } while (row < ids.length)
  return { codes, distinct: distinct.slice(0, count[0]) }
}
