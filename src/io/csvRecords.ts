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
const MAX_FIELD = 65_536
const SHOWN = 200
const QUOTE = '"'

/**
 * Reads CSV as RFC 4180 has it, record by record: quoted fields with doubled quotes, line breaks inside quotes, LF, CRLF
 * or CR, a byte order mark. Blank lines are passed over. A malformed record costs its own line and no other: reading
 * goes on with the next one, even where a quote is opened and never closed.
 *
 * Linear in the text; lines without a quote are split at the speed of the engine.
 */
export function* csvRecords(text: string, delimiter: string): Generator<CsvRecord, void, void> {
  const source = text.includes('\n') ? text : text.replaceAll('\r', '\n')
  let start = source.charCodeAt(0) === 0xfeff ? 1 : 0
  for (let line = 1; start < source.length; line++) {
    let end = source.indexOf('\n', start)
    if (end === -1) end = source.length
    const content = source.slice(start, source[end - 1] === '\r' ? end - 1 : end)
    const shown = content.slice(0, SHOWN)
    if (content.length > MAX_FIELD && longestField(content, delimiter) > MAX_FIELD) {
      yield { line, fields: [], problem: `a field is longer than ${MAX_FIELD} characters`, text: shown }
      start = end + 1
    } else if (!content.includes(QUOTE)) {
      if (content !== '') yield { line, fields: content.split(delimiter), problem: '', text: shown }
      start = end + 1
    } else {
      const quoted = quotedRecord(source, start, delimiter)
      yield { line, fields: quoted.fields, problem: quoted.problem, text: shown }
      if (quoted.problem !== '') {
        start = end + 1
        continue
      }
      line += quoted.lineBreaks
      start = quoted.next
    }
  }
}

interface QuotedRecord {
  readonly fields: readonly string[]
  readonly problem: string
  /** Line breaks inside its fields. */
  readonly lineBreaks: number
  /** Where the next record begins. */
  readonly next: number
}

/** Reads the record at `start` field by field. */
function quotedRecord(source: string, start: number, delimiter: string): QuotedRecord {
  const fields: string[] = []
  let lineBreaks = 0
  let at = start
  for (;;) {
    if (source[at] === QUOTE) {
      const close = closingQuote(source, at + 1)
      if (close === -1) return malformed('a quote is opened and not closed')
      const raw = source.slice(at + 1, close)
      for (let i = raw.indexOf('\n'); i !== -1; i = raw.indexOf('\n', i + 1)) lineBreaks++
      fields.push(raw.replaceAll('""', QUOTE))
      at = close + 1
      const after = source[at]
      const isEnd = after === undefined || after === '\n' || (after === '\r' && source[at + 1] === '\n')
      if (!isEnd && after !== delimiter) return malformed('text follows a closing quote')
    } else {
      const field = plainField(source, at, delimiter)
      if (field.includes(QUOTE)) return malformed('a quote stands inside a field that is not quoted')
      fields.push(field)
      at += field.length
    }
    if (source[at] === delimiter) {
      at++
      continue
    }
    const next = source[at] === '\r' ? at + 2 : at + 1
    return { fields, problem: '', lineBreaks, next }
  }
}

function malformed(problem: string): QuotedRecord {
  return { fields: [], problem, lineBreaks: 0, next: 0 }
}

/** Place of the quote that closes a field, doubled ones passed over; -1 if there is none within `MAX_FIELD`. */
function closingQuote(source: string, from: number): number {
  for (let at = source.indexOf(QUOTE, from); at !== -1 && at - from <= MAX_FIELD; at = source.indexOf(QUOTE, at + 2)) {
    if (source[at + 1] !== QUOTE) return at
  }
  return -1
}

/** The text up to the next delimiter or end of line. */
function plainField(source: string, from: number, delimiter: string): string {
  let end = from
  while (end < source.length && source[end] !== delimiter && source[end] !== '\n') end++
  if (source[end] === '\n' && source[end - 1] === '\r' && end > from) end--
  return source.slice(from, end)
}

function longestField(content: string, delimiter: string): number {
  return content.split(delimiter).reduce((longest, field) => Math.max(longest, field.length), 0)
}
