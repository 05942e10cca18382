import { byteIds } from './batchIds.ts'
import { csvByteReader } from './csvByteReader.ts'
import type { CsvContext, CsvReader } from './csvContext.ts'
import { csvTextReader } from './csvTextReader.ts'
import { batchBuilder, type EventBatch } from './eventBatch.ts'
import { findEventColumns } from './eventColumnNames.ts'
import type { ReadingContext } from './readingContext.ts'

/**
 * Batches of the events in CSV that comes in pieces of bytes.
 *
 * @param reuse - takes back each piece of bytes that has been read
 * @throws {ClienteleError} as `csvByteReader`; `MISSING_COLUMN` as `findEventColumns`
 */
export function csvByteEvents(
  pieces: AsyncIterable<Uint8Array | string>,
  context: ReadingContext,
  reuse: (piece: Uint8Array) => void = () => {},
): AsyncGenerator<EventBatch, void, void> {
  const batches = batchBuilder(context.caller, context.batchRows, context.timeZone, byteIds)
  return piecewise(encoded(pieces), csvByteReader({ ...csvContext(context), batches }), new Uint8Array(), reuse)
}

/**
 * Batches of the events in CSV that comes in pieces of text.
 *
 * @param skip - rows below the header that somebody else has read
 * @throws {ClienteleError} as `csvTextReader`; `MISSING_COLUMN` as `findEventColumns`
 */
export function csvTextEvents(
  pieces: AsyncIterable<string>,
  context: ReadingContext,
  skip = 0,
): AsyncGenerator<EventBatch, void, void> {
  return piecewise(pieces, csvTextReader(csvContext(context), skip), '')
}

async function* encoded(pieces: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array, void, void> {
  const encoder = new TextEncoder()
  for await (const piece of pieces) yield typeof piece === 'string' ? encoder.encode(piece) : piece
}

/** What the readers of CSV need to know, where columns are those of `findEventColumns`. */
export function csvContext(context: ReadingContext): CsvContext {
  const { caller, name, columns } = context
  return { ...context, findColumns: (header) => findEventColumns(caller, name, header, columns) }
}

async function* piecewise<Piece>(
  pieces: AsyncIterable<Piece>,
  reader: CsvReader<Piece>,
  nothing: Piece,
  reuse: (piece: Piece) => void = () => {},
): AsyncGenerator<EventBatch, void, void> {
  for await (const piece of pieces) {
    yield* reader.read(piece, false)
    reuse(piece)
  }
  yield* reader.read(nothing, true)
}
