import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitMbgNbd, mbgNbdModel } from '../../../src/clv/bgNbd/mbgNbd.ts'
import { expectedPurchases, expectedPurchasesOfNewCustomer } from '../../../src/clv/expectedPurchases.ts'
import type { FittedDiagnostics } from '../../../src/clv/fitDiagnostics.ts'
import { logLikelihood } from '../../../src/clv/logLikelihood.ts'
import { probabilityAlive } from '../../../src/clv/probabilityAlive.ts'
import { purchaseDistribution, purchaseDistributionOfNewCustomer } from '../../../src/clv/purchaseDistribution.ts'
import type { CustomerSummary } from '../../../src/table/customerSummary.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { assertFitted, expectCertified, expectExactFit, expectSamePredictions } from '../fits.ts'
import { calibration, golden, histories, relativeError, stressSet } from '../goldens.ts'
import { givenMbgNbd, givenModel, mbgNbdAtExactFit, probes, rowSummary } from '../predictions.ts'
import { beta, gamma, simulatedSummary } from '../simulate.ts'

function fitted(summary: CustomerSummary): FittedDiagnostics {
  const { diagnostics } = fitMbgNbd(summary)
  assertFitted(diagnostics)
  return diagnostics
}

describe('published', () => {
  test('the fit of the CDNOW sample in weeks is the exact one', () => {
    expectExactFit(fitMbgNbd(calibration()), 'fit_mbgnbd_cdnow_exact.json')
  })

  test('all probes to 1e-12', () => {
    const summaryOf = (args: { x: number; tx: number; T: number }): CustomerSummary =>
      histories([args.x, args.tx, args.T])
    for (const { params, args, truth } of probes('cond_expected', 'mbgnbd')) {
      const value = expectedPurchases(givenMbgNbd(params), summaryOf(args), args.t)[0]!
      expect(relativeError(value, truth)).toBeLessThan(1e-12)
    }
    for (const { params, args, truth } of probes('expected', 'mbgnbd')) {
      expect(relativeError(expectedPurchasesOfNewCustomer(givenMbgNbd(params), args.t), truth)).toBeLessThan(1e-12)
    }
    for (const { params, args, truth } of probes('p_alive', 'mbgnbd')) {
      expect(relativeError(probabilityAlive(givenMbgNbd(params), summaryOf(args))[0]!, truth)).toBeLessThan(1e-12)
    }
    for (const { params, args, truth } of probes('loglik', 'mbgnbd')) {
      expect(relativeError(logLikelihood(givenMbgNbd(params), summaryOf(args))[0]!, truth)).toBeLessThan(1e-12)
    }
    for (const { params, args, truth } of probes('pmf', 'mbgnbd')) {
      const chances = purchaseDistributionOfNewCustomer(givenMbgNbd(params), args.t, { max: args.n })
      expect(relativeError(chances[args.n]!, truth)).toBeLessThan(1e-12)
    }
  })

  test('the CDNOW sample to 1e-11', () => {
    const truth = golden('predictions_cdnow_sample.json')
    const model = mbgNbdAtExactFit()
    const rows = rowSummary(truth.rows)
    const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)
    probabilityAlive(model, rows).forEach((value, row) => {
      expect(relativeError(value, truth.rows[row].palive.mbgnbd)).toBeLessThan(1e-11)
    })
    expect(relativeError(sum(probabilityAlive(model, calibration())), truth.aggregates.mbgnbd_palive_sum)).toBeLessThan(
      1e-11,
    )
    for (const horizon of [13, 26, 39]) {
      expectedPurchases(model, rows, horizon).forEach((value, row) => {
        expect(relativeError(value, truth.rows[row][`ce${horizon}`].mbgnbd)).toBeLessThan(1e-11)
      })
      const total = sum(expectedPurchases(model, calibration(), horizon))
      expect(relativeError(total, truth.aggregates[`mbgnbd_ce${horizon}_sum`])).toBeLessThan(1e-11)
    }
    for (const [horizon, value] of Object.entries(truth.expected.mbgnbd)) {
      expect(relativeError(expectedPurchasesOfNewCustomer(model, Number(horizon)), value as string)).toBeLessThan(1e-11)
    }
    const pmf = truth.pmf39.mbgnbd as string[]
    const chances = purchaseDistributionOfNewCustomer(model, 39, { max: pmf.length - 1 })
    pmf.forEach((value, n) => {
      expect(relativeError(chances[n]!, value)).toBeLessThan(1e-11)
    })
  })

  test('a set without dropout ends at an edge, not below the NBD', () => {
    // One in twenty there never repeats for chance alone; that some left with the first purchase explains it as well.
    const sets = golden('stress.json') as { name: string; best_ll: number }[]
    const { best_ll } = sets.find(({ name }) => name === 'no_dropout_pure_NBD')!
    const diagnostics = fitted(stressSet('no_dropout_pure_NBD'))
    expect(diagnostics.verdict).toBe('boundary')
    expect(diagnostics.reducesTo).toMatch(/no customer leaves|the others never/)
    expect(diagnostics.logLikelihood).toBeGreaterThan(best_ll - 1e-6)
  })
})

describe('laws', () => {
  const parameter = fc.double({ min: -2, max: 2, noNaN: true }).map((power) => 10 ** power)
  const parameters = fc.tuple(parameter, parameter, parameter, parameter)

  test('who could not leave with the first purchase would be a BG/NBD customer with b + 1', () => {
    // The likelihood splits at the first purchase: b / (a + b) times BG/NBD(b + 1), plus a / (a + b) for who left then.
    fc.assert(
      fc.property(parameters, fc.integer({ min: 1, max: 40 }), ([r, alpha, a, b], x) => {
        const summary = histories([x, 50, 70])
        const whole = logLikelihood(givenMbgNbd([r, alpha, a, b]), summary)[0]!
        const later = logLikelihood(givenModel([r, alpha, a, b + 1]), summary)[0]!
        // Sums of up to 40 logarithms; each log-likelihood rounds to some 1e-15 of itself.
        expect(Math.abs(whole - later - Math.log(b / (a + b)))).toBeLessThan(1e-13 * (100 + Math.abs(whole)))
      }),
    )
  })

  test('the probabilities add up to 1 and their mean is the expectation', () => {
    const near = fc.double({ min: -1, max: 1, noNaN: true }).map((power) => 10 ** power)
    fc.assert(
      fc.property(near, near, near, near, fc.integer({ min: 0, max: 30 }), (r, alpha, a, b, x) => {
        const model = givenMbgNbd([r, 10 * alpha, a, b])
        const summary = histories([x, x === 0 ? 0 : 60, 70])
        for (const [probabilities, beyond, expected] of [
          [purchaseDistributionOfNewCustomer(model, 40, { max: 4000 }), 0, expectedPurchasesOfNewCustomer(model, 40)],
          [
            purchaseDistribution(model, summary, 40, { max: 4000 }).probabilities,
            purchaseDistribution(model, summary, 40, { max: 4000 }).beyond[0]!,
            expectedPurchases(model, summary, 40)[0]!,
          ],
        ] as const) {
          // 4,001 probabilities and their products with n round to some 1e-16 each.
          expect(Math.abs(probabilities.reduce((sum, value) => sum + value, beyond) - 1)).toBeLessThan(1e-12)
          const mean = probabilities.reduce((sum, value, n) => sum + n * value, 0)
          expect(relativeError(mean, expected)).toBeLessThan(1e-11)
        }
      }),
    )
  })

  test('silence after a single purchase makes it less likely that the customer is there', () => {
    const alive = probabilityAlive(mbgNbdAtExactFit(), rowSummary([1, 10, 100, 1000].map(onceAt)))
    expect([...alive]).toEqual([...alive].sort((one, other) => other - one))
    expect(alive[0]).toBeLessThan(1)
  })
  const onceAt = (days: number) => ({ x: 0, tx_days: 0, T_days: days })

  test('days instead of weeks, half weights and another order leave the predictions', () => {
    expectSamePredictions(fitMbgNbd)
  })

  test('parameters that made the data are found again, within four standard errors', () => {
    const truth = { r: 0.6, alpha: 800, a: 0.9, b: 2.2 }
    const simulated = simulatedSummary(
      8000,
      2000,
      (random) => gamma(truth.r, random) / truth.alpha, // slow enough that purchases seldom share a day
      (random) => beta(truth.a, truth.b, random),
      11,
      { early: true },
    )
    const { params, diagnostics } = fitMbgNbd(simulated)
    assertFitted(diagnostics)
    const expected = [truth.r, truth.alpha, truth.a, truth.b]
    Object.values(params).forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThan(4 * diagnostics.standardErrors[i]!)
    })
  })

  test('small random sets always end in a certified optimum or at a named edge', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 0, max: 1e6 }), (customers, seed) => {
        const simulated = simulatedSummary(
          customers,
          300,
          (random) => gamma(0.8, random) / 15,
          (random) => beta(0.7, 2, random),
          seed,
          { early: true },
        )
        if (simulated.repeats.every((x) => x === 0)) return
        const diagnostics = fitted(simulated)
        expectCertified(diagnostics)
      }),
      { numRuns: 150 },
    )
  })
})

test('customers who leave with the first purchase or never', () => {
  const rows = Array.from({ length: 200 }, (_, c) =>
    c % 2 === 0 ? ([0, 0, 2000] as const) : ([99, 1980, 2000] as const),
  )
  const diagnostics = fitted(histories(...rows))
  expect(diagnostics.verdict).toBe('boundary')
  expect(diagnostics.reducesTo).toContain('some customers leave with the first purchase, the others never')
  // Half of the customers a share of 1/2, the rest one rate of 99 in 2,000: the limit in closed form.
  const limit = 200 * Math.log(0.5) + 100 * 99 * (Math.log(99 / 2000) - 1)
  expect(Math.abs(diagnostics.logLikelihood - limit)).toBeLessThan(1e-6)
})

test('refusals', () => {
  expectRefusal(() => fitMbgNbd(histories()), 'NOT_ENOUGH_DATA', 'fitMbgNbd')
  for (const wrong of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    const params = { r: 0.2, alpha: 4, a: 1, b: wrong }
    expectRefusal(() => mbgNbdModel({ params, timeUnit: 'week' }), 'BAD_OPTION', 'params.b')
  }
})

test('regression: the likelihood of who hardly can be there still had lost digits to the silence', () => {
  const model = mbgNbdModel({ params: { r: 79.2, alpha: 2.08e-10, a: 2, b: 1 }, timeUnit: 'day' })
  // ln(2/3 + 1/3 (α / (α + T))^r), the latter some e^−2200.
  expect(relativeError(logLikelihood(model, histories([0, 0, 366.75]))[0]!, Math.log(2 / 3))).toBeLessThan(1e-15)
})
