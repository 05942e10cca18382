import { KEY_WORDS } from '../kernels/packedTexts.ts'

/** What stands in the place of a key's third word if its text cannot be packed. */
const NOT_PACKED = -1

/** Characters of a word, and most characters of a text that is packed. */
const WORD = 4
const LONGEST = 12

/**
 * Packs short texts into keys of numbers, by which they are found without being hashed or compared by the runtime. Ends
 * at the first value that is no text with a character, and returns its place, or `end`.
 */
export function packTextsInto(texts: ArrayLike<unknown>, start: number, end: number, keys: Int32Array): number {
  for (let i = start; i < end; i++) {
    const text = texts[i]
    if (typeof text !== 'string' || text === '') return i
    packTextInto(text, keys, KEY_WORDS * (i - start))
  }
  return end
}

/**
 * Packs a text of 1 to 12 characters of ASCII; marks any other as not packed. No two texts have the same key: the words
 * of a text may overlap, so that they are read without a loop, and bits that ASCII leaves free hold its length.
 */
export function packTextInto(text: string, keys: Int32Array, at: number): void {
  const { length } = text
  keys[at + 2] = NOT_PACKED
  if (length === 0 || length > LONGEST) return
  const a = length < WORD ? wordOfFew(text, length) : wordOf(text, 0)
  const b = length <= WORD ? 0 : wordOf(text, length < 2 * WORD ? length - WORD : WORD)
  const c = length <= 2 * WORD ? 0 : wordOf(text, length - WORD)
  if ((a | b | c) < 0) return
  keys[at] = a
  keys[at + 1] = b | ((length & 8) << 4)
  keys[at + 2] = c | ((length & 4) << 21) | ((length & 2) << 14) | ((length & 1) << 7)
}

/** Whether the text of a row was packed. */
export function isPacked(keys: Int32Array, row: number): boolean {
  return keys[KEY_WORDS * row + 2] !== NOT_PACKED
}

/** Four characters in a number, the first one lowest; -1 if one of them is not ASCII. */
function wordOf(text: string, start: number): number {
  const first = text.charCodeAt(start)
  const second = text.charCodeAt(start + 1)
  const third = text.charCodeAt(start + 2)
  const fourth = text.charCodeAt(start + 3)
  const isAscii = (first | second | third | fourth) < 128
  return isAscii ? first | (second << 8) | (third << 16) | (fourth << 24) : -1
}

/** The characters of a text of fewer than four. */
function wordOfFew(text: string, length: number): number {
  const first = text.charCodeAt(0)
  const second = length > 1 ? text.charCodeAt(1) : 0
  const third = length > 2 ? text.charCodeAt(2) : 0
  return (first | second | third) < 128 ? first | (second << 8) | (third << 16) : -1
}
