import { describe, expect, test } from 'vitest'
import { fitBgBb } from '../../src/clv/bgBb/bgBb.ts'
import { fitBgCnbdK } from '../../src/clv/bgNbd/bgCnbdK.ts'
import { fitBgNbd } from '../../src/clv/bgNbd/bgNbd.ts'
import { compareModels } from '../../src/clv/compareModels.ts'
import { fitBetaDiscreteWeibull } from '../../src/clv/contract/betaDiscreteWeibull.ts'
import { contractHistoriesFromSurvivors } from '../../src/clv/contract/contractHistories.ts'
import { fitShiftedBetaGeometric, shiftedBetaGeometricModel } from '../../src/clv/contract/shiftedBetaGeometric.ts'
import { simulateContracts } from '../../src/clv/contract/simulateContracts.ts'
import type { FittedModel } from '../../src/clv/fittedModels.ts'
import { likelihoodRatioTest } from '../../src/clv/likelihoodRatioTest.ts'
import { periodHistoriesFromColumns } from '../../src/clv/periodHistories.ts'
import { donations } from '../fixtures/donations.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { assertFitted } from './fits.ts'
import { calibration, stressSet } from './goldens.ts'

const highend = contractHistoriesFromSurvivors([1000, 869, 743, 653, 593, 551, 517, 491])
const [sbg, bdw] = [fitShiftedBetaGeometric(highend), fitBetaDiscreteWeibull(highend)]

/** A model of some kind with a log-likelihood, as it would be fitted. */
function made(kind: string, parameters: readonly string[], logLikelihood: number, customers = 100): FittedModel {
  const { diagnostics } = sbg
  assertFitted(diagnostics)
  return { kind, timeUnit: 'week', diagnostics: { ...diagnostics, parameters, logLikelihood, customers } }
}

describe('information criteria', () => {
  test('by hand', () => {
    const [one, two] = compareModels([made('a', ['p'], -50), made('b', ['p', 'q'], -49)])
    expect(one).toMatchObject({ kind: 'a', parameters: 1, aic: 102, rank: 1, rankByBic: 1 })
    expect(two).toMatchObject({ aic: 102, rank: 1, rankByBic: 2 })
    expect(two!.bic).toBeCloseTo(2 * Math.log(100) + 98, 12)
    expect(two!.aicc).toBeCloseTo(102 + 12 / 97, 12)
    expect(one!.weight).toBeCloseTo(0.5, 12)
    expect(compareModels([made('a', ['p', 'q'], -5, 3)])[0]!.aicc).toBe(Number.POSITIVE_INFINITY)
  })

  test('weights add up to 1 and go with the ranks', () => {
    const rows = compareModels([sbg, bdw])
    expect(rows.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 14)
    expect(rows.map(({ rank }) => rank)).toEqual([2, 1])
    expect(rows[1]!.weight).toBeGreaterThan(rows[0]!.weight)
  })
})

describe('likelihood ratios', () => {
  test('duration dependence of the high-end customers, with the tail of χ² at one degree of freedom', () => {
    const { statistic, degreesOfFreedom, onBoundary, pValue } = likelihoodRatioTest(sbg, bdw)
    // Log-likelihoods of the goldens: 2 (1611.158147391156 − 1605.314213214193).
    expect(statistic).toBeCloseTo(11.687868353926, 8)
    expect([degreesOfFreedom, onBoundary]).toEqual([1, false])
    expect(pValue).toBeCloseTo(6.293e-4, 6) // scipy.stats.chi2.sf(11.687868353926, 1)
  })

  test('at an edge half of the chances are those of one degree less', () => {
    const pValue = (gain: number): number =>
      likelihoodRatioTest(made('nbd', ['r', 'alpha'], -100), made('bgNbd', ['r', 'alpha', 'a', 'b'], -100 + gain))
        .pValue
    // χ² of one degree exceeds 3.841458820694124 in one case of twenty, of two e^(−x/2).
    expect(pValue(3.841458820694124 / 2)).toBeCloseTo((0.05 + Math.exp(-3.841458820694124 / 2)) / 2, 12)
    expect(pValue(0)).toBe(1)
  })

  test('the same model with more parameters contains it', () => {
    const test = likelihoodRatioTest(made('bgNbd', ['r', 'a'], -100), made('bgNbd', ['r', 'a', 'channel'], -98))
    expect(test).toMatchObject({ statistic: 4, degreesOfFreedom: 1, onBoundary: false })
  })

  test('of a true smaller model the test is uniform', () => {
    const model = shiftedBetaGeometricModel({ params: { alpha: 0.9, beta: 2.2 } })
    const pValues = Float64Array.from({ length: 200 }, (_, seed) => {
      const drawn = simulateContracts(model, { periods: new Uint32Array(2000).fill(8), seed: seed + 1 })
      return likelihoodRatioTest(fitShiftedBetaGeometric(drawn), fitBetaDiscreteWeibull(drawn)).pValue
    }).sort()
    const distance = pValues.reduce((most, p, i) => Math.max(most, Math.abs(p - (i + 0.5) / 200)), 0)
    expect(distance).toBeLessThan(1.63 / Math.sqrt(200)) // Kolmogorov's 1 %
  })
})

test('refusals', () => {
  const given = shiftedBetaGeometricModel({ params: { alpha: 1, beta: 1 } })
  const donors = fitBgBb(periodHistoriesFromColumns(donations()))
  expectRefusal(() => compareModels([]), 'BAD_OPTION', 'must hold a model')
  expectRefusal(() => compareModels([sbg, given]), 'BAD_OPTION', 'model 1 (shiftedBetaGeometric) must be fitted')
  expectRefusal(() => compareModels([sbg, donors]), 'BAD_OPTION', 'contracts (shiftedBetaGeometric) and purchases in')
  const other = fitShiftedBetaGeometric(contractHistoriesFromSurvivors([10, 8, 7, 6]))
  expectRefusal(() => compareModels([sbg, other]), 'BAD_SHAPE', 'got 1000 and 10')
  expectRefusal(() => compareModels([fitBgNbd(calibration()), fitBgNbd(stressSet('tiny_25'))]), 'UNIT_MISMATCH')
  expectRefusal(() => likelihoodRatioTest(bdw, sbg), 'BAD_OPTION', 'must be a special case')
  expectRefusal(() => likelihoodRatioTest(sbg, sbg), 'BAD_OPTION', 'with fewer parameters')
  const worse = made('betaDiscreteWeibull', ['alpha', 'beta', 'c'], -60)
  expectRefusal(
    () => likelihoodRatioTest(made('shiftedBetaGeometric', ['alpha', 'beta'], -50), worse),
    'BAD_OPTION',
    '10 less',
  )
})

describe('models with phases', () => {
  const summary = calibration()
  const bg = fitBgNbd(summary)

  test('a number of phases that was found counts as a parameter, a given one does not', () => {
    const [plain, given, found] = compareModels([bg, fitBgCnbdK(summary, { k: 1 }), fitBgCnbdK(summary)])
    expect([plain!.parameters, given!.parameters, found!.parameters]).toEqual([4, 4, 5])
    expect(given!.aic).toBeCloseTo(plain!.aic, 6)
    expect(found!.aic).toBeCloseTo(plain!.aic + 2, 6) // CDNOW is bought from by chance: k is 1
  })

  test('no likelihood ratio has a chi-square distribution where k differs', () => {
    const two = fitBgCnbdK(summary, { k: 2 })
    expectRefusal(() => likelihoodRatioTest(bg, two), 'BAD_OPTION', 'must not differ in k')
    expectRefusal(() => likelihoodRatioTest(fitBgCnbdK(summary, { k: 1 }), two), 'BAD_OPTION', 'got 1 and 2 phases')
  })

  test('likelihoods of gaps and of histories do not compare', () => {
    const byGaps = fitBgCnbdK(summary, { k: 1, logGaps: new Float64Array(summary.repeats.length) })
    expectRefusal(() => compareModels([fitBgCnbdK(summary, { k: 1 }), byGaps]), 'BAD_OPTION', 'same evidence')
  })
})
