import fc from 'fast-check'
import { expect, test } from 'vitest'
import { denseCodesInto, hashedCodesInto, rehashInto } from '../../src/kernels/integerCodes.ts'

const codesOf = (ids: readonly number[]): number[] => {
  const distinct = [...new Set(ids)]
  return ids.map((id) => distinct.indexOf(id))
}

test('ids that lie close together are numbered in the order of their appearance', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 14 })), (ids) => {
      const codes = new Uint32Array(ids.length)
      const distinct = new Float64Array(20)
      const count = denseCodesInto(Int32Array.from(ids), -5, new Uint32Array(20), codes, distinct)
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
      const counter = new Uint32Array(1)
      let distinct = new Float64Array(2)
      let slots = new Uint32Array(4)
      let row = 0
      for (;;) {
        row = hashedCodesInto(Float64Array.from(ids), row, slots, codes, distinct, counter)
        if (row === ids.length) break
        const grown = new Float64Array(distinct.length * 2)
        grown.set(distinct)
        distinct = grown
        slots = new Uint32Array(slots.length * 2)
        rehashInto(distinct, counter[0]!, slots)
      }
      expect(Array.from(codes)).toEqual(codesOf(ids))
      expect(Array.from(distinct.slice(0, counter[0]))).toEqual([...new Set(ids)])
    }),
  )
})
