import { ClienteleError } from '../core/errors.ts'
import { hashOfUnits, isSameUnits, type Units } from '../kernels/unitHash.ts'

/**
 * Texts numbered in the order of their first appearance, kept in flat memory that no garbage collector walks: some 20
 * bytes each and their letters. As many as fit 2^32 letters, unlike a `Map`, which throws past 2^24 keys.
 */
export interface TextCodes {
  /** How many texts there are. */
  size: number
  /** The letters of text `code` are `units[starts[code]]` up to `units[starts[code + 1] - 1]`. */
  starts: Uint32Array
  /** UTF-16 units, which keep halves of surrogate pairs; in bytes while all of them fit. */
  units: Units
  /**
   * Pairs: a hash and code + 1 of the text that has it, or zeros. A text stands where its hash leads or behind; the hash
   * beside it spares a look at the letters of others. A power of two of pairs, `FULLEST` of them taken at most.
   */
  slots: Uint32Array
  /** Code + 1 of a small whole number that was asked for, or 0: a way round its digits. */
  numbers: Uint32Array
}

const MOST_UNITS = 2 ** 32 - 1

/** Small whole numbers a text at most. */
const SPARSEST = 2

/** Share of the slots that may be taken: neighbours lie in one line of memory, so that some steps cost little. */
const FULLEST = 3 / 4

/** No texts. */
export function textCodes(): TextCodes {
  return {
    size: 0,
    starts: new Uint32Array(64),
    units: new Uint8Array(512),
    slots: new Uint32Array(2 * 128),
    numbers: new Uint32Array(64),
  }
}

/** The number of a text; a new text gets the next one. */
export function codeOf(texts: TextCodes, text: string): number {
  // Written behind the others already: if the text is new, it is there.
  return codeOfLast(texts, writeText(texts, texts.starts[texts.size]!, text))
}

/** The number of the text `${integer} ${text}`, which is not made. */
export function codeOfPair(texts: TextCodes, integer: number, text: string): number {
  const start = texts.starts[texts.size]!
  const digits = writeInteger(texts, start, integer)
  texts.units[start + digits] = 32
  return codeOfLast(texts, digits + 1 + writeText(texts, start + digits + 1, text))
}

/** The number of the text of an id. Whole numbers are written as digits without making a text of them. */
export function codeOfId(texts: TextCodes, id: string | number | bigint): number {
  if (typeof id !== 'number') return codeOf(texts, String(id))
  const known = texts.numbers[id]
  if (known !== undefined && known > 0) return known - 1
  const code = codeOfLast(texts, writeInteger(texts, texts.starts[texts.size]!, id))
  const { length } = texts.numbers
  // As long as ids lie close together, so that this takes little beside the texts.
  let room = length
  while (room <= id && 2 * room <= SPARSEST * texts.size) room *= 2
  if (room > length) texts.numbers = longer(texts.numbers, new Uint32Array(room))
  if (id >= 0) texts.numbers[id] = code + 1
  return code
}

/** Text number `code`. */
export function textAt({ starts, units }: TextCodes, code: number): string {
  return textOf(units, starts[code]!, starts[code + 1]!)
}

/** Units that one call of `fromCharCode` takes as arguments without running out of stack. */
const UNITS_A_CALL = 4096

/** The text of some units. */
export function textOf(units: Units, start: number, end: number): string {
  let text = ''
  for (let at = start; at < end; at += UNITS_A_CALL) {
    text += String.fromCharCode.apply(null, units.subarray(at, Math.min(at + UNITS_A_CALL, end)) as never)
  }
  return text
}

/** Forgets texts. Returns the new number of each that is kept; they stay in their order. */
export function keepTexts(texts: TextCodes, isKept: Uint8Array): Uint32Array {
  const { starts, units, slots } = texts
  const codes = new Uint32Array(texts.size)
  let size = 0
  let to = 0
  for (let code = 0; code < texts.size; code++) {
    if (isKept[code] === 0) continue
    const start = starts[code]!
    const end = starts[code + 1]!
    units.copyWithin(to, start, end)
    starts[size] = to
    to += end - start
    codes[code] = size++
  }
  starts[size] = to
  texts.size = size
  slots.fill(0)
  texts.numbers.fill(0)
  for (let code = 0; code < size; code++) {
    placeCode(slots, hashOfUnits(units, starts[code]!, starts[code + 1]! - starts[code]!), code)
  }
  return codes
}

/** Writes a text from `start` on; returns how many units it has. */
function writeText(texts: TextCodes, start: number, text: string): number {
  const { length } = text
  makeRoom(texts, start + length)
  let { units } = texts
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i)
    if (unit > 255 && units.BYTES_PER_ELEMENT === 1) {
      units = new Uint16Array(units.length)
      units.set(texts.units)
      texts.units = units
    }
    units[start + i] = unit
  }
  return length
}

/** Writes the digits of a safe integer from `start` on, and leaves room for one unit more; returns how many there are. */
function writeInteger(texts: TextCodes, start: number, integer: number): number {
  makeRoom(texts, start + 20)
  const { units } = texts
  let rest = Math.abs(integer)
  let digits = integer < 0 ? 2 : 1
  for (let bound = 10; rest >= bound; bound *= 10) digits++
  let at = start + digits
  while (rest > 0xffffffff) {
    const tenth = Math.floor(rest / 10)
    units[--at] = 48 + (rest - 10 * tenth)
    rest = tenth
  }
  do {
    const tenth = ((rest >>> 0) / 10) >>> 0
    units[--at] = 48 + (rest - 10 * tenth)
    rest = tenth
  } while (rest > 0)
  if (integer < 0) units[start] = 45
  return digits
}

/** The number of the text of `length` units that stands behind all others: that of one of them, or a new one. */
function codeOfLast(texts: TextCodes, length: number): number {
  const { starts, units, slots, size } = texts
  const start = starts[size]!
  const hash = hashOfUnits(units, start, length)
  const mask = slots.length - 1
  let at = (2 * hash) & mask
  for (let code = slots[at + 1]!; code !== 0; code = slots[at + 1]!) {
    if (slots[at] === hash && isSameUnits(units, starts[code - 1]!, starts[code]!, start, length)) return code - 1
    at = (at + 2) & mask
  }
  slots[at] = hash
  slots[at + 1] = size + 1
  texts.size = size + 1
  if (2 * texts.size > FULLEST * slots.length) texts.slots = largerSlots(slots)
  if (size + 2 > starts.length) texts.starts = longer(starts, new Uint32Array(roomFor(size + 2)))
  texts.starts[size + 1] = start + length
  return size
}

function largerSlots(slots: Uint32Array): Uint32Array {
  const larger = new Uint32Array(2 * slots.length)
  for (let at = 0; at < slots.length; at += 2) {
    if (slots[at + 1] !== 0) placeCode(larger, slots[at]!, slots[at + 1]! - 1)
  }
  return larger
}

/** Puts a text that is not there into the slots. */
function placeCode(slots: Uint32Array, hash: number, code: number): void {
  const mask = slots.length - 1
  let at = (2 * hash) & mask
  while (slots[at + 1] !== 0) at = (at + 2) & mask
  slots[at] = hash
  slots[at + 1] = code + 1
}

function makeRoom(texts: TextCodes, units: number): void {
  if (units <= texts.units.length) return
  if (units > MOST_UNITS) {
    throw new ClienteleError('BAD_EVENT', `ids and orders have more than ${MOST_UNITS} letters together`)
  }
  const isNarrow = texts.units.BYTES_PER_ELEMENT === 1
  const room = Math.min(roomFor(units), MOST_UNITS)
  texts.units = longer(texts.units, isNarrow ? new Uint8Array(room) : new Uint16Array(room))
}

/** Room to grow by a quarter: growing by doubling would hold twice of what is needed. */
function roomFor(length: number): number {
  return Math.ceil(length * 1.25)
}

function longer<A extends Uint8Array | Uint16Array | Uint32Array>(from: A, to: A): A {
  to.set(from)
  return to
}
