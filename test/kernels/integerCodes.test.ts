import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  COUNTERS,
  denseCodesInto,
  FOUND,
  hashedCodesInto,
  PATIENCE,
  ranksInto,
  rehashInto,
  renumberInto,
} from '../../src/kernels/integerCodes.ts'

const codesOf = (ids: readonly number[]): number[] => {
  const distinct = [...new Set(ids)]
  return ids.map((id) => distinct.indexOf(id))
}

test('ids that lie close together are numbered in the order of their appearance', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 14 })), (ids) => {
      const codes = new Uint32Array(ids.length)
      const distinct = new Float64Array(20)
      const count = denseCodesInto(Int32Array.from(ids), -5, 0, new Uint32Array(20), codes, distinct)
      expect(Array.from(codes)).toEqual(codesOf(ids))
      expect(Array.from(distinct.slice(0, count))).toEqual([...new Set(ids)])
    }),
  )
})

test('distant ids are numbered in the order of their appearance, however often there must be more room', () => {
  // Multiples of 2^32 and of 2^20 differ in few bits, which a poor hash would not see.
  const id = fc.oneof(
    fc.maxSafeInteger(),
    fc.integer({ min: -30, max: 30 }),
    fc.integer({ min: -99, max: 99 }).map((high) => high * 2 ** 32),
    fc.integer({ min: -99, max: 99 }).map((high) => high * 2 ** 20),
  )
  fc.assert(
    fc.property(fc.array(id, { maxLength: 300 }), (ids) => {
      const codes = new Uint32Array(ids.length)
      const counters = new Float64Array(COUNTERS)
      counters[PATIENCE] = 1e6
      let distinct = new Float64Array(2)
      let slots = new Uint32Array(4)
      let row = 0
      for (;;) {
        row = hashedCodesInto(Float64Array.from(ids), row, slots, codes, distinct, counters)
        if (row === ids.length) break
        const grown = new Float64Array(distinct.length * 2)
        grown.set(distinct)
        distinct = grown
        slots = new Uint32Array(slots.length * 2)
        rehashInto(distinct, slots, counters)
      }
      expect(Array.from(codes)).toEqual(codesOf(ids))
      expect(Array.from(distinct.slice(0, counters[FOUND]))).toEqual([...new Set(ids)])
    }),
  )
})

test('without patience numbering stops, and so does rehashing', () => {
  const ids = Float64Array.from({ length: 100 }, (_, i) => i * 7919)
  const counters = Float64Array.of(0, 3)
  const distinct = new Float64Array(100)
  const row = hashedCodesInto(ids, 0, new Uint32Array(128), new Uint32Array(100), distinct, counters)
  expect(row).toBeLessThan(100)
  expect(counters[PATIENCE]).toBeLessThanOrEqual(0)
  const slots = new Uint32Array(128)
  rehashInto(distinct, slots, counters)
  expect(slots.every((code) => code === 0)).toBe(true)
})

test('ranks are the places of ids among those that ascend', () => {
  fc.assert(
    fc.property(fc.array(fc.maxSafeInteger(), { minLength: 1 }), (ids) => {
      const ascending = [...new Set(ids)].sort((a, b) => a - b)
      const ranks = new Uint32Array(ids.length)
      ranksInto(Float64Array.from(ids), Float64Array.from(ascending), ranks)
      expect(Array.from(ranks)).toEqual(ids.map((id) => ascending.indexOf(id)))
    }),
  )
})

test('codes become the numbers that they stand for', () => {
  const codes = Uint32Array.of(2, 0, 1, 2)
  renumberInto(codes, Uint32Array.of(7, 5, 9))
  expect(Array.from(codes)).toEqual([9, 7, 5, 9])
})
