import fc from 'fast-check'
import { expect, test } from 'vitest'
import { giniCoefficient, lorenzCurve, topShare } from '../../src/metrics/concentration.ts'
import { expectRefusal } from '../fixtures/errors.ts'

test('worked by hand: 1, 1, 1, 1, 6', () => {
  const values = [1, 6, 1, 1, 1]
  expect(Array.from(lorenzCurve(values, { points: 5 }).value)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 1])
  expect(topShare(values, 0.2)).toBe(0.6)
  expect(topShare(values, 0.3)).toBeCloseTo(0.65, 15)
  // Mean absolute difference 2 · 4 · 5 / 25 over twice the mean 2: 1.6 / 4.
  expect(giniCoefficient(values)).toBeCloseTo(0.4, 15)
})

test('one who holds all, and all who hold the same', () => {
  expect(giniCoefficient([0, 0, 0, 8])).toBe(0.75)
  expect(giniCoefficient(new Array(99).fill(0.1))).toBe(0)
  expect(topShare(new Array(4).fill(0.1), 0.5)).toBeCloseTo(0.5, 15)
})

test('shares of values whose sum is no double', () => {
  expect(topShare([1e308, 1e308, 1e308, 1e308], 0.25)).toBe(0.25)
  expect(Array.from(lorenzCurve([3 * 2 ** 1022, 2 ** 1022], { points: 2 }).value)).toEqual([0, 0.25, 1])
  expect(giniCoefficient([1e308, 1e308])).toBe(0)
  expectRefusal(() => topShare([-1e308, -1e308], 0.1), 'NOT_ENOUGH_DATA', 'above 0')
})

const money = fc
  .array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 50 })
  .filter((list) => list.some(Boolean))

test('the Gini coefficient is half the relative mean difference', () => {
  fc.assert(
    fc.property(money, (values) => {
      const n = values.length
      const sum = values.reduce((a, b) => a + b, 0)
      const differences = values.reduce((all, a) => all + values.reduce((each, b) => each + Math.abs(a - b), 0), 0)
      expect(giniCoefficient(values)).toBeCloseTo(differences / (2 * n * sum), 13)
    }),
  )
})

test('the curve is convex, below the diagonal, and agrees with the top share', () => {
  fc.assert(
    fc.property(money, (values) => {
      const { customers, value } = lorenzCurve(values, { points: 10 })
      for (let k = 0; k <= 10; k++) {
        expect(value[k]).toBeLessThanOrEqual(customers[k]! + 1e-15)
        expect(topShare(values, 1 - customers[k]!)).toBeCloseTo(1 - value[k]!, 12)
      }
      for (let k = 1; k < 10; k++)
        expect(value[k + 1]! - value[k]!).toBeGreaterThanOrEqual(value[k]! - value[k - 1]! - 1e-12)
    }),
  )
})

test('refunds may take the curve below 0', () => {
  expect(lorenzCurve([-1, 3], { points: 2 }).value[1]).toBe(-0.5)
  expect(topShare([-1, 3], 0.5)).toBe(1.5)
})

test('refusals', () => {
  expectRefusal(() => giniCoefficient([]), 'NOT_ENOUGH_DATA')
  expectRefusal(() => giniCoefficient([0, 0]), 'NOT_ENOUGH_DATA')
  expectRefusal(() => giniCoefficient([1, Number.NaN]), 'BAD_OPTION', 'values[1]" must be a finite number, got NaN')
  expectRefusal(() => topShare([1], 2), 'BAD_OPTION', 'share')
  expectRefusal(() => lorenzCurve([1], { points: 0.5 }), 'BAD_OPTION', 'points')
})
