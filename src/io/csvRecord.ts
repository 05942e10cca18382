import { ownText } from './ownText.ts'

/** One record of a CSV text. */
export interface CsvRecord {
  /** Line on which it begins, from 1. */
  readonly line: number
  /** Its fields, unquoted; empty where `problem` says why it cannot be read. */
  readonly fields: readonly string[]
  /** Why it is malformed, or nothing. */
  readonly problem: string
  /** The beginning of its text, for a list of what was rejected. */
  readonly text: string
}

/** Longest field, in characters. A stray quote then costs a bounded search, never the rest of the file. */
export const MAX_FIELD = 65_536
/** Longest record, in characters, and so the most that waits for its end. */
export const MAX_RECORD = 1_048_576
const SHOWN = 200
const QUOTE = '"'

/** What stands at a place of a text. */
export interface FoundRecord extends Omit<CsvRecord, 'line'> {
  /** Whether it is nothing but a line break. */
  readonly isBlank: boolean
  /** Whether its line is too long and does not end in the text: what is left of it is to be passed over. */
  readonly isCut: boolean
  /** Line breaks up to the next record. */
  readonly lines: number
  /** Where the next record begins. */
  readonly next: number
}

/** The record at `start`; `undefined` if text that follows could change the answer, which `isLast` rules out. */
export function recordAt(
  source: string,
  start: number,
  delimiter: string,
  lineEnd: '\n' | '\r',
  isLast: boolean,
): FoundRecord | undefined {
  const found = source.indexOf(lineEnd, start)
  const isCut = found === -1 && !isLast
  const end = found === -1 ? source.length : found
  if (end - start > MAX_RECORD) {
    const text = ownText(source.slice(start, start + SHOWN))
    return foundRecord([], TOO_LONG_RECORD, text, isCut ? 0 : 1, isCut ? end : end + 1, isCut)
  }
  if (isCut) return undefined
  const content = source.slice(start, lineEnd === '\n' && source[end - 1] === '\r' ? end - 1 : end)
  if (content === '') return foundRecord([], '', '', 1, end + 1)
  const text = content.slice(0, SHOWN)
  if (content.includes(QUOTE)) {
    const { fields, problem, lineBreaks, next, isOpen } = quotedRecord(source, start, delimiter, lineEnd)
    if (isOpen && !isLast) return undefined
    return foundRecord(fields, problem, text, 1 + lineBreaks, problem === '' ? next : end + 1)
  }
  if (content.length > MAX_FIELD && longestField(content, delimiter) > MAX_FIELD) {
    return foundRecord([], TOO_LONG, text, 1, end + 1)
  }
  return foundRecord(content.split(delimiter), '', text, 1, end + 1)
}

function foundRecord(
  fields: readonly string[],
  problem: string,
  text: string,
  lines: number,
  next: number,
  isCut = false,
): FoundRecord {
  return { fields, problem, text, isBlank: problem === '' && fields.length === 0, isCut, lines, next }
}

const TOO_LONG = `a field is longer than ${MAX_FIELD} characters`
const TOO_LONG_RECORD = `a record is longer than ${MAX_RECORD} characters`

interface QuotedRecord {
  readonly fields: readonly string[]
  readonly problem: string
  /** Line breaks inside its fields. */
  readonly lineBreaks: number
  /** Where the next record begins. */
  readonly next: number
  /** Whether more text could change the answer. */
  readonly isOpen: boolean
}

/** Reads the record at `start` field by field. */
function quotedRecord(source: string, start: number, delimiter: string, lineEnd: string): QuotedRecord {
  const fields: string[] = []
  let lineBreaks = 0
  let at = start
  for (;;) {
    if (at - start > MAX_RECORD) return malformed(TOO_LONG_RECORD)
    if (source[at] === QUOTE) {
      const close = closingQuote(source, at + 1)
      if (close === -1) return malformed('a quote is opened and not closed', source.length - at <= MAX_FIELD + 1)
      const raw = source.slice(at + 1, close)
      for (let i = raw.indexOf(lineEnd); i !== -1; i = raw.indexOf(lineEnd, i + 1)) lineBreaks++
      fields.push(raw.replaceAll('""', QUOTE))
      at = close + 1
      const isCut = at === source.length || (source[at] === '\r' && at + 1 === source.length)
      if (source[at] !== delimiter && lineEndLength(source, at, lineEnd) === 0) {
        return malformed('text follows a closing quote', isCut)
      }
    } else {
      const field = plainField(source, at, delimiter, lineEnd)
      const isCut = at + field.length === source.length
      if (field.length > MAX_FIELD) return malformed(TOO_LONG, isCut)
      if (field.includes(QUOTE)) return malformed('a quote stands inside a field that is not quoted')
      fields.push(field)
      at += field.length
      if (isCut) break
    }
    if (source[at] !== delimiter) break
    at++
  }
  const length = lineEndLength(source, at, lineEnd)
  // At the very end the record is whole only if nothing follows; a CR there may be half of a CRLF.
  const isOpen = at + length >= source.length && source[at + length - 1] !== lineEnd
  return { fields, problem: '', lineBreaks, next: at + length, isOpen }
}

function malformed(problem: string, isOpen = false): QuotedRecord {
  return { fields: [], problem, lineBreaks: 0, next: 0, isOpen }
}

/** Characters of the line break at a place: 1, 2 for CRLF, 1 for the end of the text, 0 if there is none. */
function lineEndLength(source: string, at: number, lineEnd: string): number {
  if (at >= source.length || source[at] === lineEnd) return 1
  return lineEnd === '\n' && source[at] === '\r' && source[at + 1] === '\n' ? 2 : 0
}

/** Place of the quote that closes a field, doubled ones passed over; -1 if there is none within `MAX_FIELD`. */
function closingQuote(source: string, from: number): number {
  for (let at = source.indexOf(QUOTE, from); at !== -1 && at - from <= MAX_FIELD; at = source.indexOf(QUOTE, at + 2)) {
    if (source[at + 1] !== QUOTE) return at
  }
  return -1
}

/** The text up to the next delimiter or end of line, or a little more than a field may have. */
function plainField(source: string, from: number, delimiter: string, lineEnd: string): string {
  const limit = Math.min(source.length, from + MAX_FIELD + 1)
  let end = from
  while (end < limit && source[end] !== delimiter && source[end] !== lineEnd) end++
  if (lineEnd === '\n' && source[end] === '\n' && source[end - 1] === '\r' && end > from) end--
  return source.slice(from, end)
}

function longestField(content: string, delimiter: string): number {
  return content.split(delimiter).reduce((longest, field) => Math.max(longest, field.length), 0)
}
