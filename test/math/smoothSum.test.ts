import fc from 'fast-check'
import { expect, test } from 'vitest'
import { smoothSum } from '../../src/math/smoothSum.ts'

test('a geometric series, in a few hundred values', () => {
  let values = 0
  const g = (k: number): number => {
    values++
    return Math.exp(-1e-4 * k)
  }
  expect(Math.abs(smoothSum()(g, 1, 500_001) * Math.expm1(1e-4) - 1)).toBeLessThan(1e-14)
  expect(values).toBeLessThan(700)
})

test('sums of powers and waves are those of a loop', () => {
  const from = fc.integer({ min: 0, max: 100 })
  const count = fc.integer({ min: 0, max: 20_000 })
  const power = fc.double({ min: -2, max: 1, noNaN: true })
  const wave = fc.double({ min: 2, max: 100, noNaN: true })
  fc.assert(
    fc.property(from, count, power, wave, (start, length, exponent, period) => {
      const g = (k: number): number => (k + 1) ** exponent * (1 + 0.1 * Math.cos(k / period) * Math.exp(-k / 100))
      let sum = 0
      for (let k = start; k < start + length; k++) sum += g(k)
      // The loop itself rounds 20,000 times.
      expect(Math.abs(smoothSum()(g, start, start + length) - sum)).toBeLessThanOrEqual(1e-11 * sum)
    }),
    { numRuns: 60 },
  )
})
