import { type CsvRecord, MAX_RECORD, recordAt } from './csvRecord.ts'

/** Reads a CSV text that comes in pieces, keeping only the record that is not finished. */
export interface CsvScanner {
  /** The records that `piece` completes, of the pieces so far; after the last one all that is left. Drain it. */
  scan(piece: string, isLast: boolean): Generator<CsvRecord, void, void>
}

/** Characters that are collected before they are scanned, so that tiny pieces do not scan a long record once each. */
const MIN_SCAN = 65_536
const QUOTE = '"'

/**
 * Reads CSV as RFC 4180 has it, record by record: quoted fields with doubled quotes, line breaks inside quotes, LF, CRLF
 * or CR (what the first line ends in), a byte order mark. Blank lines are passed over. A malformed record costs its own
 * line and no other: reading goes on with the next one, even where a quote is opened and never closed.
 *
 * Linear in the text; lines without a quote are split at the speed of the engine.
 */
export function csvRecords(text: string, delimiter: string): Generator<CsvRecord, void, void> {
  return csvScanner(delimiter).scan(text, true)
}

/** `csvRecords` for a text in pieces, cut anywhere: the records are those of the whole. */
export function csvScanner(delimiter: string): CsvScanner {
  let held: string[] = []
  let heldLength = 0
  let isStart = true
  let lineEnd: '' | '\n' | '\r' = ''
  let line = 1
  // Inside a line that was refused for its length, of which nothing is kept.
  let isSkipping = false

  function* scan(piece: string, isLast: boolean): Generator<CsvRecord, void, void> {
    held.push(piece)
    heldLength += piece.length
    if (!isLast && heldLength < MIN_SCAN) return
    const source = held.length === 1 ? piece : held.join('')
    let start = 0
    if (isStart && source.length > 0) {
      isStart = false
      if (source.charCodeAt(0) === 0xfeff) start = 1
    }
    if (lineEnd === '') lineEnd = firstLineEnd(source, start, isLast)
    while (lineEnd !== '' && start < source.length) {
      if (isSkipping) {
        const end = source.indexOf(lineEnd, start)
        isSkipping = end === -1
        if (end !== -1) line++
        start = isSkipping ? source.length : end + 1
        continue
      }
      const found = recordAt(source, start, delimiter, lineEnd, isLast)
      if (found === undefined) break
      if (!found.isBlank) yield { line, fields: found.fields, problem: found.problem, text: found.text }
      line += found.lines
      start = found.next
      isSkipping = found.isCut
    }
    held = start < source.length ? [source.slice(start)] : []
    heldLength = 0 // of what waits, none counts: another MIN_SCAN characters come before it is scanned again
  }
  return { scan }
}

/** What the first line ends in, quotes passed over; empty as long as that cannot be known. */
export function firstLineEnd(source: string, from: number, isLast: boolean): '\n' | '\r' | '' {
  let isQuoted = false
  const limit = Math.min(source.length, from + MAX_RECORD)
  for (let at = from; at < limit; at++) {
    const char = source[at]
    if (char === QUOTE) isQuoted = !isQuoted
    if (isQuoted || (char !== '\n' && char !== '\r')) continue
    let next = at
    while (source[next] === '\r' && next < limit) next++
    if (source[next] === '\n') return '\n'
    if (next < source.length || isLast) return '\r'
  }
  return isLast || limit < source.length ? '\n' : ''
}
