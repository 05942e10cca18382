import { describe, expect, test } from 'vitest'
import { compareModels } from '../../../src/clv/compareModels.ts'
import { discountedResidualPurchases } from '../../../src/clv/discountedResidualPurchases.ts'
import { purchaseHistories } from '../../../src/clv/distinctPurchases.ts'
import { expectedPurchases, expectedPurchasesOfNewCustomer } from '../../../src/clv/expectedPurchases.ts'
import type { FittedDiagnostics } from '../../../src/clv/fitDiagnostics.ts'
import { heterogeneity } from '../../../src/clv/heterogeneity.ts'
import { likelihoodRatioTest } from '../../../src/clv/likelihoodRatioTest.ts'
import { logLikelihood } from '../../../src/clv/logLikelihood.ts'
import { fitNbd } from '../../../src/clv/nbd/nbd.ts'
import { atOnceOrNeverObjective, slopeIntoParetoNbd } from '../../../src/clv/paretoNbd/atOnceOrNever.ts'
import { fitParetoNbd, paretoNbdModel } from '../../../src/clv/paretoNbd/paretoNbd.ts'
import { paretoNbdObjective } from '../../../src/clv/paretoNbd/paretoNbdLikelihood.ts'
import { posteriorRates } from '../../../src/clv/posteriorRates.ts'
import { probabilityAlive } from '../../../src/clv/probabilityAlive.ts'
import { purchaseDistribution } from '../../../src/clv/purchaseDistribution.ts'
import { simulateHistories } from '../../../src/clv/simulateHistories.ts'
import { randomFrom } from '../../../src/core/random.ts'
import { decodeModel, encodeModel } from '../../../src/model/encodeModel.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { golden, histories, relativeError } from '../goldens.ts'

const exact = golden('atOnceOrNever.json')
const [stayers, silent] = [histories(...exact.stayers.rows), histories(...exact['one silent'].rows)]

function fitted(summary: Parameters<typeof fitParetoNbd>[0]): FittedDiagnostics {
  const { diagnostics } = fitParetoNbd(summary)
  if (diagnostics.source !== 'fitted') throw new Error('a fit reports itself')
  return diagnostics
}

describe('published', () => {
  test('the limit is the exact one where it is the best, with a certificate', () => {
    const model = fitParetoNbd(stayers)
    const diagnostics = fitted(stayers)
    const { r, alpha, s, beta, leavingOdds } = model.params
    expect([s, beta]).toEqual([0, 0])
    exact.stayers.params.forEach((truth: string, i: number) => {
      // Newton ends with steps below 1e-9.
      expect(relativeError([r, alpha, leavingOdds!][i]!, truth)).toBeLessThan(1e-9)
    })
    expect(relativeError(diagnostics.logLikelihood, exact.stayers.logLikelihood)).toBeLessThan(1e-14)
    expect(diagnostics).toMatchObject({
      verdict: 'boundary',
      reducesTo: 'some customers leave at once, the others never (s and beta to 0)',
      parameters: ['r', 'alpha', 'leavingOdds'],
      converged: true,
      positiveDefinite: true,
    })
    expect(diagnostics.gradientNorm).toBeLessThan(1e-9)
    expect(diagnostics.standardErrors.every((error) => error > 0)).toBe(true)
  })

  test('the slope from the limit into Pareto/NBD', () => {
    for (const [name, summary] of [
      ['stayers', stayers],
      ['one silent', silent],
    ] as const) {
      const slope = slopeIntoParetoNbd(purchaseHistories('test', summary), exact[name].params.map(Math.log))
      // As good as the differences that it is compared with.
      expect(relativeError(slope, exact[name].slope)).toBeLessThan(1e-5)
    }
  })

  test('where one customer fell silent, an optimum beside the limit is better, and certified', () => {
    const { params, diagnostics } = fitParetoNbd(silent)
    if (diagnostics.source !== 'fitted') throw new Error('a fit reports itself')
    expect(diagnostics.logLikelihood).toBeGreaterThan(Number(exact['one silent'].logLikelihood))
    expect(diagnostics.verdict).toBe('interior')
    expect(diagnostics.positiveDefinite).toBe(true)
    expect(diagnostics.gradientNorm).toBeLessThan(1e-9)
    expect(params.leavingOdds).toBeUndefined()
  })
})

describe('laws', () => {
  test('gradient and Hessian are slopes', () => {
    const objective = atOnceOrNeverObjective(
      purchaseHistories('test', histories(...exact.stayers.rows, [0, 0, 0], [2, 0, 30])),
    )
    for (const point of [
      [0.1, 2.5, -1],
      [-2, 4, 3],
    ]) {
      const step = 1e-5
      const { gradient, hessian } = objective(point)
      point.forEach((_, i) => {
        const [up, down] = [step, -step].map((h) => objective(point.map((v, j) => (i === j ? v + h : v))))
        // Central differences miss about step² of third derivatives, some tens, and round to 1e-14 / step.
        expect(Math.abs((up!.value - down!.value) / (2 * step) - gradient[i]!)).toBeLessThan(1e-7)
        up!.gradient.forEach((slope, k) => {
          expect(Math.abs((slope - down!.gradient[k]!) / (2 * step) - hessian[i]![k]!)).toBeLessThan(1e-7)
        })
      })
    }
  })

  test('the log-likelihood is that of the customers, and the limit of Pareto/NBD', () => {
    const params = { r: 1.2, alpha: 16, s: 0, beta: 0, leavingOdds: 0.4 }
    const limit = paretoNbdModel({ params, timeUnit: 'day' })
    // One bought twice within the first moment, and may have left at once after it.
    const summary = histories(...exact.stayers.rows, [1, 0, 61])
    const total = logLikelihood(limit, summary).reduce((sum, value) => sum + value)
    const data = purchaseHistories('test', summary)
    const theta = [1.2, 16, 0.4].map(Math.log)
    expect(relativeError(total, -atOnceOrNeverObjective(data)(theta).value)).toBeLessThan(1e-14)
    for (const s of [0.002, 0.001]) {
      const beside = [theta[0]!, theta[1]!, Math.log(s), Math.log(90) - Math.log(1.4) / s]
      const slope = slopeIntoParetoNbd(data, theta)
      // Of second order in s: the slope is 1e1 to 1e2, and so is what follows it.
      expect(Math.abs(-paretoNbdObjective(data)(beside).value - total - s * slope)).toBeLessThan(100 * s * s)
    }
  })

  test('forecasts are those of Pareto/NBD close by', () => {
    const params = { r: 1.2, alpha: 16, s: 0, beta: 0, leavingOdds: 0.4 }
    const limit = paretoNbdModel({ params, timeUnit: 'day' })
    const s = 5e-4
    const close = paretoNbdModel({
      params: { r: 1.2, alpha: 16, s, beta: Math.exp(Math.log(30) - Math.log(1.4) / s) },
      timeUnit: 'day',
    })
    const discount = { discountRate: { rate: 0.1, per: 'year' }, horizon: { days: 50 } } as const
    const says = (model: typeof limit): Float64Array[] => [
      probabilityAlive(model, stayers),
      probabilityAlive(model, stayers, { after: { days: 30 } }),
      expectedPurchases(model, stayers, 50),
      purchaseDistribution(model, stayers, 50, { max: 5 }).probabilities,
      purchaseDistribution(model, stayers, 50, { max: 5 }).beyond,
      discountedResidualPurchases(model, stayers, discount),
      posteriorRates(model, stayers).rate,
      Float64Array.of(expectedPurchasesOfNewCustomer(model, 50)),
    ]
    const there = says(close)
    says(limit).forEach((values, k) => {
      values.forEach((value, i) => {
        expect(Number.isFinite(value)).toBe(true)
        // Of first order in s, times a power of e or two.
        expect(Math.abs(value - there[k]![i]!)).toBeLessThan(20 * s * (1 + Math.abs(value)))
      })
    })
  })

  test('probabilities add up, at an age of 0 too', () => {
    const limit = paretoNbdModel({ params: { r: 0.7, alpha: 9, s: 0, beta: 0, leavingOdds: 2 }, timeUnit: 'day' })
    const now = histories([0, 0, 0], [0, 0, 30], [4, 10, 30], [1, 0, 30])
    const { probabilities, beyond } = purchaseDistribution(limit, now, 20, { max: 40 })
    for (let row = 0; row < 4; row++) {
      const own = probabilities.subarray(41 * row, 41 * (row + 1))
      const total = own.reduce((sum, chance) => sum + chance, beyond[row]!)
      expect(Math.abs(total - 1)).toBeLessThan(1e-14)
      if (row === 0) expect(own[0]).toBeGreaterThan(2 / 3)
    }
    expect(probabilityAlive(limit, now)[0]).toBe(1)
    expect(probabilityAlive(limit, now, { after: { days: 1 } })[0]).toBeCloseTo(1 / 3, 15)
    expect(heterogeneity(limit).dropoutIs).toBe('none')
  })

  test('customers of the limit lead back to it, and the search takes no long way', () => {
    const truth = { r: 0.8, alpha: 10, s: 0, beta: 0, leavingOdds: 3 }
    const random = randomFrom(1)
    const ages = Float64Array.from({ length: 1000 }, () => 20 + 80 * random.unit())
    const made = simulateHistories(paretoNbdModel({ params: truth, timeUnit: 'day' }), { ages, seed: 1 })
    const model = fitParetoNbd(made)
    const { standardErrors, iterations } = fitted(made)
    expect(iterations).toBeLessThan(30)
    ;(['r', 'alpha', 'leavingOdds'] as const).forEach((name, i) => {
      expect(Math.abs(model.params[name]! - truth[name])).toBeLessThan(4 * standardErrors[i]!)
    })
    const nbd = fitNbd(made)
    expect(likelihoodRatioTest(nbd, model)).toMatchObject({ degreesOfFreedom: 1, onBoundary: true })
    expect(compareModels([nbd, model])[1]!.rank).toBe(1)
    expect(decodeModel(encodeModel(model))).toEqual(model)
  })
})

describe('regressions', () => {
  test('five customers: the search stopped 2e-3 short where doubles end', () => {
    // Those who return buy as one rate would have them; who did not is unlikely to have stayed.
    const diagnostics = fitted(histories([1, 10, 10], [2, 20, 20], [3, 30, 30], [0, 0, 40], [5, 50, 50]))
    expect(diagnostics.verdict).toBe('boundary')
    expect(diagnostics.reducesTo).toContain('some customers leave at once, the others never')
    expect(diagnostics.reducesTo).toContain('one purchase rate for all customers')
    // The limit by itself: a share q stays and buys at one rate λ. Of both, 11 purchases in 110 days and 1 / 40 say:
    const limit = (q: number, rate: number): number =>
      4 * Math.log(q) + 11 * Math.log(rate) - 110 * rate + Math.log(1 - q + q * Math.exp(-40 * rate))
    let best = Number.NEGATIVE_INFINITY
    for (let q = 0.8; q < 0.84; q += 1e-4) {
      for (let rate = 0.095; rate < 0.1; rate += 1e-5) best = Math.max(best, limit(q, rate))
    }
    // The grid misses the top by some 1e-7.
    expect(Math.abs(best - diagnostics.logLikelihood)).toBeLessThan(1e-6)
  })

  test('the search ended at another edge 0.25 and 0.3 below this one', () => {
    const five = fitted(histories([1, 10, 12], [0, 0, 20], [3, 25, 30], [0, 0, 40], [2, 33, 50]))
    expect(five.reducesTo).toContain('some customers leave at once')
    expect(five.logLikelihood).toBeGreaterThan(-25.3676 + 0.25)
    const three = fitted(histories([1, 10, 10], [2, 20, 20], [0, 0, 40]))
    expect(three.reducesTo).toContain('some customers leave at once')
    expect(three.logLikelihood).toBeGreaterThan(-12.0901 + 0.3)
  })
})

test('refusals', () => {
  const make = (params: object) => () =>
    paretoNbdModel({ params: { r: 1, alpha: 1, s: 0, beta: 0, ...params }, timeUnit: 'day' })
  expectRefusal(make({ leavingOdds: 0 }), 'BAD_OPTION', 'params.leavingOdds')
  expectRefusal(make({ leavingOdds: 1, s: 1 }), 'BAD_OPTION', 'params.s')
  expectRefusal(make({ leavingOdds: 1, beta: 1 }), 'BAD_OPTION', 'params.beta')
  expectRefusal(make({}), 'BAD_OPTION', 'params.s')
  const text = encodeModel(make({ leavingOdds: 1 })())
  expectRefusal(() => decodeModel(text.replace('"s":0', '"s":1')), 'BAD_MODEL', 'params.s')
})
