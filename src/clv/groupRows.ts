import { countBitsInto, markKeysInto, ranksOfKeysInto } from '../kernels/rankBits.ts'
import { numberRunsInto, sortByCodeInto } from '../kernels/sortByCodes.ts'
import { type RankedColumn, rankedColumn } from './rankedColumn.ts'

/** Rows with equal values in all columns, as groups in ascending order of the values, first column first. */
export interface RowGroups {
  readonly count: number
  /** Group of each row. */
  readonly groupOf: Uint32Array
  /** One row of each group. */
  readonly rowOf: Uint32Array
}

/**
 * Groups equal rows of columns. Customers with the same history have the same forecast, so that the work of a million
 * customers is that of their distinct histories. The groups do not depend on the order of the rows. Linear, but for a
 * sort of the distinct values of each column.
 *
 * @param columns - of equal length; finite values
 * @example
 * groupRows([Float64Array.of(1, 0, 1), Float64Array.of(5, 5, 5)]).groupOf // 1, 0, 1
 */
export function groupRows(columns: readonly ArrayLike<number>[]): RowGroups {
  return groupRanked(columns.map(rankedColumn))
}

/** `groupRows` of columns that are ranked already. */
export function groupRanked(columns: readonly RankedColumn[]): RowGroups {
  const rows = columns[0]!.ranks.length
  const kinds = columns.reduce((product, { values }) => product * values.length, 1)
  return kinds <= Math.min(BITS_PER_ROW * rows, 2 ** 32) ? groupByBits(columns, kinds) : groupBySorting(columns)
}

/** Where there may be more different rows than this for each row, their bitmap would no longer be small. */
const BITS_PER_ROW = 64

function groupByBits(columns: readonly RankedColumn[], kinds: number): RowGroups {
  const keys = columns[0]!.ranks.slice()
  for (const { ranks, values } of columns.slice(1)) {
    for (let row = 0; row < keys.length; row++) keys[row] = keys[row]! * values.length + ranks[row]!
  }
  const bits = new Uint32Array(Math.ceil(kinds / 32))
  const before = new Uint32Array(bits.length)
  markKeysInto(keys, bits)
  const count = countBitsInto(bits, before)
  const rowOf = new Uint32Array(count)
  const groupOf = new Uint32Array(keys.length)
  ranksOfKeysInto(keys, bits, before, groupOf, rowOf)
  return { count, groupOf, rowOf }
}

function groupBySorting(columns: readonly RankedColumn[]): RowGroups {
  const rows = columns[0]!.ranks.length
  const groupOf = new Uint32Array(rows)
  const rowOf = new Uint32Array(rows)
  const count = numberRunsInto(keysOf(columns), sortedRows(columns), groupOf, rowOf)
  return { count, groupOf, rowOf: rowOf.slice(0, count) }
}

/** The value of a column in each group, for a column that the rows were grouped by. */
export function valuesOf(groups: RowGroups, column: ArrayLike<number>): Float64Array {
  const values = new Float64Array(groups.count)
  for (let group = 0; group < groups.count; group++) values[group] = column[groups.rowOf[group]!]!
  return values
}

/** The rows, by the first column, then the second, and so on; equal rows as they stand. */
function sortedRows(columns: readonly RankedColumn[]): Uint32Array {
  let order = new Uint32Array(columns[0]!.ranks.length)
  let spare = new Uint32Array(order.length)
  for (let row = 0; row < order.length; row++) order[row] = row
  for (const { ranks, values } of columns.toReversed()) {
    sortByCodeInto(ranks, order, new Uint32Array(values.length + 1), spare)
    ;[order, spare] = [spare, order]
  }
  return order
}

/** One number a row that tells different rows apart. */
function keysOf(columns: readonly RankedColumn[]): Float64Array {
  const keys = new Float64Array(columns[0]!.ranks)
  let kinds = columns[0]!.values.length
  for (const { ranks, values } of columns.slice(1)) {
    if (kinds * values.length > Number.MAX_SAFE_INTEGER) {
      const ranked = rankedColumn(keys)
      keys.set(ranked.ranks)
      kinds = ranked.values.length
    }
    for (let row = 0; row < keys.length; row++) keys[row] = keys[row]! * values.length + ranks[row]!
    kinds *= values.length
  }
  return keys
}
