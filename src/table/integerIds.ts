import {
  COUNTERS,
  denseCodesInto,
  FOUND,
  hashedCodesInto,
  PATIENCE,
  ranksInto,
  rehashInto,
} from '../kernels/integerCodes.ts'
import type { WholeNumbers } from '../kernels/scanEvents.ts'
import { numberCompiled } from './compiledIds.ts'

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

/**
 * Slots passed for each id at most, ten times what chance ever asks for. Ids that somebody chose so that they meet in one
 * place would otherwise cost the square of their number.
 */
const PASSED = 16

/**
 * Numbers whole-number ids, from `low` to `high`, in the order of their first appearance.
 *
 * @param codes - where to write the customer of each row
 * @param room - makes the column of the ids
 */
export function numberIds(
  ids: WholeNumbers,
  low: number,
  high: number,
  codes: Uint32Array = new Uint32Array(ids.length),
  room: (length: number) => Float64Array = (length) => new Float64Array(length),
): IntegerIds {
  const range = high - low + 1
  const numbered = areDense(range, ids.length)
    ? numberDense(ids, low, range, codes)
    : (probe(ids, codes) ?? numberSorted(ids, codes))
  const distinct = room(numbered.distinct.length)
  distinct.set(numbered.distinct)
  return { codes, distinct }
}

/** Whether so many ids within that range are to have a slot each. */
export function areDense(range: number, ids: number): boolean {
  return range <= SPARSEST * ids + 1024
}

/** The ids it returns are a part of a larger column, as those of the other ways are. */
function numberDense(ids: WholeNumbers, low: number, range: number, codes: Uint32Array): IntegerIds {
  const compiled = numberCompiled(ids, low, range, codes)
  if (compiled !== undefined) return { codes, distinct: compiled }
  const distinct = new Float64Array(Math.min(range, ids.length))
  const count = denseCodesInto(ids, low, 0, new Uint32Array(range), codes, distinct)
  return { codes, distinct: distinct.subarray(0, count) }
}

/** Numbers ids by hashing; or gives up, if too many of them meet. */
function probe(ids: WholeNumbers, codes: Uint32Array): IntegerIds | undefined {
  const counters = new Float64Array(COUNTERS)
  counters[PATIENCE] = PASSED * ids.length + 2 ** 12
  let size = 2 ** 12
  let row = 0
  let distinct = new Float64Array(0)
  do {
    const grown = new Float64Array(Math.floor(size * FULLEST))
    grown.set(distinct)
    distinct = grown
    const slots = new Uint32Array(size)
    rehashInto(distinct, slots, counters)
    row = hashedCodesInto(ids, row, slots, codes, distinct, counters)
    if (counters[PATIENCE]! <= 0) return undefined
    size *= 4
  } while (row < ids.length)
  return { codes, distinct: distinct.subarray(0, counters[FOUND]) }
}

/** Numbers ids by their places in ascending order: several times slower, and as fast for any ids. */
function numberSorted(ids: WholeNumbers, codes: Uint32Array): IntegerIds {
  const ascending = Float64Array.from(ids).sort()
  const different = ascending.filter((id, i) => i === 0 || id !== ascending[i - 1])
  const ranks = new Uint32Array(ids.length)
  ranksInto(ids, different, ranks)
  const { distinct } = numberDense(ranks, 0, different.length, codes)
  return { codes, distinct: distinct.map((rank) => different[rank]!) }
}
