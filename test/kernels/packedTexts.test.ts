import { expect, test } from 'vitest'
import { FARTHEST, KEY_WORDS, packedCodesInto, rehashPackedInto, SLOT_WORDS } from '../../src/kernels/packedTexts.ts'

const ROWS = 8

function lookUp(
  keys: readonly number[],
  slots: Int32Array,
  next = 0,
): { end: number; codes: number[]; fresh: number[] } {
  const codes = new Uint32Array(ROWS).fill(99)
  const fresh = new Uint32Array(ROWS)
  const count = new Uint32Array(1)
  const end = packedCodesInto(Int32Array.from(keys), 0, keys.length / KEY_WORDS, slots, codes, 0, next, fresh, count)
  return { end, codes: Array.from(codes.subarray(0, end)), fresh: Array.from(fresh.subarray(0, count[0])) }
}

test('new keys get the next codes, known ones theirs, and a key that is none ends it', () => {
  const slots = new Int32Array(SLOT_WORDS * 16)
  expect(lookUp([1, 2, 3, 4, 5, 6, 1, 2, 3, 0, 0, -1, 1, 2, 3], slots, 5)).toEqual({
    end: 3,
    codes: [5, 6, 5],
    fresh: [0, 1],
  })
  expect(lookUp([4, 5, 6, 4, 5, 7], slots, 7)).toEqual({ end: 2, codes: [6, 7], fresh: [1] })
})

test('a key that finds no slot within reach ends it, and keeps slots from being filled', () => {
  // All slots are taken by keys that differ.
  const size = 4 * FARTHEST
  const slots = new Int32Array(SLOT_WORDS * size)
  for (let slot = 0; slot < size; slot++) slots.set([-slot, -1, 0, slot + 1], SLOT_WORDS * slot)
  expect(lookUp([1, 2, 3], slots)).toEqual({ end: 0, codes: [], fresh: [] })
  const larger = new Int32Array(SLOT_WORDS * 2 * size)
  larger.set(slots, 0)
  larger.set(slots, slots.length)
  expect(rehashPackedInto(slots, larger)).toBe(false)
})
