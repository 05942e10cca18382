import type { CsvContext, CsvReader } from './csvContext.ts'
import { likelyDelimiter } from './csvDelimiter.ts'
import { MAX_RECORD } from './csvRecord.ts'
import { type CsvScanner, csvScanner } from './csvRecords.ts'
import { type CsvRows, csvRows } from './csvRows.ts'
import { noHeader } from './csvStart.ts'

/**
 * Reads the text of a CSV file: every row as a table sees it, whatever it looks like.
 *
 * @param skip - rows below the header that somebody else has read
 * @throws {ClienteleError} `BAD_FILE` if there is no header, and as `context.findColumns`
 */
export function csvTextReader(context: CsvContext, skip = 0): CsvReader<string> {
  const { decimal, batches, delimiter } = context
  let scanner: CsvScanner | undefined = delimiter === undefined ? undefined : csvScanner(delimiter)
  let head = ''
  let rows: CsvRows | undefined
  let left = skip
  return {
    *read(piece, isLast) {
      if (scanner === undefined) {
        // The first line decides; a record of the longest length has more than enough of it.
        head += piece
        if (!isLast && head.length < MAX_RECORD && !/[^\r\n\ufeff][\r\n]/.test(head)) return
        scanner = csvScanner(likelyDelimiter(head.slice(0, MAX_RECORD)))
      }
      const text = head === '' ? piece : head
      head = ''
      for (const record of scanner.scan(text, isLast)) {
        if (rows === undefined) {
          if (record.problem !== '') throw noHeader(context, record.problem)
          const header = record.fields.map((field) => field.trim())
          rows = csvRows(header, { names: context.findColumns(header), decimal })
        } else if (left > 0) {
          left--
        } else {
          rows.addTo(batches, record)
          if (batches.isFull()) yield* batches.take()
        }
      }
      if (!isLast) return
      if (rows === undefined) throw noHeader(context, 'it is empty')
      yield* batches.take()
    },
  }
}
