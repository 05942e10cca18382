import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concentrationCurve } from '../../src/plot/concentrationCurve.ts'

test('the best half of four customers, and part of a customer', () => {
  const curve = concentrationCurve([10, 60, 10, 20])
  expect(curve.sum).toBe(100)
  expect(curve.heldByTop(0.25)).toBe(0.6)
  expect(curve.heldByTop(0.5)).toBe(0.8)
  expect(curve.heldByTop(0.1)).toBeCloseTo(0.24, 14) // 0.4 of the best customer; one rounding
  expect(curve.heldByTop(1)).toBe(1)
  expect(curve.heldByTop(0)).toBe(0)
})

test('the curve never falls below the diagonal and bends one way', () => {
  const values = fc.array(fc.double({ min: 0.01, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 })
  fc.assert(
    fc.property(values, (each) => {
      const { heldByTop } = concentrationCurve(each)
      const points = Array.from({ length: 21 }, (_, i) => heldByTop(i / 20))
      // Sums of at most 50 numbers round by less than 1e-13 of the whole.
      for (let i = 0; i <= 20; i++) expect(points[i]!).toBeGreaterThanOrEqual(i / 20 - 1e-13)
      for (let i = 2; i <= 20; i++) {
        expect(points[i]! - points[i - 1]!).toBeLessThanOrEqual(points[i - 1]! - points[i - 2]! + 1e-13)
      }
    }),
  )
})

test('the input stays as it was', () => {
  const values = Float64Array.of(1, 3, 2)
  concentrationCurve(values)
  expect(values).toEqual(Float64Array.of(1, 3, 2))
})
