import type { CsvLayout } from '../kernels/csvRows.ts'
import type { CsvContext, CsvReader } from './csvContext.ts'
import { byteLength, lineDecoder, lineStop, textOf } from './csvLongRecord.ts'
import { type CsvByteContext, csvRowReader } from './csvRowReader.ts'
import { csvRows } from './csvRows.ts'
import { type CsvStart, csvStart } from './csvStart.ts'
import { csvTextReader } from './csvTextReader.ts'
import type { EventColumnNames } from './eventColumnNames.ts'
import { heldBytes, MIN_SCAN } from './heldBytes.ts'
import { utf8Decoder } from './textPieces.ts'

/** Bytes that are read as text for the header, at first. */
const HEAD = 4096

/**
 * Reads the bytes of a CSV file. Ordinary rows never become text: a kernel reads ids, times and money from the bytes. What
 * is out of the ordinary, a row or a whole file, is read by the rules of `csvTextReader`, so that the answer is the same.
 *
 * @throws {ClienteleError} `BAD_FILE` if there is no header or what is read is not UTF-8, and as `context.findColumns`
 */
export function csvByteReader(context: CsvByteContext): CsvReader<Uint8Array> {
  const held = heldBytes()
  let body: CsvReader<Uint8Array> | undefined
  return {
    *read(piece, isLast) {
      if (body !== undefined) {
        yield* body.read(piece, isLast)
        return
      }
      held.add(piece)
      if (!isLast && held.fresh() < MIN_SCAN) return
      const bytes = held.bytes()
      const start = startOf(bytes, isLast, context)
      if (start === undefined) {
        held.drop(0)
        return
      }
      body = bodyReader(start, context)
      yield* body.read(bytes, isLast)
    },
  }
}

/** How a file begins, and where in its bytes the rows do. */
interface ByteStart extends CsvStart {
  readonly bytes: number
}

/** How a file begins; `undefined` if it takes more bytes to know. */
function startOf(bytes: Uint8Array, isLast: boolean, context: CsvContext): ByteStart | undefined {
  const lines = { bytes, isLast, start: 0, decoder: lineDecoder() }
  for (let size = HEAD; ; size *= 2) {
    const stop = lineStop(bytes, Math.min(size, bytes.length))
    const text = textOf(lines, 0, stop, context)
    const start = csvStart(text, context, isLast && stop === bytes.length)
    if (start !== undefined) return { ...start, bytes: byteLength(text, start.next, stop) }
    if (stop === bytes.length) return undefined
  }
}

/** The reader for all of a file that begins in some way. */
function bodyReader(start: ByteStart, context: CsvByteContext): CsvReader<Uint8Array> {
  const names = context.findColumns(start.header)
  const layout = layoutOf(start, names, context)
  if (layout === undefined) return decodedReader(context)
  const rows = csvRows(start.header, { names, decimal: context.decimal })
  return csvRowReader({ rows, layout, delimiter: start.delimiter, offset: start.bytes, line: start.nextLine }, context)
}

/** Where the parts stand, if it is a file that the kernel can read. */
function layoutOf(
  { header, delimiter, lineEnd }: CsvStart,
  names: EventColumnNames,
  { decimal }: CsvContext,
): CsvLayout | undefined {
  const { customer, time, value, order, ...others } = names
  const isPlain = value !== '' && Object.values(others).every((name) => name === '')
  if (!isPlain || lineEnd !== '\n' || delimiter.charCodeAt(0) >= 0x80) return undefined
  const isUsed = Uint8Array.from(header, (_, i) =>
    [customer, time, value, order].some((name) => name !== '' && header.indexOf(name) === i) ? 1 : 0,
  )
  return {
    delimiter: delimiter.charCodeAt(0),
    decimal: decimal.charCodeAt(0),
    customer: header.indexOf(customer),
    time: header.indexOf(time),
    value: header.indexOf(value),
    order: order === '' ? -1 : header.indexOf(order),
    isUsed,
  }
}

/** Reads a whole file as text. */
function decodedReader(context: CsvContext): CsvReader<Uint8Array> {
  const reader = csvTextReader(context)
  const decode = utf8Decoder(context.caller, context.name)
  return {
    *read(piece, isLast) {
      yield* reader.read(decode(piece), false)
      if (isLast) yield* reader.read(decode(), true)
    },
  }
}
