import { appendCodesInto, countBitsInto, markKeysInto, ranksOfKeysInto } from '../kernels/rankBits.ts'
import { numberRunsInto, sortByCodeInto } from '../kernels/sortByCodes.ts'
import { type CodedColumn, codedColumn, rankedColumn } from './rankedColumn.ts'

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
  return groupCoded(columns.map(codedColumn))
}

/** `groupRows` of columns that are coded already. */
export function groupCoded(columns: readonly CodedColumn[]): RowGroups {
  const rows = columns[0]!.codes.length
  const kinds = columns.reduce((product, column) => product * column.kinds, 1)
  return kinds <= Math.min(BITS_PER_ROW * rows, 2 ** 32) ? groupByBits(columns, kinds) : groupBySorting(columns)
}

/** Where there may be more different rows than this for each row, their bitmap would no longer be small. */
const BITS_PER_ROW = 64

function groupByBits(columns: readonly CodedColumn[], kinds: number): RowGroups {
  const keys = columns[0]!.codes.slice()
  for (const column of columns.slice(1)) appendCodesInto(column.codes, column.kinds, keys)
  const bits = new Uint32Array(Math.ceil(kinds / 32))
  const before = new Uint32Array(bits.length)
  markKeysInto(keys, bits)
  const count = countBitsInto(bits, before)
  const rowOf = new Uint32Array(count)
  ranksOfKeysInto(keys, bits, before, keys, rowOf)
  return { count, groupOf: keys, rowOf }
}

function groupBySorting(columns: readonly CodedColumn[]): RowGroups {
  const rows = columns[0]!.codes.length
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
function sortedRows(columns: readonly CodedColumn[]): Uint32Array {
  let order = new Uint32Array(columns[0]!.codes.length)
  let spare = new Uint32Array(order.length)
  for (let row = 0; row < order.length; row++) order[row] = row
  for (const { codes, kinds } of columns.toReversed()) {
    sortByCodeInto(codes, order, new Uint32Array(kinds + 1), spare)
    ;[order, spare] = [spare, order]
  }
  return order
}

/** One number a row that tells different rows apart. */
function keysOf(columns: readonly CodedColumn[]): Float64Array {
  const keys = new Float64Array(columns[0]!.codes)
  let kinds = columns[0]!.kinds
  for (const column of columns.slice(1)) {
    if (kinds * column.kinds > Number.MAX_SAFE_INTEGER) {
      const ranked = rankedColumn(keys)
      keys.set(ranked.ranks)
      kinds = ranked.values.length
    }
    for (let row = 0; row < keys.length; row++) keys[row] = keys[row]! * column.kinds + column.codes[row]!
    kinds *= column.kinds
  }
  return keys
}
