import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bgNbdModel, fitBgNbd } from '../../../src/clv/bgNbd/bgNbd.ts'
import { expectedPurchases } from '../../../src/clv/expectedPurchases.ts'
import type { FittedDiagnostics } from '../../../src/clv/fitDiagnostics.ts'
import { logLikelihood } from '../../../src/clv/logLikelihood.ts'
import { probabilityAlive } from '../../../src/clv/probabilityAlive.ts'
import { purchaseDistribution } from '../../../src/clv/purchaseDistribution.ts'
import type { Random } from '../../../src/core/random.ts'
import type { CustomerSummary } from '../../../src/table/customerSummary.ts'
import { customerSummaryFromColumns } from '../../../src/table/customerSummaryFromColumns.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { assertFitted, expectCertified, expectExactFit, expectSamePredictions } from '../fits.ts'
import { calibration, golden, histories, relativeError, stressSet } from '../goldens.ts'
import { beta, gamma, simulatedSummary } from '../simulate.ts'

function fitted(summary: CustomerSummary): FittedDiagnostics {
  const { diagnostics } = fitBgNbd(summary)
  assertFitted(diagnostics)
  return diagnostics
}

describe('published', () => {
  test('the fit of the CDNOW sample in weeks is the exact one', () => {
    expectExactFit(fitBgNbd(calibration()), 'fit_bgnbd_cdnow_exact.json')
  })

  test.each(golden('stress.json') as { name: string; best_ll: number; verdict: string }[])(
    '$name reaches the best known likelihood and is told $verdict',
    ({ name, best_ll, verdict }) => {
      const diagnostics = fitted(stressSet(name))
      expect(diagnostics.logLikelihood).toBeGreaterThan(best_ll - 1e-6)
      expect(diagnostics.verdict).toBe(verdict)
      expect(diagnostics.converged).toBe(true)
      if (verdict === 'boundary') expect(diagnostics.reducesTo).toContain('NBD: no customer leaves')
    },
  )
})

describe('laws', () => {
  const summary = calibration()

  test('the order of the customers changes not one bit', () => {
    const reversed = (column: ArrayLike<number>): number[] => Array.from(column).reverse()
    const turned = customerSummaryFromColumns(
      { repeats: reversed(summary.repeats), ageAtLast: reversed(summary.ageAtLast), age: reversed(summary.age) },
      { timeUnit: 'week' },
    )
    expect(fitBgNbd(turned)).toEqual(fitBgNbd(summary))
  })

  test('weights are repeated rows', () => {
    const rows = [0, 0, 1, 2, 5, 5, 5, 9, 40, 41]
    const of = (column: ArrayLike<number>, chosen: readonly number[]): number[] => chosen.map((row) => column[row]!)
    const columns = (chosen: readonly number[]) => ({
      repeats: of(summary.repeats, chosen),
      ageAtLast: of(summary.ageAtLast, chosen),
      age: of(summary.age, chosen),
    })
    const once = [...new Set(rows)]
    const weights = once.map((row) => rows.filter((other) => other === row).length)
    const weighted = customerSummaryFromColumns({ ...columns(once), weights }, { timeUnit: 'week' })
    expect(fitBgNbd(weighted)).toEqual(fitBgNbd(customerSummaryFromColumns(columns(rows), { timeUnit: 'week' })))
  })

  test('days instead of weeks multiply alpha by 7 and leave the rest', () => {
    const days = (column: Float64Array): Float64Array => column.map((weeks) => Math.round(7 * weeks))
    const inDays = customerSummaryFromColumns(
      { repeats: summary.repeats, ageAtLast: days(summary.ageAtLast), age: days(summary.age) },
      { timeUnit: 'day' },
    )
    const [weekly, daily] = [fitBgNbd(summary).params, fitBgNbd(inDays).params]
    // Both are Newton's fixed points, to some 1e-14 in the gradient, over a curvature of 7 at least.
    expect(relativeError(daily.alpha, 7 * weekly.alpha)).toBeLessThan(1e-11)
    for (const name of ['r', 'a', 'b'] as const) expect(relativeError(daily[name], weekly[name])).toBeLessThan(1e-11)
  })

  test('the log-likelihood of the fit is the sum of those of the customers', () => {
    const model = fitBgNbd(summary)
    const total = logLikelihood(model, summary).reduce((sum, value) => sum + value, 0)
    if (model.diagnostics.source === 'fitted') {
      // 2,357 terms in another order: 1e-16 · 9582 · √2357.
      expect(Math.abs(total - model.diagnostics.logLikelihood)).toBeLessThan(1e-10)
    }
  })

  test('days instead of weeks, half weights and another order leave the predictions', () => {
    expectSamePredictions(fitBgNbd)
  })

  test('parameters that made the data are found again, within four standard errors', () => {
    const truth = { r: 0.6, alpha: 800, a: 0.9, b: 2.2 }
    const simulated = simulatedSummary(
      8000,
      2000,
      (random) => gamma(truth.r, random) / truth.alpha, // slow enough that purchases seldom share a day
      (random) => beta(truth.a, truth.b, random),
      7,
    )
    const { params, diagnostics } = fitBgNbd(simulated)
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
        )
        if (simulated.repeats.every((x) => x === 0)) return
        const diagnostics = fitted(simulated)
        expectCertified(diagnostics)
      }),
      { numRuns: 200 },
    )
  })

  test('a model is plain data', () => {
    const model = fitBgNbd(summary)
    expect(structuredClone(model)).toEqual(model)
    expect(JSON.parse(JSON.stringify(model))).toEqual(model)
  })
})

describe('edges', () => {
  const many = (random: Random): number => gamma(0.6, random) / 10

  /** Customers who all buy every twentieth day, which varies less than chance, until they leave with a purchase. */
  const regular = (leavesAt: (customer: number) => number): CustomerSummary =>
    histories(
      ...Array.from({ length: 300 }, (_, customer) => {
        const T = 205 + customer
        const x = Math.min(Math.floor(T / 20), leavesAt(customer))
        return [x, 20 * x, T] as const
      }),
    )

  const leavesEarlyOrLate = (customer: number): number => [1, 1, 1, 2, 2, 3, 5, 8, 99, 99][customer % 10]!

  test('one purchase rate for all', () => {
    const diagnostics = fitted(regular(leavesEarlyOrLate))
    expect(diagnostics.verdict).toBe('boundary')
    expect(diagnostics.reducesTo).toContain('one purchase rate for all')
    // The dropout is known as well as ever, the rate's spread not at all.
    expect(diagnostics.standardErrors.map(Number.isFinite)).toEqual([false, false, true, true])
  })

  test('one dropout probability for all', () => {
    // Which of two homogeneous samples has its optimum at the edge is a matter of chance: of the seeds 1 to 4, two do.
    const verdicts = [1, 2, 3, 4].map((seed) => fitted(simulatedSummary(3000, 700, many, () => 0.2, seed)))
    const atEdge = verdicts.filter(({ verdict }) => verdict === 'boundary')
    expect(atEdge.length).toBeGreaterThan(0)
    for (const { reducesTo, standardErrors } of atEdge) {
      expect(reducesTo).toContain('one dropout probability')
      expect(standardErrors.map(Number.isFinite)).toEqual([true, true, false, false])
    }
  })

  test('everybody leaves with the first repeat', () => {
    const diagnostics = fitted(simulatedSummary(1000, 700, many, () => 1, 4))
    expect(diagnostics.verdict).toBe('boundary')
    expect(diagnostics.reducesTo).toContain('every customer leaves')
    expect(Number.isFinite(diagnostics.logLikelihood)).toBe(true)
  })

  test('nobody leaves and all buy alike', () => {
    const diagnostics = fitted(regular(() => Number.POSITIVE_INFINITY))
    expect(diagnostics.reducesTo).toContain('no customer leaves')
    expect(diagnostics.reducesTo).toContain('one purchase rate')
  })

  test('models at an edge predict', () => {
    const edges = [
      regular(() => Number.POSITIVE_INFINITY),
      regular(leavesEarlyOrLate),
      simulatedSummary(500, 700, many, () => 1, 4),
      histories([3, 25, 30]),
    ]
    for (const summary of edges) {
      const model = fitBgNbd(summary)
      const alive = probabilityAlive(model, summary)
      const expected = expectedPurchases(model, summary, 100)
      const { probabilities, beyond } = purchaseDistribution(model, summary, 100, { max: 60 })
      alive.forEach((share, row) => {
        expect(share).toBeGreaterThanOrEqual(0)
        expect(share).toBeLessThanOrEqual(1)
        expect(expected[row]).toBeGreaterThanOrEqual(0)
        const total = probabilities.subarray(row * 61, (row + 1) * 61).reduce((sum, value) => sum + value, 0)
        expect(Math.abs(total + beyond[row]! - 1)).toBeLessThan(1e-9)
      })
    }
  })

  test('without dropout and with one rate, three repeats in thirty days are a tenth a day', () => {
    const summary = histories([3, 25, 30])
    expect(expectedPurchases(fitBgNbd(summary), summary, 100)[0]).toBeCloseTo(10, 6)
  })
})

describe('refusals', () => {
  test('of data that cannot answer', () => {
    expectRefusal(() => fitBgNbd(histories()), 'NOT_ENOUGH_DATA', 'no customers')
    expectRefusal(() => fitBgNbd(histories([0, 0, 10], [2, 0, 0])), 'BAD_SHAPE', 'row 1')
    expectRefusal(() => fitBgNbd(histories([10_000_001, 5, 10])), 'BAD_SHAPE', 'repeats')
  })

  test('of parameters that are none', () => {
    for (const wrong of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const params = { r: 0.2, alpha: 4, a: wrong, b: 2 }
      expectRefusal(() => bgNbdModel({ params, timeUnit: 'week' }), 'BAD_OPTION', 'params.a')
    }
    const params = { r: 0.2, alpha: 4, a: 1, b: 2 }
    expectRefusal(() => bgNbdModel({ params, timeUnit: 'month' as 'week' }), 'BAD_OPTION', 'timeUnit')
  })
})

describe('regressions', () => {
  test('customers seen on the last day only have no dropout to show', () => {
    const diagnostics = fitted(histories([1, 10, 10], [2, 20, 20], [3, 30, 30], [0, 0, 40], [5, 50, 50]))
    expect(diagnostics.verdict).toBe('boundary')
    expect(diagnostics.reducesTo).toContain('no customer leaves')
    expect(diagnostics.standardErrors.slice(0, 2).every(Number.isFinite)).toBe(true)
  })

  test('five customers are enough', () => {
    expect(fitted(histories([1, 10, 12], [0, 0, 20], [3, 25, 30], [0, 0, 40], [2, 33, 50])).converged).toBe(true)
  })

  test('a customer with 5000 repeats overflows nothing', () => {
    const diagnostics = fitted(histories([5000, 5001, 6000], [0, 0, 20], [3, 25, 30], [0, 0, 40], [2, 33, 50]))
    expect(diagnostics.converged).toBe(true)
    expect(Number.isFinite(diagnostics.logLikelihood)).toBe(true)
  })

  test('b far below 1e-16 is not lost in b + x − 1', () => {
    // With x = 1 it is b, but (b + 1) − 1 was 0, and the likelihood infinite.
    const model = bgNbdModel({ params: { r: 1, alpha: 10, a: 1e-3, b: 1e-20 }, timeUnit: 'day' })
    const summary = histories([1, 5, 10])
    expect(Number.isFinite(logLikelihood(model, summary)[0]!)).toBe(true)
  })
})
