import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countRunsInto, digitsOf, sortKeysInto } from '../../src/kernels/sortKeys.ts'

test('keys of any width come out sorted, and runs of equal ones counted', () => {
  const keys = fc.integer({ min: 0, max: 32 }).chain((bits) => {
    const key = fc.integer({ min: 0, max: 2 ** bits - 1 })
    return fc.tuple(fc.constant(bits), fc.array(key, { maxLength: 200 }))
  })
  fc.assert(
    fc.property(keys, ([bits, values]) => {
      const digits = digitsOf(bits)
      const first = Uint32Array.from(values)
      const second = new Uint32Array(values.length)
      sortKeysInto(first, second, digits, bits, new Uint32Array(1 << Math.ceil(bits / digits)))
      const [sorted, counts] = digits % 2 === 0 ? [first, second] : [second, first]
      const wanted = values.toSorted((a, b) => a - b)
      expect(Array.from(sorted)).toEqual(wanted)
      const found = countRunsInto(sorted, sorted, counts)
      expect(Array.from(sorted.subarray(0, found))).toEqual([...new Set(wanted)])
      expect(counts.subarray(0, found).reduce((sum, count) => sum + count, 0)).toBe(values.length)
    }),
  )
})
