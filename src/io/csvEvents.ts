import { ClienteleError } from '../core/errors.ts'
import { likelyDelimiter } from './csvDelimiter.ts'
import { type CsvRecord, csvScanner, MAX_RECORD } from './csvRecords.ts'
import { csvRowReader } from './csvRows.ts'
import type { EventBatch } from './eventBatch.ts'
import { findEventColumns } from './eventColumnNames.ts'
import type { ReadingContext } from './readingContext.ts'

/**
 * Batches of the events in a CSV text that comes in pieces. Rows are those of `readCsv`.
 *
 * @param skip - rows below the header that somebody else has read
 * @throws {ClienteleError} `BAD_FILE` if there is no header, `MISSING_COLUMN` as `findEventColumns`
 */
export async function* csvEvents(
  pieces: AsyncIterable<string>,
  context: ReadingContext,
  skip = 0,
): AsyncGenerator<EventBatch, void, void> {
  const { caller, name, columns, decimal, batches } = context
  let readRow: ReturnType<typeof csvRowReader> | undefined
  let left = skip
  for await (const records of csvRecordsOf(pieces, context.delimiter)) {
    for (const record of records) {
      if (readRow === undefined) {
        if (record.problem !== '') throw noHeader(context, record.problem)
        const header = record.fields.map((field) => field.trim())
        readRow = csvRowReader(header, { names: findEventColumns(caller, name, header, columns), decimal })
      } else if (left > 0) {
        left--
      } else {
        batches.add(record.line, readRow(record), () => record.text)
        if (batches.isFull()) yield* batches.take()
      }
    }
  }
  if (readRow === undefined) throw noHeader(context, 'it is empty')
  yield* batches.take()
}

/** How a CSV text begins. */
export interface CsvHead {
  readonly fields: readonly string[]
  /** Line of the header, from 1. */
  readonly line: number
  readonly delimiter: string
  /** What its lines end in; empty unless the header is one plain line that ends in LF or CRLF. */
  readonly lineEnd: '\n' | '\r\n' | ''
  /** Length of the text up to the first row, in bytes. */
  readonly bytes: number
}

/**
 * The header of a CSV text that comes in pieces, of which no more is read.
 *
 * @throws {ClienteleError} `BAD_FILE` if there is none
 */
export async function csvHead(pieces: AsyncIterable<string>, context: ReadingContext): Promise<CsvHead> {
  let text = ''
  for await (const piece of pieces) {
    text += piece
    if (/[^\r\n\ufeff][\r\n]+[^\r\n]/.test(text) || text.length >= MAX_RECORD) break
  }
  const delimiter = context.delimiter ?? likelyDelimiter(text.slice(0, MAX_RECORD))
  const first = csvScanner(delimiter).scan(text, true).next()
  if (first.done) throw noHeader(context, 'it is empty')
  const { fields, line, problem } = first.value
  if (problem !== '') throw noHeader(context, problem)
  const [start = '', lineEnd = ''] = /^\ufeff?[\r\n]*[^"\r\n]+(\r?\n)/.exec(text) ?? []
  const bytes = new TextEncoder().encode(start).length
  return { fields, line, delimiter, lineEnd: lineEnd as CsvHead['lineEnd'], bytes }
}

/** The records of a text in pieces, those of each piece together; each is to be read before the next is asked for. */
async function* csvRecordsOf(
  pieces: AsyncIterable<string>,
  delimiter: string | undefined,
): AsyncGenerator<Iterable<CsvRecord>, void, void> {
  let head = ''
  let scanner = delimiter === undefined ? undefined : csvScanner(delimiter)
  for await (const piece of pieces) {
    if (scanner !== undefined) {
      yield scanner.scan(piece, false)
      continue
    }
    // The first line decides; a record of the longest length has more than enough of it.
    head += piece
    if (!/[^\r\n\ufeff][\r\n]/.test(head) && head.length < MAX_RECORD) continue
    scanner = csvScanner(likelyDelimiter(head.slice(0, MAX_RECORD)))
    yield scanner.scan(head, false)
    head = ''
  }
  yield (scanner ?? csvScanner(likelyDelimiter(head))).scan(head, true)
}

function noHeader({ caller, name }: ReadingContext, why: string): ClienteleError {
  return new ClienteleError('BAD_FILE', `${caller}: ${name} has no header line: ${why}`)
}
