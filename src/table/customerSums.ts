import { type SummaryRows, writeDurationsInto } from '../kernels/summaryRows.ts'
import { summaryRows } from './summaryRows.ts'

/** What some neighbouring customers did, a row each. */
export interface SumsPiece {
  readonly total: Float64Array
  readonly meanRepeatValue: Float64Array
  readonly repeats: Uint32Array
  readonly firstDay: Int32Array
  readonly finalDay: Int32Array
}

/** What all customers of some purchases did: everything in a summary but the durations, for any day that no purchase is after. */
export interface CustomerSums {
  /** All customers, in the order of their numbers. Pieces, because one does not know how many there are before the last. */
  readonly pieces: readonly SumsPiece[]
  /** Day of the last purchase. */
  readonly finalDay: number
  /** Money of all purchases. */
  readonly gross: number
}

/** The rows of a summary up to `lastDay`, which no purchase is after. */
export function rowsOfSums({ pieces }: CustomerSums, offsets: Uint32Array, lastDay: number, unit: number): SummaryRows {
  const rows = summaryRows(offsets.length - 1)
  let row = 0
  for (const { total, meanRepeatValue, repeats, firstDay, finalDay } of pieces) {
    rows.total.set(total, row)
    rows.meanRepeatValue.set(meanRepeatValue, row)
    rows.repeats.set(repeats, row)
    writeDurationsInto(offsets, firstDay, finalDay, row, lastDay, unit, rows)
    row += total.length
  }
  return rows
}
