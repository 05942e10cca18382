import { utf8End } from '../kernels/byteText.ts'
import type { CsvContext } from './csvContext.ts'
import { type FoundRecord, MAX_RECORD, recordAt } from './csvRecords.ts'
import { notUtf8 } from './textPieces.ts'

const LF = 10
/** More bytes than this are more characters than a record may have. */
const MAX_BYTES = 3 * (MAX_RECORD + 2)

/** A record among bytes, and where the next one begins. */
export interface LongRecord {
  readonly found: FoundRecord
  readonly next: number
}

/** Some lines of bytes, to be read as text. */
export interface ByteLines {
  readonly bytes: Uint8Array
  /** Whether these are the last bytes of the source. */
  readonly isLast: boolean
  /** Place of the first byte in the source. */
  readonly start: number
}

/**
 * The record that begins at byte `at` of a file whose lines end in LF, read as text; `undefined` if more bytes could
 * change it. No more lines are made texts than it takes, twice as many each time.
 *
 * @throws {ClienteleError} `BAD_FILE` if it is not UTF-8
 */
export function longRecord(
  lines: ByteLines,
  at: number,
  delimiter: string,
  context: CsvContext,
): LongRecord | undefined {
  const end = lines.bytes.length
  let stop = lineStop(lines.bytes, at)
  if (lines.bytes[stop - 1] !== LF && !lines.isLast && end - at <= MAX_BYTES) return undefined
  for (;;) {
    const isWhole = lines.isLast && stop === end
    const text = textOf(lines, at, stop, context)
    const found = recordAt(text, 0, delimiter, '\n', isWhole)
    if (found !== undefined) return { found, next: Math.min(end, at + byteLength(text, found.next, stop - at)) }
    if (stop === end) return undefined
    stop = lineStop(lines.bytes, Math.min(end, at + 2 * (stop - at)))
  }
}

/** The bytes from `from` to `to` as text; a character that is cut off at the end of unfinished bytes is left out. */
export function textOf(lines: ByteLines, from: number, to: number, { caller, name }: CsvContext): string {
  const { bytes, isLast, start } = lines
  const isCut = !isLast && to === bytes.length && bytes[to - 1] !== LF
  const bad = utf8End(bytes, from, to)
  // At most the bytes of one character are missing.
  if (bad < to && !(isCut && to - bad < 4)) throw notUtf8(caller, name, `byte ${start + bad}`)
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(from, bad))
}

/** The end of the line in which byte `at` stands, its line break included; the end of the bytes if there is none. */
export function lineStop(bytes: Uint8Array, at: number): number {
  const found = bytes.indexOf(LF, at)
  return found === -1 ? bytes.length : found + 1
}

/** How many bytes the first `length` characters of a text have, that has `bytes` in all. */
export function byteLength(text: string, length: number, bytes: number): number {
  return text.length === bytes ? length : new TextEncoder().encode(text.slice(0, length)).length
}
