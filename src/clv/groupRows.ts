import { distinctInto, ranksInto } from '../kernels/distinctInto.ts'

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
 * sort of the distinct values.
 *
 * @param columns - of equal length; finite values
 * @example
 * groupRows([Float64Array.of(1, 0, 1), Float64Array.of(5, 5, 5)]).groupOf // 1, 0, 1
 */
export function groupRows(columns: readonly ArrayLike<number>[]): RowGroups {
  const rows = columns[0]!.length
  let { codes, count } = rankedCodes(new Float64Array(columns[0]!))
  for (const column of columns.slice(1)) {
    const next = rankedCodes(new Float64Array(column))
    // Both codes are below the number of rows, so that a pair is exact in a double, and pairs sort as the columns do.
    const pairs = new Float64Array(rows)
    for (let row = 0; row < rows; row++) pairs[row] = codes[row]! * next.count + next.codes[row]!
    ;({ codes, count } = rankedCodes(pairs))
  }
  const rowOf = new Uint32Array(count)
  for (let row = rows - 1; row >= 0; row--) rowOf[codes[row]!] = row
  return { count, groupOf: codes, rowOf }
}

/** The value of a column in each group, for a column that the rows were grouped by. */
export function valuesOf(groups: RowGroups, column: ArrayLike<number>): Float64Array {
  const values = new Float64Array(groups.count)
  for (let group = 0; group < groups.count; group++) values[group] = column[groups.rowOf[group]!]!
  return values
}

/** For each value, how many distinct values lie below it. The values are ours to change. */
function rankedCodes(values: Float64Array): { codes: Uint32Array; count: number } {
  for (let i = 0; i < values.length; i++) values[i] = values[i]! + 0 // -0 becomes 0
  const codes = new Uint32Array(values.length)
  const distinct = new Float64Array(values.length)
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * values.length + 2))).fill(-1)
  const count = distinctInto(values, wordsOf(values), slots, distinct, codes)
  const sorted = distinct.slice(0, count).sort()
  const ranks = new Uint32Array(count)
  ranksInto(sorted, wordsOf(sorted), slots, distinct, ranks)
  for (let i = 0; i < codes.length; i++) codes[i] = ranks[codes[i]!]!
  return { codes, count }
}

function wordsOf(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, 2 * values.length)
}
