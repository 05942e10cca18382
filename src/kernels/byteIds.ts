import { BYTES_BEYOND } from './csvMarks.ts'

/**
 * Ids as they stand in a file, numbered in the order of their first appearance. All arrays belong to the caller.
 *
 * Memory that a processor has to wait for is what a look-up costs. So a slot is one number, and what tells ids apart
 * stands in the order of their first appearance, where those that come often are neighbours.
 */
export interface ByteIdSlots {
  /** A power of two: the code of an id plus 1 with some bits of its hash above it, or 0 if the slot is free. */
  readonly slots: Uint32Array
  /** Three words that stand for each id. An id of up to 11 bytes is all in them. */
  readonly keys: Int32Array
  /** The bytes of all ids, one after the other, and room for `BYTES_BEYOND` after the last. */
  readonly arena: Uint8Array
  /** The same, to be read word by word. */
  readonly arenaView: DataView
  /** Where each id ends in the arena, after the id of the code before; `ends[0]` is 0. Room for `ends.length - 1` ids. */
  readonly ends: Uint32Array
  /** 1: how many ids there are. */
  readonly count: Uint32Array
}

/** There is no room for another id: the caller makes some and asks again. */
export const NO_ROOM = -1
/** Too many others stand where this id belongs: the caller has to keep it in another way. */
export const TOO_CROWDED = -2

/** Most ids: their codes plus 1 have 22 bits of a slot. */
export const MOST_IDS: number = 2 ** 22 - 2
const CODE = 2 ** 22 - 1

/** Most slots looked at. Half of all are free, so that only ids made to collide need as many. */
const MOST_PROBES = 64
/** Bytes that fit into the words, beside their number. */
const SHORT = 11
/** The third word of longer ids. */
const LONG = -1

/** The code of an id, which becomes a new one if it was not seen before; `NO_ROOM` or `TOO_CROWDED` otherwise. */
export function codeOfBytes(
  view: DataView, //   in       the bytes, and `BYTES_BEYOND` more
  from: number, //     in       first byte of the id
  to: number, //       in       end
  ids: ByteIdSlots, // in, out
): number {
  const { slots, keys, arenaView, ends, count } = ids
  const mask = slots.length - 1
  const first = firstWord(view, from, to)
  const second = secondWord(view, from, to)
  const third = thirdWord(view, from, to)
  const hash = hashOfWords(first, second, third)
  let slot = hash & mask
  for (let probe = 0; probe < MOST_PROBES; probe++) {
    const taken = slots[slot]!
    if (taken === 0) return addId(view, from, to, slot, hash, ids)
    if ((taken ^ hash) >>> 22 === 0) {
      const code = (taken & CODE) - 1
      if (keys[3 * code] === first && keys[3 * code + 1] === second && keys[3 * code + 2] === third) {
        if (third !== LONG || isSame(view, from, to, arenaView, ends[code]!, ends[code + 1]!)) return code
      }
    }
    slot = (slot + 1) & mask
  }
  return count[0]! + 1 < ends.length ? TOO_CROWDED : NO_ROOM
}

/**
 * The codes of many ids, as `codeOfBytes` has them, plus `base`; 0 for an id of no bytes. Stops at the first one without a
 * code, and returns it, or `end`. A loop of nothing but look-ups waits for several places of memory at once.
 */
export function byteCodesInto(
  view: DataView, //      in       the bytes, and `BYTES_BEYOND` more
  bounds: Int32Array, //  in       two an id: first byte and end
  start: number, //       in       first id
  end: number, //         in
  base: number, //        in
  ids: ByteIdSlots, //    in, out
  codes: Uint32Array, //  out
): number {
  for (let row = start; row < end; row++) {
    const from = bounds[2 * row]!
    const to = bounds[2 * row + 1]!
    const code = from === to ? -base : codeOfBytes(view, from, to, ids)
    if (code < 0 && from !== to) return row
    codes[row] = code + base
  }
  return end
}

/** Puts an id whose key is known into the slots; `false` if there are too many others. */
export function placeId(
  code: number, //     in
  ids: ByteIdSlots, // in, out
): boolean {
  const { slots, keys } = ids
  const mask = slots.length - 1
  const hash = hashOfWords(keys[3 * code]!, keys[3 * code + 1]!, keys[3 * code + 2]!)
  let slot = hash & mask
  for (let probe = 0; probe < MOST_PROBES; probe++) {
    if (slots[slot] === 0) {
      slots[slot] = (hash & ~CODE) | (code + 1)
      return true
    }
    slot = (slot + 1) & mask
  }
  return false
}

/** Appends an id to the arena and the keys, and nothing else; `NO_ROOM` if it does not fit. */
export function appendId(
  view: DataView, //   in       the bytes, and `BYTES_BEYOND` more
  from: number, //     in
  to: number, //       in
  ids: ByteIdSlots, // in, out
): number {
  const { keys, arena, ends, count } = ids
  const code = count[0]!
  const start = ends[code]!
  if (code + 1 >= ends.length || start + to - from + BYTES_BEYOND > arena.length) return NO_ROOM
  for (let i = from; i < to; i++) arena[start + i - from] = view.getUint8(i)
  ends[code + 1] = start + to - from
  keys[3 * code] = firstWord(view, from, to)
  keys[3 * code + 1] = secondWord(view, from, to)
  keys[3 * code + 2] = thirdWord(view, from, to)
  count[0] = code + 1
  return code
}

function addId(view: DataView, from: number, to: number, slot: number, hash: number, ids: ByteIdSlots): number {
  const code = appendId(view, from, to, ids)
  if (code !== NO_ROOM) ids.slots[slot] = (hash & ~CODE) | (code + 1)
  return code
}

function isSame(view: DataView, from: number, to: number, other: DataView, start: number, end: number): boolean {
  if (end - start !== to - from) return false
  const shift = start - from
  for (let i = from; i < to; i += 4) if (wordOf(view, i, to) !== wordOf(other, i + shift, end)) return false
  return true
}

// A short id: its bytes and their number. A long one: two hashes that differ in their beginnings.
function firstWord(view: DataView, from: number, to: number): number {
  return to - from > SHORT ? hashOf(view, from, to, 0x9e3779b1) : wordOf(view, from, to)
}

function secondWord(view: DataView, from: number, to: number): number {
  return to - from > SHORT ? hashOf(view, from, to, 0x7f4a7c15) : wordOf(view, from + 4, to)
}

function thirdWord(view: DataView, from: number, to: number): number {
  return to - from > SHORT ? LONG : wordOf(view, from + 8, to) | ((to - from) << 24)
}

/** The four bytes at a place, or those of them that stand before `to`. */
function wordOf(view: DataView, at: number, to: number): number {
  if (to >= at + 4) return view.getInt32(at, true)
  return to > at ? view.getInt32(at, true) & ((1 << (8 * (to - at))) - 1) : 0
}

/** 32 bits of the words of an id, all of them well mixed: the lower ones choose the slot, the upper ones stand in it. */
function hashOfWords(first: number, second: number, third: number): number {
  let hash = Math.imul(first, 0xcc9e2d51) ^ Math.imul(second, 0x85ebca6b) ^ Math.imul(third, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35)
  return hash ^ (hash >>> 14)
}

/** 32 bits of some bytes, four bytes a step (after Appleby, MurmurHash3). */
function hashOf(view: DataView, from: number, to: number, seed: number): number {
  let hash = seed ^ (to - from)
  for (let at = from; at < to; at += 4) {
    hash = Math.imul(hash ^ Math.imul(wordOf(view, at, to), 0xcc9e2d51), 0x1b873593)
    hash ^= hash >>> 15
  }
  return hash
}
