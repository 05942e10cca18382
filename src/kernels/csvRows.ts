import { type ByteIdSlots, codeOfBytes, NO_ROOM } from './byteIds.ts'
import { numberOfBytes } from './byteNumber.ts'
import { mayHaveWideSpace, spacesEnd, spacesStart, utf8End } from './byteText.ts'
import { timeOfBytes } from './byteTime.ts'
import { BREAKS, FIELDS, hasNul, ODD, recordFieldsInto, SEEN, UNFINISHED } from './csvFields.ts'

/** Where the parts of a purchase stand in the records of a file. */
export interface CsvLayout {
  /** Byte between fields. */
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

/** Columns that rows are written to, and what they share. */
export interface CsvRowColumns {
  /** Customer of each row. */
  readonly code: Uint32Array
  /** ms since 1970; of a wall clock where `isInstant` is 0. */
  readonly time: Float64Array
  readonly isInstant: Uint8Array
  readonly value: Float64Array
  /** 1 for a refund, which is a negative value in the file. */
  readonly type: Uint8Array
  /** Number of the order plus 1, or 0. */
  readonly order: Uint32Array
  /** Line on which each row begins. */
  readonly place: Float64Array
  readonly customers: ByteIdSlots
  readonly orders: ByteIdSlots
}

// Why `csvRowsInto` stopped.
/** At the end of the bytes, or before a record that does not end within them. */
export const AT_END = 0
/** Before a record that the long way has to read. */
export const AT_ODD_RECORD = 1
/** Before a row for which the columns have no room. */
export const AT_FULL_COLUMNS = 2
/** Before a row with an order for which there is no room. */
export const AT_FULL_ORDERS = 3
/** Before a row with a customer for whom there is no room. */
export const AT_FULL_CUSTOMERS = 4

// What it counts: in and out.
export const OFFSET = 0
export const LINE = 1
export const ROW = 2
export const COUNTERS = 3

/** What the row kernel needs to work, besides its columns. */
export interface CsvRowScratch {
  /** Two a field. */
  readonly bounds: Int32Array
  /** `RECORD_FACTS`. */
  readonly facts: Int32Array
  /** 1. */
  readonly isInstant: Uint8Array
}

/**
 * Reads purchases from the bytes of a CSV file, record by record, until one is out of the ordinary: says why it stopped
 * before it. What is written is what the long way would have: rows are ordinary where a second look could change nothing.
 */
export function csvRowsInto(
  bytes: Uint8Array, //        in
  end: number, //              in       end of the bytes
  rows: number, //             in       most rows in the columns
  layout: CsvLayout, //        in
  columns: CsvRowColumns, //   in, out
  scratch: CsvRowScratch, //   scratch
  counters: Float64Array, //   in, out  COUNTERS: next byte, next line, next row
): number {
  const { delimiter, decimal, customer, time, value, order, isUsed } = layout
  const { bounds, facts, isInstant } = scratch
  const width = isUsed.length
  let stop = AT_END
  let at = counters[OFFSET]!
  let line = counters[LINE]!
  let row = counters[ROW]!
  while (at < end) {
    const next = recordFieldsInto(bytes, at, end, delimiter, isUsed, bounds, facts)
    if (next === UNFINISHED) break
    if (next !== ODD && facts[FIELDS] === 0) {
      at = next
      line++
      continue
    }
    if (row >= rows) {
      stop = AT_FULL_COLUMNS
      break
    }
    stop = AT_ODD_RECORD
    if (next === ODD || facts[FIELDS] !== width) break
    if (facts[SEEN]! >= 0x80 && utf8End(bytes, at, next) < next) break

    const money = trimmedNumber(bytes, bounds[2 * value]!, bounds[2 * value + 1]!, decimal)
    const ms = trimmedTime(bytes, bounds[2 * time]!, bounds[2 * time + 1]!, isInstant)
    if (Number.isNaN(money) || Number.isNaN(ms)) break

    // The order comes first: a customer is numbered by a row that is taken, an order number too many harms nobody.
    const orderCode = order === -1 ? 0 : trimmedId(bytes, bounds[2 * order]!, bounds[2 * order + 1]!, columns.orders)
    const code =
      orderCode < 0 ? orderCode : trimmedId(bytes, bounds[2 * customer]!, bounds[2 * customer + 1]!, columns.customers)
    if (code <= 0) {
      if (code === NO_ROOM) stop = orderCode === NO_ROOM ? AT_FULL_ORDERS : AT_FULL_CUSTOMERS
      break
    }
    columns.code[row] = code - 1
    columns.time[row] = ms
    columns.isInstant[row] = isInstant[0]!
    columns.value[row] = money < 0 ? -money : money
    columns.type[row] = money < 0 ? 1 : 0
    columns.order[row] = orderCode
    columns.place[row] = line
    row++
    line += 1 + facts[BREAKS]!
    at = next
    stop = AT_END
  }
  counters[OFFSET] = at
  counters[LINE] = line
  counters[ROW] = row
  return stop
}

function trimmedNumber(bytes: Uint8Array, from: number, to: number, decimal: number): number {
  const value = numberOfBytes(bytes, from, to, decimal)
  if (!Number.isNaN(value)) return value
  return numberOfBytes(bytes, spacesEnd(bytes, from, to), spacesStart(bytes, from, to), decimal)
}

function trimmedTime(bytes: Uint8Array, from: number, to: number, isInstant: Uint8Array): number {
  const time = timeOfBytes(bytes, from, to, isInstant)
  if (!Number.isNaN(time)) return time
  return timeOfBytes(bytes, spacesEnd(bytes, from, to), spacesStart(bytes, from, to), isInstant)
}

/** The code of an id plus 1, 0 if it is empty; negative if there is no room for it or the long way has to read it. */
function trimmedId(bytes: Uint8Array, from: number, to: number, ids: ByteIdSlots): number {
  const first = spacesEnd(bytes, from, to)
  const last = spacesStart(bytes, first, to)
  if (first === last) return 0
  if (hasNul(bytes, first, last) || mayHaveWideSpace(bytes, first, last)) return ODD
  const code = codeOfBytes(bytes, first, last, ids)
  return code < 0 ? code : code + 1
}
