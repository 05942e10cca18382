import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expectedSpend, fitGammaGamma, gammaGammaModel } from '../../../src/clv/gammaGamma/gammaGamma.ts'
import { gammaGammaObjective } from '../../../src/clv/gammaGamma/gammaGammaLikelihood.ts'
import { randomFrom } from '../../../src/core/random.ts'
import { type CustomerSummary, customerSummary } from '../../../src/table/customerSummary.ts'
import { customerSummaryFromColumns } from '../../../src/table/customerSummaryFromColumns.ts'
import { cdnow } from '../../fixtures/cdnow.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { assertFitted, expectExactFit } from '../fits.ts'
import { calibration, golden, relativeError } from '../goldens.ts'
import { probes, rowSummary } from '../predictions.ts'
import { gamma } from '../simulate.ts'

function spending(...rows: readonly (readonly [x: number, m: number])[]): CustomerSummary {
  return customerSummaryFromColumns(
    {
      repeats: rows.map(([x]) => x),
      ageAtLast: rows.map(([x]) => (x > 0 ? 5 : 0)),
      age: rows.map(() => 10),
      meanRepeatValue: rows.map(([, m]) => m),
    },
    { timeUnit: 'day', currency: 'EUR' },
  )
}

describe('published', () => {
  test('the fit of the CDNOW sample is the exact one', () => {
    const fit = fitGammaGamma(calibration())
    expectExactFit(fit, 'fit_gammagamma_cdnow_exact.json')
    const { diagnostics } = fit
    assertFitted(diagnostics)
    expect(diagnostics.leftOut).toBe(0)
    // lifetimes documents 0.11 for its rounded table of the same customers.
    expect(diagnostics.correlation).toBeCloseTo(0.114, 3)
  })

  test('log-likelihood probes to 1e-12', () => {
    for (const { params, args, truth } of probes('loglik', 'gammagamma')) {
      const objective = gammaGammaObjective({
        repeats: Uint32Array.of(args.x),
        starts: Uint32Array.of(0, 1),
        means: Float64Array.of(args.m),
        weights: Float64Array.of(1),
      })
      expect(relativeError(-objective(params.map(Math.log)).value, truth)).toBeLessThan(1e-12)
    }
  })

  test('expected spend of the first CDNOW customers to 1e-9', () => {
    const truth = golden('clv_cdnow_first40.json')
    const [p, q, v] = truth.params.gg.map(Number)
    const spend = expectedSpend(gammaGammaModel({ params: { p, q, v } }), rowSummary(truth.rows))
    spend.forEach((value, row) => {
      expect(relativeError(value, truth.rows[row].e_spend)).toBeLessThan(1e-9)
    })
  })
})

describe('laws', () => {
  test('parameters that made the data are found again, within four standard errors', () => {
    const random = randomFrom(11)
    const truth = { p: 4, q: 3.5, v: 20 }
    const rows = Array.from({ length: 4000 }, (_, customer) => {
      const x = 1 + (customer % 7)
      return [x, gamma(truth.p * x, random) / (gamma(truth.q, random) / truth.v) / x] as const
    })
    const { params, diagnostics } = fitGammaGamma(spending(...rows))
    assertFitted(diagnostics)
    diagnostics.parameters.forEach((name, i) => {
      const key = name as keyof typeof truth
      expect(Math.abs(params[key] - truth[key])).toBeLessThan(4 * diagnostics.standardErrors[i]!)
    })
  })

  test('money in another unit scales v and nothing else', () => {
    const summary = calibration()
    const cents = { ...summary, meanRepeatValue: summary.meanRepeatValue.map((mean) => 128 * mean) }
    const [plain, scaled] = [fitGammaGamma(summary).params, fitGammaGamma(cents).params]
    expect(relativeError(scaled.v, 128 * plain.v)).toBeLessThan(1e-10)
    expect(relativeError(scaled.p, plain.p)).toBeLessThan(1e-10)
    expect(relativeError(scaled.q, plain.q)).toBeLessThan(1e-10)
  })

  test("expected spend lies between the customer's mean and the population's", () => {
    const parameter = fc.double({ min: 0.1, max: 50, noNaN: true })
    fc.assert(
      fc.property(parameter, parameter, parameter, fc.integer({ min: 1, max: 100 }), parameter, (p, q, v, x, m) => {
        const model = gammaGammaModel({ params: { p, q: 1 + q, v } })
        const [population, own] = expectedSpend(model, spending([0, 0], [x, m])) as unknown as [number, number]
        expect(own).toBeGreaterThanOrEqual(Math.min(population, m) * (1 - 1e-13))
        expect(own).toBeLessThanOrEqual(Math.max(population, m) * (1 + 1e-13))
      }),
    )
  })

  test('a model is plain data', () => {
    const model = fitGammaGamma(calibration())
    expect(structuredClone(model)).toEqual(model)
    expect(JSON.parse(JSON.stringify(model))).toEqual(model)
  })
})

describe('customers whom the model cannot describe', () => {
  test('without a positive mean are left out of the fit and counted', () => {
    // One of the 9,451 repeat customers of the whole CDNOW calibration period repeated for nothing.
    const { diagnostics } = fitGammaGamma(customerSummary(cdnow(), { asOf: '1997-09-30', timeUnit: 'week' }))
    expect(diagnostics).toMatchObject({ customers: 9450, leftOut: 1, converged: true })
    const few = [
      [1, 10],
      [2, 20],
      [3, 12],
    ] as const
    expect(fitGammaGamma(spending(...few, [4, 0], [1, -5])).params).toEqual(fitGammaGamma(spending(...few)).params)
  })

  test('are expected to spend as if their mean were 0', () => {
    const model = gammaGammaModel({ params: { p: 2, q: 3, v: 10 } })
    // p v / (q − 1), then p (v + x · 0) / (p x + q − 1) twice.
    expect([...expectedSpend(model, spending([0, 0], [4, 0], [4, -5]))]).toEqual([10, 2, 2])
  })
})

describe('edges', () => {
  test('customers who differ less than chance have one spend distribution', () => {
    const rows = Array.from({ length: 60 }, (_, i) => [8, 10 + (i % 3)] as const)
    const { diagnostics } = fitGammaGamma(spending(...rows, ...rows.map(() => [1, 3] as const), [1, 30], [1, 25]))
    assertFitted(diagnostics)
    expect(diagnostics.verdict).toBe('boundary')
    expect(diagnostics.reducesTo).toContain('one spend distribution')
  })
})

/** The fit of customers with x repeats of mean m. */
function fitOf(repeats: number[], meanRepeatValue: number[]) {
  const columns = { repeats, ageAtLast: repeats, age: repeats, meanRepeatValue }
  const { params, diagnostics } = fitGammaGamma(customerSummaryFromColumns(columns, { timeUnit: 'day' }))
  assertFitted(diagnostics)
  return { params, diagnostics }
}

describe('regression: one start missed the best of several optima', () => {
  test.each([
    { repeats: [1, 1, 1, 1, 1], means: [724, 3.5, 0.3, 515, 10], best: -27.687184 },
    { repeats: [7, 5], means: [2.33, 0.3], best: -2.406341 },
  ])('$means: one spend distribution for all, not one amount for each', ({ repeats, means, best }) => {
    const { diagnostics } = fitOf(repeats, means)
    // The best gamma distribution, which is the limit of q to infinity, by Nelder-Mead; six decimals.
    expect(diagnostics.logLikelihood).toBeGreaterThan(best - 1e-6)
    expect(diagnostics.reducesTo).toBe('one spend distribution for all customers (q and v to infinity)')
    expect(diagnostics.converged).toBe(true)
  })
})

describe('regression: where customers hardly differ, terms of the size of p cancelled, and p was called infinite', () => {
  // The best gamma distribution of Σ spends with shape p x, by mpmath at 60 digits: the limit of q to infinity.
  test.each([
    [1e-2, 21.002147728943, 45314.3446519],
    [1e-3, 44.026508648766, 4531175.89892],
    [1e-4, 67.052209681667, 453114645.66],
  ])('means that differ by %d of themselves', (spread, best, p) => {
    const repeats = [3, 2, 5, 1, 4, 2, 7, 1, 3, 2]
    const means = repeats.map((x, i) => 10 * (1 + (spread * Math.sin(3 * i + 1)) / Math.sqrt(x)))
    const { params, diagnostics } = fitOf(repeats, means)
    expect(Math.abs(diagnostics.logLikelihood - best)).toBeLessThan(1e-6)
    expect(diagnostics.reducesTo).toBe('one spend distribution for all customers (q and v to infinity)')
    // The likelihood is flat in ln p: 1e-6 of it are 1e-3 of p.
    expect(relativeError(params.p, p)).toBeLessThan(1e-3)
  })
})

describe('refusals', () => {
  test('of data that cannot answer', () => {
    expectRefusal(() => fitGammaGamma(spending([0, 0], [0, 0])), 'NOT_ENOUGH_DATA', 'got 0 customers')
    expectRefusal(() => fitGammaGamma(spending([1, 5], [2, 5])), 'NOT_ENOUGH_DATA', 'with one mean')
  })

  test('of means that are not positive, where they shall not be left out', () => {
    const refunded = spending([1, 5], [2, 6], [1, -3])
    expect(fitGammaGamma(refunded).diagnostics).toMatchObject({ leftOut: 1 })
    expectRefusal(() => fitGammaGamma(refunded, { notPositive: 'refuse' }), 'BAD_SHAPE', 'got -3 in row 2')
    // @ts-expect-error no such policy
    expectRefusal(() => fitGammaGamma(refunded, { notPositive: 'zero' }), 'BAD_OPTION', 'notPositive')
  })

  test('of parameters that are none, of an infinite mean, and of another currency', () => {
    expectRefusal(() => gammaGammaModel({ params: { p: 1, q: 0, v: 1 } }), 'BAD_OPTION', 'params.q')
    const endless = gammaGammaModel({ params: { p: 1, q: 1, v: 1 } })
    expectRefusal(() => expectedSpend(endless, spending([1, 5])), 'BAD_OPTION', 'infinite')
    const dollars = gammaGammaModel({ params: { p: 1, q: 2, v: 1 }, currency: 'USD' })
    expectRefusal(() => expectedSpend(dollars, spending([1, 5])), 'MIXED_CURRENCIES')
  })
})
