import { describe, expect, test } from 'vitest'
import type { CovariateBaseName } from '../../../src/clv/covariates/covariateBase.ts'
import {
  fitPurchaseCovariates,
  type PurchaseCovariatesModel,
  purchaseCovariatesModel,
} from '../../../src/clv/covariates/purchaseCovariates.ts'
import { seasonalPurchasesModel } from '../../../src/clv/covariates/seasonalPurchases.ts'
import { type CustomerCovariates, withCovariates } from '../../../src/clv/covariates/withCovariates.ts'
import { expectedPurchases } from '../../../src/clv/expectedPurchases.ts'
import { logLikelihood } from '../../../src/clv/logLikelihood.ts'
import { paretoNbdModel } from '../../../src/clv/paretoNbd/paretoNbd.ts'
import { probabilityAlive } from '../../../src/clv/probabilityAlive.ts'
import { simulateHistories } from '../../../src/clv/simulateHistories.ts'
import { parameterIntervals } from '../../../src/clv/uncertainty/parameterIntervals.ts'
import { randomFrom } from '../../../src/core/random.ts'
import { decodeModel, encodeModel } from '../../../src/model/encodeModel.ts'
import type { CustomerSummary } from '../../../src/table/customerSummary.ts'
import { featureMatrix } from '../../../src/table/featureMatrix.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { histories } from '../goldens.ts'

const BASES: readonly CovariateBaseName[] = ['bgNbd', 'mbgNbd', 'paretoNbd']
/** Those who return buy as one rate would have them; who did not is unlikely to have stayed. */
const five = histories([1, 10, 10], [2, 20, 20], [3, 30, 30], [0, 0, 40], [5, 50, 50])
const other = histories([1, 10, 12], [0, 0, 20], [3, 25, 30], [0, 0, 40], [2, 33, 50])

function fitted(summary: CustomerSummary, covariates: CustomerCovariates, base: CovariateBaseName) {
  const described = withCovariates(summary, covariates)
  const model = fitPurchaseCovariates(described, { base })
  const { diagnostics } = model
  if (diagnostics.source !== 'fitted') throw new Error('a fit reports itself')
  return { model, diagnostics, described }
}

/** A certificate, or an edge with its name; and forecasts that are numbers. */
function expectAnAnswer({ model, diagnostics, described }: ReturnType<typeof fitted>, name: string): void {
  expect(diagnostics.converged, name).toBe(true)
  expect(Number.isFinite(diagnostics.logLikelihood), name).toBe(true)
  if (diagnostics.verdict === 'interior') {
    expect(diagnostics.gradientNorm, name).toBeLessThan(1e-6)
    expect(diagnostics.positiveDefinite, name).toBe(true)
  } else {
    expect(diagnostics.reducesTo, name).toBeTruthy()
    // Where β is the smallest that doubles hold, some 1e-5 of slope is left of a customer or two.
    expect(diagnostics.gradientNorm, name).toBeLessThan(1e-4)
  }
  expect(
    probabilityAlive(model, described).every((p) => p >= 0 && p <= 1),
    name,
  ).toBe(true)
  expect(
    expectedPurchases(model, described, 10).every((mean) => mean >= 0),
    name,
  ).toBe(true)
}

describe.each(BASES)('%s', (base) => {
  test('covariates that tell nothing are refused by name', () => {
    const ones = { purchases: featureMatrix({ always: [1, 1, 1, 1, 1] }) }
    expectRefusal(() => fitted(five, ones, base), 'NOT_ENOUGH_DATA', '"always" must vary')
    const zeros = { dropout: featureMatrix({ never: new Float64Array(5) }) }
    expectRefusal(() => fitted(five, zeros, base), 'NOT_ENOUGH_DATA', '"never" must vary')
    const twice = { purchases: featureMatrix({ one: [1, 2, 3, 4, 5], two: [2, 4, 6, 8, 10] }) }
    expectRefusal(() => fitted(five, twice, base), 'NOT_ENOUGH_DATA', '"two" must not follow from "one"')
    // Three and more that add up to a constant follow from each other beside it.
    const choice = { purchases: featureMatrix({ a: [1, 0, 0, 1, 0], b: [0, 1, 1, 0, 1] }) }
    expectRefusal(() => fitted(five, choice, base), 'NOT_ENOUGH_DATA', '"b" must not follow from "a"')
  })

  test('five customers with covariates of every kind', () => {
    const columns = [
      [1, 0, 1, 0, 1],
      [1, 0, 0, 1, 1],
      [0, 0, 0, 1, 0],
      [1, 2, 3, 4, 5],
    ]
    for (const summary of [five, other]) {
      for (const column of columns) {
        const matrix = featureMatrix({ column })
        expectAnAnswer(fitted(summary, { purchases: matrix }, base), `purchases ${column}`)
        expectAnAnswer(fitted(summary, { dropout: matrix }, base), `dropout ${column}`)
        expectAnAnswer(fitted(summary, { purchases: matrix, dropout: matrix }, base), `both ${column}`)
      }
    }
  })

  test('columns that separate buyers from others, and leavers from stayers', () => {
    const truth = paretoNbdModel({ params: { r: 0.8, alpha: 20, s: 0.7, beta: 40 }, timeUnit: 'week' })
    for (const seed of [1, 2, 3, 4]) {
      const random = randomFrom(seed)
      const ages = Float64Array.from({ length: 10 + 10 * seed }, () => 20 + 80 * random.unit())
      const summary = simulateHistories(truth, { ages, seed })
      const buyer = Float64Array.from(summary.repeats, (x) => Number(x > 0))
      const silent = Float64Array.from(summary.age, (T, row) => Number(T - summary.ageAtLast[row]! > 20))
      const bought = { purchases: featureMatrix({ buyer }) }
      const { model, diagnostics, ...rest } = fitted(summary, bought, base)
      expectAnAnswer({ model, diagnostics, ...rest }, `buyer ${seed}`)
      expect(diagnostics.verdict).toBe('boundary')
      expect(model.effects[0]!.coefficients[0]!).toBeGreaterThan(5)
      expectAnAnswer(fitted(summary, { dropout: featureMatrix({ silent }) }, base), `silent ${seed}`)
      const both = { purchases: featureMatrix({ buyer }), dropout: featureMatrix({ silent }) }
      expectAnAnswer(fitted(summary, both, base), `both ${seed}`)
    }
  })
})

describe('some leave at once, the others never', () => {
  const matrix = featureMatrix({ z: [1, 2, 3, 4, 5] })
  const { model, diagnostics, described } = fitted(five, { purchases: matrix }, 'paretoNbd')

  test('the limit is met, where doubles ended 2e-3 short, with a slope of 2e-5', () => {
    expect(diagnostics.verdict).toBe('boundary')
    expect(diagnostics.reducesTo).toContain('some customers leave at once, the others never')
    expect(diagnostics.gradientNorm).toBeLessThan(1e-9)
    expect(diagnostics.logLikelihood).toBeGreaterThan(-38.753324 + 1e-3)
    const total = logLikelihood(model, described).reduce((sum, value) => sum + value)
    // r is beyond 1e14 here, and the rate r / α of its customers is rounded by some 1e-15 of 1e2.
    expect(Math.abs(total - diagnostics.logLikelihood)).toBeLessThan(1e-9)
    expect(diagnostics.parameters).toEqual(['r', 'alpha', 'leavingOdds', 'alpha: z'])
  })

  test('it is a model like others', () => {
    expect(decodeModel(encodeModel(model))).toEqual(model)
    const { lower, upper } = parameterIntervals(model, described)
    expect(lower[3]).toBeLessThan(model.effects[0]!.coefficients[0]!)
    expect(upper[3]).toBeGreaterThan(model.effects[0]!.coefficients[0]!)
    const { params, effects, timeUnit } = model as PurchaseCovariatesModel & { base: 'paretoNbd' }
    const same = purchaseCovariatesModel({ base: 'paretoNbd', params, effects, timeUnit })
    expect(expectedPurchases(same, described, 10)).toEqual(expectedPurchases(model, described, 10))
    const seasonal = { base: 'paretoNbd' as const, params, effects, timeUnit }
    expectRefusal(() => seasonalPurchasesModel(seasonal), 'BAD_OPTION', 'leavingOdds')
  })
})
