import { KEY_WORDS } from '../kernels/packedTexts.ts'

/** What stands in the place of a key's third word if its text cannot be packed. */
const NOT_PACKED = -1

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

/** Packs a text of 1 to 12 characters of ASCII; marks any other as not packed. No two texts have the same key. */
export function packTextInto(text: string, keys: Int32Array, at: number): void {
  const { length } = text
  keys[at + 2] = NOT_PACKED
  // A text that ended with NUL would have the key of the text without it.
  if (length === 0 || length > 12 || text.charCodeAt(length - 1) === 0) return
  const a = wordOf(text, 0, length < 4 ? length : 4)
  const b = wordOf(text, 4, length < 8 ? length : 8)
  const c = wordOf(text, 8, length)
  if ((a | b | c) < 0) return
  keys[at] = a
  keys[at + 1] = b
  keys[at + 2] = c
}

/** Whether the text of a row was packed. */
export function isPacked(keys: Int32Array, row: number): boolean {
  return keys[KEY_WORDS * row + 2] !== NOT_PACKED
}

/** Up to four characters in a number, the first one lowest; -1 if one of them is not ASCII. */
function wordOf(text: string, start: number, end: number): number {
  let word = 0
  let all = 0
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i)
    all |= unit
    word |= unit << (8 * (i - start))
  }
  return all < 128 ? word : -1
}
