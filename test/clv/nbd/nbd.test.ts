import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectedPurchases } from '../../../src/clv/expectedPurchases.ts'
import { logLikelihood } from '../../../src/clv/logLikelihood.ts'
import { fitNbd, type NbdModel, nbdModel } from '../../../src/clv/nbd/nbd.ts'
import { nbdProcess } from '../../../src/clv/nbd/nbdProcess.ts'
import { probabilityAlive } from '../../../src/clv/probabilityAlive.ts'
import { purchaseDistribution } from '../../../src/clv/purchaseDistribution.ts'
import type { CustomerSummary } from '../../../src/table/customerSummary.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { assertFitted, expectSamePredictions } from '../fits.ts'
import { calibration, golden, histories, relativeError, stressSet } from '../goldens.ts'
import { gamma, simulatedSummary } from '../simulate.ts'

function fitted(summary: CustomerSummary) {
  const { diagnostics } = fitNbd(summary)
  assertFitted(diagnostics)
  return diagnostics
}

const total = (model: NbdModel, summary: CustomerSummary): number =>
  logLikelihood(model, summary).reduce((sum, value) => sum + value, 0)

describe('published', () => {
  test('where nobody leaves, BG/NBD climbs to the likelihood of NBD', () => {
    const { best_ll } = golden('stress.json').find(({ name }: { name: string }) => name === 'no_dropout_pure_NBD')
    const diagnostics = fitted(stressSet('no_dropout_pure_NBD'))
    expect(Math.abs(diagnostics.logLikelihood - best_ll)).toBeLessThan(1e-6)
    expect(diagnostics.verdict).toBe('interior')
    expect(diagnostics.gradientNorm).toBeLessThan(1e-9)
  })
})

describe('laws', () => {
  const parameter = fc.double({ min: -3, max: 3, noNaN: true }).map((power) => 10 ** power)

  test('the probabilities add up to 1, and their mean is the expectation', () => {
    fc.assert(
      fc.property(parameter, fc.double({ min: 0.01, max: 3, noNaN: true }), fc.nat(30), (r, t, x) => {
        const model = nbdModel({ params: { r, alpha: 10 }, timeUnit: 'day' })
        const summary = histories([x, x > 0 ? 5 : 0, 20])
        const { probabilities, beyond } = purchaseDistribution(model, summary, t, { max: 2000 })
        // 2,001 terms of a running product, of 1e-16 each.
        expect(Math.abs(probabilities.reduce((sum, value) => sum + value, beyond[0]!) - 1)).toBeLessThan(1e-12)
        if (beyond[0]! > 1e-18) return
        const mean = probabilities.reduce((sum, value, n) => sum + n * value, 0)
        expect(relativeError(mean, expectedPurchases(model, summary, t)[0]!)).toBeLessThan(1e-11)
      }),
    )
  })

  test('before the purchases are counted, the posterior rate is expected to be the prior one', () => {
    const process = nbdProcess({ r: 0.7, alpha: 9 })
    const chances = new Float64Array(3000)
    process.ofNewCustomer.pmfInto(40, chances)
    const mean = chances.reduce((sum, chance, x) => sum + chance * process.meanRate!(x, 0, 40), 0)
    expect(relativeError(mean, 0.7 / 9)).toBeLessThan(1e-13)
  })

  test('discounted purchases lie between none and all, and add up over time', () => {
    const { expected, discounted, survival } = nbdProcess({ r: 0.7, alpha: 9 }).ofNewCustomer
    expect(discounted!(0, 30)).toBe(expected(30))
    expect(relativeError(discounted!(0.01, Number.POSITIVE_INFINITY), 0.7 / 9 / 0.01)).toBeLessThan(1e-15)
    const later = discounted!(0.01, 50) - discounted!(0.01, 20)
    expect(relativeError(later, Math.exp(-0.2) * discounted!(0.01, 30))).toBeLessThan(1e-14)
    expect(survival!(1e6)).toBe(1)
  })

  test('everybody stays, and t_x says nothing', () => {
    const summary = histories([3, 5, 60], [3, 55, 60])
    const model = nbdModel({ params: { r: 0.5, alpha: 12 }, timeUnit: 'day' })
    expect([...probabilityAlive(model, summary)]).toEqual([1, 1])
    const [early, late] = logLikelihood(model, summary)
    expect(early).toBe(late)
  })

  test('the fit is a maximum: the log-likelihood by another road falls on all sides', () => {
    const summary = calibration()
    const model = fitNbd(summary)
    const best = total(model, summary)
    expect(Math.abs(best - fitted(summary).logLikelihood)).toBeLessThan(1e-9)
    for (const name of ['r', 'alpha'] as const) {
      for (const factor of [0.999, 1.001]) {
        const params = { ...model.params, [name]: factor * model.params[name] }
        expect(total({ ...model, params }, summary)).toBeLessThan(best)
      }
    }
  })

  test('days instead of weeks, half weights and another order leave the predictions', () => {
    expectSamePredictions(fitNbd)
  })

  test('parameters that made the data are found again, within four standard errors', () => {
    const simulated = simulatedSummary(
      6000,
      2000,
      (random) => gamma(0.6, random) / 800,
      () => 0,
      5,
    )
    const { params } = fitNbd(simulated)
    const { standardErrors } = fitted(simulated)
    expect(Math.abs(params.r - 0.6)).toBeLessThan(4 * standardErrors[0]!)
    expect(Math.abs(params.alpha - 800)).toBeLessThan(4 * standardErrors[1]!)
  })
})

describe('edges', () => {
  test('customers who differ less than chance makes them have one rate: three in thirty days are ten in a hundred', () => {
    const summary = histories([3, 25, 30], [3, 29, 30])
    const diagnostics = fitted(summary)
    expect(diagnostics.verdict).toBe('boundary')
    expect(diagnostics.reducesTo).toContain('Poisson')
    // The likelihood of Poisson purchases at the observed rate.
    expect(Math.abs(diagnostics.logLikelihood - 2 * (3 * Math.log(0.1) - 3))).toBeLessThan(1e-9)
    expect(expectedPurchases(fitNbd(summary), summary, 100)[0]).toBeCloseTo(10, 6)
  })

  test('a bot among customers who never return overflows nothing', () => {
    const diagnostics = fitted(histories([5000, 5001, 6000], [0, 0, 20], [0, 0, 30], [0, 0, 40]))
    expect(diagnostics.converged).toBe(true)
    expect(Number.isFinite(diagnostics.logLikelihood)).toBe(true)
  })
})

test('refusals', () => {
  expectRefusal(() => fitNbd(histories()), 'NOT_ENOUGH_DATA', 'no customers')
  expectRefusal(() => fitNbd(histories([0, 0, 10], [2, 0, 0])), 'BAD_SHAPE', 'row 1')
  for (const wrong of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expectRefusal(() => nbdModel({ params: { r: wrong, alpha: 4 }, timeUnit: 'week' }), 'BAD_OPTION', 'params.r')
  }
  expectRefusal(() => nbdModel({ params: { r: 1, alpha: 4 }, timeUnit: 'month' as 'week' }), 'BAD_OPTION', 'timeUnit')
})
