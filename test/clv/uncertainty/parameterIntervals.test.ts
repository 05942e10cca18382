import { describe, expect, test } from 'vitest'
import { bgNbdModel, fitBgNbd } from '../../../src/clv/bgNbd/bgNbd.ts'
import { fitGammaGamma } from '../../../src/clv/gammaGamma/gammaGamma.ts'
import { parameterCovariance } from '../../../src/clv/uncertainty/parameterCovariance.ts'
import { parameterIntervals } from '../../../src/clv/uncertainty/parameterIntervals.ts'
import { randomFrom } from '../../../src/core/random.ts'
import { normalQuantile } from '../../../src/math/normal.ts'
import { customerSummaryFromColumns } from '../../../src/table/customerSummaryFromColumns.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { calibration, golden, histories, relativeError, stressSet } from '../goldens.ts'
import { POPULATION, simulatedFuture } from '../simulate.ts'

const summary = calibration()
const model = fitBgNbd(summary)
const METHODS = ['standard', 'sandwich', 'profile'] as const

describe('published', () => {
  test.each([
    ['bgnbd', model],
    ['gammagamma', fitGammaGamma(summary)],
  ] as const)('standard intervals are those of the exact standard errors: %s', (name, fitted) => {
    const { params, se } = golden(`fit_${name}_cdnow_exact.json`)
    const { parameters, lower, upper } = parameterIntervals(fitted, summary, { level: 0.95 })
    parameters.forEach((parameter, i) => {
      const factor = Math.exp((normalQuantile(0.975) * Number(se[parameter])) / Number(params[parameter]))
      // The tolerance of the goldens: 1e-6 of a covariance.
      expect(relativeError(lower[i]!, Number(params[parameter]) / factor)).toBeLessThan(1e-6)
      expect(relativeError(upper[i]!, Number(params[parameter]) * factor)).toBeLessThan(1e-6)
    })
  })

  test('profile intervals of BG/NBD are those of mpmath', () => {
    const { level, ends } = golden('profile_bgnbd_cdnow.json')
    const { parameters, lower, upper } = parameterIntervals(model, summary, { level, method: 'profile' })
    parameters.forEach((parameter, i) => {
      // Our search stops at 1e-9 of the logarithm, in a likelihood that is rounded at 1e-12 of its 9,582.
      expect(relativeError(lower[i]!, ends[parameter][0])).toBeLessThan(1e-8)
      expect(relativeError(upper[i]!, ends[parameter][1])).toBeLessThan(1e-8)
    })
  })
})

describe('laws', () => {
  test.each(METHODS)('other units of time scale alpha and nothing else: %s', (method) => {
    const days = customerSummaryFromColumns(
      {
        repeats: summary.repeats,
        ageAtLast: summary.ageAtLast.map((t) => 7 * t),
        age: summary.age.map((t) => 7 * t),
      },
      { timeUnit: 'day' },
    )
    const weekly = parameterIntervals(model, summary, { method })
    const daily = parameterIntervals(fitBgNbd(days), days, { method })
    weekly.parameters.forEach((parameter, i) => {
      const scale = parameter === 'alpha' ? 7 : 1
      // Both fits end within 1e-9 of the optimum.
      expect(relativeError(daily.lower[i]!, scale * weekly.lower[i]!)).toBeLessThan(1e-8)
      expect(relativeError(daily.upper[i]!, scale * weekly.upper[i]!)).toBeLessThan(1e-8)
    })
  })

  test.each(METHODS)('a row twice with half of its weight changes nothing: %s', (method) => {
    const twice = <Column extends ArrayLike<number>>(column: Column): number[] => [
      ...Array.from(column),
      ...Array.from(column),
    ]
    const doubled = customerSummaryFromColumns(
      {
        repeats: twice(summary.repeats),
        ageAtLast: twice(summary.ageAtLast),
        age: twice(summary.age),
        weights: twice(summary.weights).map((weight) => weight / 2),
      },
      { timeUnit: 'week' },
    )
    const plain = parameterIntervals(model, summary, { method })
    const other = parameterIntervals(model, doubled, { method })
    plain.lower.forEach((end, i) => {
      expect(relativeError(other.lower[i]!, end)).toBeLessThan(1e-8)
      expect(relativeError(other.upper[i]!, plain.upper[i]!)).toBeLessThan(1e-8)
    })
  })

  test('where the model is right, the sandwich nears the standard one as customers grow', () => {
    const { summary: many } = simulatedFuture(POPULATION, 20_000, 1, randomFrom(3))
    const fitted = fitBgNbd(many)
    const [standard, sandwich] = (['standard', 'sandwich'] as const).map(
      (method) => parameterCovariance(fitted, many, { method }).ofLogs,
    )
    // The sandwich's filling is a mean over 20,000 customers, whose relative error is a few percent.
    standard!.forEach((row, i) => {
      expect(relativeError(sandwich![i]![i]!, row[i]!)).toBeLessThan(0.1)
    })
  })
})

describe('at an edge', () => {
  const flat = stressSet('no_dropout_pure_NBD')
  const atEdge = fitBgNbd(flat)

  test.each(METHODS)('what the data do not determine is open on both sides, the rest is not: %s', (method) => {
    const { lower, upper } = parameterIntervals(atEdge, flat, { method })
    expect([lower[2], upper[2], lower[3], upper[3]]).toEqual([0, Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY])
    expect(lower[0]).toBeGreaterThan(0.72)
    expect(upper[0]).toBeLessThan(0.83)
  })

  test('with few customers a profile is open where the likelihood never falls', () => {
    const few = stressSet('tiny_25')
    const { lower, upper } = parameterIntervals(fitBgNbd(few), few, { method: 'profile' })
    expect(lower.every((end) => end > 0)).toBe(true)
    expect(upper.map(Number.isFinite)).toEqual([true, true, false, false])
  })
})

describe('refusals', () => {
  test('of models that were fitted to something else, in other units, or not at all', () => {
    const given = bgNbdModel({ params: { r: 1, alpha: 10, a: 1, b: 3 }, timeUnit: 'week' })
    expectRefusal(() => parameterIntervals(given, summary), 'BAD_SHAPE', 'this very summary')
    expectRefusal(() => parameterIntervals(model, histories([1, 5, 10])), 'UNIT_MISMATCH')
    expectRefusal(() => parameterIntervals(model, summary, { level: 1 }), 'BAD_OPTION', 'level')
    // @ts-expect-error no such method
    expectRefusal(() => parameterIntervals(model, summary, { method: 'exact' }), 'BAD_OPTION', 'method')
    // @ts-expect-error no such method
    expectRefusal(() => parameterCovariance(model, summary, { method: 'profile' }), 'BAD_OPTION', 'method')
  })
})
