import { describe, expect, test } from 'vitest'
import { bgBbModel, fitBgBb } from '../../src/clv/bgBb/bgBb.ts'
import { bgCnbdKModel, fitBgCnbdK } from '../../src/clv/bgNbd/bgCnbdK.ts'
import { bgNbdModel, fitBgNbd } from '../../src/clv/bgNbd/bgNbd.ts'
import { fitMbgNbd, mbgNbdModel } from '../../src/clv/bgNbd/mbgNbd.ts'
import { betaDiscreteWeibullModel, fitBetaDiscreteWeibull } from '../../src/clv/contract/betaDiscreteWeibull.ts'
import { survivalProbability } from '../../src/clv/contract/retention.ts'
import { fitShiftedBetaGeometric, shiftedBetaGeometricModel } from '../../src/clv/contract/shiftedBetaGeometric.ts'
import { simulateContracts } from '../../src/clv/contract/simulateContracts.ts'
import type { CovariateEffect } from '../../src/clv/covariates/covariateEffect.ts'
import { fitPurchaseCovariates, purchaseCovariatesModel } from '../../src/clv/covariates/purchaseCovariates.ts'
import { fitSpendCovariates, spendCovariatesModel } from '../../src/clv/covariates/spendCovariates.ts'
import type { CustomerCovariates } from '../../src/clv/covariates/withCovariates.ts'
import { expectedPurchasesOfNewCustomer } from '../../src/clv/expectedPurchases.ts'
import type { FitDiagnostics } from '../../src/clv/fitDiagnostics.ts'
import { fitGammaGamma, gammaGammaModel } from '../../src/clv/gammaGamma/gammaGamma.ts'
import { fitNbd, nbdModel } from '../../src/clv/nbd/nbd.ts'
import { fitParetoNbd, paretoNbdModel } from '../../src/clv/paretoNbd/paretoNbd.ts'
import { purchaseDistributionOfNewCustomer } from '../../src/clv/purchaseDistribution.ts'
import { simulateHistories } from '../../src/clv/simulateHistories.ts'
import { featureMatrix } from '../../src/table/featureMatrix.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { assertFitted } from './fits.ts'

const CUSTOMERS = 20_000
const purchases = bgNbdModel({ params: { r: 0.6, alpha: 8, a: 0.9, b: 2.2 }, timeUnit: 'week' })
const spend = gammaGammaModel({ params: { p: 6, q: 4, v: 15 }, currency: 'EUR' })
const giving = bgBbModel({ params: { alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.8 } })
/** Customers who came one after the other, 20 to 100 of the unit ago. */
const ages = Float64Array.from({ length: CUSTOMERS }, (_, i) => 20 + (i % 81))

/** Four standard errors: one fit of 16,000 with a parameter farther off by chance. */
function expectNear(fit: { readonly params: object; readonly diagnostics: FitDiagnostics }, truth: object): void {
  assertFitted(fit.diagnostics)
  const { parameters, standardErrors } = fit.diagnostics
  parameters.forEach((name, i) => {
    const off = (fit.params as Record<string, number>)[name]! - (truth as Record<string, number>)[name]!
    expect(Math.abs(off)).toBeLessThan(4 * standardErrors[i]!)
  })
}

describe('with covariates, a fit finds what made the customers, within four standard errors', () => {
  const customers = 5000
  const own = ages.subarray(0, customers)
  const app = Float64Array.from(own, (_, i) => Number((i % 7) % 2 === 0))
  const distance = Float64Array.from(own, (_, i) => ((i % 5) - 2) / 2)
  const covariates = {
    purchases: featureMatrix({ app }),
    dropout: featureMatrix({ distance }),
    spend: featureMatrix({ app, distance }),
  }
  const purchases = { covariates: 'purchases', on: ['alpha'], columns: ['app'], coefficients: [0.6] } as const
  const dropout = (on: 'beta' | 'a' | 'b', coefficient: number) =>
    ({ covariates: 'dropout', on: [on], columns: ['distance'], coefficients: [coefficient] }) as const

  function expectFound(
    fit: {
      readonly params: object
      readonly effects: readonly CovariateEffect[]
      readonly diagnostics: FitDiagnostics
    },
    truth: { readonly params: object; readonly effects: readonly CovariateEffect[] },
  ): void {
    if (fit.diagnostics.source !== 'fitted') throw new Error('a fit reports itself')
    const { standardErrors, verdict } = fit.diagnostics
    expect(verdict).toBe('interior')
    const valuesOf = ({ params, effects }: typeof truth): number[] => [
      ...Object.values(params),
      ...effects.flatMap(({ coefficients }) => coefficients),
    ]
    const values = valuesOf(fit)
    valuesOf(truth).forEach((value, i) => {
      expect(Math.abs(values[i]! - value)).toBeLessThan(4 * standardErrors[i]!)
    })
  }

  test.each(['bgNbd', 'mbgNbd'] as const)('%s', (base) => {
    const truth = purchaseCovariatesModel({
      base,
      params: { r: 0.9, alpha: 8, a: 0.8, b: 2.5 },
      effects: [purchases, dropout('a', 0.4), dropout('b', -0.3)],
      timeUnit: 'week',
    })
    const made = simulateHistories(truth, { ages: own, covariates, seed: 5 })
    expectFound(fitPurchaseCovariates(made, { base }), truth)
    expect(simulateHistories(truth, { ages: own, covariates, seed: 5 })).toEqual(made)
  })

  test('Pareto/NBD and Gamma-Gamma', () => {
    const truth = purchaseCovariatesModel({
      base: 'paretoNbd',
      params: { r: 0.9, alpha: 8, s: 0.8, beta: 20 },
      effects: [purchases, dropout('beta', 0.5)],
      timeUnit: 'week',
    })
    const money = spendCovariatesModel({
      params: { p: 6, q: 4, v: 15 },
      effects: [{ covariates: 'spend', on: ['v'], columns: ['app', 'distance'], coefficients: [0.3, -0.2] }],
      currency: 'EUR',
    })
    const made = simulateHistories(truth, { ages: own, covariates, spend: money, seed: 5 })
    expectFound(fitPurchaseCovariates(made, { base: 'paretoNbd' }), truth)
    expectFound(fitSpendCovariates(made), money)
    expect(made.currency).toBe('EUR')
  })

  test('refusals', () => {
    const truth = purchaseCovariatesModel({
      base: 'bgNbd',
      params: { r: 0.9, alpha: 8, a: 0.8, b: 2.5 },
      effects: [purchases],
      timeUnit: 'week',
    })
    const without = { ages: own } as unknown as { ages: Float64Array; covariates: CustomerCovariates }
    expectRefusal(
      () => simulateHistories(truth, without),
      'BAD_SHAPE',
      'simulateHistories: the summary has no covariates',
    )
    expectRefusal(() => simulateHistories(truth, { ages, covariates }), 'BAD_SHAPE', 'a row for each of')
    const other = { purchases: featureMatrix({ web: app }) }
    expectRefusal(() => simulateHistories(truth, { ages: own, covariates: other }), 'BAD_SHAPE', 'app')
  })
})

describe('a fit finds what made the customers, within four standard errors', () => {
  test('BG/NBD and Gamma-Gamma', () => {
    const summary = simulateHistories(purchases, { ages, spend, seed: 3 })
    expectNear(fitBgNbd(summary), purchases.params)
    const money = fitGammaGamma(summary)
    expectNear(money, spend.params)
    expect(money.currency).toBe('EUR')
  })

  test('MBG/NBD, Pareto/NBD and NBD', () => {
    const mbg = mbgNbdModel({ params: { r: 0.6, alpha: 8, a: 0.9, b: 2.2 }, timeUnit: 'week' })
    expectNear(fitMbgNbd(simulateHistories(mbg, { ages, seed: 3 })), mbg.params)
    const pareto = paretoNbdModel({ params: { r: 0.6, alpha: 8, s: 0.7, beta: 12 }, timeUnit: 'week' })
    expectNear(fitParetoNbd(simulateHistories(pareto, { ages, seed: 3 })), pareto.params)
    const nbd = nbdModel({ params: { r: 0.6, alpha: 8 }, timeUnit: 'week' })
    expectNear(fitNbd(simulateHistories(nbd, { ages, seed: 3 })), nbd.params)
  })

  test('MBG/CNBD-k', () => {
    const params = { k: 3, r: 0.9, alpha: 4, a: 0.9, b: 2.2 }
    const regular = bgCnbdKModel({ params, timeUnit: 'week', modified: true })
    const fit = fitBgCnbdK(simulateHistories(regular, { ages, seed: 3 }), { k: 3, modified: true })
    expectNear(fit, params)
  })

  test('BG/BB', () => {
    expectNear(fitBgBb(simulateHistories(giving, { ages: ages.map((age) => age % 13), seed: 3 })), giving.params)
  })

  test('shifted beta-geometric and beta-discrete-Weibull', () => {
    const periods = ages.map((age) => 1 + (age % 11))
    const sbg = shiftedBetaGeometricModel({ params: { alpha: 0.67, beta: 3.8 } })
    expectNear(fitShiftedBetaGeometric(simulateContracts(sbg, { periods, seed: 3 })), sbg.params)
    const bdw = betaDiscreteWeibullModel({ params: { alpha: 0.7, beta: 2.5, c: 1.4 } })
    expectNear(fitBetaDiscreteWeibull(simulateContracts(bdw, { periods, seed: 3 })), bdw.params)
  })
})

describe('counts are those that the model forecasts of new customers', () => {
  test.each([
    ['BG/NBD', purchases],
    ['BG/BB', giving],
  ] as const)('%s', (_, model) => {
    const same = new Float64Array(CUSTOMERS).fill(12)
    const { repeats } =
      model.kind === 'bgBb' ? simulateHistories(model, { ages: same }) : simulateHistories(model, { ages: same })
    const chances = purchaseDistributionOfNewCustomer(model, 12, { max: 12 })
    chances.forEach((chance, n) => {
      const share = repeats.reduce((sum, x) => sum + Number(x === n), 0) / CUSTOMERS
      expect(Math.abs(share - chance)).toBeLessThan(4.5 * Math.sqrt((chance * (1 - chance)) / CUSTOMERS) + 1e-9)
    })
    const mean = repeats.reduce((sum, x) => sum + x, 0) / CUSTOMERS
    const square = repeats.reduce((sum, x) => sum + x * x, 0) / CUSTOMERS
    const error = Math.sqrt((square - mean * mean) / CUSTOMERS)
    expect(Math.abs(mean - expectedPurchasesOfNewCustomer(model, 12))).toBeLessThan(4 * error)
  })

  test('contracts', () => {
    const model = betaDiscreteWeibullModel({ params: { alpha: 0.7, beta: 2.5, c: 1.4 } })
    const { left, stayed } = simulateContracts(model, { periods: new Uint32Array(CUSTOMERS).fill(5) })
    let there = CUSTOMERS
    for (let t = 1; t <= 5; t++) {
      there -= left[t - 1]!
      const share = survivalProbability(model, t)
      const error = Math.sqrt((share * (1 - share)) / CUSTOMERS)
      expect(Math.abs(there / CUSTOMERS - share)).toBeLessThan(4 * error)
    }
    expect(stayed[4]).toBe(there)
  })
})

test('the same seed gives the same customers, another one others', () => {
  const some = ages.subarray(0, 100)
  expect(simulateHistories(purchases, { ages: some, seed: 5 })).toEqual(
    simulateHistories(purchases, { ages: some, seed: 5 }),
  )
  expect(simulateHistories(purchases, { ages: some, seed: 5 })).not.toEqual(
    simulateHistories(purchases, { ages: some }),
  )
})

test('refusals', () => {
  expectRefusal(() => simulateHistories(purchases, { ages: [1, -1] }), 'BAD_SHAPE', 'customer 1')
  expectRefusal(() => simulateHistories(giving, { ages: [1.5] }), 'BAD_SHAPE', 'whole numbers')
  expectRefusal(() => simulateHistories(purchases, { ages: [1], seed: 0.5 }), 'BAD_OPTION', 'seed')
  const model = shiftedBetaGeometricModel({ params: { alpha: 1, beta: 1 } })
  expectRefusal(() => simulateContracts(model, { periods: [0] }), 'BAD_SHAPE', 'customer 0')
  expectRefusal(() => simulateContracts(model, { periods: [1], seed: 2 ** 40 }), 'BAD_OPTION', 'seed')
})
