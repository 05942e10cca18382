import { type Zone, zoneOf } from '../core/calendar.ts'
import { RECORD_FACTS } from '../kernels/csvFields.ts'
import { MARKS_ROOM, MARKS_STATE } from '../kernels/csvMarks.ts'
import {
  AT_END,
  AT_ODD_RECORD,
  COUNTERS,
  type CsvLayout,
  type CsvRowScratch,
  csvRowsInto,
  LINE,
  OFFSET,
  ROW,
} from '../kernels/csvRows.ts'
import type { ByteIds } from './batchIds.ts'
import type { CsvContext, CsvReader } from './csvContext.ts'
import { type ByteLines, byteLength, lineDecoder, lineStop, longRecords } from './csvLongRecord.ts'
import { type FoundRecord, recordAt } from './csvRecord.ts'
import type { CsvRows } from './csvRows.ts'
import type { BatchBuilder, EventBatch } from './eventBatch.ts'
import { heldBytes, MIN_SCAN } from './heldBytes.ts'

/** What a reader of bytes needs to know: its batches number ids by their bytes. */
export interface CsvByteContext extends CsvContext {
  readonly batches: BatchBuilder<ByteIds>
}

/** The rows below a header. */
export interface CsvBody {
  /** What reads the rows that the kernel leaves. */
  readonly rows: CsvRows
  readonly layout: CsvLayout
  readonly delimiter: string
  /** Where they begin, in bytes. */
  readonly offset: number
  /** Line on which they begin. */
  readonly line: number
}

/** Lines, and a view of their bytes and `BYTES_BEYOND` more. */
interface HeldLines extends ByteLines {
  readonly view: DataView
}

/** Reads the rows of a CSV file whose lines end in LF: the kernel what is ordinary, and `body.rows` every other record. */
export function csvRowReader(body: CsvBody, context: CsvByteContext): CsvReader<Uint8Array> {
  const { batches, caller, timeZone } = context
  const zone = zoneOf(caller, timeZone)
  const scratch = newScratch(body.layout)
  const counters = new Float64Array(COUNTERS)
  counters[OFFSET] = body.offset
  counters[LINE] = body.line
  const ids = { customer: new Int32Array(2 * BLOCK), order: new Int32Array(2 * BLOCK) }
  const isInstant = new Uint8Array(BLOCK)
  const held = heldBytes()
  const decoder = lineDecoder()
  // Inside a line that was refused for its length, of which nothing is kept.
  let isSkipping = false

  /** Reads a block of ordinary rows into the batch, or until something is in the way: says what. */
  function readRows({ bytes, view }: HeldLines): number {
    const { draft, places, most, ids: numbers } = batches.columns()
    const first = draft.accepted
    const time = draft.time.subarray(first)
    const columns = {
      ...ids,
      isInstant,
      time,
      value: draft.value.subarray(first),
      type: draft.type.subarray(first),
      place: places.subarray(first),
    }
    counters[ROW] = 0
    const stop = csvRowsInto(bytes, view, Math.min(BLOCK, most - first), body.layout, columns, scratch, counters)
    const rows = counters[ROW]!
    numbers.customers.codesOfBytesInto(view, ids.customer, rows, 0, draft.code.subarray(first))
    if (body.layout.order !== -1) {
      numbers.orders.codesOfBytesInto(view, ids.order, rows, 1, draft.order.subarray(first))
    }
    if (timeZone !== 'UTC') localise(time, isInstant, rows, zone)
    batches.advance(rows)
    return stop
  }

  /**
   * Reads the record that is out of the ordinary, and what stands beside it in its piece of text; `false` if more bytes are
   * needed. Where such records follow each other, the pieces grow: a text for each would cost more than reading it.
   */
  function readRecords(lines: ByteLines, size: number): boolean {
    const at = counters[OFFSET]!
    const part = longRecords(lines, at, size, body.delimiter, context)
    if (part === undefined) return false
    const { text, bytes, isWhole } = part
    let found: FoundRecord | undefined = part.first
    let next = 0
    while (found !== undefined) {
      const { fields, problem, text: shown } = found
      if (!found.isBlank) body.rows.addTo(batches, { line: counters[LINE]!, fields, problem, text: shown })
      counters[LINE]! += found.lines
      next = found.next
      isSkipping = found.isCut
      const isDone: boolean = isSkipping || next >= text.length || batches.isFull()
      found = isDone ? undefined : recordAt(text, next, body.delimiter, '\n', isWhole)
    }
    counters[OFFSET] = Math.min(lines.bytes.length, at + byteLength(text, next, bytes))
    return true
  }

  /** Passes over what is left of a line. */
  function skip(bytes: Uint8Array): void {
    const stop = lineStop(bytes, counters[OFFSET]!)
    isSkipping = bytes[stop - 1] !== LF
    counters[OFFSET] = stop
    if (!isSkipping) counters[LINE]!++
  }

  function* scan(lines: HeldLines): Generator<EventBatch, void, void> {
    const { bytes } = lines
    let size = 0
    while (counters[OFFSET]! < bytes.length) {
      if (isSkipping) {
        skip(bytes)
        continue
      }
      const before = counters[OFFSET]
      const stop = readRows(lines)
      size = counters[OFFSET] === before ? Math.min(2 * size + FIRST_SIZE, MIN_SCAN) : 0
      const isOdd = stop === AT_ODD_RECORD || (stop === AT_END && counters[OFFSET]! < bytes.length)
      if (isOdd && !batches.isFull() && !readRecords(lines, size)) break
      if (batches.isFull()) yield* batches.take()
    }
  }

  return {
    *read(piece, isLast) {
      held.add(piece)
      if (!isLast && held.fresh() < MIN_SCAN) return
      yield* scan({ bytes: held.bytes(), view: held.view(), isLast, start: held.start(), decoder })
      held.drop(counters[OFFSET]!)
      counters[OFFSET] = 0
      scratch.marks.state.fill(0)
      if (isLast) yield* batches.take()
    },
  }
}

const LF = 10
/** Rows whose ids are found, and then looked up, together: few enough to be still in the first cache. */
const BLOCK = 1024
/** Bytes that become text together where two records out of the ordinary follow each other. */
const FIRST_SIZE = 256

function newScratch({ isUsed }: CsvLayout): CsvRowScratch {
  return {
    marks: { places: new Int32Array(MARKS_ROOM), state: new Int32Array(MARKS_STATE) },
    bounds: new Int32Array(2 * isUsed.length),
    facts: new Int32Array(RECORD_FACTS),
  }
}

/** Makes instants of wall times. */
function localise(time: Float64Array, isInstant: Uint8Array, rows: number, zone: Zone): void {
  for (let row = 0; row < rows; row++) if (isInstant[row] === 0) time[row] = zone.instantOf(time[row]!)
}
