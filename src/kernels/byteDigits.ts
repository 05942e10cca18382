const HIGHS = 0x80808080 | 0
/** Four times the digit 0. */
export const ZEROS = 0x30303030

/** The number of four digits of text, the first in the lowest byte of a word; -1 if they are none. */
export function fourDigits(word: number): number {
  return fourFigures((word - ZEROS) | 0)
}

/** The number of four figures from 0 to 9, the first in the lowest byte of a word; -1 if they are none. */
export function fourFigures(figures: number): number {
  // Whatever is not from 0 to 9 has its highest bit, or gets it when 118 is added.
  if (((figures | (figures + 0x76767676)) & HIGHS) !== 0) return -1
  // Ten times each figure and the next one: in the first and third byte, the two pairs.
  const pairs = Math.imul(figures, 10) + (figures >>> 8)
  return 100 * (pairs & 0xff) + ((pairs >>> 16) & 0xff)
}
