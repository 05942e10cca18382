import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bgNbdModel } from '../../src/clv/bgNbd/bgNbd.ts'
import { expectedPurchases, expectedPurchasesOfNewCustomer } from '../../src/clv/expectedPurchases.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { calibration, golden, histories, relativeError } from './goldens.ts'
import { atExactFit, givenModel, probes, rowSummary } from './predictions.ts'

describe('published', () => {
  test('all probes to 1e-12', () => {
    for (const { params, args, truth } of probes('cond_expected')) {
      const summary = histories([args.x, args.tx, args.T])
      expect(relativeError(expectedPurchases(givenModel(params), summary, args.t)[0]!, truth)).toBeLessThan(1e-12)
    }
    for (const { params, args, truth } of probes('expected')) {
      expect(relativeError(expectedPurchasesOfNewCustomer(givenModel(params), args.t), truth)).toBeLessThan(1e-12)
    }
  })

  test('new customers at ordinary and extreme parameters to 2e-14', () => {
    // Sums of up to a few hundred terms, of 1e-16 each, and where C < r a cancellation by a factor of three at most.
    for (const { args, truth } of golden('expectedPurchases.json').rows) {
      const value = expectedPurchasesOfNewCustomer(givenModel(args.slice(0, 4)), args[4])
      expect(relativeError(value, truth), String(args)).toBeLessThan(2e-14)
    }
  })

  test('the CDNOW sample to 1e-11', () => {
    const truth = golden('predictions_cdnow_sample.json')
    const summary = rowSummary(truth.rows)
    for (const horizon of [13, 26, 39]) {
      const expected = expectedPurchases(atExactFit(), summary, horizon)
      expected.forEach((value, row) => {
        expect(relativeError(value, truth.rows[row][`ce${horizon}`].bgnbd)).toBeLessThan(1e-11)
      })
      const total = expectedPurchases(atExactFit(), calibration(), horizon).reduce((sum, value) => sum + value, 0)
      expect(relativeError(total, truth.aggregates[`bgnbd_ce${horizon}_sum`])).toBeLessThan(1e-11)
    }
    for (const [horizon, value] of Object.entries(truth.expected.bgnbd)) {
      expect(
        relativeError(expectedPurchasesOfNewCustomer(atExactFit(), Number(horizon)), value as string),
      ).toBeLessThan(1e-11)
    }
  })
})

describe('laws', () => {
  const parameter = fc.double({ min: -3, max: 3, noNaN: true }).map((power) => 10 ** power)
  const model = fc
    .tuple(parameter, parameter, parameter, parameter)
    .map(([r, alpha, a, b]) => bgNbdModel({ params: { r, alpha, a, b }, timeUnit: 'day' }))

  test('expectations start at 0, grow with the horizon, and grow ever more slowly', () => {
    fc.assert(
      fc.property(model, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (m, t) => {
        const [none, half, whole] = [0, t / 2, t].map((horizon) => expectedPurchasesOfNewCustomer(m, horizon))
        expect(none).toBe(0)
        expect(half).toBeGreaterThan(0)
        expect(whole!).toBeGreaterThanOrEqual(half! * (1 - 1e-14))
        expect(whole!).toBeLessThanOrEqual(2 * half! * (1 + 1e-14))
      }),
      { numRuns: 500 },
    )
  })

  test('time has no unit of its own', () => {
    fc.assert(
      fc.property(model, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (m, t) => {
        const slow = { ...m, params: { ...m.params, alpha: 1024 * m.params.alpha } }
        expect(expectedPurchasesOfNewCustomer(slow, 1024 * t)).toBe(expectedPurchasesOfNewCustomer(m, t))
      }),
    )
  })

  test('nothing jumps where one formula takes over from the other', () => {
    fc.assert(
      fc.property(parameter, parameter, parameter, (r, a, b) => {
        // z = t / (alpha + t) = 0.9 at t = 9 alpha.
        const m = bgNbdModel({ params: { r, alpha: 1, a, b }, timeUnit: 'day' })
        const [before, after] = [9 - 1e-13, 9 + 1e-13].map((t) => expectedPurchasesOfNewCustomer(m, t))
        // E grows at most in proportion to t, by 2.2e-14 of itself here. Beside it stands the rounding of both formulas,
        // measured against 100 digits at 400 points, 150 of them near a = b = 0.001 where it is worst: the series is off
        // by up to 5.5e-14, as the rounding of z = 0.9 is raised to powers of a hundred and more, the integral by 3.4e-15.
        expect(relativeError(after!, before!)).toBeLessThan(1.1e-13)
      }),
      { numRuns: 300 },
    )
  })
})

test('refusals', () => {
  const summary = histories([1, 5, 10])
  expectRefusal(() => expectedPurchases(atExactFit(), summary, 10), 'UNIT_MISMATCH')
  const daily = givenModel([1, 10, 1, 2])
  for (const wrong of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expectRefusal(() => expectedPurchases(daily, summary, wrong), 'BAD_OPTION', 'horizon')
    expectRefusal(() => expectedPurchasesOfNewCustomer(daily, wrong), 'BAD_OPTION', 'horizon')
  }
})
