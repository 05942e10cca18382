import { ClienteleError } from '../core/errors.ts'
import type { CsvContext } from './csvContext.ts'
import { likelyDelimiter } from './csvDelimiter.ts'
import { MAX_RECORD, recordAt } from './csvRecord.ts'
import { firstLineEnd } from './csvRecords.ts'

/** How a CSV text begins. */
export interface CsvStart {
  /** The column names. */
  readonly header: readonly string[]
  readonly delimiter: string
  /** What its lines end in; LF may stand behind CR. */
  readonly lineEnd: '\n' | '\r'
  /** Line of the header, from 1. */
  readonly line: number
  /** Line on which what follows begins. */
  readonly nextLine: number
  /** Where in the text it begins. */
  readonly next: number
}

/**
 * Finds out how the text of a CSV file begins; `undefined` as long as more of it could change the answer.
 *
 * @throws {ClienteleError} `BAD_FILE` if there is no header
 */
export function csvStart(text: string, context: CsvContext, isLast: boolean): CsvStart | undefined {
  // The first line decides on the delimiter; a record of the longest length has more than enough of it.
  const isEnough = isLast || text.length >= MAX_RECORD || /[^\r\n\ufeff][\r\n]/.test(text)
  if (!isEnough) return undefined
  const delimiter = context.delimiter ?? likelyDelimiter(text.slice(0, MAX_RECORD))
  let next = text.charCodeAt(0) === 0xfeff ? 1 : 0
  let line = 1
  const lineEnd = firstLineEnd(text, next, isLast)
  if (lineEnd === '') return undefined
  while (next < text.length) {
    const found = recordAt(text, next, delimiter, lineEnd, isLast)
    if (found === undefined) return undefined
    if (found.problem !== '') throw noHeader(context, found.problem)
    next = found.next
    const nextLine = line + found.lines
    if (!found.isBlank) {
      const header = found.fields.map((field) => field.trim())
      return { header, delimiter, lineEnd, line, nextLine, next }
    }
    line = nextLine
  }
  if (isLast) throw noHeader(context, 'it is empty')
  return undefined
}

/** The error for a CSV text that has no header. */
export function noHeader({ caller, name }: CsvContext, why: string): ClienteleError {
  return new ClienteleError('BAD_FILE', `${caller}: ${name} has no header line: ${why}`)
}
