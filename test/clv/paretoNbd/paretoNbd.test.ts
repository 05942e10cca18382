import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { purchaseHistories } from '../../../src/clv/distinctPurchases.ts'
import { expectedPurchases } from '../../../src/clv/expectedPurchases.ts'
import type { FittedDiagnostics } from '../../../src/clv/fitDiagnostics.ts'
import { logLikelihood } from '../../../src/clv/logLikelihood.ts'
import { fitNbd } from '../../../src/clv/nbd/nbd.ts'
import { minimizeAtOnceOrNever } from '../../../src/clv/paretoNbd/atOnceOrNever.ts'
import { fitParetoNbd, type ParetoNbdParams, paretoNbdModel } from '../../../src/clv/paretoNbd/paretoNbd.ts'
import { paretoNbdObjective } from '../../../src/clv/paretoNbd/paretoNbdLikelihood.ts'
import { probabilityAlive } from '../../../src/clv/probabilityAlive.ts'
import { purchaseDistribution } from '../../../src/clv/purchaseDistribution.ts'
import { type Random, randomFrom } from '../../../src/core/random.ts'
import type { CustomerSummary } from '../../../src/table/customerSummary.ts'
import { customerSummaryFromColumns } from '../../../src/table/customerSummaryFromColumns.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { assertFitted, expectCertified, expectExactFit, expectSamePredictions } from '../fits.ts'
import { calibration, golden, histories, stressSet } from '../goldens.ts'
import { gamma, purchaseTimes } from '../simulate.ts'

function fitted(summary: CustomerSummary): FittedDiagnostics {
  const { diagnostics } = fitParetoNbd(summary)
  assertFitted(diagnostics)
  return diagnostics
}

function likelihood(params: ParetoNbdParams, summary: CustomerSummary): number {
  const each = logLikelihood(paretoNbdModel({ params, timeUnit: summary.timeUnit }), summary)
  return each.reduce((sum, value, row) => sum + summary.weights[row]! * value, 0)
}

/** Histories of simulated customers, watched for 300 to 900 days; purchases at any time of the day. */
function simulated(
  customers: number,
  rate: (random: Random) => number,
  dropout: (random: Random) => number,
  seed: number,
) {
  const random = randomFrom(seed)
  const rows = Array.from({ length: customers }, () => {
    const age = 300 + 600 * random.unit()
    const end = Math.min(age, -Math.log(1 - random.unit()) / dropout(random))
    const times = purchaseTimes(rate(random), 0, end, random)
    return [times.length, times.at(-1) ?? 0, age] as const
  })
  return histories(...rows)
}

describe('published', () => {
  test('the fit of the CDNOW sample in weeks is the exact one', () => {
    expectExactFit(fitParetoNbd(calibration()), 'fit_paretonbd_cdnow_exact.json')
  })

  test.each(golden('stress.json') as { name: string; lt_paretonbd: number[]; verdict: string }[])(
    '$name is fitted, is told $verdict, and is not below what lifetimes reaches',
    ({ name, lt_paretonbd: [r, alpha, s, beta], verdict }) => {
      const summary = stressSet(name)
      const diagnostics = fitted(summary)
      const theirs = likelihood({ r: r!, alpha: alpha!, s: s!, beta: beta! }, summary)
      // 3,000 terms of up to some 100, rounded to 1e-16 of themselves, in another order.
      expect(diagnostics.logLikelihood).toBeGreaterThan(theirs - 1e-9)
      expect(diagnostics.verdict).toBe(verdict)
      expect(diagnostics.converged).toBe(true)
      if (verdict === 'interior') {
        expect(diagnostics.positiveDefinite).toBe(true)
        expect(diagnostics.gradientNorm).toBeLessThan(1e-8)
        return
      }
      // The NBD customers of this set are, by chance, 2.3 of log-likelihood likelier if 3.6 % of them leave at once.
      expect(diagnostics.reducesTo).toBe('some customers leave at once, the others never (s and beta to 0)')
      const simpler = fitNbd(summary).diagnostics as FittedDiagnostics
      expect(diagnostics.logLikelihood).toBeGreaterThan(simpler.logLikelihood + 2.3)
    },
  )
})

describe('laws', () => {
  const summary = calibration()

  test('gradient and Hessian are the derivatives of the value', () => {
    const rows = [0, 1, 5, 9, 40, 41, 77, 140, 311]
    const of = (column: ArrayLike<number>): number[] => rows.map((row) => column[row]!)
    const few = customerSummaryFromColumns(
      { repeats: of(summary.repeats), ageAtLast: of(summary.ageAtLast), age: of(summary.age) },
      { timeUnit: 'week' },
    )
    const objective = paretoNbdObjective(purchaseHistories('test', few))
    // The last three make α and β so different that the series gives way to the integral.
    const points = [
      [0.55, 10.6, 0.61, 11.7],
      [0.2, 30, 2, 5],
      [0.7, 1e-2, 0.4, 900],
      [0.7, 900, 0.4, 1e-2],
      [0.05, 2, 0.04, 4e4],
    ]
    for (const point of points) {
      const theta = point.map(Math.log)
      const { gradient, hessian } = objective(theta)
      theta.forEach((_, i) => {
        const step = 1e-4
        const beside = (sign: number) => objective(theta.map((value, j) => (i === j ? value + sign * step : value)))
        const [low, high] = [beside(-1), beside(1)]
        // A central difference misses step² / 6 of third derivatives, of up to some hundreds, and rounds to 1e-14 / step.
        const tolerance = 1e-5
        expect(Math.abs((high.value - low.value) / (2 * step) - gradient[i]!)).toBeLessThan(tolerance)
        theta.forEach((_, j) => {
          expect(Math.abs((high.gradient[j]! - low.gradient[j]!) / (2 * step) - hessian[i]![j]!)).toBeLessThan(
            tolerance,
          )
          expect(hessian[i]![j]).toBe(hessian[j]![i])
        })
      })
    }
  })

  test('the log-likelihood of the fit is the sum of those of the customers', () => {
    const { params } = fitParetoNbd(summary)
    // 2,357 terms in another order and of another formula: 1e-16 · 9595 · √2357.
    expect(Math.abs(likelihood(params, summary) - fitted(summary).logLikelihood)).toBeLessThan(1e-10)
  })

  test('days instead of weeks, half weights and another order leave the predictions', () => {
    expectSamePredictions(fitParetoNbd)
  })

  test('parameters that made the data are found again, within four standard errors', () => {
    const truth = [0.6, 8, 0.9, 200]
    const sample = simulated(
      4000,
      (random) => gamma(truth[0]!, random) / truth[1]!,
      (random) => gamma(truth[2]!, random) / truth[3]!,
      7,
    )
    const { params } = fitParetoNbd(sample)
    const { standardErrors } = fitted(sample)
    Object.values(params).forEach((value, i) => {
      expect(Math.abs(value - truth[i]!)).toBeLessThan(4 * standardErrors[i]!)
    })
  })

  test('small random sets always end in a certified optimum or at a named edge', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 0, max: 1e6 }), (customers, seed) => {
        const sample = simulated(
          customers,
          (random) => gamma(0.8, random) / 40,
          (random) => gamma(0.7, random) / 150,
          seed,
        )
        if (sample.repeats.every((x) => x === 0)) return
        const diagnostics = fitted(sample)
        expectCertified(diagnostics)
        // No worse than its limits, which are sought by themselves.
        const { logLikelihood: nbd } = fitNbd(sample).diagnostics as FittedDiagnostics
        const limit = minimizeAtOnceOrNever(purchaseHistories('test', sample))
        expect(diagnostics.logLikelihood, String(seed)).toBeGreaterThan(Math.max(nbd, -limit.value) - 2e-6)
      }),
      { numRuns: 100 },
    )
  })
})

describe('edges', () => {
  test('one purchase rate for all', () => {
    // Everybody buys every twentieth day, which varies less than chance, until they leave.
    const sample = histories(
      ...Array.from({ length: 200 }, (_, customer) => {
        const T = 205 + customer
        const x = Math.min(Math.floor(T / 20), [1, 1, 2, 3, 5, 8, 99][customer % 7]!)
        return [x, 20 * x, T] as const
      }),
    )
    const diagnostics = fitted(sample)
    expect(diagnostics.verdict).toBe('boundary')
    expect(diagnostics.reducesTo).toContain('one purchase rate')
    expect(diagnostics.standardErrors.map(Number.isFinite)).toEqual([false, false, true, true])
  })

  test('one dropout rate for all', () => {
    // Which of two homogeneous samples has its optimum at the edge is a matter of chance.
    const atEdge = [1, 2, 3, 4]
      .map((seed) =>
        simulated(
          600,
          (random) => gamma(0.8, random) / 10,
          () => 1 / 150,
          seed,
        ),
      )
      .map(fitted)
      .filter(({ verdict }) => verdict === 'boundary')
    expect(atEdge.length).toBeGreaterThan(0)
    for (const { reducesTo, standardErrors } of atEdge) {
      expect(reducesTo).toContain('one dropout rate')
      expect(standardErrors.slice(0, 2).every(Number.isFinite)).toBe(true)
    }
  })

  test('customers seen on the last day only have no dropout to show', () => {
    const sample = histories([1, 10, 10], [2, 20, 20], [9, 30, 30], [1, 40, 40], [5, 50, 50], [1, 60, 60])
    const diagnostics = fitted(sample)
    expect(diagnostics.verdict).toBe('boundary')
    expect(diagnostics.reducesTo).toBe('NBD: no customer leaves (s / beta to 0)')
    const simpler = fitNbd(sample).diagnostics as FittedDiagnostics
    expect(Math.abs(diagnostics.logLikelihood - simpler.logLikelihood)).toBeLessThan(1e-6)
  })

  test('a bot with 5000 purchases, and five customers', () => {
    for (const sample of [
      histories([5000, 5001, 6000], [0, 0, 20], [3, 25, 30], [0, 0, 40], [2, 33, 50]),
      histories([1, 10, 12], [0, 0, 20], [3, 25, 30], [0, 0, 40], [2, 33, 50]),
    ]) {
      const diagnostics = fitted(sample)
      expect(diagnostics.converged).toBe(true)
      expect(Number.isFinite(diagnostics.logLikelihood)).toBe(true)
    }
  })

  test('models at an edge predict', () => {
    for (const sample of [histories([3, 25, 30]), histories([1, 10, 10], [2, 20, 20], [0, 0, 40])]) {
      const model = fitParetoNbd(sample)
      const expected = expectedPurchases(model, sample, 100)
      const { probabilities, beyond } = purchaseDistribution(model, sample, 100, { max: 60 })
      probabilityAlive(model, sample).forEach((share, row) => {
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
        expect(expected[row]).toBeGreaterThanOrEqual(0)
        const total = probabilities.subarray(row * 61, (row + 1) * 61).reduce((sum, value) => sum + value, 0)
        expect(Math.abs(total + beyond[row]! - 1)).toBeLessThan(1e-9)
      })
    }
  })
})

describe('refusals', () => {
  test('of data that cannot answer', () => {
    expectRefusal(() => fitParetoNbd(histories()), 'NOT_ENOUGH_DATA', 'no customers')
    expectRefusal(() => fitParetoNbd(histories([0, 0, 10], [2, 0, 0])), 'BAD_SHAPE', 'row 1')
  })

  test('of parameters that are none', () => {
    for (const wrong of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const params = { r: 0.5, alpha: 10, s: wrong, beta: 12 }
      expectRefusal(() => paretoNbdModel({ params, timeUnit: 'week' }), 'BAD_OPTION', 'params.s')
    }
  })
})
