import { utf8End } from '../kernels/byteText.ts'
import type { CsvContext } from './csvContext.ts'
import { type FoundRecord, MAX_RECORD, recordAt } from './csvRecord.ts'
import { notUtf8 } from './textPieces.ts'

const LF = 10
/** More bytes than this are more characters than a record may have. */
const MAX_BYTES = 3 * (MAX_RECORD + 2)

/** Some lines of bytes, to be read as text. */
export interface ByteLines {
  readonly bytes: Uint8Array
  /** Whether these are the last bytes of the source. */
  readonly isLast: boolean
  /** Place of the first byte in the source. */
  readonly start: number
  /** Of UTF-8 that is well-formed, with its mark; making one takes longer than decoding a line. */
  readonly decoder: TextDecoder
}

/** A part of a file as text: it begins with a record and holds all of it. */
export interface LongRecords {
  readonly first: FoundRecord
  readonly text: string
  /** How many bytes it has. */
  readonly bytes: number
  /** Whether nothing follows in the file. */
  readonly isWhole: boolean
}

/**
 * The lines from byte `at` on as text, in a file whose lines end in LF: at least `size` bytes of them where there are as
 * many, and twice as many each time until they hold a record. `undefined` if more bytes could change the record.
 *
 * @throws {ClienteleError} `BAD_FILE` if it is not UTF-8
 */
export function longRecords(
  lines: ByteLines,
  at: number,
  size: number,
  delimiter: string,
  context: CsvContext,
): LongRecords | undefined {
  const end = lines.bytes.length
  let stop = lastLineStop(lines.bytes, at, size)
  if (lines.bytes[stop - 1] !== LF && !lines.isLast && end - at <= MAX_BYTES) return undefined
  for (;;) {
    const isWhole = lines.isLast && stop === end
    const text = textOf(lines, at, stop, context)
    const first = recordAt(text, 0, delimiter, '\n', isWhole)
    if (first !== undefined) return { first, text, bytes: stop - at, isWhole }
    if (stop === end) return undefined
    stop = lineStop(lines.bytes, Math.min(end, at + 2 * (stop - at)))
  }
}

/** The bytes from `from` to `to` as text; a character that is cut off at the end of unfinished bytes is left out. */
export function textOf(lines: ByteLines, from: number, to: number, { caller, name }: CsvContext): string {
  const { bytes, isLast, start, decoder } = lines
  const isCut = !isLast && to === bytes.length && bytes[to - 1] !== LF
  const bad = utf8End(bytes, from, to)
  // At most the bytes of one character are missing.
  if (bad < to && !(isCut && to - bad < 4)) throw notUtf8(caller, name, `byte ${start + bad}`)
  return decoder.decode(bytes.subarray(from, bad))
}

/** The decoder that `ByteLines` need. */
export function lineDecoder(): TextDecoder {
  return new TextDecoder('utf-8', { ignoreBOM: true })
}

/** The end of the line in which byte `at` stands, its line break included; the end of the bytes if there is none. */
export function lineStop(bytes: Uint8Array, at: number): number {
  const found = bytes.indexOf(LF, at)
  return found === -1 ? bytes.length : found + 1
}

/** The end of the last line that ends within `size` bytes, or of the first one if none does. */
function lastLineStop(bytes: Uint8Array, at: number, size: number): number {
  const found = size === 0 ? -1 : bytes.lastIndexOf(LF, Math.min(at + size, bytes.length) - 1)
  return found >= at ? found + 1 : lineStop(bytes, at)
}

/** How many bytes the first `length` characters of a text have, that has `bytes` in all. */
export function byteLength(text: string, length: number, bytes: number): number {
  return text.length === bytes ? length : new TextEncoder().encode(text.slice(0, length)).length
}
