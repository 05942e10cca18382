import { numberOfBytes } from './byteNumber.ts'
import { mayHaveWideSpace, spacesEnd, spacesStart } from './byteText.ts'
import { timeOfBytesInto } from './byteTime.ts'
import { BREAKS, FIELDS, recordFieldsInto, UNFINISHED } from './csvFields.ts'
import { type CsvMarks, MARKED, MOST_BYTES, markBytesInto, NEXT, passMarks, SOUND } from './csvMarks.ts'

/** Where the parts of a purchase stand in the records of a file. */
export interface CsvLayout {
  /** Byte of the delimiter, of ASCII. */
  readonly delimiter: number
  /** Byte of the decimal mark. */
  readonly decimal: number
  readonly customer: number
  readonly time: number
  readonly value: number
  /** -1 if there is none. */
  readonly order: number
  /** Length: the fields of a record. Whether each plays a part. */
  readonly isUsed: Uint8Array
}

/** Columns that rows are written to. Ids are left where they stand, for `byteCodesInto` to number. */
export interface CsvRowColumns {
  /** Two a row: first byte and end of the customer. */
  readonly customer: Int32Array
  /** Two a row: first byte and end of the order; the same if there is none. */
  readonly order: Int32Array
  /** ms since 1970; of a wall clock where `isInstant` is 0. */
  readonly time: Float64Array
  readonly isInstant: Uint8Array
  readonly value: Float64Array
  /** 1 for a refund, which is a negative value in the file. */
  readonly type: Uint8Array
  /** Line on which each row begins. */
  readonly place: Float64Array
}

// Why `csvRowsInto` stopped.
/** At the end of the bytes, or before a record that does not end within them. */
export const AT_END = 0
/** Before a record that the long way has to read. */
export const AT_ODD_RECORD = 1
/** Before a row for which the columns have no room. */
export const AT_FULL_COLUMNS = 2
// What it counts: in and out.
export const OFFSET = 0
export const LINE = 1
export const ROW = 2
export const COUNTERS = 3

/** What the row kernel needs to work, besides its columns. */
export interface CsvRowScratch {
  /** Of the bytes from `OFFSET` on; none, when the bytes are others. */
  readonly marks: CsvMarks
  /** Two a field. */
  readonly bounds: Int32Array
  /** `RECORD_FACTS`. */
  readonly facts: Int32Array
}

/**
 * Reads purchases from the bytes of a CSV file, record by record, until one is out of the ordinary: says why it stopped
 * before it. What is written is what the long way would have: rows are ordinary where a second look could change nothing.
 */
export function csvRowsInto(
  bytes: Uint8Array, //        in
  view: DataView, //           in       the bytes, and `BYTES_BEYOND` more
  rows: number, //             in       most rows in the columns
  layout: CsvLayout, //        in
  columns: CsvRowColumns, //   in, out
  scratch: CsvRowScratch, //   scratch
  counters: Float64Array, //   in, out  COUNTERS: next byte, next line, next row
): number {
  const { delimiter, decimal, customer, time, value, order, isUsed } = layout
  const { marks, bounds, facts } = scratch
  const { customer: customers, order: orders, time: times, value: values, type: types } = columns
  const { isInstant: instants, place: places } = columns
  const width = isUsed.length
  const end = bytes.length
  let stop = AT_END
  let at = counters[OFFSET]!
  let line = counters[LINE]!
  let row = counters[ROW]!
  let mark = 0
  passMarks(at, marks)
  while (at < end) {
    mark = marks.state[NEXT]!
    const next = recordFieldsInto(view, at, marks, isUsed, bounds, facts)
    if (next === UNFINISHED && marks.state[MARKED]! - at < MOST_BYTES) {
      if (marks.state[MARKED]! >= end) break
      markBytesInto(bytes, view, delimiter, marks)
      continue
    }
    if (next > at && facts[FIELDS] === 0) {
      at = next
      line++
      continue
    }
    if (row >= rows) {
      stop = AT_FULL_COLUMNS
      break
    }
    stop = AT_ODD_RECORD
    if (next < at || facts[FIELDS] !== width || next - at > MOST_BYTES || next > marks.state[SOUND]!) break

    const money = trimmedNumber(bytes, view, bounds[2 * value]!, bounds[2 * value + 1]!, decimal)
    if (Number.isNaN(money)) break
    if (!trimmedTimeInto(bytes, view, bounds[2 * time]!, bounds[2 * time + 1]!, row, times, instants)) break
    if (!trimIdInto(bytes, bounds, customer, customers, row) || customers[2 * row] === customers[2 * row + 1]) break
    if (order !== -1 && !trimIdInto(bytes, bounds, order, orders, row)) break
    values[row] = money < 0 ? -money : money
    types[row] = money < 0 ? 1 : 0
    places[row] = line
    row++
    line += 1 + facts[BREAKS]!
    at = next
    stop = AT_END
  }
  if (stop !== AT_END) marks.state[NEXT] = mark
  counters[OFFSET] = at
  counters[LINE] = line
  counters[ROW] = row
  return stop
}

function trimmedNumber(bytes: Uint8Array, view: DataView, from: number, to: number, decimal: number): number {
  const value = numberOfBytes(view, from, to, decimal)
  if (!Number.isNaN(value)) return value
  return numberOfBytes(view, spacesEnd(bytes, from, to), spacesStart(bytes, from, to), decimal)
}

function trimmedTimeInto(
  bytes: Uint8Array,
  view: DataView,
  from: number,
  to: number,
  row: number,
  times: Float64Array,
  isInstant: Uint8Array,
): boolean {
  if (timeOfBytesInto(view, from, to, row, times, isInstant)) return true
  return timeOfBytesInto(view, spacesEnd(bytes, from, to), spacesStart(bytes, from, to), row, times, isInstant)
}

/** Writes where an id stands, without the space around it; `false` if only the long way can tell. */
function trimIdInto(bytes: Uint8Array, bounds: Int32Array, field: number, ids: Int32Array, row: number): boolean {
  const from = bounds[2 * field]!
  const to = bounds[2 * field + 1]!
  if (from < to && isLetter(bytes[from]!) && isLetter(bytes[to - 1]!)) {
    ids[2 * row] = from
    ids[2 * row + 1] = to
    return true
  }
  const first = spacesEnd(bytes, from, to)
  const last = spacesStart(bytes, first, to)
  ids[2 * row] = first
  ids[2 * row + 1] = last
  return !mayHaveWideSpace(bytes, first, last)
}

/** Whether a byte is ASCII and not white space, nor any other control. */
function isLetter(byte: number): boolean {
  return byte > 32 && byte < 128
}
