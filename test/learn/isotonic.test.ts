import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fitIsotonic, predictIsotonic } from '../../src/learn/isotonic.ts'
import { brierScore } from '../../src/metrics/calibration.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { telcoGolden, telcoScores } from '../fixtures/telco.ts'

test("scikit-learn's corners on the Telco scores", () => {
  const { labels, probabilities } = telcoScores()
  const golden = telcoGolden('metrics_telco.json').scores_p.isotonic
  const model = fitIsotonic(probabilities, labels)
  // The peer averages in 64 bits; the shares here are ratios of integers.
  const there = predictIsotonic(model, golden.x)
  golden.y.forEach((y: number, i: number) => {
    expect(Math.abs(there[i]! - y)).toBeLessThan(1e-12)
  })
  const at = predictIsotonic(model, [0.05, 0.2, 0.5, 0.8])
  at.forEach((p, i) => {
    expect(Math.abs(p - golden.at[i])).toBeLessThan(1e-12)
  })
})

const rows = fc.array(fc.record({ x: fc.integer({ min: 0, max: 20 }), y: fc.constantFrom(0, 1) }), { minLength: 1 })

test('it never falls, keeps the share of ones, and is best among rising functions', () => {
  fc.assert(
    fc.property(rows, fc.double({ min: 0, max: 1, noNaN: true }), (list, level) => {
      const [x, y] = [list.map((row) => row.x), list.map((row) => row.y)]
      const model = fitIsotonic(x, y)
      const fitted = predictIsotonic(model, x)
      const order = [...x.keys()].sort((a, b) => x[a]! - x[b]!)
      order.forEach((row, i) => {
        if (i > 0) expect(fitted[row]).toBeGreaterThanOrEqual(fitted[order[i - 1]!]! - 1e-15)
      })
      const mean = y.reduce<number>((sum, v) => sum + v, 0) / y.length
      expect(fitted.reduce((sum, p) => sum + p, 0) / y.length).toBeCloseTo(mean, 12)
      // A few rising rivals: a level, and a line.
      expect(brierScore(y, fitted)).toBeLessThanOrEqual(
        brierScore(
          y,
          x.map(() => level),
        ) + 1e-15,
      )
      expect(brierScore(y, fitted)).toBeLessThanOrEqual(
        brierScore(
          y,
          x.map((v) => v / 20),
        ) + 1e-15,
      )
    }),
  )
})

test('straight between corners, level beyond them', () => {
  const model = fitIsotonic([1, 2, 3, 4], [0, 1, 0, 1])
  expect(Array.from(predictIsotonic(model, [0, 1, 1.5, 2.5, 3.5, 9]))).toEqual([0, 0, 0.25, 0.5, 0.75, 1])
})

test('refusals', () => {
  expectRefusal(() => fitIsotonic([1], [0, 1]), 'BAD_SHAPE')
  expectRefusal(() => fitIsotonic([Number.NaN], [0]), 'BAD_OPTION', 'scores[0]')
  expectRefusal(() => fitIsotonic([1], [2]), 'BAD_OPTION', 'labels[0]')
  expectRefusal(() => fitIsotonic([], []), 'NOT_ENOUGH_DATA')
  expectRefusal(() => predictIsotonic(fitIsotonic([1], [1]), [Number.NaN]), 'BAD_OPTION', 'scores[0]')
})
