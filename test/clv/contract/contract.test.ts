import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { betaDiscreteWeibullModel, fitBetaDiscreteWeibull } from '../../../src/clv/contract/betaDiscreteWeibull.ts'
import {
  type ContractHistories,
  contractHistories,
  contractHistoriesFromSurvivors,
} from '../../../src/clv/contract/contractHistories.ts'
import { expectedLifetime, expectedResidualLifetime } from '../../../src/clv/contract/contractLifetime.ts'
import type { ContractModel } from '../../../src/clv/contract/contractModel.ts'
import {
  churnProbability,
  logChurnProbability,
  logSurvivalProbability,
  retentionRate,
  survivalProbability,
} from '../../../src/clv/contract/retention.ts'
import { fitShiftedBetaGeometric, shiftedBetaGeometricModel } from '../../../src/clv/contract/shiftedBetaGeometric.ts'
import type { FittedDiagnostics } from '../../../src/clv/fitDiagnostics.ts'
import { randomFrom } from '../../../src/core/random.ts'
import { discountedForever } from '../../../src/kernels/betaGeometric.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { assertFitted } from '../fits.ts'
import { golden, relativeError } from '../goldens.ts'

const SURVIVORS = {
  regular: [1000, 631, 468, 382, 326, 289, 262, 241],
  highend: [1000, 869, 743, 653, 593, 551, 517, 491],
}

function fitted({ diagnostics }: ContractModel): FittedDiagnostics {
  assertFitted(diagnostics)
  return diagnostics
}

function sbg(alpha: number, beta: number): ContractModel {
  return shiftedBetaGeometricModel({ params: { alpha, beta } })
}

function bdw([alpha, beta, c]: readonly number[]): ContractModel {
  return betaDiscreteWeibullModel({ params: { alpha: alpha!, beta: beta!, c: c! } })
}

describe('published', () => {
  test.each(['regular', 'highend'] as const)('the fit of the %s customers is the exact one', (name) => {
    const truth = golden(`fit_sbg_${name}.json`)
    const model = fitShiftedBetaGeometric(contractHistoriesFromSurvivors(SURVIVORS[name]))
    const diagnostics = fitted(model)
    expect(diagnostics.customers).toBe(truth.n)
    expect(Math.abs(diagnostics.logLikelihood - Number(truth.loglik))).toBeLessThan(1e-9)
    for (const [i, parameter] of (['alpha', 'beta'] as const).entries()) {
      expect(relativeError(model.params[parameter], truth.params[parameter])).toBeLessThan(1e-8)
      expect(relativeError(diagnostics.standardErrors[i]!, truth.se[parameter])).toBeLessThan(1e-6)
    }
    expect(relativeError(diagnostics.covariance[0]![1]!, truth.cov['beta,alpha'])).toBeLessThan(1e-6)
    expect(diagnostics).toMatchObject({ verdict: 'interior', converged: true, positiveDefinite: true })
  })

  test('all probes to 1e-12', () => {
    const probes = golden('probes.json').filter(({ model }: { model: string }) => model === 'sbg')
    expect(probes.length).toBe(5)
    for (const { fn, params, args, truth } of probes) {
      const model = sbg(params[0], params[1])
      const value =
        fn === 'log_survival'
          ? logSurvivalProbability(model, args.t)
          : fn === 'log_pmf'
            ? logChurnProbability(model, args.t)
            : expectedResidualLifetime(model, args.n - 1, { discountRate: args.rate })
      expect(relativeError(value, truth)).toBeLessThan(1e-12)
    }
  })
})

describe('against mpmath with 60 digits', () => {
  const { bdwFits, contracts, endless } = golden('discrete.json')

  test('fits of the beta-discrete-Weibull model', () => {
    for (const { survivors, params, logLikelihood, se } of bdwFits) {
      const model = fitBetaDiscreteWeibull(contractHistoriesFromSurvivors(survivors))
      const { logLikelihood: reached, standardErrors, parameters } = fitted(model)
      expect(Math.abs(reached - Number(logLikelihood))).toBeLessThan(1e-9)
      parameters.forEach((name, i) => {
        expect(relativeError(model.params[name as 'c'], params[name])).toBeLessThan(1e-8)
        expect(relativeError(standardErrors[i]!, se[name])).toBeLessThan(1e-6)
      })
    }
  })

  // t^c rounds to 1e-16 of itself, which c = 4 and the differences of two ages keep below 1e-13.
  test('survival, churn, retention and lifetimes to 1e-12', () => {
    for (const { params, t, made, rate, ...truth } of contracts) {
      const model = bdw(params)
      const near = (value: number, exact: string): void => expect(relativeError(value, exact)).toBeLessThan(1e-12)
      near(logSurvivalProbability(model, t), truth.logSurvival)
      near(logChurnProbability(model, t), truth.logChurn)
      // 4e-406377 is 0 in a double.
      if (Number(truth.retention) === 0) expect(retentionRate(model, t)).toBe(0)
      else near(retentionRate(model, t), truth.retention)
      if (rate === null) continue
      near(expectedLifetime(model, { discountRate: rate }), truth.lifetime)
      near(expectedResidualLifetime(model, made, { discountRate: rate }), truth.residual)
    }
  })

  // The table has 1 + the sum, and its discount rounds in the sum's last digit: 1e-16 of 1 over 1e-9.
  test('hardly any discount, without end', () => {
    for (const { a, b, rate, truth } of endless) {
      expect(relativeError(1 + discountedForever(a, b, rate), truth)).toBeLessThan(1e-12)
    }
  })
})

describe('laws', () => {
  const parameter = fc.double({ min: -2, max: 2, noNaN: true }).map((power) => 10 ** power)
  const shape = fc.double({ min: 0.2, max: 3, noNaN: true })

  test('survival is the product of retention rates, and what leaves is what is missing', () => {
    fc.assert(
      fc.property(parameter, parameter, shape, (alpha, beta, c) => {
        const model = bdw([alpha, beta, c])
        let stays = 1
        for (let t = 1; t <= 20; t++) {
          const before = stays
          stays *= retentionRate(model, t)
          expect(Math.abs(survivalProbability(model, t) - stays)).toBeLessThan(1e-13)
          expect(Math.abs(churnProbability(model, t) - (before - stays))).toBeLessThan(1e-13)
        }
      }),
    )
  })

  test('with c = 1 the models are one, in every answer and in the likelihood', () => {
    fc.assert(
      fc.property(parameter, parameter, fc.nat(40), (alpha, beta, t) => {
        const [small, large] = [sbg(alpha, beta), bdw([alpha, beta, 1])]
        expect(survivalProbability(large, t)).toBe(survivalProbability(small, t))
        expect(retentionRate(small, t + 1)).toBeCloseTo((beta + t) / (alpha + beta + t), 14)
        expect(expectedLifetime(large, { discountRate: 0.05 })).toBe(expectedLifetime(small, { discountRate: 0.05 }))
      }),
    )
  })

  test('lifetimes are their sums, and a year more is a year less to come', () => {
    fc.assert(
      fc.property(parameter, parameter, shape, fc.nat(10), (alpha, beta, c, made) => {
        const model = bdw([alpha, beta, c])
        const options = { discountRate: 0.07, horizon: 30 }
        let sum = 0
        for (let k = 1; k <= 30; k++) {
          const share = Math.exp(logSurvivalProbability(model, made + k) - logSurvivalProbability(model, made))
          sum += share / 1.07 ** (k - 1)
        }
        expect(relativeError(expectedResidualLifetime(model, made, options), sum)).toBeLessThan(1e-12)
        const first = retentionRate(model, made + 1)
        const rest = expectedResidualLifetime(model, made + 1, { discountRate: 0.07 })
        expect(
          relativeError(first * (1 + rest / 1.07), expectedResidualLifetime(model, made, { discountRate: 0.07 })),
        ).toBeLessThan(
          1e-11, // the endless sums end where the rest is below 1e-17 of them
        )
      }),
    )
  })

  test('without discount the mean is finite above alpha = 1 only', () => {
    expect(expectedLifetime(sbg(3, 4))).toBeCloseTo((3 + 4 - 1) / 2, 14)
    expect(expectedLifetime(sbg(1, 4))).toBe(Number.POSITIVE_INFINITY)
    expect(expectedLifetime(bdw([0.5, 4, 1.5]))).toBe(Number.POSITIVE_INFINITY)
    expect(expectedLifetime(bdw([0.5, 4, 1.5]), { horizon: 1 })).toBe(1)
  })

  test('contracts one by one are the cohort', () => {
    const periods: number[] = []
    const left: boolean[] = []
    SURVIVORS.regular.slice(1).forEach((survivors, k) => {
      for (let gone = SURVIVORS.regular[k]! - survivors; gone > 0; gone--) {
        periods.unshift(k + 1)
        left.unshift(true)
      }
    })
    for (let customer = 0; customer < 241; customer++) {
      periods.push(7)
      left.push(false)
    }
    const cohort = contractHistoriesFromSurvivors(SURVIVORS.regular)
    expect(contractHistories({ periods, left })).toEqual(cohort)
    const halves = contractHistories({
      periods: [...periods, ...periods],
      left: [...left, ...left],
      weights: periods.flatMap(() => [0.5, 0.5]),
    })
    expect(fitShiftedBetaGeometric(halves)).toEqual(fitShiftedBetaGeometric(cohort))
  })

  test('random cohorts, seen for different times, end in a certified optimum or at a named edge', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 60 }),
        fc.integer({ min: 3, max: 15 }),
        fc.nat(1e6),
        (customers, most, seed) => {
          const random = randomFrom(seed)
          const [low, spread] = [random.unit() ** 3, random.unit()]
          const seen = Array.from({ length: customers }, (_, i) => (i === 0 ? most : 1 + random.below(most)))
          const ends = seen.map((n) => {
            const chance = low + (1 - low) * spread * random.unit()
            for (let t = 1; t <= n; t++) if (random.unit() < chance) return t
            return n + 1
          })
          const histories = contractHistories({
            periods: ends.map((end, i) => Math.min(end, seen[i]!)),
            left: ends.map((end, i) => end <= seen[i]!),
          })
          const longest = histories.periods[histories.periods.length - 1]!
          if (longest >= 2) check(fitted(fitShiftedBetaGeometric(histories)))
          if (longest < 3) return
          check(fitted(fitBetaDiscreteWeibull(histories)))
          expect(fitted(fitBetaDiscreteWeibull(histories)).logLikelihood).toBeGreaterThan(
            fitted(fitShiftedBetaGeometric(histories)).logLikelihood - 1e-6,
          )
        },
      ),
      { numRuns: 300 },
    )
  })

  function check({ converged, gradientNorm, verdict, positiveDefinite, reducesTo }: FittedDiagnostics): void {
    expect(converged).toBe(true)
    expect(gradientNorm).toBeLessThan(1e-6)
    if (verdict === 'interior') expect(positiveDefinite).toBe(true)
    else expect(reducesTo).toBeTruthy()
  }
})

describe('edges', () => {
  const edge = (histories: ContractHistories): string | undefined =>
    fitted(fitShiftedBetaGeometric(histories)).reducesTo

  test.each([
    ['no customer leaves', [100, 100, 100, 100]],
    ['one chance to leave for all customers', [1000, 800, 630, 480, 340]],
    ['some customers leave at the first renewal, the others never', [100, 40, 40, 40]],
  ])('%s', (words, survivors) => {
    expect(edge(contractHistoriesFromSurvivors(survivors))).toContain(words)
  })
})

test('at an edge the likelihood is that of the simpler model', () => {
  // Geometric: one chance p to leave at each renewal faced.
  const survivors = [1000, 800, 630, 480, 340]
  const [gone, faced] = [660, 800 + 630 + 480 + 1000]
  const p = gone / faced
  const geometric = gone * Math.log(p) + (faced - gone) * Math.log1p(-p)
  // Half at the first renewal, the others never.
  const split = 60 * Math.log(0.6) + 40 * Math.log(0.4)
  for (const [counts, best] of [
    [survivors, geometric],
    [[100, 40, 40, 40], split],
    [[100, 100, 100, 100], 0],
  ] as const) {
    const { logLikelihood } = fitted(fitShiftedBetaGeometric(contractHistoriesFromSurvivors(counts)))
    expect(Math.abs(logLikelihood - best)).toBeLessThan(1e-6)
  }
})

describe('regression: fits stopped where c was large, whatever the slope, or at one of several optima', () => {
  // The best log-likelihoods by Nelder-Mead from many starts, at the c given where there is no better one.
  test.each([
    { survivors: [12, 12, 12, 12, 9, 5], best: -12.930676, says: 'a power of time' },
    { survivors: [90, 9, 3, 2, 2, 1, 1, ...new Array(10).fill(0)], best: -41.260783, says: 'one chance to leave' },
  ])('$survivors', ({ survivors, best, says }) => {
    const { diagnostics } = fitBetaDiscreteWeibull(contractHistoriesFromSurvivors(survivors))
    assertFitted(diagnostics)
    // The references have six decimals, and four for the first.
    expect(diagnostics.logLikelihood).toBeGreaterThan(best - 1e-6)
    expect(diagnostics.reducesTo).toContain(says)
    expect(diagnostics.converged).toBe(true)
  })

  test.each([
    // Optima beside the limit of a power of time.
    { survivors: [917, 910, 47, 25, 23], best: -298.9622 },
    { survivors: [343, 319, 46, 28, 15, 3], best: -287.417561 },
  ])('$survivors', ({ survivors, best }) => {
    const { diagnostics } = fitBetaDiscreteWeibull(contractHistoriesFromSurvivors(survivors))
    assertFitted(diagnostics)
    expect(diagnostics.logLikelihood).toBeGreaterThan(best - 1e-6)
    expect(diagnostics).toMatchObject({ verdict: 'interior', converged: true, positiveDefinite: true })
  })
})

test('regression: t^c that is no double, and ages that hardly grow', () => {
  const steep = betaDiscreteWeibullModel({ params: { alpha: 1, beta: 1, c: 64 } })
  // By mpmath, as many digits as given; 1/(1 + t^c) is the survival.
  expect(relativeError(retentionRate(steep, 1e5), 0.9993602)).toBeLessThan(1e-8)
  expect(relativeError(logChurnProbability(steep, 1e5), -744.180947121)).toBeLessThan(1e-12)
  expect(relativeError(logSurvivalProbability(steep, 1e5), -64 * Math.log(1e5))).toBeLessThan(1e-14)
  const slow = betaDiscreteWeibullModel({ params: { alpha: 0.5, beta: 1, c: 0.05 } })
  expect(relativeError(logChurnProbability(slow, 1e8), -23.08994378520382)).toBeLessThan(1e-14)
})

test('refusals', () => {
  expectRefusal(() => fitShiftedBetaGeometric(contractHistories({ periods: [], left: [] })), 'NOT_ENOUGH_DATA', 'got 0')
  expectRefusal(() => fitShiftedBetaGeometric(contractHistoriesFromSurvivors([10, 5])), 'NOT_ENOUGH_DATA', '2 renewals')
  expectRefusal(
    () => fitBetaDiscreteWeibull(contractHistoriesFromSurvivors([10, 5, 3])),
    'NOT_ENOUGH_DATA',
    '3 renewals',
  )
  expectRefusal(() => contractHistoriesFromSurvivors([10, 11]), 'BAD_SHAPE')
  expectRefusal(() => contractHistoriesFromSurvivors([10]), 'BAD_SHAPE')
  expectRefusal(() => contractHistories({ periods: [0], left: [true] }), 'BAD_EVENT', 'row 0')
  expectRefusal(() => contractHistories({ periods: [1], left: [] }), 'BAD_SHAPE', 'left')
  expectRefusal(() => contractHistories({ periods: [1], left: [1], weights: [-1] }), 'BAD_EVENT', 'weights')
  expectRefusal(() => sbg(0, 1), 'BAD_OPTION', 'params.alpha')
  expectRefusal(() => bdw([1, 1, Number.NaN]), 'BAD_OPTION', 'params.c')
  const model = sbg(0.7, 3.8)
  expectRefusal(() => survivalProbability(model, -1), 'BAD_OPTION', 'periods')
  expectRefusal(() => retentionRate(model, 0), 'BAD_OPTION', 'period')
  expectRefusal(() => churnProbability(model, 0.5), 'BAD_OPTION', 'period')
  expectRefusal(() => expectedLifetime(model, { discountRate: -1 }), 'BAD_OPTION', 'discountRate')
  expectRefusal(() => expectedResidualLifetime(model, 1.5), 'BAD_OPTION', 'renewalsMade')
  expectRefusal(() => expectedLifetime(model, { horizon: 0 }), 'BAD_OPTION', 'horizon')
})
