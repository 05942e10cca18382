import type { SummaryRows } from '../kernels/summaryRows.ts'

/** Bytes of a row of a summary. */
export const ROW_BYTES = 52

/** Room for `length` rows, in a buffer of at least `ROW_BYTES × length` or, without one, in memory of their own. */
export function summaryRows(length: number, buffer?: ArrayBufferLike): SummaryRows {
  let next = 0
  const reals = (): Float64Array => {
    if (buffer === undefined) return new Float64Array(length)
    next += 8 * length
    return new Float64Array(buffer, next - 8 * length, length)
  }
  const wholes = (): Uint32Array => {
    if (buffer === undefined) return new Uint32Array(length)
    next += 4 * length
    return new Uint32Array(buffer, next - 4 * length, length)
  }
  // Those of eight bytes first, which must begin at a multiple of eight.
  const [sinceLast, total, ageAtLast, age, meanRepeatValue] = [reals(), reals(), reals(), reals(), reals()]
  return {
    tableRows: wholes(),
    purchases: wholes(),
    sinceLast,
    total,
    repeats: wholes(),
    ageAtLast,
    age,
    meanRepeatValue,
  }
}

/** The first rows of a summary that has room for more. */
export function firstRows(rows: SummaryRows, length: number): SummaryRows {
  if (rows.total.length === length) return rows
  return {
    tableRows: rows.tableRows.slice(0, length),
    purchases: rows.purchases.slice(0, length),
    sinceLast: rows.sinceLast.slice(0, length),
    total: rows.total.slice(0, length),
    repeats: rows.repeats.slice(0, length),
    ageAtLast: rows.ageAtLast.slice(0, length),
    age: rows.age.slice(0, length),
    meanRepeatValue: rows.meanRepeatValue.slice(0, length),
  }
}

/** The rows from one on, for writing. */
export function rowsFrom(rows: SummaryRows, row: number): SummaryRows {
  return {
    tableRows: rows.tableRows.subarray(row),
    purchases: rows.purchases.subarray(row),
    sinceLast: rows.sinceLast.subarray(row),
    total: rows.total.subarray(row),
    repeats: rows.repeats.subarray(row),
    ageAtLast: rows.ageAtLast.subarray(row),
    age: rows.age.subarray(row),
    meanRepeatValue: rows.meanRepeatValue.subarray(row),
  }
}
