import { describe, expect, test } from 'vitest'
import { fitBgNbd } from '../../../src/clv/bgNbd/bgNbd.ts'
import { fitMbgNbd } from '../../../src/clv/bgNbd/mbgNbd.ts'
import { calendarHistories } from '../../../src/clv/covariates/calendarHistories.ts'
import { inOperationalTime } from '../../../src/clv/covariates/inOperationalTime.ts'
import { type PurchaseCalendar, purchaseCalendar } from '../../../src/clv/covariates/purchaseCalendar.ts'
import { seasonalObjective } from '../../../src/clv/covariates/seasonalLikelihood.ts'
import {
  fitSeasonalPurchases,
  type SeasonalPurchasesModel,
  seasonalPurchasesModel,
} from '../../../src/clv/covariates/seasonalPurchases.ts'
import { expectedPurchases } from '../../../src/clv/expectedPurchases.ts'
import type { FittedDiagnostics } from '../../../src/clv/fitDiagnostics.ts'
import { likelihoodRatioTest } from '../../../src/clv/likelihoodRatioTest.ts'
import { logLikelihood } from '../../../src/clv/logLikelihood.ts'
import { probabilityAlive } from '../../../src/clv/probabilityAlive.ts'
import { randomFrom } from '../../../src/core/random.ts'
import { decodeModel, encodeModel } from '../../../src/model/encodeModel.ts'
import { customerSummary } from '../../../src/table/customerSummary.ts'
import { featureMatrix } from '../../../src/table/featureMatrix.ts'
import { cdnowSample } from '../../fixtures/cdnow.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { assertFitted } from '../fits.ts'
import { golden, relativeError } from '../goldens.ts'
import { beta, gamma } from '../simulate.ts'
import { calendarOf, historiesOf } from './calendars.ts'

const goldens = golden('fit_seasonal.json')
const BASES = ['bgNbd', 'mbgNbd'] as const
const CUTOFF = '1997-09-30'

function fitted({ diagnostics }: SeasonalPurchasesModel | ReturnType<typeof fitBgNbd>): FittedDiagnostics {
  assertFitted(diagnostics)
  return diagnostics
}

const weekly = purchaseCalendar({
  from: '1997-01-01',
  covariates: featureMatrix({
    holidays: Array.from({ length: 80 }, (_, week) => Number(week % 52 > 46)),
    week: weeks(),
  }),
  periodDays: 7,
})

function weeks(): number[] {
  return Array.from({ length: 80 }, (_, week) => week / 10)
}

describe('published', () => {
  test.each(BASES)('the seasonal fit of %s is the exact one', (base) => {
    const { season, promo, histories, lastDay, ...truth } = goldens[base]
    const data = historiesOf(histories, lastDay)
    const model = fitSeasonalPurchases(data, calendarOf({ season, promo }), { base })
    const diagnostics = fitted(model)
    const estimates = [...Object.values(model.params), ...model.effects[0]!.coefficients]
    ;[...truth.params, ...truth.coefficients].forEach((value: string, i) => {
      expect(relativeError(estimates[i]!, value)).toBeLessThan(1e-8)
    })
    expect(Math.abs(diagnostics.logLikelihood - Number(truth.logLikelihood))).toBeLessThan(1e-9)
    expect(diagnostics.gradientNorm).toBeLessThan(1e-9)
    expect(diagnostics.positiveDefinite).toBe(true)
    expect(decodeModel(encodeModel(model))).toEqual(model)
    const own = inOperationalTime(model, data, calendarOf({ season, promo }), { until: '1971-02-01' }).logLikelihood
    expect(Math.abs(own.reduce((sum, value) => sum + value) - Number(truth.logLikelihood))).toBeLessThan(1e-9)
  })
})

describe('laws', () => {
  test('the Hessian is the slope of the gradient', () => {
    const objective = seasonalObjective(
      {
        repeats: Uint32Array.of(0, 2, 3),
        first: Uint32Array.of(0, 1, 2),
        last: Uint32Array.of(0, 5, 7),
        weights: Float64Array.of(1, 1, 2),
        end: 9,
        repeatsOn: Float64Array.of(0, 0, 0, 2, 1, 2, 3, 0, 0),
        unit: 7,
      },
      [Float64Array.of(1, 2, 0.5, 1, 0, 0, 2, 1, 1), Float64Array.of(0, -1, 0, 0.3, 0, 0, 2, 0, 1)],
      1,
    )
    const point = [0.1, -1.3, -0.2, 0.5, 0.3, -0.6]
    const step = 1e-5
    const { hessian } = objective(point)
    point.forEach((_, i) => {
      const [up, down] = [step, -step].map((h) => objective(point.map((v, j) => (i === j ? v + h : v))).gradient)
      // Central differences miss about step², and rounding / step.
      up!.forEach((slope, k) => {
        expect(Math.abs((slope - down![k]!) / (2 * step) - hessian[i]![k]!)).toBeLessThan(1e-8)
      })
    })
  })

  test('without effects everything is as under the plain model, in the summary of the same customers', () => {
    const histories = calendarHistories(cdnowSample(), { asOf: CUTOFF })
    const summary = customerSummary(cdnowSample(), { asOf: CUTOFF, timeUnit: 'week' })
    const plain = fitBgNbd(summary)
    const still = seasonalPurchasesModel({
      timeUnit: 'week',
      base: 'bgNbd',
      params: plain.params,
      effects: [{ covariates: 'purchases', on: ['alpha'], columns: ['holidays', 'week'], coefficients: [0, 0] }],
    })
    const time = inOperationalTime(still, histories, weekly, { until: '1998-06-30' })
    expect(time.summary.customers).toEqual(summary.customers)
    expect(time.horizon).toBe(39)
    expect(time.logLikelihood).toEqual(logLikelihood(plain, summary))
    expect(probabilityAlive(time.model, time.summary)).toEqual(probabilityAlive(plain, summary))
    expect(expectedPurchases(time.model, time.summary, 39)).toEqual(expectedPurchases(plain, summary, 39))
  })

  test('another origin or unit of a covariate changes no forecast', () => {
    const histories = calendarHistories(cdnowSample(), { asOf: CUTOFF })
    const other = purchaseCalendar({
      from: '1997-01-01',
      covariates: featureMatrix({ week: weeks().map((value) => 100 * value - 70) }),
      periodDays: 7,
    })
    const one = purchaseCalendar({ from: '1997-01-01', covariates: featureMatrix({ week: weeks() }), periodDays: 7 })
    const [left, right] = [one, other].map((calendar) => {
      const model = fitSeasonalPurchases(histories, calendar)
      const time = inOperationalTime(model, histories, calendar, { until: '1998-06-30' })
      return { model, expected: expectedPurchases(time.model, time.summary, time.horizon) }
    })
    // Newton ends with steps below 1e-9.
    expect(
      relativeError(100 * right!.model.effects[0]!.coefficients[0]!, left!.model.effects[0]!.coefficients[0]!),
    ).toBeLessThan(1e-8)
    left!.expected.forEach((value, row) => {
      expect(relativeError(right!.expected[row]!, value)).toBeLessThan(1e-8)
    })
  })

  test.each(BASES)('seasons that made the data are found again under %s, within four standard errors', (base) => {
    const truth = [0.8, 60, 0.7, 2.5, 0.5, 0.9] as const
    const random = randomFrom(17)
    const days = 800
    const last = 700
    const season = Float64Array.from({ length: days }, (_, d) => Math.sin((2 * Math.PI * d) / 365))
    const promo = Float64Array.from({ length: days }, (_, d) => (d % 60 < 6 ? 1 : 0))
    const histories = Array.from({ length: 4000 }, () => {
      const first = Math.floor(300 * random.unit())
      const rate = gamma(truth[0], random) / truth[1]
      const dropout = beta(truth[2], truth[3], random)
      const own = [first]
      let isGone = base === 'mbgNbd' && random.unit() < dropout
      for (let day = first + 1; day <= last && !isGone; day++) {
        if (random.unit() >= -Math.expm1(-rate * Math.exp(truth[4] * season[day]! + truth[5] * promo[day]!))) continue
        own.push(day)
        isGone = random.unit() < dropout
      }
      return own
    })
    const data = historiesOf(histories, last)
    const calendar = calendarOf({ season, promo })
    const model = fitSeasonalPurchases(data, calendar, { base })
    const diagnostics = fitted(model)
    // One purchase a day at most, at rates of some 0.01 a day: what that leaves out is well within the errors.
    const found = [...Object.values(model.params), ...model.effects[0]!.coefficients]
    truth.forEach((value, i) => {
      expect(Math.abs(found[i]! - value)).toBeLessThan(4 * diagnostics.standardErrors[i]!)
    })
    const { summary } = inOperationalTime(
      { ...model, effects: [{ ...model.effects[0]!, coefficients: [0, 0] }] },
      data,
      calendar,
      { until: '1971-12-31' },
    )
    const plain = base === 'bgNbd' ? fitBgNbd(summary) : fitMbgNbd(summary)
    expect(likelihoodRatioTest(plain, model).pValue).toBeLessThan(1e-9)
  })
})

test('a promotion in which nobody buys runs off to a rate of 0', () => {
  const { season, histories, lastDay } = goldens.bgNbd
  const bought = new Set<number>(histories.flatMap((own: number[]) => own.slice(1)))
  const idle = season.map((_: number, day: number) => (day > 200 && !bought.has(day) ? 1 : 0))
  const diagnostics = fitted(fitSeasonalPurchases(historiesOf(histories, lastDay), calendarOf({ idle })))
  expect(diagnostics.verdict).toBe('boundary')
  expect(diagnostics.reducesTo).toContain('move alpha without bound')
})

test('refusals', () => {
  const { season, promo, histories, lastDay } = goldens.bgNbd
  const data = historiesOf(histories, lastDay)
  const fitOn = (columns: Record<string, number[]>) => () => fitSeasonalPurchases(data, calendarOf(columns))
  expectRefusal(fitOn({ season: season.slice(0, 300) }), 'BAD_SHAPE', 'must reach from')
  expectRefusal(fitOn({ one: season.map(() => 1) }), 'NOT_ENOUGH_DATA', '"one" must vary, got 1 for all periods')
  expectRefusal(fitOn({ promo, again: promo.map((value: number) => -value) }), 'NOT_ENOUGH_DATA', '"again"')
  expectRefusal(() => fitSeasonalPurchases(historiesOf([], 9), calendarOf({ season })), 'NOT_ENOUGH_DATA')
  expectRefusal(() => calendarOf({ season: [1, Number.NaN] }), 'BAD_SHAPE', 'row 1')
  expectRefusal(() => purchaseCalendar({ from: 'May', covariates: weekly.covariates }), 'BAD_OPTION', 'from')
  expectRefusal(() => calendarHistories(cdnowSample(), { asOf: 'May' }), 'BAD_OPTION', 'asOf')
  const effects = [{ covariates: 'purchases', on: ['beta'], columns: ['season'], coefficients: [1] }] as const
  const params = { r: 1, alpha: 2, a: 1, b: 2 }
  expectRefusal(() => seasonalPurchasesModel({ base: 'bgNbd', params, effects, timeUnit: 'day' }), 'BAD_OPTION', '.on')
  const model = fitSeasonalPurchases(data, calendarOf({ season, promo }))
  const ask = (calendar: PurchaseCalendar, until: string) => () => inOperationalTime(model, data, calendar, { until })
  expectRefusal(ask(calendarOf({ season, promo }), '1970-06-01'), 'BAD_OPTION', 'until')
  expectRefusal(ask(calendarOf({ season, promo }), '1972-01-01'), 'BAD_SHAPE', 'must reach from')
  expectRefusal(ask(calendarOf({ promo, season }), '1971-02-01'), 'BAD_SHAPE', 'season, promo')
  const inWeeks = { ...data, timeUnit: 'week' } as const
  expectRefusal(
    () => inOperationalTime(model, inWeeks, calendarOf({ season, promo }), { until: '1971-02-01' }),
    'UNIT_MISMATCH',
  )
})
