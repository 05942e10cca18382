import { csvContext, csvTextEvents } from './csvEvents.ts'
import { MAX_FIELD } from './csvRecord.ts'
import { csvRows } from './csvRows.ts'
import { csvStart } from './csvStart.ts'
import { type DuckDbQuery, pathForDuckDb, sqlText } from './duckDbQuery.ts'
import type { EventBatch } from './eventBatch.ts'
import { findEventColumns } from './eventColumnNames.ts'
import type { OpenSource } from './eventSource.ts'
import type { ReadingContext } from './readingContext.ts'
import { gunzipped, textPieces } from './textPieces.ts'

/**
 * Batches of the events in a CSV file. DuckDB splits it as long as its rows are plain: no quotes or line breaks in the
 * fields, no blank line, nothing too long, nothing to reject. From the first row that is not, our own reader goes on, so that reasons
 * and lines are the same. What is packed it reads from the beginning.
 */
export async function* duckDbCsvEvents(
  opened: OpenSource,
  isPacked: boolean,
  query: DuckDbQuery,
  context: ReadingContext,
): AsyncGenerator<EventBatch, void, void> {
  const { caller, name, columns, decimal, batches } = context
  const text = (): AsyncGenerator<string, void, void> => {
    const bytes = opened.items() as AsyncIterable<Uint8Array>
    return textPieces(caller, name, isPacked ? gunzipped(caller, name, bytes) : bytes)
  }
  const head = await csvHead(text(), context)
  const { header } = head
  const names = findEventColumns(caller, name, header, columns)
  const used = header.flatMap((column, i) => (Object.values(names).includes(column) ? [i] : []))
  const { read } = csvRows(
    used.map((i) => header[i]!),
    { names, decimal },
  )
  let rows = 0
  let bytes = head.bytes
  let isPlain = head.lineEnd !== '' && !isPacked && !(await hasBlankLine(opened.items() as AsyncIterable<Uint8Array>))
  try {
    const values = [pathForDuckDb(opened.path)]
    for await (const chunk of isPlain ? query(csvQuery(head, header.length, used), values) : []) {
      const [isOdd, length] = chunk.columns.slice(used.length)
      for (let row = 0; row < chunk.rows && isPlain; row++) {
        const fields = used.map((_, i) => (chunk.columns[i]![row] ?? '') as string)
        const place = head.line + rows + 1
        isPlain =
          isOdd![row] === false && batches.offer(place, read({ line: place, fields, problem: '', text: '' })) === ''
        if (!isPlain) break
        rows++
        bytes += Number(length![row]) + head.lineEnd.length
        if (batches.isFull()) yield* batches.take()
      }
      if (!isPlain) break
    }
  } catch {
    isPlain = false // DuckDB refuses a whole file for one row; the other reader says which, or that all is well.
  }
  // DuckDB has been seen to stop early without a word, so every byte has to be accounted for.
  const missing = (await opened.range!()).byteLength - bytes
  if (isPlain && (missing === 0 || missing === -head.lineEnd.length)) yield* batches.take()
  else yield* csvTextEvents(text(), context, rows)
}

/** Whether any line is blank: DuckDB leaves these out without a word, and the rows behind them would lose their places. */
async function hasBlankLine(pieces: AsyncIterable<Uint8Array>): Promise<boolean> {
  let open = 0
  let last = 0
  for await (const piece of pieces) {
    let start = 0
    for (let end = piece.indexOf(LF); end >= 0; end = piece.indexOf(LF, start)) {
      const length = open + end - start
      if (length === 0 || (length === 1 && (end > 0 ? piece[end - 1] : last) === CR)) return true
      open = 0
      start = end + 1
    }
    open += piece.length - start
    last = piece.at(-1) ?? last
  }
  return false
}

const LF = 0x0a
const CR = 0x0d

/**
 * Selects the `used` columns as text, whether a row has anything that the two readers may see differently, and its
 * length in bytes.
 */
function csvQuery(head: CsvHead, width: number, used: readonly number[]): string {
  const names = Array.from({ length: width }, (_, i) => `c${i}`)
  const options = [
    'auto_detect = false, header = false, strict_mode = true, max_line_size = 4194304',
    `skip = ${head.line}, delim = ${sqlText(head.delimiter)}, quote = '"', escape = '"'`,
    `compression = 'none'`,
    `columns = {${names.map((name) => `'${name}': 'VARCHAR'`).join(', ')}}`,
  ]
  const isOdd = `regexp_matches(concat(${names.join(', ')}), '["\\r\\n\\x00]')`
  const isLong = `greatest(${names.map((name) => `coalesce(strlen(${name}), 0)`).join(', ')}, 0) > ${MAX_FIELD}`
  const length = `${width - 1} + ${names.map((name) => `coalesce(strlen(${name}), 0)`).join(' + ')}`
  const selected = [...used.map((i) => `c${i}`), `${isOdd} OR ${isLong}`, length].join(', ')
  return `SELECT ${selected} FROM read_csv($1, ${options.join(', ')})`
}

/** How a CSV text begins, as DuckDB has to know it. */
interface CsvHead {
  readonly header: readonly string[]
  /** Line of the header, from 1. */
  readonly line: number
  readonly delimiter: string
  /** What its lines end in; empty unless the header is one plain line that ends in LF or CRLF. */
  readonly lineEnd: '\n' | '\r\n' | ''
  /** Length of the text up to the first row, in bytes. */
  readonly bytes: number
}

/** The header of a CSV text that comes in pieces, of which no more is read. */
async function csvHead(pieces: AsyncIterable<string>, context: ReadingContext): Promise<CsvHead> {
  const csv = csvContext(context)
  let text = ''
  let start: ReturnType<typeof csvStart>
  for await (const piece of pieces) {
    text += piece
    start = csvStart(text, csv, false)
    if (start !== undefined) break
  }
  const { header, line, delimiter } = start ?? csvStart(text, csv, true)!
  const [head = '', lineEnd = ''] = /^\ufeff?[\r\n]*[^"\r\n]+(\r?\n)/.exec(text) ?? []
  const bytes = new TextEncoder().encode(head).length
  return { header, line, delimiter, lineEnd: lineEnd as CsvHead['lineEnd'], bytes }
}
