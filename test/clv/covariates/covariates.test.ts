import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitBgNbd } from '../../../src/clv/bgNbd/bgNbd.ts'
import { fitMbgNbd } from '../../../src/clv/bgNbd/mbgNbd.ts'
import type { CovariateBaseName } from '../../../src/clv/covariates/covariateBase.ts'
import { modelOfCustomer } from '../../../src/clv/covariates/customerModels.ts'
import {
  fitPurchaseCovariates,
  type PurchaseCovariatesModel,
  purchaseCovariatesModel,
} from '../../../src/clv/covariates/purchaseCovariates.ts'
import { fitSpendCovariates, spendCovariatesModel } from '../../../src/clv/covariates/spendCovariates.ts'
import { type DescribedSummary, withCovariates } from '../../../src/clv/covariates/withCovariates.ts'
import { discountedResidualPurchases } from '../../../src/clv/discountedResidualPurchases.ts'
import { expectedPurchases } from '../../../src/clv/expectedPurchases.ts'
import type { FitDiagnostics, FittedDiagnostics } from '../../../src/clv/fitDiagnostics.ts'
import { expectedSpend, fitGammaGamma, gammaGammaModel } from '../../../src/clv/gammaGamma/gammaGamma.ts'
import { lifetimeValue } from '../../../src/clv/lifetimeValue.ts'
import { likelihoodRatioTest } from '../../../src/clv/likelihoodRatioTest.ts'
import { logLikelihood } from '../../../src/clv/logLikelihood.ts'
import { fitParetoNbd } from '../../../src/clv/paretoNbd/paretoNbd.ts'
import { posteriorRates } from '../../../src/clv/posteriorRates.ts'
import { logProbabilityAlive, probabilityAlive } from '../../../src/clv/probabilityAlive.ts'
import { probabilityOfNoPurchase, purchaseDistribution } from '../../../src/clv/purchaseDistribution.ts'
import { trackForecast } from '../../../src/clv/trackForecast.ts'
import { randomFrom } from '../../../src/core/random.ts'
import type { CustomerSummary } from '../../../src/table/customerSummary.ts'
import { customerSummaryFromColumns } from '../../../src/table/customerSummaryFromColumns.ts'
import { featureMatrix } from '../../../src/table/featureMatrix.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { assertFitted } from '../fits.ts'
import { calibration, golden, histories, relativeError } from '../goldens.ts'
import { beta, gamma, purchaseTimes, simulatedSummary } from '../simulate.ts'

const goldens = golden('fit_covariates.json')
const BASES = ['bgNbd', 'mbgNbd', 'paretoNbd'] as const
const plainFits = { bgNbd: fitBgNbd, mbgNbd: fitMbgNbd, paretoNbd: fitParetoNbd }

function fitted(diagnostics: FitDiagnostics): FittedDiagnostics {
  assertFitted(diagnostics)
  return diagnostics
}

/** The customers of a reference fit: purchases explained by both covariates, dropout by the first. */
function goldenPurchases(name: string): DescribedSummary {
  const { first, second, third, app, income } = goldens[name].data
  const summary = customerSummaryFromColumns({ repeats: first, ageAtLast: second, age: third }, { timeUnit: 'day' })
  return withCovariates(summary, { purchases: featureMatrix({ app, income }), dropout: featureMatrix({ app }) })
}

function goldenSpend(): DescribedSummary {
  const { first, second, app, income } = goldens.gammaGamma.data
  const age = first.map(() => 100)
  const summary = customerSummaryFromColumns(
    { repeats: first, ageAtLast: age, age, meanRepeatValue: second },
    { timeUnit: 'day' },
  )
  return withCovariates(summary, { spend: featureMatrix({ app, income }) })
}

/** Covariates that have nothing to do with the customers of a summary. */
function noise(summary: CustomerSummary, seed: number, kinds: number): { z: Float64Array; w: Float64Array } {
  const random = randomFrom(seed)
  const column = (): Float64Array =>
    summary.repeats.reduce((z, _, row) => {
      z[row] = Math.floor(kinds * random.unit())
      return z
    }, new Float64Array(summary.repeats.length))
  return { z: column(), w: column() }
}

describe('published', () => {
  test.each([
    ['bgNbd', 'bgNbd', 'apart'],
    ['bgNbdTogether', 'bgNbd', 'together'],
    ['mbgNbd', 'mbgNbd', 'apart'],
    ['paretoNbd', 'paretoNbd', 'apart'],
  ] as const)('the fit of %s is the exact one', (name, base, dropout) => {
    const truth = goldens[name]
    const summary = goldenPurchases(name)
    const model = fitPurchaseCovariates(summary, { base, dropout })
    const diagnostics = fitted(model.diagnostics)
    expectExact(
      truth,
      Object.values(model.params),
      model.effects.flatMap(({ coefficients }) => coefficients),
      diagnostics,
    )
    expect(diagnostics.verdict).toBe('interior')
    expect(diagnostics.converged && diagnostics.positiveDefinite).toBe(true)
    expect(diagnostics.gradientNorm).toBeLessThan(1e-9)
    const sum = logLikelihood(model, summary).reduce((total, value) => total + value)
    expect(Math.abs(sum - Number(truth.logLikelihood))).toBeLessThan(1e-9)
  })

  test('the fit of spend is the exact one', () => {
    const { params, effects, diagnostics } = fitSpendCovariates(goldenSpend())
    expectExact(goldens.gammaGamma, Object.values(params), effects[0]!.coefficients, fitted(diagnostics))
  })

  function expectExact(
    truth: { params: string[]; coefficients: string[]; logLikelihood: string; standardErrors: string[] },
    params: readonly number[],
    coefficients: readonly number[],
    diagnostics: FittedDiagnostics,
  ): void {
    expect(Math.abs(diagnostics.logLikelihood - Number(truth.logLikelihood))).toBeLessThan(1e-9)
    const estimates = [...params, ...coefficients]
    expect(estimates.length).toBe(truth.params.length + truth.coefficients.length)
    ;[...truth.params, ...truth.coefficients].forEach((value, i) => {
      expect(relativeError(estimates[i]!, value)).toBeLessThan(1e-8)
    })
    truth.standardErrors.forEach((value, i) => {
      expect(relativeError(diagnostics.standardErrors[i]!, value)).toBeLessThan(1e-6)
    })
  }
})

describe('laws', () => {
  test.each(BASES)('coefficients of 0 leave %s as it is', (base) => {
    const summary = calibration()
    const { z, w } = noise(summary, 3, 4)
    const described = withCovariates(summary, { purchases: featureMatrix({ z, w }), dropout: featureMatrix({ w }) })
    const plain = plainFits[base](summary)
    const model = purchaseCovariatesModel({
      base,
      params: plain.params,
      effects: [
        { covariates: 'purchases', on: ['alpha'], columns: ['z', 'w'], coefficients: [0, 0] },
        { covariates: 'dropout', on: base === 'paretoNbd' ? ['beta'] : ['a'], columns: ['w'], coefficients: [0] },
      ],
      timeUnit: 'week',
    } as Parameters<typeof purchaseCovariatesModel>[0])
    expect(expectedPurchases(model, described, 39)).toEqual(expectedPurchases(plain, summary, 39))
    expect(probabilityAlive(model, described, { after: { weeks: 9 } })).toEqual(
      probabilityAlive(plain, summary, { after: { weeks: 9 } }),
    )
  })

  test.each(BASES)('under %s every customer is one of the plain model with parameters of their own', (base) => {
    const model = given(base)
    const row = fc.tuple(
      fc.integer({ min: 0, max: 30 }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: -3, max: 3, noNaN: true }),
    )
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const summary = histories(...rows.map(([x]) => [x, x === 0 ? 0 : 50, 70] as const))
        const described = withCovariates(summary, {
          purchases: featureMatrix({ z: rows.map(([, z]) => z) }),
          dropout: featureMatrix({ w: rows.map(([, , w]) => w) }),
        })
        const discountRate = { rate: 0.1, per: 'year' } as const
        const distribution = purchaseDistribution(model, described, 39, { max: 3 })
        rows.forEach(([x, z, w], i) => {
          const own = modelOfCustomer(model, { purchases: { z }, dropout: { w } })
          const one = histories([x, x === 0 ? 0 : 50, 70])
          expect(expectedPurchases(model, described, 39)[i]).toBe(expectedPurchases(own, one, 39)[0])
          expect(logLikelihood(model, described)[i]).toBe(logLikelihood(own, one)[0])
          expect(logProbabilityAlive(model, described)[i]).toBe(logProbabilityAlive(own, one)[0])
          expect(posteriorRates(model, described).rate[i]).toBe(posteriorRates(own, one).rate[0])
          expect(posteriorRates(model, described).dropout[i]).toBe(posteriorRates(own, one).dropout[0])
          expect(probabilityOfNoPurchase(model, described, 39)[i]).toBe(probabilityOfNoPurchase(own, one, 39)[0])
          expect([...distribution.probabilities.subarray(4 * i, 4 * i + 4)]).toEqual([
            ...purchaseDistribution(own, one, 39, { max: 3 }).probabilities,
          ])
          const options = { discountRate, horizon: { days: 30 } }
          expect(discountedResidualPurchases(model, described, options)[i]).toBe(
            discountedResidualPurchases(own, one, options)[0],
          )
        })
        const { expectedCumulative } = trackForecast(model, described, [0], { step: { days: 39 } })
        const sum = expectedPurchases(model, described, 39).reduce((total, value) => total + value, 0)
        // Sums of at most six positive numbers, in two orders.
        expect(Math.abs(expectedCumulative[0]! - sum)).toBeLessThanOrEqual(1e-14 * sum)
      }),
      { numRuns: 20 },
    )
  })

  test.each(BASES)(
    'shifting a covariate of %s moves the parameters at 0 only, scaling it the coefficient only',
    (base) => {
      const summary = goldenPurchases(base)
      const { app, income } = goldens[base].data as { app: number[]; income: number[] }
      const other = withCovariates(summary, {
        purchases: featureMatrix({ app, income: income.map((value) => 1000 * value + 2e4) }),
        dropout: featureMatrix({ app: app.map((value) => 3 - value) }),
      })
      const one = fitPurchaseCovariates(summary, { base })
      const two = fitPurchaseCovariates(other, { base })
      const [perIncome, again] = [one.effects[0]!.coefficients[1]!, two.effects[0]!.coefficients[1]!]
      // Newton ends with steps below 1e-9.
      expect(relativeError(again * 1000, perIncome)).toBeLessThan(1e-9)
      expect(Math.abs(Math.log(two.params.alpha / one.params.alpha) - again * 2e4)).toBeLessThan(1e-7)
      expect(relativeError(two.params.r, one.params.r)).toBeLessThan(1e-9)
      const [toApp, fromApp] = [one.effects[1]!.coefficients[0]!, two.effects[1]!.coefficients[0]!]
      expect(Math.abs(toApp + fromApp)).toBeLessThan(1e-8)
      const moved = base === 'paretoNbd' ? Math.log(beta3(two) / beta3(one)) : -Math.log(a3(two) / a3(one))
      expect(Math.abs(moved - 3 * fromApp)).toBeLessThan(1e-7)
      const [left, right] = [fitted(one.diagnostics), fitted(two.diagnostics)]
      expect(Math.abs(left.logLikelihood - right.logLikelihood)).toBeLessThan(1e-9)
      expectedPurchases(one, summary, 90).forEach((value, row) => {
        expect(relativeError(expectedPurchases(two, other, 90)[row]!, value)).toBeLessThan(1e-6)
      })
    },
  )
  const beta3 = ({ params }: PurchaseCovariatesModel): number => (params as { beta: number }).beta
  const a3 = ({ params }: PurchaseCovariatesModel): number => (params as { a: number }).a

  test('customers with equal covariates and histories may be counted once', () => {
    const summary = goldenPurchases('bgNbd')
    const twice = (column: ArrayLike<number>): number[] => [...Array.from(column), ...Array.from(column)]
    const { app, income } = goldens.bgNbd.data
    const doubled = withCovariates(
      customerSummaryFromColumns(
        {
          repeats: twice(summary.repeats),
          ageAtLast: twice(summary.ageAtLast),
          age: twice(summary.age),
          weights: twice(summary.weights.map(() => 0.5)),
        },
        { timeUnit: 'day' },
      ),
      {
        purchases: featureMatrix({ app: twice(app), income: twice(income) }),
        dropout: featureMatrix({ app: twice(app) }),
      },
    )
    const [one, two] = [summary, doubled].map((data) => fitPurchaseCovariates(data, { base: 'bgNbd' }))
    // Half weights in pairs are the same sums.
    expect(relativeError(two!.params.alpha, one!.params.alpha)).toBeLessThan(1e-9)
    expect(Math.abs(two!.effects[0]!.coefficients[0]! - one!.effects[0]!.coefficients[0]!)).toBeLessThan(1e-9)
  })

  test.each(BASES)('effects that made the data are found again under %s, within four standard errors', (base) => {
    const truth = { r: 0.7, alpha: 300, a: 0.9, b: 2.5, s: 0.8, beta: 900, purchases: 0.6, dropout: 0.7 }
    const random = randomFrom(5)
    const columns: Record<'repeats' | 'ageAtLast' | 'age' | 'z' | 'w', number[]> = {
      repeats: [],
      ageAtLast: [],
      age: [],
      z: [],
      w: [],
    }
    for (let customer = 0; customer < 6000; customer++) {
      const [z, w] = [Math.floor(3 * random.unit()) - 1, random.unit() < 0.5 ? 1 : 0]
      const age = Math.ceil(2000 * (0.3 + 0.7 * random.unit()))
      const rate = (gamma(truth.r, random) / truth.alpha) * Math.exp(truth.purchases * z)
      const multiple = Math.exp(truth.dropout * w)
      const leaves = base === 'paretoNbd' ? 0 : beta(truth.a * multiple, truth.b, random)
      const life =
        base === 'paretoNbd'
          ? (-Math.log(1 - random.unit()) * truth.beta) / (gamma(truth.s, random) * multiple)
          : base === 'mbgNbd' && random.unit() < leaves
            ? 0
            : Number.POSITIVE_INFINITY
      const times = purchaseTimes(rate, leaves, Math.min(age, life), random)
      columns.repeats.push(times.length)
      columns.ageAtLast.push(times.at(-1) ?? 0)
      columns.age.push(age)
      columns.z.push(z)
      columns.w.push(w)
    }
    const { z, w, ...own } = columns
    const summary = withCovariates(customerSummaryFromColumns(own, { timeUnit: 'day' }), {
      purchases: featureMatrix({ z }),
      dropout: featureMatrix({ w }),
    })
    const model = fitPurchaseCovariates(summary, { base })
    const { standardErrors, verdict } = fitted(model.diagnostics)
    const expected =
      base === 'paretoNbd'
        ? [truth.r, truth.alpha, truth.s, truth.beta, truth.purchases, truth.dropout]
        : [truth.r, truth.alpha, truth.a, truth.b, truth.purchases, truth.dropout, 0]
    const found = [...Object.values(model.params), ...model.effects.flatMap(({ coefficients }) => coefficients)]
    expect(verdict).toBe('interior')
    expected.forEach((value, i) => {
      expect(Math.abs(found[i]! - value)).toBeLessThan(4 * standardErrors[i]!)
    })
    expect(likelihoodRatioTest(plainFits[base](summary), model).pValue).toBeLessThan(1e-9)
  })

  test('a positive coefficient of spend is more money in proportion, where nothing else is known', () => {
    const summary = histories([0, 0, 10], [0, 0, 10])
    const described = withCovariates(summary, { spend: featureMatrix({ z: [0, 2] }) })
    const params = { p: 6, q: 4, v: 15 }
    const effects = [{ covariates: 'spend', on: ['v'], columns: ['z'], coefficients: [0.3] }] as const
    const [without, withTwo] = expectedSpend(spendCovariatesModel({ params, effects }), described)
    expect(relativeError(without!, 30)).toBeLessThan(1e-15)
    expect(relativeError(withTwo!, 30 * Math.exp(0.6))).toBeLessThan(1e-15)
  })

  test('the lifetime value of a customer is that under the models of their own', () => {
    const summary = customerSummaryFromColumns(
      { repeats: [3, 3, 0], ageAtLast: [50, 50, 0], age: [70, 70, 70], meanRepeatValue: [20, 20, 0] },
      { timeUnit: 'day' },
    )
    const described = withCovariates(summary, {
      purchases: featureMatrix({ z: [1, 2, 1] }),
      dropout: featureMatrix({ w: [0, 1, 0] }),
      spend: featureMatrix({ u: [0, 1, 2] }),
    })
    const model = given('paretoNbd')
    const params = { p: 6, q: 4, v: 15 }
    const effects = [{ covariates: 'spend', on: ['v'], columns: ['u'], coefficients: [0.3] }] as const
    const options = { horizon: { weeks: 26 } }
    const together = lifetimeValue(model, spendCovariatesModel({ params, effects }), described, options)
    ;(
      [
        [1, 0, 0],
        [2, 1, 1],
        [1, 0, 2],
      ] as const
    ).forEach(([z, w, u], row) => {
      const own = modelOfCustomer(model, { purchases: { z }, dropout: { w } })
      const spend = gammaGammaModel({ params: { ...params, v: 15 * Math.exp(0.3 * u) } })
      const alone = lifetimeValue(own, spend, summary, options)
      for (const name of ['value', 'lower', 'upper', 'purchases', 'spend'] as const) {
        // Quantiles are solved to 1e-10 from a guess that depends on the neighbours.
        expect(relativeError(together[name][row]! + 1, alone[name][row]! + 1)).toBeLessThan(1e-9)
      }
    })
  })

  test('covariates that say nothing hardly raise the likelihood of spend', () => {
    const summary = calibration()
    const described = withCovariates(summary, { spend: featureMatrix({ z: noise(summary, 9, 3).z }) })
    const gain =
      fitted(fitSpendCovariates(described).diagnostics).logLikelihood -
      fitted(fitGammaGamma(summary).diagnostics).logLikelihood
    expect(gain).toBeGreaterThan(0)
    expect(gain).toBeLessThan(5.5) // twice the gain is χ² with one degree of freedom: beyond 11 once in 1,000 seeds
  })
})

test.each(BASES)('small random sets always end in a certified optimum of %s or at a named edge', (base) => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 0, max: 1e6 }), (customers, seed) => {
      const summary = simulatedSummary(
        customers,
        300,
        (random) => gamma(0.8, random) / 15,
        (random) => beta(0.7, 2, random),
        seed,
      )
      const { z, w } = noise(summary, seed, 3)
      if (summary.repeats.every((x) => x === 0) || new Set(z).size < 2 || new Set(w).size < 2) return
      const described = withCovariates(summary, { purchases: featureMatrix({ z }), dropout: featureMatrix({ w }) })
      const diagnostics = fitted(fitPurchaseCovariates(described, { base }).diagnostics)
      expect(diagnostics.converged).toBe(true)
      expect(diagnostics.logLikelihood).toBeGreaterThan(
        fitted(plainFits[base](summary).diagnostics).logLikelihood - 1e-6,
      )
      if (diagnostics.verdict === 'interior') {
        expect(diagnostics.positiveDefinite).toBe(true)
        expect(diagnostics.gradientNorm).toBeLessThan(1e-6)
      } else expect(diagnostics.reducesTo).toBeTruthy()
    }),
    { numRuns: 60 },
  )
})

test('a covariate that tells customers without repeats apart runs off, to the likelihood of the rest alone', () => {
  const summary = calibration()
  const half = noise(summary, 4, 2).z.map((z, row) => (summary.repeats[row] === 0 ? z : 0))
  const described = withCovariates(summary, { purchases: featureMatrix({ half }) })
  const diagnostics = fitted(fitPurchaseCovariates(described, { base: 'bgNbd' }).diagnostics)
  expect(diagnostics.verdict).toBe('boundary')
  expect(diagnostics.reducesTo).toContain('move alpha without bound')
  const rest = Array.from(half.keys()).filter((row) => half[row] === 0)
  const alone = customerSummaryFromColumns(
    {
      repeats: rest.map((row) => summary.repeats[row]!),
      ageAtLast: rest.map((row) => summary.ageAtLast[row]!),
      age: rest.map((row) => summary.age[row]!),
    },
    { timeUnit: 'week' },
  )
  const limit = fitted(fitBgNbd(alone).diagnostics).logLikelihood
  expect(Math.abs(diagnostics.logLikelihood - limit)).toBeLessThan(1e-6)
})

describe('refusals', () => {
  const summary = goldenPurchases('bgNbd')
  const { app, income } = goldens.bgNbd.data as { app: number[]; income: number[] }
  const fitWith = (columns: Record<string, number[]>) => () =>
    fitPurchaseCovariates(withCovariates(summary, { purchases: featureMatrix(columns) }), { base: 'bgNbd' })

  test('columns whose coefficients no data could tell', () => {
    expectRefusal(fitWith({ app, one: app.map(() => 0.1) }), 'NOT_ENOUGH_DATA', '"one" must vary')
    const both = app.map((value, i) => 3 * value - income[i]! / 7)
    expectRefusal(fitWith({ app, income, both }), 'NOT_ENOUGH_DATA', '"both" must not follow from "app", "income"')
  })

  test('matrices that do not fit', () => {
    expectRefusal(() => withCovariates(summary, {}), 'BAD_SHAPE', 'at least one')
    expectRefusal(() => withCovariates(summary, { spend: featureMatrix({ z: [1, 2] }) }), 'BAD_SHAPE', '"spend"')
    const holes = featureMatrix({ app: app.map((value, i) => (i === 7 ? Number.NaN : value)) })
    expectRefusal(() => withCovariates(summary, { dropout: holes }), 'BAD_SHAPE', 'row 7')
    const model = fitPurchaseCovariates(summary, { base: 'bgNbd' })
    expectRefusal(() => expectedPurchases(model, calibrationInDays(), 9), 'BAD_SHAPE', 'withCovariates')
    const others = withCovariates(summary, { purchases: featureMatrix({ app }), dropout: featureMatrix({ app }) })
    expectRefusal(() => probabilityAlive(model, others), 'BAD_SHAPE', 'app, income')
    expectRefusal(() => fitSpendCovariates(summary), 'BAD_SHAPE', '"spend"')
    const ofSpend = withCovariates(histories([1, 2, 3]), { spend: featureMatrix({ z: [1] }) })
    expectRefusal(() => fitPurchaseCovariates(ofSpend, { base: 'bgNbd' }), 'BAD_SHAPE', '"purchases"')
  })
  const calibrationInDays = (): CustomerSummary => histories([1, 2, 3])

  test('effects and options out of their rules', () => {
    const params = { r: 1, alpha: 2, s: 1, beta: 2 }
    const effect = { covariates: 'purchases', on: ['alpha'], columns: ['z'], coefficients: [1] } as const
    const make = (effects: Parameters<typeof purchaseCovariatesModel>[0]['effects']) => () =>
      purchaseCovariatesModel({ base: 'paretoNbd', params, effects, timeUnit: 'day' })
    expectRefusal(make([]), 'BAD_OPTION', 'effects')
    expectRefusal(make([{ ...effect, on: ['a'] }]), 'BAD_OPTION', 'effects[0].on')
    expectRefusal(make([{ ...effect, covariates: 'spend' }]), 'BAD_OPTION', 'effects[0].covariates')
    expectRefusal(make([{ ...effect, coefficients: [Number.NaN] }]), 'BAD_OPTION', 'effects[0].coefficients')
    expectRefusal(make([{ ...effect, coefficients: [1, 2] }]), 'BAD_OPTION', 'effects[0].coefficients')
    expectRefusal(() => fitPurchaseCovariates(summary, { base: 'nbd' as 'bgNbd' }), 'BAD_OPTION', 'base')
    const model = purchaseCovariatesModel({ base: 'paretoNbd', params, effects: [effect], timeUnit: 'day' })
    expectRefusal(() => modelOfCustomer(model, { purchases: {} }), 'BAD_OPTION', 'covariates.purchases.z')
  })
})

function given(base: CovariateBaseName): PurchaseCovariatesModel {
  const purchases = { covariates: 'purchases', on: ['alpha'], columns: ['z'], coefficients: [0.7] } as const
  const timeUnit = 'day'
  if (base === 'paretoNbd') {
    const dropout = { covariates: 'dropout', on: ['beta'], columns: ['w'], coefficients: [-0.4] } as const
    const params = { r: 0.6, alpha: 12, s: 0.7, beta: 30 }
    return purchaseCovariatesModel({ base, params, effects: [purchases, dropout], timeUnit })
  }
  const dropout = { covariates: 'dropout', on: ['a', 'b'], columns: ['w'], coefficients: [-0.4] } as const
  const params = { r: 0.6, alpha: 12, a: 0.7, b: 3 }
  return purchaseCovariatesModel({ base, params, effects: [purchases, dropout], timeUnit })
}
