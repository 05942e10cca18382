/** Ids as they stand in a file, numbered in the order of their first appearance. All arrays belong to the caller. */
export interface ByteIdSlots {
  /** A power of two of pairs: the hash of an id, and its code plus 1, or 0 if the slot is free. */
  readonly slots: Uint32Array
  /** The bytes of all ids, one after the other. */
  readonly arena: Uint8Array
  /** Where each id ends in the arena, after the id of the code before; `ends[0]` is 0. Room for `ends.length - 1` ids. */
  readonly ends: Uint32Array
  /** 1: how many ids there are. */
  readonly count: Uint32Array
}

/** There is no room for another id: the caller makes some and asks again. */
export const NO_ROOM = -1
/** Too many others stand where this id belongs: the caller has to keep it in another way. */
export const TOO_CROWDED = -2

/** Most slots looked at. Half of all are free, so that only ids made to collide need as many. */
const MOST_PROBES = 64

/** The code of an id, which becomes a new one if it was not seen before; `NO_ROOM` or `TOO_CROWDED` otherwise. */
export function codeOfBytes(
  bytes: Uint8Array,
  from: number, //      in       first byte of the id
  to: number, //        in       end
  ids: ByteIdSlots, //  in, out
): number {
  const { slots, arena, ends, count } = ids
  const mask = slots.length - 2
  const hash = hashOf(bytes, from, to)
  let slot = (hash << 1) & mask
  for (let probe = 0; probe < MOST_PROBES; probe++) {
    const code = slots[slot + 1]! - 1
    if (code < 0) return addId(bytes, from, to, hash, slot, ids)
    if (slots[slot] === hash && isSame(bytes, from, to, arena, ends[code]!, ends[code + 1]!)) return code
    slot = (slot + 2) & mask
  }
  return count[0]! + 1 < ends.length ? TOO_CROWDED : NO_ROOM
}

/** Puts an id that stands in the arena into the slots; `false` if there are too many others. */
export function placeId(
  code: number, //     in
  ids: ByteIdSlots, // in, out
): boolean {
  const { slots, arena, ends } = ids
  const mask = slots.length - 2
  const hash = hashOf(arena, ends[code]!, ends[code + 1]!)
  let slot = (hash << 1) & mask
  for (let probe = 0; probe < MOST_PROBES; probe++) {
    if (slots[slot + 1] === 0) {
      slots[slot] = hash
      slots[slot + 1] = code + 1
      return true
    }
    slot = (slot + 2) & mask
  }
  return false
}

function addId(bytes: Uint8Array, from: number, to: number, hash: number, slot: number, ids: ByteIdSlots): number {
  const { slots, arena, ends, count } = ids
  const code = count[0]!
  const start = ends[code]!
  if (code + 1 >= ends.length || start + to - from > arena.length) return NO_ROOM
  for (let i = from; i < to; i++) arena[start + i - from] = bytes[i]!
  ends[code + 1] = start + to - from
  slots[slot] = hash
  slots[slot + 1] = code + 1
  count[0] = code + 1
  return code
}

function isSame(bytes: Uint8Array, from: number, to: number, arena: Uint8Array, start: number, end: number): boolean {
  if (end - start !== to - from) return false
  const shift = start - from
  for (let i = from; i < to; i++) if (bytes[i] !== arena[i + shift]) return false
  return true
}

/** 32 bits of some bytes, well mixed: four bytes a step, and a final mix (Appleby, MurmurHash3). */
function hashOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = Math.imul(to - from, 0x9e3779b1)
  let at = from
  for (; at + 4 <= to; at += 4) {
    const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    hash = Math.imul(hash ^ Math.imul(word, 0xcc9e2d51), 0x1b873593)
    hash ^= hash >>> 15
  }
  let rest = 0
  for (; at < to; at++) rest = (rest << 8) | bytes[at]!
  hash = Math.imul(hash ^ Math.imul(rest, 0xcc9e2d51), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
