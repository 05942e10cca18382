import { describe, expect, test } from 'vitest'
import { calendarHistories } from '../../../src/clv/covariates/calendarHistories.ts'
import type { CovariateBaseName } from '../../../src/clv/covariates/covariateBase.ts'
import { inOperationalTime } from '../../../src/clv/covariates/inOperationalTime.ts'
import { operationalSummary, PLAIN_CLOCK } from '../../../src/clv/covariates/operationalSummary.ts'
import { purchaseCalendar } from '../../../src/clv/covariates/purchaseCalendar.ts'
import { type SeasonalPurchasesModel, seasonalPurchasesModel } from '../../../src/clv/covariates/seasonalPurchases.ts'
import { withCalendar } from '../../../src/clv/covariates/withCalendar.ts'
import { processesOf } from '../../../src/clv/customerProcesses.ts'
import { discountedResidualPurchases } from '../../../src/clv/discountedResidualPurchases.ts'
import { expectedPurchases } from '../../../src/clv/expectedPurchases.ts'
import { gammaGammaModel } from '../../../src/clv/gammaGamma/gammaGamma.ts'
import { lifetimeValue } from '../../../src/clv/lifetimeValue.ts'
import { logLikelihood } from '../../../src/clv/logLikelihood.ts'
import { posteriorRates } from '../../../src/clv/posteriorRates.ts'
import { logProbabilityAlive, probabilityAlive } from '../../../src/clv/probabilityAlive.ts'
import { probabilityOfNoPurchase, purchaseDistribution } from '../../../src/clv/purchaseDistribution.ts'
import type { PurchaseModel } from '../../../src/clv/purchaseModel.ts'
import { purchaseIntervals } from '../../../src/clv/uncertainty/purchaseIntervals.ts'
import { randomFrom } from '../../../src/core/random.ts'
import { customerSummary } from '../../../src/table/customerSummary.ts'
import { customerSummaryFromColumns } from '../../../src/table/customerSummaryFromColumns.ts'
import { featureMatrix } from '../../../src/table/featureMatrix.ts'
import { cdnowSample } from '../../fixtures/cdnow.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { golden, relativeError } from '../goldens.ts'
import { BASE_PARAMS, seasonalOf as seasonalOfBase } from './effects.ts'

const EFFECT = { covariates: 'purchases', on: ['alpha'], columns: ['season'] } as const
const BASES = ['bgNbd', 'mbgNbd', 'paretoNbd'] as const

function seasonalOf(base: CovariateBaseName, coefficient: number): SeasonalPurchasesModel {
  return seasonalOfBase(base, coefficient, 'week')
}

function plainOf(base: CovariateBaseName, faster = 1): PurchaseModel {
  const params = { ...BASE_PARAMS[base], alpha: BASE_PARAMS[base].alpha / faster }
  return { kind: base, version: 1, timeUnit: 'week', params, diagnostics: { source: 'given' } } as PurchaseModel
}

/** Every fortieth customer of the sample, and a calendar of weeks. */
function sampleWith(season: ArrayLike<number>) {
  const table = cdnowSample()
  const all = calendarHistories(table, { asOf: '1997-09-30' })
  const rows = all.customers.map((_, row) => row).filter((row) => row % 40 === 0)
  const own = rows.map((row) => [...all.day.subarray(all.offsets[row]!, all.offsets[row + 1]!)])
  const offsets = new Uint32Array(rows.length + 1)
  own.forEach((days, c) => {
    offsets[c + 1] = offsets[c]! + days.length
  })
  const customers = rows.map((row) => all.customers[row]!)
  const histories = { ...all, customers, offsets, day: Int32Array.from(own.flat()) }
  const summary = customerSummary(table, { asOf: '1997-09-30', timeUnit: 'week' })
  const of = (column: ArrayLike<number>): number[] => rows.map((row) => column[row]!)
  const some = customerSummaryFromColumns(
    {
      repeats: of(summary.repeats),
      ageAtLast: of(summary.ageAtLast),
      age: of(summary.age),
      meanRepeatValue: of(summary.meanRepeatValue),
      customers,
    },
    { timeUnit: 'week' },
  )
  const calendar = purchaseCalendar({ from: '1997-01-01', covariates: featureMatrix({ season }), periodDays: 7 })
  return { histories, summary: some, dated: withCalendar(some, histories, calendar), calendar }
}

describe('published', () => {
  const { customers, annualRate } = golden('seasonalFutures.json')
  const fit = golden('fit_seasonal_pareto.json')
  const own = customers.map(({ row }: { row: number }) => fit.histories[row] as number[])
  const offsets = new Uint32Array(own.length + 1)
  own.forEach((days: number[], c: number) => {
    offsets[c + 1] = offsets[c]! + days.length
  })
  const histories = {
    customers: own.map((_: number[], c: number) => `${c}`),
    timeUnit: 'day' as const,
    offsets,
    day: Int32Array.from(own.flat()),
    lastDay: fit.lastDay,
  }
  const calendar = purchaseCalendar({
    from: '1970-01-01',
    covariates: featureMatrix({ season: fit.season }),
    periodDays: fit.periodDays,
  })
  const [r, alpha, s, beta] = fit.params.map(Number)
  const model = seasonalPurchasesModel({
    base: 'paretoNbd',
    params: { r, alpha, s, beta },
    effects: [{ ...EFFECT, coefficients: [Number(fit.coefficient)] }],
    timeUnit: 'day',
  })
  const dated = withCalendar(operationalSummary(histories, PLAIN_CLOCK), histories, calendar)
  const days = fit.lastDayOfForecast - fit.lastDay

  test('how often customers of Pareto/NBD buy in a season', () => {
    const { probabilities, beyond } = purchaseDistribution(model, dated, days, { max: 11 })
    const none = probabilityOfNoPurchase(model, dated, days)
    customers.forEach(({ chances, beyond: more }: { chances: string[]; beyond: string }, row: number) => {
      // The parameters are rounded to doubles, 1e-16 each, and powers of up to 40 multiply that.
      chances.forEach((truth, n) => {
        expect(relativeError(probabilities[12 * row + n]!, truth)).toBeLessThan(2e-13)
      })
      expect(relativeError(beyond[row]!, more)).toBeLessThan(2e-13)
      expect(relativeError(none[row]!, chances[0]!)).toBeLessThan(2e-13)
    })
  })

  test('what these purchases are worth', () => {
    const discountRate = { rate: annualRate, per: 'year' } as const
    const discounted = discountedResidualPurchases(model, dated, { discountRate, horizon: { days } })
    customers.forEach(({ discounted: truth }: { discounted: string }, row: number) => {
      expect(relativeError(discounted[row]!, truth)).toBeLessThan(2e-13)
    })
  })
})

describe.each(BASES)('laws of %s', (base) => {
  const season = Float64Array.from({ length: 90 }, (_, week) => Math.sin(week / 3))
  const { dated, summary, histories, calendar } = sampleWith(season)
  const spend = gammaGammaModel({ params: { p: 6.25, q: 3.74, v: 15.44 } })
  const discountRate = { rate: 0.15, per: 'year' } as const

  test('without effect, everything is as under the plain model', () => {
    const [still, plain] = [seasonalOf(base, 0), plainOf(base)]
    const pairs: [ArrayLike<number>, ArrayLike<number>][] = [
      [logLikelihood(still, dated), logLikelihood(plain, summary)],
      [probabilityAlive(still, dated), probabilityAlive(plain, summary)],
      [logProbabilityAlive(still, dated), logProbabilityAlive(plain, summary)],
      [
        probabilityAlive(still, dated, { after: { weeks: 12.5 } }),
        probabilityAlive(plain, summary, { after: { weeks: 12.5 } }),
      ],
      [expectedPurchases(still, dated, 30.4), expectedPurchases(plain, summary, 30.4)],
      [
        purchaseDistribution(still, dated, 30, { max: 50 }).probabilities,
        purchaseDistribution(plain, summary, 30, { max: 50 }).probabilities,
      ],
      [
        discountedResidualPurchases(still, dated, { discountRate, horizon: { weeks: 40 } }),
        discountedResidualPurchases(plain, summary, { discountRate, horizon: { weeks: 40 } }),
      ],
      [posteriorRates(still, dated).rate, posteriorRates(plain, summary).rate],
      [posteriorRates(still, dated).dropout, posteriorRates(plain, summary).dropout],
    ]
    for (const [values, truths] of pairs) {
      Array.from(values).forEach((value, i) => {
        // Two ways to the same integrals; what is below 1e-4 of one is compared with that.
        expect(Math.abs(value - truths[i]!)).toBeLessThan(1e-11 * (Math.abs(truths[i]!) + 1e-4))
      })
    }
    const value = lifetimeValue(still, spend, dated, { horizon: { weeks: 30 } })
    const same = lifetimeValue(plain, spend, summary, { horizon: { weeks: 30 } })
    for (const name of ['value', 'lower', 'upper', 'meanLower', 'meanUpper'] as const) {
      // Quantiles of money end within 1e-10 of themselves.
      value[name].forEach((money, row) => {
        expect(Math.abs(money - same[name][row]!)).toBeLessThan(1e-8 * (Math.abs(money) + 1))
      })
    }
  })

  test('probabilities add up to 1, their mean is the expectation, and steps of a day approach the discounted sum', () => {
    const model = seasonalOf(base, 0.8)
    const { probabilities, beyond } = purchaseDistribution(model, dated, 30, { max: 150 })
    const expected = expectedPurchases(model, dated, 30)
    expected.forEach((mean, row) => {
      const own = probabilities.subarray(151 * row, 151 * (row + 1))
      expect(Math.abs(own.reduce((sum, chance) => sum + chance, beyond[row]!) - 1)).toBeLessThan(1e-13)
      if (beyond[row]! < 1e-14)
        expect(
          relativeError(
            own.reduce((sum, chance, n) => sum + n * chance, 0),
            mean,
          ),
        ).toBeLessThan(1e-11)
    })
    const horizon = { weeks: 30 }
    const smooth = discountedResidualPurchases(model, dated, { discountRate, horizon })
    const stepped = discountedResidualPurchases(model, dated, { discountRate, horizon, step: { days: 1 } })
    smooth.forEach((value, row) => {
      // Half a day at 15 % a year is 1.9e-4, and the steps discount by their ends.
      expect(relativeError(stepped[row]! * 1.15 ** (0.5 / 365.25), value)).toBeLessThan(1e-6)
    })
    const free = discountedResidualPurchases(model, dated, { discountRate: { rate: 0, per: 'year' }, horizon })
    free.forEach((value, row) => {
      // The two integrals of Pareto/NBD round apart.
      expect(relativeError(value, expected[row]!)).toBeLessThan(1e-14)
    })
  })

  test('a season that is the same throughout is another alpha', () => {
    const always = sampleWith(new Float64Array(90).fill(1)).dated
    const [model, plain] = [seasonalOf(base, 0.7), plainOf(base, Math.exp(0.7))]
    const x = summary.repeats
    const pairs: [ArrayLike<number>, ArrayLike<number>][] = [
      [logLikelihood(model, always), logLikelihood(plain, summary)],
      [expectedPurchases(model, always, 30), expectedPurchases(plain, summary, 30)],
      [purchaseDistribution(model, always, 30).beyond, purchaseDistribution(plain, summary, 30).beyond],
      [
        discountedResidualPurchases(model, always, { discountRate, horizon: { weeks: 30 } }),
        discountedResidualPurchases(plain, summary, { discountRate, horizon: { weeks: 30 } }),
      ],
    ]
    expect(x.length).toBe(always.repeats.length)
    for (const [values, truths] of pairs) {
      Array.from(values).forEach((value, i) => {
        expect(Math.abs(value - truths[i]!)).toBeLessThan(1e-11 * (Math.abs(truths[i]!) + 1e-4))
      })
    }
  })

  test('intervals are those of the distribution, for parameters that are known', () => {
    const model = seasonalOf(base, 0.8)
    const { expected, meanLower, upper } = purchaseIntervals(model, dated, 20)
    expect(meanLower).toEqual(expected)
    const { probabilities } = purchaseDistribution(model, dated, 20, { max: 100 })
    upper.forEach((count, row) => {
      const upTo = probabilities.subarray(101 * row, 101 * row + count + 1).reduce((sum, chance) => sum + chance, 0)
      expect(upTo).toBeGreaterThan(0.95 - 1e-12)
    })
  })

  test('customers who are drawn anew buy as often as is expected of new ones', () => {
    const process = processesOf('test', seasonalOf(base, 0.8), dated).of(0)
    const random = randomFrom(4)
    const draws = Float64Array.from({ length: 20_000 }, () => process.simulate(random, 50).length)
    const mean = draws.reduce((sum, count) => sum + count, 0) / draws.length
    const variance = draws.reduce((sum, count) => sum + (count - mean) ** 2, 0) / draws.length
    // Five standard errors.
    expect(Math.abs(mean - process.ofNewCustomer.expected(50))).toBeLessThan(5 * Math.sqrt(variance / draws.length))
    expect(process.simulate(random, 50).every((time, i, all) => time <= 50 && (i === 0 || time >= all[i - 1]!))).toBe(
      true,
    )
  })

  if (base !== 'paretoNbd') {
    test('operational time leads to the same', () => {
      const model = seasonalOf(base, 0.8)
      const time = inOperationalTime(model, histories, calendar, { until: '1998-04-28' })
      const weeks = 30
      expect(expectedPurchases(model, dated, weeks)).toEqual(expectedPurchases(time.model, time.summary, time.horizon))
      expect(purchaseDistribution(model, dated, weeks)).toEqual(
        purchaseDistribution(time.model, time.summary, time.horizon),
      )
    })
  }
})

describe('refusals', () => {
  const { dated, summary, histories, calendar } = sampleWith(new Float64Array(60).fill(1))
  const model = seasonalOf('paretoNbd', 1)

  test('of what the calendar does not know', () => {
    expectRefusal(() => expectedPurchases(model, dated, 52), 'BAD_SHAPE', 'expectedPurchases: the calendar must reach')
    expectRefusal(() => probabilityAlive(model, summary), 'BAD_SHAPE', 'withCalendar')
    const forever = { discountRate: { rate: 0.1, per: 'year' } } as const
    expectRefusal(() => discountedResidualPurchases(model, dated, forever), 'BAD_SHAPE', 'the calendar must reach')
    const other = purchaseCalendar({ from: '1997-01-01', covariates: featureMatrix({ promo: new Float64Array(700) }) })
    expectRefusal(() => probabilityAlive(model, withCalendar(summary, histories, other)), 'BAD_SHAPE', 'season')
  })

  test('of other customers', () => {
    const fewer = { ...histories, customers: histories.customers.slice(1), offsets: histories.offsets.slice(1) }
    expectRefusal(() => withCalendar(summary, fewer, calendar), 'BAD_SHAPE', 'histories')
    const turned = { ...summary, repeats: summary.repeats.slice().reverse() }
    expectRefusal(() => withCalendar(turned, histories, calendar), 'BAD_SHAPE', 'same customers')
    expectRefusal(() => withCalendar(summary, { ...histories, timeUnit: 'day' }, calendar), 'UNIT_MISMATCH')
  })
})
