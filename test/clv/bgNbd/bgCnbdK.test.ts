import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BgCnbdKModel, bgCnbdKModel, fitBgCnbdK } from '../../../src/clv/bgNbd/bgCnbdK.ts'
import { bgCnbdKFuture } from '../../../src/clv/bgNbd/bgCnbdKFuture.ts'
import { fitBgNbd } from '../../../src/clv/bgNbd/bgNbd.ts'
import { bgNbdFuture } from '../../../src/clv/bgNbd/bgNbdFuture.ts'
import { bgNbdObjective } from '../../../src/clv/bgNbd/bgNbdLikelihood.ts'
import { fitMbgNbd } from '../../../src/clv/bgNbd/mbgNbd.ts'
import { purchaseHistories } from '../../../src/clv/distinctPurchases.ts'
import { expectedPurchases, expectedPurchasesOfNewCustomer } from '../../../src/clv/expectedPurchases.ts'
import { logLikelihood } from '../../../src/clv/logLikelihood.ts'
import { posteriorRates } from '../../../src/clv/posteriorRates.ts'
import { probabilityAlive } from '../../../src/clv/probabilityAlive.ts'
import { purchaseDistribution } from '../../../src/clv/purchaseDistribution.ts'
import { randomFrom } from '../../../src/core/random.ts'
import { customerSummary } from '../../../src/table/customerSummary.ts'
import { customerSummaryFromColumns } from '../../../src/table/customerSummaryFromColumns.ts'
import { logGaps } from '../../../src/table/logGaps.ts'
import { cdnowSample } from '../../fixtures/cdnow.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { assertFitted } from '../fits.ts'
import { calibration, golden, histories, relativeError, stressSet } from '../goldens.ts'
import { givenMbgNbd, givenModel } from '../predictions.ts'
import { beta, gamma, purchaseTimes, simulatedSummary } from '../simulate.ts'

function given(k: number, [r, alpha, a, b]: readonly number[], modified = false): BgCnbdKModel {
  return bgCnbdKModel({ params: { k, r: r!, alpha: alpha!, a: a!, b: b! }, timeUnit: 'day', modified })
}

test('futures at ordinary and extreme parameters to 1e-12', () => {
  for (const { args, expected, survival } of golden('bgCnbdKFutures.json').rows) {
    const [k, D, alpha, u, a, b, t] = args as [number, number, number, number, number, number, number]
    const future = bgCnbdKFuture(k, D, alpha, u, a, b)
    expect(relativeError(future.expected(t), expected), String(args)).toBeLessThan(1e-12)
    expect(relativeError(future.survival(t), survival), String(args)).toBeLessThan(1e-12)
  }
})

describe('up to 100,000 purchases', () => {
  const { histories: rows, cases } = golden('manyPurchases.json')
  const summary = histories(...rows)

  test.each(cases as ManyPurchases[])('k = $k, the likelihood at $params', ({ k, modified, params, ...truth }) => {
    // Terms of up to 1e7 make up each of these; 1e-14 of them is lost.
    const terms = 1e-14 * k * 1e5 * 20
    logLikelihood(given(k, params, modified), summary).forEach((value, row) => {
      expect(Math.abs(value - Number(truth.each[row]))).toBeLessThan(terms)
    })
    const objective = bgNbdObjective(purchaseHistories('test', summary), { early: modified ? 1 : 0, k })
    const { value, gradient, hessian } = objective(params.map(Math.log))
    expect(Math.abs(value + Number(truth.total))).toBeLessThan(terms)
    // The terms of a slope are (r + k x) ln(1 + T/α) a customer; a few units in the last place of them are lost.
    const slopes = 1e-15 * rows.length * (params[0]! + k * 1e5) * Math.log1p(365 / params[1]!)
    gradient.forEach((slope, i) => {
      expect(Math.abs(slope + Number(truth.gradient[i])), `gradient ${i}`).toBeLessThan(slopes)
      hessian[i]!.forEach((curvature, j) => {
        const exact = Number(truth.hessian[i]![j])
        expect(Math.abs(curvature + exact), `Hessian ${i} ${j}`).toBeLessThan(slopes + 1e-9 * Math.abs(exact))
      })
    })
  })

  test.each([
    [1, false],
    [2, false],
    [8, false],
    [12, true],
  ] as const)('k = %i, the fit converges', (k, modified) => {
    const { diagnostics } = fitBgCnbdK(summary, { k, modified })
    assertFitted(diagnostics)
    expect(diagnostics.converged).toBe(true)
    // Rounding of slopes whose terms are of the order of k x.
    expect(diagnostics.gradientNorm).toBeLessThan(1e-14 * k * 1e5)
    expect(diagnostics.iterations).toBeLessThan(30)
  })

  test('alike customers among so many lie at the edge of one rate', () => {
    const alike = histories(...Array.from({ length: 12 }, (_, c) => [60_000 + 10 * c, 364 - (c % 3), 365] as const))
    const { diagnostics } = fitBgCnbdK(alike, { k: 4 })
    assertFitted(diagnostics)
    expect(diagnostics.converged).toBe(true)
    expect(diagnostics.iterations).toBeLessThan(60)
  })
})

/** A case of `manyPurchases.json`. */
interface ManyPurchases {
  readonly k: number
  readonly modified: boolean
  readonly params: readonly number[]
  readonly each: readonly string[]
  readonly total: string
  readonly gradient: readonly string[]
  readonly hessian: readonly (readonly string[])[]
}

describe('one phase is (M)BG/NBD', () => {
  const summary = histories([0, 0, 30], [1, 20, 30], [7, 29, 30])

  test('to the bit', () => {
    const params = [0.6, 12, 0.8, 2.1]
    for (const [one, other] of [
      [given(1, params), givenModel(params)],
      [given(1, params, true), givenMbgNbd(params)],
    ] as const) {
      expect(logLikelihood(one, summary)).toEqual(logLikelihood(other, summary))
      expect(probabilityAlive(one, summary)).toEqual(probabilityAlive(other, summary))
      expect(expectedPurchases(one, summary, 50)).toEqual(expectedPurchases(other, summary, 50))
    }
  })

  test('in a fit', () => {
    expect(fitBgCnbdK(calibration(), { k: 1 }).params).toEqual({ k: 1, ...fitBgNbd(calibration()).params })
    expect(fitBgCnbdK(calibration(), { k: 1, modified: true }).params).toEqual({
      k: 1,
      ...fitMbgNbd(calibration()).params,
    })
  })

  test('by the walk through phases too', () => {
    const parameter = fc.double({ min: -2, max: 2, noNaN: true }).map((power) => 10 ** power)
    fc.assert(
      fc.property(parameter, parameter, parameter, fc.double({ min: 0.01, max: 30, noNaN: true }), (r, a, b, t) => {
        const [walk, closed] = [bgCnbdKFuture(1, r, 1, 0, a, b), bgNbdFuture(r, 1, a, b)]
        // Some thousand products and sums of 1e-16 each, whose errors hardly add up.
        expect(relativeError(walk.expected(t), closed.expected(t))).toBeLessThan(1e-12)
        expect(relativeError(walk.survival(t), closed.survival(t))).toBeLessThan(1e-12)
        expect(relativeError(walk.discounted(1 / t, t), closed.discounted(1 / t, t))).toBeLessThan(1e-12)
      }),
      { numRuns: 60 },
    )
  })
})

describe('laws', () => {
  const phases = fc.integer({ min: 2, max: 12 })
  const wide = fc.double({ min: 1, max: 5, noNaN: true })
  const history = fc.record({ x: fc.integer({ min: 0, max: 6 }), silence: fc.double({ min: 0, max: 8, noNaN: true }) })

  test('everything is the mean over rate and dropout of what a regular buyer would do', () => {
    fc.assert(
      fc.property(phases, wide, wide, wide, wide, history, fc.boolean(), (k, r, alpha, a, b, { x, silence }, early) => {
        const tx = x === 0 ? 0 : 5
        const model = given(k, [r, alpha, a, b], early)
        const summary = histories([x, tx, tx + silence])
        const truth = byQuadrature(k, [r, alpha, a, b], early ? 1 : 0, x, tx, silence, 4)
        // The rule converges geometrically; its nodes reach to e^−24 of every weight.
        const close = (value: number, other: number): void => expect(relativeError(value, other)).toBeLessThan(1e-8)
        close(Math.exp(logLikelihood(model, summary)[0]!), truth.likelihood)
        close(probabilityAlive(model, summary)[0]!, truth.alive)
        close(probabilityAlive(model, summary, { after: { days: 4 } })[0]!, truth.aliveLater)
        close(expectedPurchases(model, summary, 4)[0]!, truth.purchases)
        close(purchaseDistribution(model, summary, 4, { max: 1 }).probabilities[1]!, truth.once)
        close(posteriorRates(model, summary).rate[0]!, truth.rate)
        close(posteriorRates(model, summary).dropout[0]!, truth.dropout)
      }),
      { numRuns: 6 },
    )
  })

  test('discounts within a time and without end agree, and without a discount purchases are the expected ones', () => {
    const parameter = fc.double({ min: -1, max: 1, noNaN: true }).map((power) => 10 ** power)
    fc.assert(
      fc.property(phases, parameter, parameter, parameter, fc.double({ min: 0, max: 0.9 }), (k, D, a, b, u) => {
        const future = bgCnbdKFuture(k, D, 1, u, a, b)
        // e^−39 is left out, of two rules that share nothing.
        expect(relativeError(future.discounted(5, 39 / 5), future.discounted(5, 1e300))).toBeLessThan(1e-12)
        expect(relativeError(future.discounted(1e-14, 2), future.expected(2))).toBeLessThan(1e-12)
      }),
      { numRuns: 30 },
    )
  })

  test('the probabilities add up to 1 and their mean is the expectation', () => {
    fc.assert(
      fc.property(phases, wide, wide, wide, wide, history, (k, r, alpha, a, b, { x, silence }) => {
        const tx = x === 0 ? 0 : 5
        const model = given(k, [r, alpha, a, b])
        const summary = histories([x, tx, tx + silence])
        const { probabilities, beyond } = purchaseDistribution(model, summary, 4, { max: 600 })
        expect(Math.abs(probabilities.reduce((sum, value) => sum + value, beyond[0]!) - 1)).toBeLessThan(1e-12)
        const mean = probabilities.reduce((sum, value, n) => sum + n * value, 0)
        expect(relativeError(mean, expectedPurchases(model, summary, 4)[0]!)).toBeLessThan(1e-11)
      }),
      { numRuns: 50 },
    )
  })

  test('derivatives of the likelihood are those of its values', () => {
    const sample = purchaseHistories('test', histories([0, 0, 9], [1, 4, 9], [3, 8, 9], [2, 3, 20], [0, 0, 20]))
    for (const variant of [
      { early: 0, k: 3 },
      { early: 1, k: 4 },
      { early: 1, k: 1 },
    ] as const) {
      const at = bgNbdObjective(sample, variant)
      const theta = [0.3, 1.2, -0.4, 0.7]
      const { gradient, hessian } = at(theta)
      const step = 1e-4
      theta.forEach((_, i) => {
        const [low, high] = [-step, step].map((by) => at(theta.map((value, j) => (i === j ? value + by : value))))
        // Central differences miss the third derivative, of order 1, times step² / 6, and rounding over the step.
        expect(Math.abs((high!.value - low!.value) / (2 * step) - gradient[i]!)).toBeLessThan(1e-7)
        hessian[i]!.forEach((second, j) => {
          expect(Math.abs((high!.gradient[j]! - low!.gradient[j]!) / (2 * step) - second)).toBeLessThan(1e-7)
        })
      })
    }
  })

  test('the objective is the sum of the likelihoods of the customers', () => {
    for (const modified of [false, true]) {
      const { diagnostics, ...model } = fitBgCnbdK(calibration(), { k: 3, modified })
      const total = logLikelihood({ ...model, diagnostics }, calibration()).reduce((sum, value) => sum + value, 0)
      // 2,357 terms in another order.
      if (diagnostics.source === 'fitted') expect(Math.abs(total - diagnostics.logLikelihood)).toBeLessThan(1e-9)
    }
  })

  test('days instead of weeks change neither k nor predictions', () => {
    const table = cdnowSample()
    const [weekly, daily] = (['week', 'day'] as const).map((timeUnit) => {
      const summary = customerSummary(table, { asOf: '1997-09-30', timeUnit })
      return fitBgCnbdK(summary, { k: 2, logGaps: logGaps(table, summary) })
    }) as [BgCnbdKModel, BgCnbdKModel]
    expect(relativeError(daily.params.alpha, 7 * weekly.params.alpha)).toBeLessThan(1e-9)
    expect(relativeError(daily.params.a, weekly.params.a)).toBeLessThan(1e-9)
  })
})

describe('choice of k', () => {
  test('irregular CDNOW is best by chance alone', () => {
    const table = cdnowSample()
    const summary = calibration()
    const { params, diagnostics } = fitBgCnbdK(summary, { logGaps: logGaps(table, summary) })
    expect(params.k).toBe(1)
    assertFitted(diagnostics)
    expect(diagnostics.profile.map(({ k }) => k)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    const likelihoods = diagnostics.profile.map(({ logLikelihood: value }) => value)
    expect(Math.max(...likelihoods)).toBe(diagnostics.logLikelihood)
    expect(Math.abs(likelihoods[0]! - Number(golden('fit_bgnbd_cdnow_exact.json').loglik))).toBeLessThan(1e-9)
  })

  test('regular buyers are recognised, by their gaps and by their last purchase alone', () => {
    const random = randomFrom(3)
    const truth = { k: 3, r: 2, alpha: 30, a: 0.8, b: 3 }
    const columns = { repeats: [] as number[], ageAtLast: [] as number[], age: [] as number[] }
    const logs: number[] = []
    for (let customer = 0; customer < 2500; customer++) {
      const age = 200 + 200 * random.unit()
      const [rate, leaves] = [gamma(truth.r, random) / truth.alpha, beta(truth.a, truth.b, random)]
      const times = random.unit() < leaves ? [] : purchaseTimes(rate, leaves, age, random, truth.k)
      columns.repeats.push(times.length)
      columns.ageAtLast.push(times.at(-1) ?? 0)
      columns.age.push(age)
      logs.push(times.reduce((sum, time, i) => sum + Math.log(time - (times[i - 1] ?? 0)), 0))
    }
    const summary = customerSummaryFromColumns(columns, { timeUnit: 'day' })
    for (const options of [{ modified: true }, { modified: true, logGaps: Float64Array.from(logs) }]) {
      const { params, diagnostics } = fitBgCnbdK(summary, options)
      assertFitted(diagnostics)
      expect(params.k).toBe(3)
      expect(diagnostics.evidence).toBe('logGaps' in options ? 'gaps' : 'histories')
      diagnostics.parameters.forEach((name, i) => {
        const miss = params[name as 'r'] - truth[name as 'r']
        expect(Math.abs(miss)).toBeLessThan(4 * diagnostics.standardErrors[i]!)
      })
    }
  })

  test('small random sets always end in a certified optimum or at a named edge', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 30 }), fc.nat(1e6), fc.boolean(), (customers, seed, early) => {
        const simulated = simulatedSummary(
          customers,
          300,
          (random) => gamma(0.8, random) / 6,
          (random) => beta(0.7, 2, random),
          seed,
          { early, k: 3 },
        )
        if (simulated.repeats.every((x) => x === 0)) return
        const { diagnostics } = fitBgCnbdK(simulated, { k: 3, modified: early })
        assertFitted(diagnostics)
        expect(diagnostics.converged).toBe(true)
        expect(diagnostics.gradientNorm).toBeLessThan(1e-6)
        if (diagnostics.verdict === 'boundary') expect(diagnostics.reducesTo).toBeTruthy()
      }),
      { numRuns: 60 },
    )
  })
})

test('simulated customers buy as often as forecast', () => {
  const random = randomFrom(8)
  const [k, r, alpha, a, b] = [3, 2, 10, 0.8, 3]
  const columns = { repeats: [] as number[], ageAtLast: [] as number[], age: [] as number[] }
  const later: number[] = []
  for (let customer = 0; customer < 20_000; customer++) {
    const times = purchaseTimes(gamma(r, random) / alpha, beta(a, b, random), 90, random, k)
    const before = times.filter((time) => time <= 60)
    columns.repeats.push(before.length)
    columns.ageAtLast.push(before.at(-1) ?? 0)
    columns.age.push(60)
    later.push(times.length - before.length)
  }
  const forecast = expectedPurchases(
    given(k, [r, alpha, a, b]),
    customerSummaryFromColumns(columns, { timeUnit: 'day' }),
    30,
  )
  // By length of silence, which is where regularity shows: four standard errors of the mean of what was left unsaid.
  for (const [from, to] of [
    [0, 5],
    [5, 10],
    [10, 20],
    [20, 61],
  ] as const) {
    const rows = later
      .map((_, row) => row)
      .filter((row) => {
        const silence = 60 - columns.ageAtLast[row]!
        return silence >= from && silence < to
      })
    const misses = rows.map((row) => later[row]! - forecast[row]!)
    const mean = misses.reduce((sum, miss) => sum + miss, 0) / rows.length
    const variance = misses.reduce((sum, miss) => sum + miss * miss, 0) / rows.length
    expect(rows.length).toBeGreaterThan(1000)
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance / rows.length))
  }
  const all = later.length
  const repeats = columns.repeats.reduce((sum, x) => sum + x, 0) / all
  const spread = Math.sqrt(columns.repeats.reduce((sum, x) => sum + (x - repeats) ** 2, 0) / all)
  const expected = expectedPurchasesOfNewCustomer(given(k, [r, alpha, a, b]), 60)
  expect(Math.abs(repeats - expected)).toBeLessThan((4 * spread) / Math.sqrt(all))
})

test.each(['T_seconds', 'no_dropout_pure_NBD', 'plain_days', 'tiny_25'])('%s has an order of phases', (name) => {
  const summary = stressSet(name)
  const withinNoTime = summary.repeats.some((x, row) => x > 0 && summary.ageAtLast[row] === 0)
  const { params, diagnostics } = fitBgCnbdK(summary)
  assertFitted(diagnostics)
  expect(diagnostics.converged).toBe(true)
  expect(diagnostics.profile.length).toBe(12)
  // Who bought again within no time did not pass through phases: chance alone is possible.
  if (withinNoTime) {
    expect(params).toEqual({ k: 1, ...fitBgNbd(summary).params })
    expect(diagnostics.profile[1]).toEqual({ k: 2, logLikelihood: Number.NEGATIVE_INFINITY })
  }
})

test('refusals', () => {
  const summary = histories([2, 5, 10], [0, 0, 9])
  for (const k of [0, 13, 1.5]) {
    expectRefusal(() => fitBgCnbdK(summary, { k }), 'BAD_OPTION', 'k')
    expectRefusal(() => given(k, [1, 1, 1, 1]), 'BAD_OPTION', 'params.k')
  }
  expectRefusal(() => given(2, [1, 1, 0, 1]), 'BAD_OPTION', 'params.a')
  expectRefusal(() => fitBgCnbdK(summary, { logGaps: new Float64Array(3) }), 'BAD_SHAPE', 'logGaps')
  expectRefusal(() => fitBgCnbdK(histories()), 'NOT_ENOUGH_DATA', 'fitBgCnbdK')
  expectRefusal(() => fitBgCnbdK(histories([1, 0, 10]), { k: 2 }), 'BAD_SHAPE', 'within no time')
})

/**
 * Likelihood and forecasts by the trapezoidal rule over ln λ and ln (p / (1 − p)) of what holds given both: Poisson
 * phases, and a chance p to leave with each k-th.
 */
function byQuadrature(
  k: number,
  [r, alpha, a, b]: readonly [number, number, number, number],
  early: 0 | 1,
  x: number,
  tx: number,
  silence: number,
  t: number,
): Record<'likelihood' | 'alive' | 'aliveLater' | 'purchases' | 'once' | 'rate' | 'dropout', number> {
  const factorial = [1]
  for (let m = 1; m < 171; m++) factorial.push(factorial[m - 1]! * m)
  const gammaOf = (z: number): number => {
    let value = 0
    for (let i = -400; i < 80; i++) value += Math.exp((i / 16) * z - Math.exp(i / 16)) / 16
    return value
  }
  const sums = { likelihood: 0, alive: 0, aliveLater: 0, purchases: 0, once: 0, rate: 0, dropout: 0 }
  const n = x + early
  const waysOfGaps = x === 0 ? 1 : (tx ** (k * x - 1) / factorial[k * x - 1]!) * (factorial[x - 1]! / tx ** (x - 1))
  const scale = (alpha ** r / gammaOf(r)) * waysOfGaps * (gammaOf(a + b) / gammaOf(a) / gammaOf(b)) * (1 / 64)
  for (let i = -192; i < 32; i++) {
    const lambda = Math.exp(i / 8)
    const poisson = (m: number, mean: number): number =>
      mean === 0 ? +(m === 0) : Math.exp(m * Math.log(mean) - mean) / factorial[m]!
    const prior = scale * lambda ** (r + k * x) * Math.exp(-(alpha + tx) * lambda)
    const phases = Array.from({ length: k }, (_, j) => poisson(j, lambda * silence))
    // P(N = c) for purchases within t of who cannot leave, still there, with the phases passed.
    const counts = Array<number>(Math.floor(158 / k)).fill(0)
    phases.forEach((chance, j) => {
      for (let m = 0; Math.floor((j + m) / k) < counts.length; m++)
        counts[Math.floor((j + m) / k)]! += chance * poisson(m, lambda * t)
    })
    const stillThere = phases.reduce((sum, chance) => sum + chance, 0)
    for (let s = -192; s < 192; s++) {
      const p = 1 / (1 + Math.exp(-s / 8))
      const q = 1 / (1 + Math.exp(s / 8))
      const weight = prior * p ** a * q ** b
      if (weight < 1e-30) continue
      const stays = weight * q ** n
      const left = n > 0 ? weight * p * q ** (n - 1) : 0
      const both = stays * stillThere + left
      sums.likelihood += both
      sums.alive += stays * stillThere
      sums.rate += (both * lambda) / k
      sums.dropout += both * p
      let [qc, before] = [1, 0] // q^c and Σ_{i<c} q^i
      for (const chance of counts) {
        sums.aliveLater += stays * chance * qc
        sums.purchases += stays * chance * before
        before += qc
        qc *= q
      }
      const more = stillThere - counts[0]! - counts[1]!
      sums.once += stays * (counts[1]! + p * more)
    }
  }
  for (const name of Object.keys(sums) as (keyof typeof sums)[]) {
    if (name !== 'likelihood') sums[name] /= sums.likelihood
  }
  return sums
}
