import fc from 'fast-check'
import { expect, test } from 'vitest'
import { brierScore, expectedCalibrationError, logLoss, reliabilityCurve } from '../../src/metrics/calibration.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { telcoGolden, telcoScores } from '../fixtures/telco.ts'

const { labels, probabilities } = telcoScores()
const golden = telcoGolden('metrics_telco.json').scores_p

test('losses of scikit-learn on the Telco scores', () => {
  expect(Math.abs(brierScore(labels, probabilities) - golden.brier)).toBeLessThan(1e-12)
  expect(Math.abs(logLoss(labels, probabilities) - golden.logloss)).toBeLessThan(1e-12)
  expect(Math.abs(expectedCalibrationError(labels, probabilities) - golden.ece10)).toBeLessThan(1e-12)
})

test('reliability curves of scikit-learn on the Telco scores', () => {
  for (const [by, curve] of [
    ['uniform', golden.calibCurveUniform],
    ['quantile', golden.calibCurveQuantile],
  ] as const) {
    const bins = reliabilityCurve(labels, probabilities, { by })
    expect(bins.length).toBe(curve.frac.length)
    bins.forEach((bin, b) => {
      expect(Math.abs(bin.observed - curve.frac[b])).toBeLessThan(1e-12)
      expect(Math.abs(bin.predicted - curve.mean[b])).toBeLessThan(1e-12)
    })
  }
})

test("Wilson's interval: 7 of 10 at 90 %, from the two roots of its quadratic by hand", () => {
  const p = 0.7
  const z = 1.6448536269514722
  const [bin] = reliabilityCurve([1, 1, 1, 1, 1, 1, 1, 0, 0, 0], new Array(10).fill(0.35))
  // The ends are where (p - x)² = z² x (1 - x) / n.
  for (const end of [bin!.low, bin!.high]) expect((p - end) ** 2 - (z * z * end * (1 - end)) / 10).toBeCloseTo(0, 14)
  expect(bin!.low).toBeLessThan(p)
  expect(bin!.high).toBeGreaterThan(p)
})

const rows = fc.array(fc.record({ label: fc.constantFrom(0, 1), p: fc.double({ min: 0, max: 1, noNaN: true }) }), {
  minLength: 1,
})

test('bins hold every row once, in ascending order, with the share inside its interval', () => {
  fc.assert(
    fc.property(rows, fc.constantFrom('uniform', 'quantile'), fc.integer({ min: 1, max: 20 }), (list, by, bins) => {
      const curve = reliabilityCurve(
        list.map((row) => row.label),
        list.map((row) => row.p),
        { by, bins },
      )
      expect(curve.reduce((sum, bin) => sum + bin.rows, 0)).toBe(list.length)
      curve.forEach(({ predicted, observed, low, high }, b) => {
        if (b > 0) expect(predicted).toBeGreaterThanOrEqual(curve[b - 1]!.predicted)
        expect(0 <= low && low <= observed && observed <= high && high <= 1).toBe(true)
      })
    }),
  )
})

test('a sure mistake is dear but finite', () => {
  expect(logLoss([1], [0])).toBeCloseTo(-Math.log(2.220446049250313e-16), 12)
  expect(logLoss([0], [1])).toBeCloseTo(-Math.log(2.220446049250313e-16), 12)
  expect(brierScore([1], [0])).toBe(1)
})

test('refusals', () => {
  expectRefusal(() => brierScore([0], [1.1]), 'BAD_OPTION', 'probabilities[0]')
  expectRefusal(() => logLoss([0], [Number.NaN]), 'BAD_OPTION')
  expectRefusal(() => logLoss([3], [0.5]), 'BAD_OPTION', 'labels[0]')
  expectRefusal(() => brierScore([0, 1], [0.5]), 'BAD_SHAPE')
  expectRefusal(() => brierScore([], []), 'NOT_ENOUGH_DATA')
  expectRefusal(() => reliabilityCurve([0], [0.5], { bins: 0 }), 'BAD_OPTION', 'bins')
  expectRefusal(() => expectedCalibrationError([0], [0.5], { by: 'width' as 'uniform' }), 'BAD_OPTION', 'by')
})
