import { distinctInto, ranksInto, rehashInto } from '../kernels/distinctInto.ts'
import { gridCodesInto, rankCodesInto, ranksOfCodesInto } from '../kernels/gridCodes.ts'

/** A column as ranks among its distinct values. */
export interface RankedColumn {
  /** The distinct values, ascending. */
  readonly values: Float64Array
  /** For each row, the place of its value in `values`. */
  readonly ranks: Uint32Array
}

/** Enough for the days of several years; stays in the cache. */
const FIRST_SLOTS = 1 << 13
const BLOCK = 1024

/**
 * Ranks a column of finite numbers. Linear, but for a sort of the distinct values; counts, days and sevenths of a week
 * need no sort and no hashing.
 */
export function rankedColumn(column: ArrayLike<number>): RankedColumn {
  const known = column instanceof Uint32Array ? rankedCounts(column) : rankedOnGrid(numbersOf(column))
  return known ?? rankedNumbers(numbersOf(column))
}

function numbersOf(column: ArrayLike<number>): Float64Array {
  return column instanceof Float64Array ? column : new Float64Array(column)
}

/** Counts are few and small: a table of all of them. */
function rankedCounts(column: Uint32Array): RankedColumn | undefined {
  let most = 0
  for (let row = 0; row < column.length; row++) if (column[row]! > most) most = column[row]!
  if (most >= MOST_CODES) return undefined
  const isThere = new Uint8Array(most + 1)
  for (let row = 0; row < column.length; row++) isThere[column[row]!] = 1
  return rankedCodes(column, isThere, 1, new Uint32Array(column.length))
}

/** Durations are whole days, or sevenths of a week: a table of all of those. */
function rankedOnGrid(values: Float64Array): RankedColumn | undefined {
  const codes = new Uint32Array(values.length)
  const most = Math.min(MOST_CODES, CODES_PER_ROW * values.length + FEW_CODES)
  for (const scale of [1, 7]) {
    const isThere = new Uint8Array(most)
    if (gridCodesInto(values, scale, codes, isThere)) return rankedCodes(codes, isThere, scale, codes)
  }
  return undefined
}

/** As many days as a hundred years have, and more, in weeks; a table of them stays in the cache. */
const MOST_CODES = 1 << 16

/** Where there are few rows, the table is no longer than it takes to read them. */
const CODES_PER_ROW = 16
const FEW_CODES = 1000

function rankedCodes(codes: Uint32Array, isThere: Uint8Array, scale: number, ranks: Uint32Array): RankedColumn {
  const rankOf = new Uint32Array(isThere.length)
  const distinct = new Uint32Array(isThere.length)
  const count = rankCodesInto(isThere, rankOf, distinct)
  ranksOfCodesInto(codes, rankOf, ranks)
  return { values: Float64Array.from(distinct.subarray(0, count), (code) => code / scale), ranks }
}

function rankedNumbers(values: Float64Array): RankedColumn {
  const codes = new Uint32Array(values.length)
  const block = new Float64Array(BLOCK)
  const words = new Uint32Array(block.buffer)
  const found = new Uint32Array(1)
  let slots = new Int32Array(FIRST_SLOTS).fill(-1)
  let distinct = new Float64Array(FIRST_SLOTS)
  for (let at = 0; ; ) {
    at = distinctInto(values, at, slots, distinct, codes, block, words, found)
    if (at === values.length) break
    const more = new Float64Array(4 * distinct.length)
    more.set(distinct)
    distinct = more
    slots = new Int32Array(more.length).fill(-1)
    rehashInto(new Uint32Array(distinct.buffer), found[0]!, slots)
  }
  const sorted = distinct.slice(0, found[0]!).sort()
  const rankOf = new Uint32Array(sorted.length)
  ranksInto(sorted, new Uint32Array(sorted.buffer), slots, distinct, rankOf)
  for (let row = 0; row < codes.length; row++) codes[row] = rankOf[codes[row]!]!
  return { values: sorted, ranks: codes }
}
