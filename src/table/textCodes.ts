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
  hashes: Uint32Array
  /** Code + 1 of the text whose hash leads there, or 0; a power of two, at most half of them taken. */
  slots: Uint32Array
  /** Code + 1 of a small whole number that was asked for, or 0: a way round its digits. */
  numbers: Uint32Array
}

const MOST_UNITS = 2 ** 32 - 1

/** Small whole numbers a text at most. */
const SPARSEST = 2

/** No texts. */
export function textCodes(): TextCodes {
  return {
    size: 0,
    starts: new Uint32Array(64),
    units: new Uint8Array(512),
    hashes: new Uint32Array(64),
    slots: new Uint32Array(128),
    numbers: new Uint32Array(64),
  }
}

/** The number of a text; a new text gets the next one. */
export function codeOf(texts: TextCodes, text: string): number {
  const { length } = text
  const start = texts.starts[texts.size]!
  makeRoom(texts, start + length)
  // Written behind the others already: if the text is new, it is there.
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
  return codeOfLast(texts, length)
}

/** The number of the text of an id. Whole numbers are written as digits without making a text of them. */
export function codeOfId(texts: TextCodes, id: string | number | bigint): number {
  if (typeof id !== 'number') return codeOf(texts, String(id))
  const known = texts.numbers[id]
  if (known !== undefined && known > 0) return known - 1
  const code = codeOfInteger(texts, id)
  const { length } = texts.numbers
  // As long as ids lie close together, so that this takes little beside the texts.
  let room = length
  while (room <= id && 2 * room <= SPARSEST * texts.size) room *= 2
  if (room > length) texts.numbers = longer(texts.numbers, new Uint32Array(room))
  if (id >= 0) texts.numbers[id] = code + 1
  return code
}

/** The number of the text of a safe integer. */
function codeOfInteger(texts: TextCodes, integer: number): number {
  const start = texts.starts[texts.size]!
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
  return codeOfLast(texts, digits)
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
  const { starts, units, hashes, slots } = texts
  const codes = new Uint32Array(texts.size)
  let size = 0
  let to = 0
  for (let code = 0; code < texts.size; code++) {
    if (isKept[code] === 0) continue
    const start = starts[code]!
    const end = starts[code + 1]!
    units.copyWithin(to, start, end)
    starts[size] = to
    hashes[size] = hashes[code]!
    to += end - start
    codes[code] = size++
  }
  starts[size] = to
  texts.size = size
  slots.fill(0)
  texts.numbers.fill(0)
  for (let code = 0; code < size; code++) slots[freeSlot(slots, hashes[code]!)] = code + 1
  return codes
}

/** The number of the text of `length` units that stands behind all others: that of one of them, or a new one. */
function codeOfLast(texts: TextCodes, length: number): number {
  const { starts, units, hashes, size } = texts
  let { slots } = texts
  const start = starts[size]!
  const hash = hashOfUnits(units, start, length)
  let slot = hash & (slots.length - 1)
  for (let code = slots[slot]!; code !== 0; code = slots[slot]!) {
    if (hashes[code - 1] === hash && isSameUnits(units, starts[code - 1]!, starts[code]!, start, length))
      return code - 1
    slot = (slot + 1) & (slots.length - 1)
  }
  hashes[size] = hash
  slots[slot] = size + 1
  texts.size = size + 1
  if (2 * texts.size > slots.length) {
    slots = new Uint32Array(2 * slots.length)
    for (let code = 0; code <= size; code++) slots[freeSlot(slots, hashes[code]!)] = code + 1
    texts.slots = slots
  }
  if (size + 2 > starts.length) {
    texts.starts = longer(starts, new Uint32Array(roomFor(size + 2)))
    texts.hashes = longer(hashes, new Uint32Array(roomFor(size + 2)))
  }
  texts.starts[size + 1] = start + length
  return size
}

function freeSlot(slots: Uint32Array, hash: number): number {
  let slot = hash & (slots.length - 1)
  while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1)
  return slot
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
