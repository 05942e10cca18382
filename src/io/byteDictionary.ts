import {
  appendId,
  type ByteIdSlots,
  byteCodesInto,
  codeOfBytes,
  NO_ROOM,
  placeId,
  TOO_CROWDED,
} from '../kernels/byteIds.ts'
import type { Dictionary } from '../table/dictionary.ts'

/**
 * Ids numbered in the order of their first appearance, which are looked up by their bytes: a text is made of each once,
 * when somebody asks for the names.
 */
export interface ByteDictionary extends Dictionary {
  /** Writes the codes of the ids from row `start` up to `end`, as `byteCodesInto`; all of them get one. */
  codesOfBytesInto(
    bytes: Uint8Array,
    bounds: Int32Array,
    start: number,
    end: number,
    base: number,
    codes: Uint32Array,
  ): void
  /** Whether it holds so many ids, or such long ones, that another one should be begun. */
  isLarge(): boolean
}

const FIRST_IDS = 2 ** 10
const FIRST_BYTES = 2 ** 14
/** Slots an id: half of them stay free. */
const SLOTS_AN_ID = 2
const LARGE_IDS = 2 ** 20
const LARGE_BYTES = 2 ** 26

/** An empty dictionary. Ids that were made to collide are kept in a `Map`, whose hash nobody outside knows. */
export function byteDictionary(): ByteDictionary {
  const encoder = new TextEncoder()
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const crowded = new Map<string, number>()
  const names: string[] = []
  let ids = emptySlots(FIRST_IDS, FIRST_BYTES)
  const scratch = new Uint8Array(192)
  /** The bytes of a text; valid until the next one. */
  const bytesOf = (text: string): Uint8Array => {
    if (3 * text.length > scratch.length) return encoder.encode(text)
    return scratch.subarray(0, encoder.encodeInto(text, scratch).written)
  }

  function makeRoom(bytes = 0): void {
    const { ends, arena, count, keys } = ids
    const size = count[0]!
    const used = ends[size]!
    const isFull = size + 1 >= ends.length
    ids = emptySlots(isFull ? 2 * size : ends.length - 1, isFull ? arena.length : 2 * arena.length + bytes)
    ids.ends.set(ends.subarray(0, size + 1))
    ids.arena.set(arena.subarray(0, used))
    ids.keys.set(keys.subarray(0, 3 * size))
    ids.count[0] = size
    crowded.clear()
    for (let code = 0; code < size; code++) if (!placeId(code, ids)) crowded.set(nameOf(code), code)
  }

  function codeOfAny(bytes: Uint8Array): number {
    const code = codeOfBytes(bytes, 0, bytes.length, ids)
    if (code === TOO_CROWDED) return codeOfCrowded(bytes)
    if (code !== NO_ROOM) return code
    makeRoom(bytes.length)
    return codeOfAny(bytes)
  }

  function codeOfCrowded(bytes: Uint8Array): number {
    const text = decoder.decode(bytes)
    const known = crowded.get(text)
    if (known !== undefined) return known
    const code = appendId(bytes, 0, bytes.length, ids)
    if (code === NO_ROOM) {
      makeRoom(bytes.length)
      return codeOfAny(bytes) // for which there may be a free slot now
    }
    crowded.set(text, code)
    return code
  }

  function nameOf(code: number): string {
    return decoder.decode(ids.arena.subarray(ids.ends[code]!, ids.ends[code + 1]!))
  }

  /** The texts since the last time. ASCII is decoded in one piece and cut, which is several times as fast. */
  function addNames(): void {
    const { ends, arena } = ids
    const size = ids.count[0]!
    const start = ends[names.length]!
    const text = decoder.decode(arena.subarray(start, ends[size]!))
    const isAscii = text.length === ends[size]! - start
    while (names.length < size) {
      const code = names.length
      names.push(isAscii ? text.slice(ends[code]! - start, ends[code + 1]! - start) : nameOf(code))
    }
  }

  return {
    codesOfBytesInto(bytes, bounds, start, end, base, codes) {
      for (let row = start; row < end; row++) {
        row = byteCodesInto(bytes, bounds, row, end, base, ids, codes)
        if (row < end) codes[row] = codeOfAny(bytes.subarray(bounds[2 * row]!, bounds[2 * row + 1]!)) + base
      }
    },
    codeOf: (text) => codeOfAny(bytesOf(text)),
    codesInto(texts, codes) {
      for (let i = 0; i < texts.length; i++) {
        const text = texts[i]
        if (typeof text !== 'string' || text === '') return i
        codes[i] = codeOfAny(bytesOf(text))
      }
      return texts.length
    },
    size: () => ids.count[0]!,
    names() {
      if (names.length < ids.count[0]!) addNames()
      return names
    },
    isLarge: () => ids.count[0]! >= LARGE_IDS || ids.ends[ids.count[0]!]! >= LARGE_BYTES,
  }
}

function emptySlots(room: number, bytes: number): ByteIdSlots {
  return {
    slots: new Uint32Array(SLOTS_AN_ID * room),
    keys: new Int32Array(3 * room),
    arena: new Uint8Array(bytes),
    ends: new Uint32Array(room + 1),
    count: new Uint32Array(1),
    words: new Int32Array(3),
  }
}
