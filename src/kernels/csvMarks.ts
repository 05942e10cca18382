import { utf8End } from './byteText.ts'

const QUOTE = 34
const LF = 10

/** Bytes that kernels look at beyond those that they read, because they look at words of four. */
export const BYTES_BEYOND = 4

/**
 * Where the bytes stand that part a CSV file: delimiters, quotes, line feeds and NULs. Everything else about its records
 * is told by stepping from one mark to the next, so that no byte of a field is looked at on its own.
 */
export interface CsvMarks {
  /** `MARKS_ROOM`: places of the marks, ascending. */
  readonly places: Int32Array
  /** `MARKS_STATE`. */
  readonly state: Int32Array
}

// What `state` holds.
/** Index of the first mark that is not behind us. */
export const NEXT = 0
/** How many marks there are. */
export const COUNT = 1
/** End of the bytes that are marked. */
export const MARKED = 2
/** End of those that are well-formed UTF-8. */
export const SOUND = 3
export const MARKS_STATE = 4

/** Bytes that are marked at a time: few enough for them and their marks to be in the first cache. */
const WINDOW = 8192
/** Longest record that is read by its marks, in bytes: no limit on records or fields, in characters, is met below it. */
export const MOST_BYTES = 65_536
export const MARKS_ROOM: number = MOST_BYTES + WINDOW

// Four bytes of the same kind as one word.
const ONES = 0x01010101
const QUOTES = QUOTE * ONES
const FEEDS = LF * ONES
const HIGHS = 0x80808080 | 0

/** Marks the next bytes, behind those that are marked. */
export function markBytesInto(
  bytes: Uint8Array, //   in
  view: DataView, //      in       the bytes, and `BYTES_BEYOND` more
  delimiter: number, //   in       one byte of ASCII
  marks: CsvMarks, //     in, out
): void {
  const { places, state } = marks
  const start = state[MARKED]!
  const end = start + WINDOW < bytes.length ? start + WINDOW : bytes.length
  const delimiters = Math.imul(delimiter, ONES)
  const above = ((delimiter > QUOTE ? delimiters : QUOTES) + ONES) | 0
  places.copyWithin(0, state[NEXT]!, state[COUNT])
  let count = state[COUNT]! - state[NEXT]!
  let letters = 0
  let at = start
  while (at < end) {
    const word = view.getInt32(at, true)
    letters |= word
    // Most words hold none of the bytes up to the comma, which takes one look to know.
    if (((word - above) & ~word & HIGHS) === 0) {
      at += 4
      continue
    }
    const found = (zeros(word ^ delimiters) | zeros(word ^ QUOTES) | zeros(word ^ FEEDS) | zeros(word)) & HIGHS
    if (found === 0) {
      at += 4
      continue
    }
    at += firstOf(found)
    places[count++] = at++
  }
  // The last word may reach beyond the end.
  if (count > 0 && places[count - 1]! >= end) count--
  const isAscii = (letters & HIGHS) === 0 && state[SOUND] === start
  state[NEXT] = 0
  state[COUNT] = count
  state[MARKED] = end
  state[SOUND] = isAscii ? end : utf8End(bytes, state[SOUND]!, end)
}

/** Forgets the marks of bytes before `at`, a place to go on from. */
export function passMarks(at: number, marks: CsvMarks): void {
  const { places, state } = marks
  while (state[NEXT]! < state[COUNT]! && places[state[NEXT]!]! < at) state[NEXT]!++
  if (state[MARKED]! < at) state[MARKED] = at
  if (state[SOUND]! < at) state[SOUND] = at
}

/**
 * Marks the bytes of a word that are zero, each with its highest bit. The lowest mark is right; above it, a 1 may be
 * marked too.
 *
 * @see Warren (2012), "Hacker's Delight", section 6-1
 */
function zeros(word: number): number {
  return (word - ONES) & ~word
}

/** Which byte of a word bears the lowest mark. */
function firstOf(found: number): number {
  return 3 - (Math.clz32(found & (0 - found)) >> 3)
}
