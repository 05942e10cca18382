/** Words of a packed text: 12 characters of ASCII, four to a word, filled up with zeros. */
export const KEY_WORDS = 3

/** Words of a slot: a key and its code plus 1, or zeros. Four, so that a slot lies in one line of memory. */
export const SLOT_WORDS = 4

/** Most slots that may be looked at for one text. Texts by chance need far fewer; texts made to collide need more. */
export const FARTHEST = 512

/**
 * Numbers packed texts by probing: a text that is new gets the next code. Ends early at a text that is not packed, whose
 * third word is negative, and at one that finds no slot within reach. Returns the row at which it ended. Rows are
 * counted from the start of the keys; at least `to - from` slots are free.
 */
export function packedCodesInto(
  keys: Int32Array, //   in      KEY_WORDS a row
  from: number, //       in      first row
  to: number, //         in      end of rows
  slots: Int32Array, //  in, out SLOT_WORDS a slot; a power of two of slots
  codes: Uint32Array, // out     code of each row, from `start` on
  start: number, //      in      place of row 0 in `codes`
  next: number, //       in      code of the next new text
  fresh: Uint32Array, // out     rows of new texts
  count: Uint32Array, // out     1: how many are new
): number {
  const mask = slots.length - 1
  const shift = Math.clz32(mask) + 2
  let added = 0
  let row = from
  for (; row < to; row++) {
    const a = keys[KEY_WORDS * row]!
    const b = keys[KEY_WORDS * row + 1]!
    const c = keys[KEY_WORDS * row + 2]!
    if (c < 0) break
    let at = (hashOf(a, b, c) >>> shift) * SLOT_WORDS
    let steps = 0
    while (slots[at + 3] !== 0 && (slots[at] !== a || slots[at + 1] !== b || slots[at + 2] !== c)) {
      if (++steps === FARTHEST) break
      at = (at + SLOT_WORDS) & mask
    }
    if (steps === FARTHEST) break
    if (slots[at + 3] === 0) {
      slots[at] = a
      slots[at + 1] = b
      slots[at + 2] = c
      slots[at + 3] = next + added + 1
      fresh[added++] = row
    }
    codes[start + row] = slots[at + 3]! - 1
  }
  count[0] = added
  return row
}

/** Puts all texts of some slots into others, which are empty and more. Returns whether each found one within reach. */
export function rehashPackedInto(
  old: Int32Array, //   in   SLOT_WORDS a slot
  slots: Int32Array, // out  SLOT_WORDS a slot; a power of two of slots
): boolean {
  const mask = slots.length - 1
  const shift = Math.clz32(mask) + 2
  for (let from = 0; from < old.length; from += SLOT_WORDS) {
    if (old[from + 3] === 0) continue
    const a = old[from]!
    const b = old[from + 1]!
    const c = old[from + 2]!
    let at = (hashOf(a, b, c) >>> shift) * SLOT_WORDS
    let steps = 0
    while (slots[at + 3] !== 0) {
      if (++steps === FARTHEST) return false
      at = (at + SLOT_WORDS) & mask
    }
    slots[at] = a
    slots[at + 1] = b
    slots[at + 2] = c
    slots[at + 3] = old[from + 3]!
  }
  return true
}

/** Each word is multiplied by an odd number and its high bits folded onto the low, as MurmurHash3 does at its end. */
function hashOf(a: number, b: number, c: number): number {
  let h = Math.imul(a, 0x9e3779b1)
  h = Math.imul(h ^ (h >>> 15) ^ b, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13) ^ c, 0xc2b2ae35)
  return Math.imul(h ^ (h >>> 16), 0x9e3779b1)
}
