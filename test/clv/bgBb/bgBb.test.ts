import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bgBbModel, fitBgBb } from '../../../src/clv/bgBb/bgBb.ts'
import { discountedPurchases, probabilityAliveAfter } from '../../../src/clv/bgBb/periodForecasts.ts'
import { expectedPurchases, expectedPurchasesOfNewCustomer } from '../../../src/clv/expectedPurchases.ts'
import type { FittedDiagnostics } from '../../../src/clv/fitDiagnostics.ts'
import { logLikelihood } from '../../../src/clv/logLikelihood.ts'
import { type PeriodHistories, periodHistoriesFromColumns } from '../../../src/clv/periodHistories.ts'
import { posteriorRates } from '../../../src/clv/posteriorRates.ts'
import { probabilityAlive } from '../../../src/clv/probabilityAlive.ts'
import { purchaseDistribution, purchaseDistributionOfNewCustomer } from '../../../src/clv/purchaseDistribution.ts'
import { processOf } from '../../../src/clv/purchaseModel.ts'
import { simulateHistories } from '../../../src/clv/simulateHistories.ts'
import { randomFrom } from '../../../src/core/random.ts'
import { donations } from '../../fixtures/donations.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { assertFitted, expectCertified, expectExactFit } from '../fits.ts'
import { calibration, golden, relativeError } from '../goldens.ts'

type History = readonly [x: number, last: number, n: number]

function given([alpha, beta, gamma, delta]: readonly number[]) {
  return bgBbModel({ params: { alpha: alpha!, beta: beta!, gamma: gamma!, delta: delta! } })
}

function inPeriods(...rows: readonly History[]): PeriodHistories {
  const column = (k: 0 | 1 | 2): number[] => rows.map((row) => row[k])
  return periodHistoriesFromColumns({ repeats: column(0), lastPeriod: column(1), periods: column(2) })
}

function fitted(histories: PeriodHistories): FittedDiagnostics {
  const { diagnostics } = fitBgBb(histories)
  assertFitted(diagnostics)
  return diagnostics
}

const donors = periodHistoriesFromColumns(donations())

describe('published', () => {
  test('the fit of the donors is the exact one', () => {
    expectExactFit(fitBgBb(donors), 'fit_bgbb_donations.json')
  })

  test('all probes to 1e-12', () => {
    const said = {
      loglik: (model, history) => logLikelihood(model, history),
      p_alive_at: (model, history, { m }) => probabilityAliveAfter(model, history, m!),
      cond_expected: (model, history, { nstar }) => expectedPurchases(model, history, nstar!),
      dert: (model, history, { rate }) => discountedPurchases(model, history, { discountRate: rate! }),
    } satisfies Record<
      string,
      (model: ReturnType<typeof given>, history: PeriodHistories, args: Record<string, number>) => Float64Array
    >
    const probes = golden('probes.json').filter(({ model }: { model: string }) => model === 'bgbb')
    expect(probes.length).toBe(13)
    for (const { fn, params, args, truth } of probes) {
      const value = said[fn as keyof typeof said](given(params), inPeriods([args.x, args.tx, args.n]), args)[0]!
      expect(relativeError(value, truth)).toBeLessThan(1e-12)
    }
  })
})

describe('against mpmath with 60 digits', () => {
  const { bgbb, bgbbPmf } = golden('discrete.json')

  // Up to 100,000 factors of two roundings each: √100,000 · 2 · 1e-16 is 7e-14, and no digit is lost otherwise. The
  // exponential of a logarithm of up to 700 rounds to 1e-13.
  test.each([0, 1, 2, 3, 4])('one in five of the points, from %i on, to 1e-12', (from) => {
    for (let i = from; i < bgbb.length; i += 5) {
      const { params, history, ...truth } = bgbb[i]
      const [x, last, n] = history
      const model = given(params)
      const one = inPeriods(history)
      const near = (value: number, exact: string): void => {
        // Below the smallest double with all its digits, 0 or what is left of them is right.
        if (Math.abs(Number(exact)) < 1e-290) expect(Math.abs(value)).toBeLessThan(1e-289)
        else expect(relativeError(value, exact)).toBeLessThan(1e-12)
      }
      near(logLikelihood(model, one)[0]!, truth.logLikelihood)
      near(probabilityAlive(model, one)[0]!, truth.alive)
      near(probabilityAliveAfter(model, one, 12)[0]!, truth.aliveIn12)
      near(expectedPurchases(model, one, 12)[0]!, truth.expectedIn12)
      near(discountedPurchases(model, one, { discountRate: 0.01 })[0]!, truth.discounted)
      near(posteriorRates(model, one).rate[0]!, truth.purchase)
      near(posteriorRates(model, one).dropout[0]!, truth.dropout)
      const odds = processOf(model).logDropoutOdds(x, last, n)
      // Of odds that are as good as even, the logarithm is known to 1e-12 absolutely.
      if (truth.logOdds === null) expect(odds).toBe(Number.NEGATIVE_INFINITY)
      else expect(Math.abs(odds - Number(truth.logOdds))).toBeLessThan(1e-12 * Math.max(1, Math.abs(odds)))
    }
  })

  test('probabilities of counts to 1e-12', () => {
    for (const { params, t, n, truth } of bgbbPmf) {
      for (const more of [0, 7]) {
        const chance = purchaseDistributionOfNewCustomer(given(params), t, { max: n + more })[n]!
        expect(relativeError(chance, truth)).toBeLessThan(1e-12)
      }
    }
  })
})

describe('laws', () => {
  const parameter = fc.double({ min: -2, max: 2, noNaN: true }).map((power) => 10 ** power)
  const parameters = fc.tuple(parameter, parameter, parameter, parameter)
  const history = fc
    .tuple(fc.nat(12), fc.nat(12), fc.nat(12))
    .map((numbers) => [...numbers].sort((a, b) => a - b))
    .map(([x, last, n]): History => [x!, x === 0 ? 0 : last!, n!])

  test('the histories of three opportunities have probabilities that add up to 1', () => {
    fc.assert(
      fc.property(parameters, (params) => {
        // Of (x, t_x) there are as many patterns of purchases as ways to choose x − 1 opportunities before the last.
        const patterns: readonly (readonly [...History, count: number])[] = [
          [0, 0, 3, 1],
          [1, 1, 3, 1],
          [1, 2, 3, 1],
          [1, 3, 3, 1],
          [2, 2, 3, 1],
          [2, 3, 3, 2],
          [3, 3, 3, 1],
        ]
        const logs = logLikelihood(given(params), inPeriods(...patterns.map(([x, t, n]): History => [x, t, n])))
        const total = logs.reduce((sum, log, i) => sum + patterns[i]![3] * Math.exp(log), 0)
        expect(Math.abs(total - 1)).toBeLessThan(1e-14)
      }),
    )
  })

  test('counts add up to 1, and their mean is the expectation', () => {
    fc.assert(
      fc.property(parameters, history, fc.integer({ min: 1, max: 40 }), (params, past, t) => {
        const [model, one] = [given(params), inPeriods(past)]
        const { probabilities, beyond } = purchaseDistribution(model, one, t, { max: 40 })
        expect(beyond[0]).toBe(0)
        expect(Math.abs(probabilities.reduce((sum, value) => sum + value, 0) - 1)).toBeLessThan(1e-13)
        const mean = probabilities.reduce((sum, value, n) => sum + n * value, 0)
        expect(relativeError(mean, expectedPurchases(model, one, t)[0]!)).toBeLessThan(1e-12)
        const short = purchaseDistribution(model, one, t, { max: 2 })
        const rest = probabilities.subarray(3).reduce((sum, value) => sum + value, 0)
        expect(Math.abs(short.beyond[0]! - rest)).toBeLessThan(1e-14)
      }),
    )
  })

  test('what is expected of customers after an opportunity is, on average, what was expected before it', () => {
    fc.assert(
      fc.property(parameters, history, (params, [x, last, n]) => {
        const model = given(params)
        const [before, bought, not] = [
          inPeriods([x, last, n]),
          inPeriods([x + 1, n + 1, n + 1]),
          inPeriods([x, last, n + 1]),
        ]
        const buys = expectedPurchases(model, before, 1)[0]!
        const ofBoth = (say: (histories: PeriodHistories) => number): number =>
          buys * say(bought) + (1 - buys) * say(not)
        const later = ofBoth((histories) => expectedPurchases(model, histories, 5)[0]!)
        expect(relativeError(buys + later, expectedPurchases(model, before, 6)[0]!)).toBeLessThan(1e-12)
        const chance = ofBoth((histories) => posteriorRates(model, histories).rate[0]!)
        expect(relativeError(chance, posteriorRates(model, before).rate[0]!)).toBeLessThan(1e-12)
        const dropout = ofBoth((histories) => posteriorRates(model, histories).dropout[0]!)
        expect(relativeError(dropout, posteriorRates(model, before).dropout[0]!)).toBeLessThan(1e-12)
        const alive = ofBoth((histories) => probabilityAlive(model, histories)[0]!)
        expect(relativeError(alive, probabilityAliveAfter(model, before, 1)[0]!)).toBeLessThan(1e-12)
      }),
    )
  })

  test('a discount lies between none and everything, and a long horizon is almost none', () => {
    const model = given([1.2, 0.75, 0.66, 2.8])
    const plain = expectedPurchases(model, donors, 20)
    const discounted = discountedPurchases(model, donors, { discountRate: 0.1, horizon: 20 })
    const endless = discountedPurchases(model, donors, { discountRate: 0.1 })
    const long = discountedPurchases(model, donors, { discountRate: 0.1, horizon: 1000 })
    const free = discountedPurchases(model, donors, { discountRate: 0, horizon: 20 })
    discounted.forEach((value, row) => {
      expect(value).toBeLessThan(plain[row]!)
      expect(value).toBeLessThan(endless[row]!)
      expect(relativeError(long[row]!, endless[row]!)).toBeLessThan(1e-12)
      expect(free[row]).toBe(plain[row])
    })
    expect(discountedPurchases(model, donors, { discountRate: 0 }).every((value) => value === Infinity)).toBe(true)
  })

  test('an opportunity that is not over yet does not count', () => {
    const model = given([1.2, 0.75, 0.66, 2.8])
    expect(expectedPurchasesOfNewCustomer(model, 3.9)).toBe(expectedPurchasesOfNewCustomer(model, 3))
  })

  test('row order and halves of weights change nothing', () => {
    const columns = donations()
    const twice = <T>(values: readonly T[]): T[] => [...values, ...values].reverse()
    const halves = periodHistoriesFromColumns({
      frequency: twice(columns.frequency),
      recency: twice(columns.recency),
      periods: twice(columns.periods),
      weights: twice(columns.weights).map((weight) => weight / 2),
    })
    const [one, other] = [fitBgBb(donors), fitBgBb(halves)]
    for (const name of ['alpha', 'beta', 'gamma', 'delta'] as const)
      expect(relativeError(other.params[name], one.params[name])).toBeLessThan(1e-12)
  })

  test('small random sets always end in a certified optimum or at a named edge', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 3, max: 12 }),
        fc.nat(1e6),
        (customers, n, seed) => {
          const random = randomFrom(seed)
          const rows = Array.from({ length: customers }, (): History => {
            const [chance, dropout] = [random.unit(), 0.5 * random.unit() ** 2]
            let [x, last] = [0, 0]
            for (let t = 1; t <= n && random.unit() >= dropout; t++) if (random.unit() < chance) [x, last] = [x + 1, t]
            return [x, last, n]
          })
          if (rows.every(([x]) => x === 0)) return
          const diagnostics = fitted(inPeriods(...rows))
          expectCertified(diagnostics)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('edges', () => {
  test('nobody leaves: the beta-binomial, and its likelihood', () => {
    // Who buys is seen until the end, as good as always.
    const histories = inPeriods([0, 0, 6], [1, 6, 6], [3, 6, 6], [2, 5, 6], [6, 6, 6], [0, 0, 6], [2, 6, 6], [4, 6, 6])
    const diagnostics = fitted(histories)
    expect(diagnostics.verdict).toBe('boundary')
    expect(diagnostics.reducesTo).toContain('beta-binomial: no customer leaves')
    // No model of the space comes nearer to where nobody leaves.
    const { alpha, beta } = fitBgBb(histories).params
    const never = logLikelihood(given([alpha, beta, 1e-30, 1]), histories)
    const limit = never.reduce((sum, value, row) => sum + histories.weights[row]! * value, 0)
    expect(Math.abs(diagnostics.logLikelihood - limit)).toBeLessThan(1e-6)
    expect(diagnostics.standardErrors.slice(0, 2).every(Number.isFinite)).toBe(true)
  })

  test('regression: where nobody leaves after a purchase, the fit took nobody to leave at all, .40 short', () => {
    const histories = periodHistoriesFromColumns({
      repeats: [0, 1, 2, 3, 1, 2],
      lastPeriod: [0, 3, 3, 3, 2, 3],
      periods: [3, 3, 3, 3, 3, 3],
      weights: [40, 30, 30, 40, 20, 30],
    })
    const diagnostics = fitted(histories)
    expect(diagnostics.reducesTo).toContain('some customers leave before the first opportunity, the others never')
    // The limit in closed form: a share p has left at the beginning, the others are Beta-binomial(3.5, 2.75).
    const limit = given([3.5, 2.75, 11 / 119e30, 108 / 119e30])
    const reached = logLikelihood(limit, histories).reduce(
      (sum, value, row) => sum + histories.weights[row]! * value,
      0,
    )
    expect(diagnostics.logLikelihood).toBeGreaterThan(reached - 1e-6)
    expect(diagnostics.logLikelihood).toBeGreaterThan(-381.41)
  })

  test('regression: alike in buying and at odds about leaving, ten customers were fitted .155 short', () => {
    const [none, one, three] = [
      [0, 0, 12],
      [1, 12, 12],
      [3, 12, 12],
    ] as const
    const diagnostics = fitted(inPeriods(none, none, one, none, none, none, none, none, three, none))
    const better = given([9.2e10, 5.7e11, 8.7e-12, 2.7e-12])
    const reached = logLikelihood(better, inPeriods(none, one, three))
    expect(diagnostics.logLikelihood).toBeGreaterThan(8 * reached[0]! + reached[1]! + reached[2]! - 1e-6)
    expect(diagnostics.reducesTo).toContain('one purchase probability')
    expect(diagnostics.reducesTo).toContain('the others never')
    expect(diagnostics.converged).toBe(true)
  })

  test('customers who buy at every opportunity until they leave', () => {
    const histories = inPeriods([0, 0, 5], [1, 1, 5], [2, 2, 5], [2, 2, 5], [3, 3, 5], [5, 5, 5], [5, 5, 5], [0, 0, 5])
    expect(fitted(histories).reducesTo).toContain('buys at each opportunity until leaving')
  })

  test('a model at an edge predicts', () => {
    const histories = inPeriods([3, 3, 3], [3, 3, 3])
    const model = fitBgBb(histories)
    expect(model.diagnostics).toMatchObject({ verdict: 'boundary', converged: true })
    expect(expectedPurchases(model, histories, 10)[0]).toBeCloseTo(10, 6)
  })
})

test('regression: with 365 opportunities the value is small beside its parts, and the fit went in circles', () => {
  const model = given([1.2, 4, 0.66, 20])
  const ages = Float64Array.from({ length: 30_000 }, (_, i) => 365 - (i % 20))
  const { converged, iterations } = fitted(simulateHistories(model, { ages }))
  expect(converged).toBe(true)
  expect(iterations).toBeLessThan(15)
})

test('refusals', () => {
  expectRefusal(() => fitBgBb(inPeriods()), 'NOT_ENOUGH_DATA', '0 customers')
  expectRefusal(() => fitBgBb(inPeriods([1, 1, 2], [0, 0, 1])), 'NOT_ENOUGH_DATA', 'three opportunities')
  expectRefusal(() => given([1, 1, 0, 1]), 'BAD_OPTION', 'params.gamma')
  const model = given([1, 1, 1, 1])
  expectRefusal(() => probabilityAlive(model, calibration()), 'UNIT_MISMATCH', 'in periods and the data in weeks')
  expectRefusal(() => posteriorRates(model, calibration() as never), 'UNIT_MISMATCH')
  expectRefusal(() => probabilityAliveAfter(model, donors, 0.5), 'BAD_OPTION', 'periods')
  expectRefusal(() => discountedPurchases(model, donors, { discountRate: -0.1 }), 'BAD_OPTION', 'discountRate')
  expectRefusal(() => discountedPurchases(model, donors, { discountRate: 0, horizon: 0 }), 'BAD_OPTION', 'horizon')
})
