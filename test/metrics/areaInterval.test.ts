import fc from 'fast-check'
import { expect, test } from 'vitest'
import { areaInterval, compareAreas } from '../../src/metrics/areaInterval.ts'
import { areaUnderRoc } from '../../src/metrics/ranking.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { telcoScores } from '../fixtures/telco.ts'

const { labels, probabilities, tied } = telcoScores()

test("DeLong's variances on the Telco scores, from the definition over all pairs in NumPy 64-bit", () => {
  // 1e-12 absolute: means of 1,869 × 5,174 comparisons, rounded differently.
  expect(Math.abs(areaInterval(labels, probabilities).standardError - 0.004965216158420405)).toBeLessThan(1e-12)
  expect(Math.abs(areaInterval(labels, tied).standardError - 0.004975440496448624)).toBeLessThan(1e-12)
  const comparison = compareAreas(labels, probabilities, tied)
  // The peer subtracts two variances that agree in two digits and takes a root, which leaves it 1e-9 relative.
  expect(Math.abs(comparison.standardError / 0.00010603839080974537 - 1)).toBeLessThan(1e-9)
  expect(comparison.verdict).toBe('better')
})

const rows = fc
  .array(
    fc.record({
      label: fc.constantFrom(0, 1),
      a: fc.integer({ min: -3, max: 3 }),
      b: fc.integer({ min: -3, max: 3 }),
    }),
    { minLength: 4, maxLength: 60 },
  )
  .filter((list) => {
    const ones = list.reduce((sum, { label }) => sum + label, 0)
    return ones > 1 && list.length - ones > 1
  })

test('the area is that of areaUnderRoc, inside its interval, and a wider level gives a wider interval', () => {
  fc.assert(
    fc.property(rows, (list) => {
      const y = list.map(({ label }) => label)
      const scores = list.map(({ a }) => a)
      const narrow = areaInterval(y, scores, { level: 0.8 })
      const wide = areaInterval(y, scores, { level: 0.99 })
      // Means of placements against a ratio of integers: a few roundings apart.
      expect(narrow.area).toBeCloseTo(areaUnderRoc(y, scores), 13)
      expect(wide.low).toBeLessThanOrEqual(narrow.low)
      expect(wide.high).toBeGreaterThanOrEqual(narrow.high)
      expect(narrow.low).toBeLessThanOrEqual(narrow.area)
      expect(narrow.high).toBeGreaterThanOrEqual(narrow.area)
      expect(wide.low).toBeGreaterThanOrEqual(0)
      expect(wide.high).toBeLessThanOrEqual(1)
    }),
  )
})

test('a comparison turned round has the opposite sign, and of a score with itself is no better', () => {
  fc.assert(
    fc.property(rows, (list) => {
      const y = list.map(({ label }) => label)
      const [a, b] = [list.map((row) => row.a), list.map((row) => row.b)]
      const there = compareAreas(y, a, b)
      const back = compareAreas(y, b, a)
      expect(back.difference).toBeCloseTo(-there.difference, 14)
      expect(back.standardError).toBeCloseTo(there.standardError, 14)
      const self = compareAreas(y, a, a)
      expect(self).toEqual({ difference: 0, standardError: 0, low: 0, high: 0, verdict: 'no better' })
    }),
  )
})

test('a perfect ranking has an interval without width', () => {
  expect(areaInterval([0, 0, 1, 1], [1, 2, 3, 4])).toEqual({ area: 1, standardError: 0, low: 1, high: 1 })
})

test('about 95 of 100 intervals hold the truth', () => {
  // Ones are normal around 1, zeros around 0: the area is Φ(1 / √2) = 0.760249938906523.
  let seed = 7
  const unit = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return (seed + 0.5) / 2 ** 32
  }
  const normal = () => Math.sqrt(-2 * Math.log(unit())) * Math.cos(2 * Math.PI * unit())
  let held = 0
  for (let k = 0; k < 1000; k++) {
    const y = Array.from({ length: 120 }, (_, i) => (i < 40 ? 1 : 0))
    const { low, high } = areaInterval(
      y,
      y.map((label) => label + normal()),
    )
    if (low < 0.760249938906523 && 0.760249938906523 < high) held++
  }
  // 950 ± 3 standard deviations of a binomial, √(1000 · 0.95 · 0.05) = 6.9.
  expect(Math.abs(held - 950)).toBeLessThan(21)
})

test('refusals', () => {
  expectRefusal(() => areaInterval([0, 0, 1], [1, 2, 3]), 'NOT_ENOUGH_DATA', 'two rows')
  expectRefusal(() => areaInterval([0, 0, 0], [1, 2, 3]), 'NOT_ENOUGH_DATA')
  expectRefusal(() => areaInterval([0, 0, 1, 1], [1, 2, 3, 4], { level: 0.5 as 0.8 }), 'BAD_OPTION', 'level')
  expectRefusal(() => compareAreas([0, 0, 1, 1], [1, 2, 3, 4], [1, 2]), 'BAD_SHAPE')
})
