import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { between, quantileCutsInto, select } from '../../src/kernels/quickselect.ts'

const numbers = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 2000 }),
  fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 2000 }),
)

describe('select', () => {
  test('puts there what a sort would, smaller ones before and larger ones behind', () => {
    fc.assert(
      fc.property(numbers, fc.nat(), (values, at) => {
        const k = at % values.length
        const found = Float64Array.from(values)
        select(found, k, 0, values.length - 1)
        const sorted = Float64Array.from(values).sort()
        expect(found[k]! - sorted[k]!).toBe(0)
        expect(found.subarray(0, k).every((value) => value <= found[k]!)).toBe(true)
        expect(found.subarray(k).every((value) => value >= found[k]!)).toBe(true)
        expect(found.sort()).toEqual(sorted)
      }),
    )
  })

  test.each<[string, (i: number) => number]>([
    ['ascending', (i) => i],
    ['descending', (i) => -i],
    ['a mountain', (i) => Math.min(i, 20_000 - i)],
    ['a saw', (i) => i % 100],
    ['all equal', () => 1],
  ])('large ranges in hard patterns: %s', (_, valueAt) => {
    const values = Float64Array.from({ length: 20_000 }, (_, i) => valueAt(i))
    const sorted = values.slice().sort()
    for (const k of [0, 1, 3999, 10_000, 19_999]) {
      const found = values.slice()
      select(found, k, 0, 19_999)
      expect(found[k]).toBe(sorted[k])
    }
  })
})

describe('quantileCutsInto', () => {
  test('are the type-7 quantiles of a sort', () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 2, max: 9 }), (values, parts) => {
        const cuts = new Float64Array(parts - 1)
        quantileCutsInto(Float64Array.from(values), cuts)
        const sorted = Float64Array.from(values).sort()
        const last = values.length - 1
        cuts.forEach((cut, i) => {
          const rank = Math.floor((last * (i + 1)) / parts)
          const share = ((last * (i + 1)) % parts) / parts
          expect(cut - between(sorted[rank]!, sorted[Math.min(rank + 1, last)]!, share)).toBe(0)
        })
        expect(cuts).toEqual(cuts.slice().sort())
      }),
    )
  })
})
