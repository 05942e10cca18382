/** The columns of a `CustomerSummary` that one pass over the events of customers fills, row by row. */
export interface SummaryColumns {
  readonly tableRows: Uint32Array
  readonly purchases: Uint32Array
  readonly sinceLast: Float64Array
  readonly total: Float64Array
  readonly repeats: Uint32Array
  readonly ageAtLast: Float64Array
  readonly age: Float64Array
  readonly meanRepeatValue: Float64Array
}

/** Columns of zeros. */
export function emptyColumns(rows: number): SummaryColumns {
  return {
    tableRows: new Uint32Array(rows),
    purchases: new Uint32Array(rows),
    sinceLast: new Float64Array(rows),
    total: new Float64Array(rows),
    repeats: new Uint32Array(rows),
    ageAtLast: new Float64Array(rows),
    age: new Float64Array(rows),
    meanRepeatValue: new Float64Array(rows),
  }
}

/** The columns themselves from a row on, for writing. */
export function columnsFrom(columns: SummaryColumns, row: number): SummaryColumns {
  return mapColumns(columns, (column) => column.subarray(row))
}

/** The first rows alone: the columns themselves if these are all, and else copies. */
export function firstRows(columns: SummaryColumns, rows: number): SummaryColumns {
  return rows === columns.tableRows.length ? columns : mapColumns(columns, (column) => column.slice(0, rows))
}

function mapColumns(
  columns: SummaryColumns,
  map: (column: Float64Array | Uint32Array) => Float64Array | Uint32Array,
): SummaryColumns {
  const mapped = Object.entries(columns).map(([name, column]) => [name, map(column)])
  return Object.fromEntries(mapped)
}
