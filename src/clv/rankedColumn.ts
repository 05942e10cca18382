import { distinctInto, ranksInto, rehashInto } from '../kernels/distinctInto.ts'
import { gridCodesInto, rankCodesInto, ranksOfCodesInto } from '../kernels/gridCodes.ts'

/** A column as whole numbers that ascend with its values. */
export interface CodedColumn {
  readonly codes: Uint32Array
  /** Above all codes. */
  readonly kinds: number
}

/** A column as ranks among its distinct values. */
export interface RankedColumn {
  /** The distinct values, ascending. */
  readonly values: Float64Array
  /** For each row, the place of its value in `values`. */
  readonly ranks: Uint32Array
}

/**
 * Codes a column of finite numbers: counts as they are, durations as days or sevenths of a week, others as ranks. Linear,
 * but for a sort of the distinct ones of those. The codes may be the column itself: only read them.
 */
export function codedColumn(column: ArrayLike<number>): CodedColumn {
  if (column instanceof Uint32Array) {
    const most = largest(column)
    if (most < MOST_CODES) return { codes: column, kinds: most + 1 }
  }
  const values = numbersOf(column)
  const { codes, isThere } = onGrid(values) ?? {}
  if (codes !== undefined && isThere !== undefined) return { codes, kinds: isThere.lastIndexOf(1) + 1 }
  const ranked = rankedNumbers(values)
  return { codes: ranked.ranks, kinds: ranked.values.length }
}

/** Ranks a column of finite numbers. Linear, but for a sort of those that are neither counts nor days. */
export function rankedColumn(column: ArrayLike<number>): RankedColumn {
  const values = numbersOf(column)
  const grid = onGrid(values)
  return grid === undefined ? rankedNumbers(values) : rankedCodes(grid)
}

function numbersOf(column: ArrayLike<number>): Float64Array {
  return column instanceof Float64Array ? column : new Float64Array(column)
}

function largest(counts: Uint32Array): number {
  let most = 0
  for (let row = 0; row < counts.length; row++) if (counts[row]! > most) most = counts[row]!
  return most
}

/** Values that are whole numbers of units, or of sevenths of them, as these. */
interface Grid {
  readonly codes: Uint32Array
  /** 1 for each code that occurs. */
  readonly isThere: Uint8Array
  readonly scale: number
}

/** Durations are whole days, or sevenths of a week: a table of all of those. */
function onGrid(values: Float64Array): Grid | undefined {
  const codes = new Uint32Array(values.length)
  const most = Math.min(MOST_CODES, CODES_PER_ROW * values.length + FEW_CODES)
  for (const scale of [1, 7]) {
    const isThere = new Uint8Array(most)
    if (gridCodesInto(values, scale, codes, isThere)) return { codes, isThere, scale }
  }
  return undefined
}

/** As many days as a hundred years have, and more, in weeks; a table of them stays in the cache. */
const MOST_CODES = 1 << 16

/** Where there are few rows, the table is no longer than it takes to read them. */
const CODES_PER_ROW = 16
const FEW_CODES = 1000

function rankedCodes({ codes, isThere, scale }: Grid): RankedColumn {
  const rankOf = new Uint32Array(isThere.length)
  const distinct = new Uint32Array(isThere.length)
  const count = rankCodesInto(isThere, rankOf, distinct)
  ranksOfCodesInto(codes, rankOf, codes)
  return { values: Float64Array.from(distinct.subarray(0, count), (code) => code / scale), ranks: codes }
}

/** Enough for the days of several years; stays in the cache. */
const FIRST_SLOTS = 1 << 13
const BLOCK = 1024

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
