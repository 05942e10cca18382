import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { logLikelihood } from '../../src/clv/logLikelihood.ts'
import { logProbabilityAlive, probabilityAlive } from '../../src/clv/probabilityAlive.ts'
import { purchaseDistribution } from '../../src/clv/purchaseDistribution.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { calibration, golden, histories, relativeError } from './goldens.ts'
import { atExactFit, givenModel, probes, rowSummary } from './predictions.ts'

describe('published', () => {
  test('all probes: 0 where the truth is below the smallest double, log-likelihoods to 1e-12', () => {
    for (const { params, args, truth, underflows_double } of probes('p_alive')) {
      const value = probabilityAlive(givenModel(params), histories([args.x, args.tx, args.T]))[0]!
      if (underflows_double) expect(value).toBe(0)
      else expect(relativeError(value, truth)).toBeLessThan(1e-12)
      // The truth has seventeen digits; so has its logarithm.
      const [digits, power = '0'] = truth.split('e') as [string, string?]
      const logTruth = Math.log(Number(digits)) + Number(power) * Math.LN10
      const logValue = logProbabilityAlive(givenModel(params), histories([args.x, args.tx, args.T]))[0]!
      expect(relativeError(logValue, logTruth)).toBeLessThan(1e-12)
    }
    for (const { params, args, truth } of probes('loglik')) {
      const value = logLikelihood(givenModel(params), histories([args.x, args.tx, args.T]))[0]!
      expect(relativeError(value, truth)).toBeLessThan(1e-12)
    }
  })

  test('the CDNOW sample to 1e-11', () => {
    const truth = golden('predictions_cdnow_sample.json')
    probabilityAlive(atExactFit(), rowSummary(truth.rows)).forEach((value, row) => {
      expect(relativeError(value, truth.rows[row].palive.bgnbd)).toBeLessThan(1e-11)
    })
    const total = probabilityAlive(atExactFit(), calibration()).reduce((sum, value) => sum + value, 0)
    expect(relativeError(total, truth.aggregates.bgnbd_palive_sum)).toBeLessThan(1e-11)
  })
})

describe('laws', () => {
  test('after more time a customer is there if now and through it', () => {
    const model = givenModel([0.5, 10, 0.8, 2])
    const summary = histories([0, 0, 50], [3, 40, 50], [3, 20, 50])
    const [now, later] = [probabilityAlive(model, summary), probabilityAlive(model, summary, { after: { days: 30 } })]
    // Nobody leaves but by a purchase: without one in thirty days there is nothing to leave by.
    const none = purchaseDistribution(model, summary, 30, { max: 0 }).probabilities
    now.forEach((alive, row) => {
      expect(later[row]).toBeLessThan(alive)
      expect(later[row]).toBeGreaterThan(none[row]! - (1 - alive))
    })
    // A moment later it is as now.
    probabilityAlive(model, summary, { after: { days: 1e-12 } }).forEach((alive, row) => {
      expect(Math.abs(alive - now[row]!)).toBeLessThan(1e-12)
    })
  })

  test('a customer who bought once is there; silence never makes it likelier', () => {
    const parameter = fc.double({ min: -2, max: 2, noNaN: true }).map((power) => 10 ** power)
    fc.assert(
      fc.property(fc.tuple(parameter, parameter, parameter, parameter), fc.integer({ min: 1, max: 400 }), (p, x) => {
        const model = givenModel(p)
        const [once, soon, late, never] = probabilityAlive(
          model,
          histories([0, 0, 100], [x, 90, 90], [x, 90, 100], [x, 90, 1e9]),
        )
        expect(once).toBe(1)
        expect(soon).toBeGreaterThanOrEqual(late!)
        expect(late).toBeGreaterThanOrEqual(never!)
        expect(never).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

test('refusals', () => {
  expectRefusal(() => probabilityAlive(atExactFit(), histories([1, 5, 10])), 'UNIT_MISMATCH')
  const daily = givenModel([0.5, 10, 0.8, 2])
  expectRefusal(() => probabilityAlive(daily, histories([1, 5, 10]), { after: { days: 0 } }), 'BAD_OPTION', 'after')
  expectRefusal(() => logProbabilityAlive(atExactFit(), histories([1, 5, 10])), 'UNIT_MISMATCH')
  expectRefusal(() => logLikelihood(atExactFit(), histories([1, 5, 10])), 'UNIT_MISMATCH')
})
