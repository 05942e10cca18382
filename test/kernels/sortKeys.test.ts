import fc from 'fast-check'
import { expect, test } from 'vitest'
import { digitWidth, distinctKeysInto, sortKeysInto } from '../../src/kernels/sortKeys.ts'

test('keys of any width come out sorted, and runs of equal ones counted', () => {
  const keys = fc.integer({ min: 0, max: 32 }).chain((bits) => {
    const key = fc.integer({ min: 0, max: 2 ** bits - 1 })
    return fc.tuple(fc.constant(bits), fc.array(key, { maxLength: 200 }))
  })
  fc.assert(
    fc.property(keys, ([bits, values]) => {
      const sorted = Uint32Array.from(values)
      const ends = new Uint32Array(values.length)
      const width = digitWidth(bits)
      sortKeysInto(sorted, ends, bits, width, new Uint32Array(2 << width))
      const wanted = values.toSorted((a, b) => a - b)
      expect(Array.from(sorted)).toEqual(wanted)
      const found = distinctKeysInto(sorted, ends)
      const distinct = [...new Set(wanted)]
      expect(Array.from(sorted.subarray(0, found))).toEqual(distinct)
      expect(Array.from(ends.subarray(0, found))).toEqual(distinct.map((key) => wanted.lastIndexOf(key) + 1))
    }),
  )
})
