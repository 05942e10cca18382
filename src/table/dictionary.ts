import { KEY_WORDS, packedCodesInto, rehashPackedInto, SLOT_WORDS } from '../kernels/packedTexts.ts'
import { isPacked, packTextInto, packTextsInto } from './packTexts.ts'
import { codeInMap, type TextMap, textMap } from './textMap.ts'

/** Texts numbered in the order of their first appearance. */
export interface Dictionary {
  /** The number of a text; a new text gets the next one. */
  codeOf(text: string): number
  /**
   * Writes the number of each text, as `codeOf` does but faster. Stops at the first value that is no text with a
   * character, and returns its place, or the length.
   */
  codesInto(texts: ArrayLike<unknown>, codes: Uint32Array): number
  /** All texts, by number. */
  names(): string[]
  /** How many texts there are. */
  size(): number
}

/**
 * An empty dictionary. Short texts of ASCII, as most ids are, are found by probing a table of numbers: a `Map` looks at
 * several distant places of memory for each text, this at one. All others are in a `Map`, which takes over if texts are
 * made to collide.
 */
export function dictionary(): Dictionary {
  const state: State = {
    names: [],
    slots: new Int32Array(SLOT_WORDS * 64),
    taken: 0,
    others: textMap(),
    doCollide: false,
    keys: new Int32Array(KEY_WORDS * BLOCK),
    fresh: new Uint32Array(BLOCK),
    count: new Uint32Array(1),
  }
  const one = ['']
  const codeOfOne = new Uint32Array(1)
  return {
    codeOf(text) {
      one[0] = text
      packTextInto(text, state.keys, 0)
      numberBlock(state, one, 0, 1, codeOfOne)
      return codeOfOne[0]!
    },
    codesInto: (texts, codes) => numberTexts(state, texts, codes),
    names: () => state.names,
    size: () => state.names.length,
  }
}

/** Texts that are packed and then looked up together: few enough for their keys to be still in the cache. */
const BLOCK = 512

/** Most of the slots that are taken before there must be more: beyond it, probing finds too many others on its way. */
const FULLEST = 5 / 8

// The loops below are no closures: a runtime would compile them anew for each dictionary.
interface State {
  readonly names: string[]
  /** The packed texts and their codes. */
  slots: Int32Array
  /** Number of packed texts. */
  taken: number
  /** All other texts. */
  readonly others: TextMap
  /** Whether packed texts collided too much, so that all texts are among the others. */
  doCollide: boolean
  /** Scratch: keys of a block, rows of it that are new, and their number. */
  readonly keys: Int32Array
  readonly fresh: Uint32Array
  readonly count: Uint32Array
}

function numberTexts(state: State, texts: ArrayLike<unknown>, codes: Uint32Array): number {
  const { length } = texts
  for (let start = 0; start < length; start += BLOCK) {
    const end = Math.min(start + BLOCK, length)
    const packed = packTextsInto(texts, start, end, state.keys)
    numberBlock(state, texts, start, packed - start, codes)
    if (packed < end) return packed
  }
  return length
}

/** Numbers the texts from `start` on whose keys are in the scratch. */
function numberBlock(state: State, texts: ArrayLike<unknown>, start: number, rows: number, codes: Uint32Array): void {
  const { names, keys, fresh, count } = state
  makeRoom(state, rows)
  let row = 0
  while (row < rows) {
    if (!state.doCollide) {
      row = packedCodesInto(keys, row, rows, state.slots, codes, start, names.length, fresh, count)
      const added = count[0]!
      for (let i = 0; i < added; i++) names.push(texts[start + fresh[i]!] as string)
      state.taken += added
      if (row === rows) return
      if (isPacked(keys, row)) leaveSlots(state)
    }
    do {
      const text = texts[start + row] as string
      const code = codeInMap(state.others, text, names.length)
      if (code === names.length) names.push(text)
      codes[start + row++] = code
    } while (row < rows && (state.doCollide || !isPacked(keys, row)))
  }
}

/** Makes room in the slots for some texts more. */
function makeRoom(state: State, rows: number): void {
  if (state.doCollide) return
  let size = state.slots.length
  while (state.taken + rows > (size / SLOT_WORDS) * FULLEST) size *= 2
  if (size === state.slots.length) return
  const larger = new Int32Array(size)
  if (rehashPackedInto(state.slots, larger)) state.slots = larger
  else leaveSlots(state)
}

function leaveSlots(state: State): void {
  state.doCollide = true
  state.slots = new Int32Array(0)
  for (let code = 0; code < state.names.length; code++) codeInMap(state.others, state.names[code]!, code)
}
