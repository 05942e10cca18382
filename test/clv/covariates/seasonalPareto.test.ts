import { describe, expect, test } from 'vitest'
import { calendarHistories } from '../../../src/clv/covariates/calendarHistories.ts'
import { inOperationalTime } from '../../../src/clv/covariates/inOperationalTime.ts'
import { operationalSummary, PLAIN_CLOCK } from '../../../src/clv/covariates/operationalSummary.ts'
import { purchaseCalendar } from '../../../src/clv/covariates/purchaseCalendar.ts'
import { seasonalForecast } from '../../../src/clv/covariates/seasonalForecast.ts'
import { seasonalParetoObjective } from '../../../src/clv/covariates/seasonalPareto.ts'
import {
  fitSeasonalPurchases,
  type SeasonalPurchasesModel,
  seasonalPurchasesModel,
} from '../../../src/clv/covariates/seasonalPurchases.ts'
import { expectedPurchases } from '../../../src/clv/expectedPurchases.ts'
import type { FittedDiagnostics } from '../../../src/clv/fitDiagnostics.ts'
import { likelihoodRatioTest } from '../../../src/clv/likelihoodRatioTest.ts'
import { logLikelihood } from '../../../src/clv/logLikelihood.ts'
import { fitParetoNbd, paretoNbdModel } from '../../../src/clv/paretoNbd/paretoNbd.ts'
import { probabilityAlive } from '../../../src/clv/probabilityAlive.ts'
import { dayText } from '../../../src/core/calendar.ts'
import { randomFrom } from '../../../src/core/random.ts'
import { customerSummary } from '../../../src/table/customerSummary.ts'
import { featureMatrix } from '../../../src/table/featureMatrix.ts'
import { cdnowSample } from '../../fixtures/cdnow.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { assertFitted } from '../fits.ts'
import { golden, relativeError } from '../goldens.ts'
import { gamma } from '../simulate.ts'
import { calendarOf, historiesOf } from './calendars.ts'

const exact = golden('fit_seasonal_pareto.json')
const EFFECT = { covariates: 'purchases', on: ['alpha'] } as const

function fitted({ diagnostics }: Pick<SeasonalPurchasesModel, 'diagnostics'>): FittedDiagnostics {
  assertFitted(diagnostics)
  return diagnostics
}

describe('published', () => {
  const histories = historiesOf(exact.histories, exact.lastDay)
  const calendar = calendarOf({ season: exact.season }, exact.periodDays)
  const model = fitSeasonalPurchases(histories, calendar, { base: 'paretoNbd' })

  test('the seasonal fit of Pareto/NBD is the exact one', () => {
    const diagnostics = fitted(model)
    const estimates = [...Object.values(model.params), model.effects[0]!.coefficients[0]!]
    ;[...exact.params, exact.coefficient].forEach((value: string, i) => {
      // Newton ends with steps below 1e-9.
      expect(relativeError(estimates[i]!, value)).toBeLessThan(1e-8)
      expect(relativeError(diagnostics.standardErrors[i]!, exact.standardErrors[i])).toBeLessThan(1e-6)
    })
    expect(Math.abs(diagnostics.logLikelihood - Number(exact.logLikelihood))).toBeLessThan(1e-9)
    expect(diagnostics.gradientNorm).toBeLessThan(1e-9)
    expect(diagnostics.positiveDefinite).toBe(true)
    expect(diagnostics.verdict).toBe('interior')
  })

  test('at the exact parameters, who is there and what they will buy', () => {
    const [r, alpha, s, beta] = exact.params.map(Number)
    const coefficients = [Number(exact.coefficient)]
    const known = seasonalPurchasesModel({
      base: 'paretoNbd',
      params: { r, alpha, s, beta },
      effects: [{ ...EFFECT, columns: ['season'], coefficients }],
      timeUnit: 'day',
    })
    const forecast = seasonalForecast(known, histories, calendar, { until: dayText(exact.lastDayOfForecast) })
    // The parameters are rounded to doubles, 1e-16 each, and powers of up to 40 multiply that.
    exact.probabilityAlive.forEach((value: string, row: number) => {
      expect(relativeError(forecast.probabilityAlive[row]!, value)).toBeLessThan(1e-13)
      expect(relativeError(forecast.expectedPurchases[row]!, exact.expectedPurchases[row])).toBeLessThan(1e-13)
    })
    const total = forecast.logLikelihood.reduce((sum, value) => sum + value)
    expect(relativeError(total, exact.logLikelihood)).toBeLessThan(1e-13)
  })
})

describe('laws', () => {
  test('gradient and Hessian are slopes', () => {
    const objective = seasonalParetoObjective(
      {
        repeats: Uint32Array.of(0, 2, 3),
        first: Uint32Array.of(0, 1, 2),
        last: Uint32Array.of(0, 5, 7),
        weights: Float64Array.of(1, 1, 2),
        end: 9,
        repeatsOn: Float64Array.of(0, 0, 0, 2, 1, 2, 3, 0, 0),
        unit: 7,
      },
      [Float64Array.of(1, 1, 0.5, 1, 0, 0, 2, 1, 1), Float64Array.of(0, 0, 0, 0.3, 0, 0, 2, 0, 1)],
    )
    for (const point of [
      [0.1, -1.3, -0.2, 0.5, 0.3, -0.6],
      [-1, 1.5, 0.8, -3, 0.3, 2],
    ]) {
      const step = 1e-5
      const { gradient, hessian } = objective(point)
      point.forEach((_, i) => {
        const [up, down] = [step, -step].map((h) => objective(point.map((v, j) => (i === j ? v + h : v))))
        // Central differences miss about step², and rounding / step.
        expect(Math.abs((up!.value - down!.value) / (2 * step) - gradient[i]!)).toBeLessThan(1e-8)
        up!.gradient.forEach((slope, k) => {
          expect(Math.abs((slope - down!.gradient[k]!) / (2 * step) - hessian[i]![k]!)).toBeLessThan(1e-8)
        })
      })
    }
  })

  test('without effects everything is as under the plain model', () => {
    const histories = calendarHistories(cdnowSample(), { asOf: '1997-09-30' })
    const summary = customerSummary(cdnowSample(), { asOf: '1997-09-30', timeUnit: 'week' })
    const weeks = Float64Array.from({ length: 80 }, (_, week) => week / 10)
    const weekly = purchaseCalendar({ from: '1997-01-01', covariates: featureMatrix({ weeks }), periodDays: 7 })
    // Ordinary parameters, and ones that stretch the integral: rates that differ little, lives far shorter than a day.
    for (const params of [
      { r: 0.553, alpha: 10.58, s: 0.606, beta: 11.67 },
      { r: 40, alpha: 300, s: 0.05, beta: 1e-4 },
      { r: 0.05, alpha: 0.01, s: 30, beta: 2000 },
    ]) {
      const plain = paretoNbdModel({ params, timeUnit: 'week' })
      const still = seasonalPurchasesModel({
        timeUnit: 'week',
        base: 'paretoNbd',
        params,
        effects: [{ ...EFFECT, columns: ['weeks'], coefficients: [0] }],
      })
      const forecast = seasonalForecast(still, histories, weekly, { until: '1998-06-30' })
      const expected = expectedPurchases(plain, summary, 39)
      const alive = probabilityAlive(plain, summary)
      const likelihood = logLikelihood(plain, summary)
      expect(forecast.customers).toEqual(summary.customers)
      // Values below 1e-12 of others are compared with these.
      forecast.expectedPurchases.forEach((value, row) => {
        expect(Math.abs(value - expected[row]!)).toBeLessThan(1e-12 * (expected[row]! + 1e-3))
        expect(Math.abs(forecast.probabilityAlive[row]! - alive[row]!)).toBeLessThan(1e-12 * (alive[row]! + 1e-3))
        expect(relativeError(forecast.logLikelihood[row]!, String(likelihood[row]))).toBeLessThan(1e-12)
      })
    }
  })

  test('a season that is the same throughout is another alpha', () => {
    const histories = historiesOf(exact.histories, exact.lastDay)
    const calendar = calendarOf({ all: new Float64Array(500).fill(1) })
    const params = { r: 1.1, alpha: 25, s: 0.8, beta: 120 }
    const model = seasonalPurchasesModel({
      timeUnit: 'day',
      base: 'paretoNbd',
      params,
      effects: [{ ...EFFECT, columns: ['all'], coefficients: [0.7] }],
    })
    const forecast = seasonalForecast(model, histories, calendar, { until: dayText(450) })
    const other = paretoNbdModel({ params: { ...params, alpha: 25 * Math.exp(-0.7) }, timeUnit: 'day' })
    const summary = operationalSummary(histories, PLAIN_CLOCK)
    const expected = expectedPurchases(other, summary, 450 - exact.lastDay)
    const likelihood = logLikelihood(other, summary)
    forecast.expectedPurchases.forEach((value, row) => {
      expect(relativeError(value, String(expected[row]))).toBeLessThan(1e-12)
      expect(relativeError(forecast.logLikelihood[row]!, String(likelihood[row]))).toBeLessThan(1e-12)
    })
  })

  test('a season that made the data is found again, within four standard errors', () => {
    const truth = [0.8, 60, 0.7, 150, 0.6] as const
    const random = randomFrom(23)
    const last = 560
    const season = Float64Array.from({ length: 50 }, (_, p) => Math.sin((2 * Math.PI * p) / 13))
    const histories = Array.from({ length: 3000 }, () => {
      const first = Math.floor(300 * random.unit())
      const rate = gamma(truth[0], random) / truth[1]
      const life = -Math.log(1 - random.unit()) / (gamma(truth[2], random) / truth[3])
      const own = [first]
      for (let day = first + 1; day <= last && day - first < life; day++) {
        if (random.unit() < -Math.expm1(-rate * Math.exp(truth[4] * season[Math.floor(day / 28)]!))) own.push(day)
      }
      return own
    })
    const data = historiesOf(histories, last)
    const model = fitSeasonalPurchases(data, calendarOf({ season }, 28), { base: 'paretoNbd' })
    const diagnostics = fitted(model)
    // One purchase a day at most, at rates of some 0.01 a day: what that leaves out is well within the errors.
    const found = [...Object.values(model.params), model.effects[0]!.coefficients[0]!]
    truth.forEach((value, i) => {
      expect(Math.abs(found[i]! - value)).toBeLessThan(4 * diagnostics.standardErrors[i]!)
    })
    const plain = fitParetoNbd(operationalSummary(data, PLAIN_CLOCK))
    expect(likelihoodRatioTest(plain, model).pValue).toBeLessThan(1e-9)
  })
})

test('seasonalForecast answers for BG/NBD as its operational time does', () => {
  const histories = historiesOf(exact.histories, exact.lastDay)
  const calendar = calendarOf({ season: exact.season }, exact.periodDays)
  const model = fitSeasonalPurchases(histories, calendar, { base: 'mbgNbd' })
  const forecast = seasonalForecast(model, histories, calendar, { until: '1971-02-01' })
  const time = inOperationalTime(model, histories, calendar, { until: '1971-02-01' })
  expect(forecast.expectedPurchases).toEqual(expectedPurchases(time.model, time.summary, time.horizon))
  expect(forecast.probabilityAlive).toEqual(probabilityAlive(time.model, time.summary))
  expect(forecast.logLikelihood).toEqual(time.logLikelihood)
})

test('where nobody leaves, the edge is named', () => {
  const random = randomFrom(5)
  const histories = Array.from({ length: 200 }, () => {
    const rate = gamma(4, random) / 80
    return [0, ...Array.from({ length: 280 }, (_, d) => d + 1).filter(() => random.unit() < rate)]
  })
  const season = Float64Array.from({ length: 12 }, (_, p) => p % 3)
  const diagnostics = fitted(
    fitSeasonalPurchases(historiesOf(histories, 280), calendarOf({ season }, 28), { base: 'paretoNbd' }),
  )
  expect(diagnostics.verdict).toBe('boundary')
  expect(diagnostics.reducesTo).toContain('no customer leaves')
})

test('refusals', () => {
  const histories = historiesOf(exact.histories, exact.lastDay)
  const calendar = calendarOf({ season: exact.season }, exact.periodDays)
  const params = { r: 1, alpha: 20, s: 1, beta: 100 }
  const effects = [{ ...EFFECT, columns: ['season'], coefficients: [1] }]
  const model = seasonalPurchasesModel({ base: 'paretoNbd', params, effects, timeUnit: 'day' })
  const ask =
    (until: string, from = calendar) =>
    () =>
      seasonalForecast(model, histories, from, { until })
  expectRefusal(ask('1970-06-01'), 'BAD_OPTION', 'until')
  expectRefusal(ask('1972-06-01'), 'BAD_SHAPE', 'seasonalForecast: the calendar must reach from')
  expectRefusal(ask('1971-01-20', calendarOf({ promo: exact.season }, 28)), 'BAD_SHAPE', 'season')
  expectRefusal(
    () => seasonalForecast(model, { ...histories, timeUnit: 'week' }, calendar, { until: '1971-01-20' }),
    'UNIT_MISMATCH',
  )
  expectRefusal(
    () => inOperationalTime(model, histories, calendar, { until: '1971-01-20' }),
    'BAD_OPTION',
    'bgNbd or mbgNbd',
  )
  const bad = { ...params, beta: 0 }
  expectRefusal(
    () => seasonalPurchasesModel({ base: 'paretoNbd', params: bad, effects, timeUnit: 'day' }),
    'BAD_OPTION',
    'params.beta',
  )
})
