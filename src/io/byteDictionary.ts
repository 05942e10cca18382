import {
  appendId,
  type ByteIdSlots,
  byteCodesInto,
  codeOfBytes,
  NO_ROOM,
  placeId,
  TOO_CROWDED,
} from '../kernels/byteIds.ts'
import { BYTES_BEYOND } from '../kernels/csvMarks.ts'
import type { Dictionary } from '../table/dictionary.ts'

/**
 * Ids numbered in the order of their first appearance, which are looked up by their bytes: a text is made of each once,
 * when somebody asks for the names.
 */
export interface ByteDictionary extends Dictionary {
  /** Writes the codes of `rows` ids, as `byteCodesInto`; all of them get one. */
  codesOfBytesInto(view: DataView, bounds: Int32Array, rows: number, base: number, codes: Uint32Array): void
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
  let scratch = newScratch(192)
  /** Writes the bytes of a text to the scratch; how many there are. */
  function write(text: string): number {
    if (3 * text.length > scratch.bytes.length - BYTES_BEYOND) scratch = newScratch(6 * text.length)
    return encoder.encodeInto(text, scratch.bytes).written
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

  function codeOfAny(view: DataView, from: number, to: number): number {
    const code = codeOfBytes(view, from, to, ids)
    if (code === TOO_CROWDED) return codeOfCrowded(view, from, to)
    if (code !== NO_ROOM) return code
    makeRoom(to - from)
    return codeOfAny(view, from, to)
  }

  function codeOfCrowded(view: DataView, from: number, to: number): number {
    const text = decoder.decode(new Uint8Array(view.buffer, view.byteOffset + from, to - from))
    const known = crowded.get(text)
    if (known !== undefined) return known
    const code = appendId(view, from, to, ids)
    if (code === NO_ROOM) {
      makeRoom(to - from)
      return codeOfAny(view, from, to) // for which there may be a free slot now
    }
    crowded.set(text, code)
    return code
  }

  function codeOf(text: string): number {
    const length = write(text)
    return codeOfAny(scratch.view, 0, length)
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
    codesOfBytesInto(view, bounds, rows, base, codes) {
      for (let row = 0; row < rows; row++) {
        row = byteCodesInto(view, bounds, row, rows, base, ids, codes)
        if (row < rows) codes[row] = codeOfAny(view, bounds[2 * row]!, bounds[2 * row + 1]!) + base
      }
    },
    codeOf,
    codesInto(texts, codes) {
      for (let i = 0; i < texts.length; i++) {
        const text = texts[i]
        if (typeof text !== 'string' || text === '') return i
        codes[i] = codeOf(text)
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

interface Scratch {
  readonly bytes: Uint8Array
  readonly view: DataView
}

function newScratch(size: number): Scratch {
  const bytes = new Uint8Array(size + BYTES_BEYOND)
  return { bytes, view: new DataView(bytes.buffer) }
}

function emptySlots(room: number, size: number): ByteIdSlots {
  const { bytes, view } = newScratch(size)
  return {
    slots: new Uint32Array(SLOTS_AN_ID * room),
    keys: new Int32Array(3 * room),
    arena: bytes,
    arenaView: view,
    ends: new Uint32Array(room + 1),
    count: new Uint32Array(1),
  }
}
