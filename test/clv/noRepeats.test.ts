import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitBgBb } from '../../src/clv/bgBb/bgBb.ts'
import { fitBgCnbdK } from '../../src/clv/bgNbd/bgCnbdK.ts'
import { fitBgNbd } from '../../src/clv/bgNbd/bgNbd.ts'
import { fitMbgNbd } from '../../src/clv/bgNbd/mbgNbd.ts'
import { fitPurchaseCovariates } from '../../src/clv/covariates/purchaseCovariates.ts'
import { fitSeasonalPurchases } from '../../src/clv/covariates/seasonalPurchases.ts'
import { withCalendar } from '../../src/clv/covariates/withCalendar.ts'
import { withCovariates } from '../../src/clv/covariates/withCovariates.ts'
import type { CustomerModel } from '../../src/clv/customerProcesses.ts'
import { discountedResidualPurchases } from '../../src/clv/discountedResidualPurchases.ts'
import { expectedPurchases } from '../../src/clv/expectedPurchases.ts'
import { gammaGammaModel } from '../../src/clv/gammaGamma/gammaGamma.ts'
import { heterogeneity } from '../../src/clv/heterogeneity.ts'
import { lifetimeValue } from '../../src/clv/lifetimeValue.ts'
import { logLikelihood } from '../../src/clv/logLikelihood.ts'
import { fitNbd } from '../../src/clv/nbd/nbd.ts'
import { fitParetoNbd } from '../../src/clv/paretoNbd/paretoNbd.ts'
import { periodHistoriesFromColumns, type TransactionHistories } from '../../src/clv/periodHistories.ts'
import { posteriorRates } from '../../src/clv/posteriorRates.ts'
import { probabilityAlive } from '../../src/clv/probabilityAlive.ts'
import { purchaseDistribution } from '../../src/clv/purchaseDistribution.ts'
import { simulateHistories } from '../../src/clv/simulateHistories.ts'
import { bootstrapModel } from '../../src/clv/uncertainty/bootstrapModel.ts'
import { parameterIntervals } from '../../src/clv/uncertainty/parameterIntervals.ts'
import { purchaseIntervals } from '../../src/clv/uncertainty/purchaseIntervals.ts'
import { decodeModel, encodeModel } from '../../src/model/encodeModel.ts'
import type { CustomerSummary } from '../../src/table/customerSummary.ts'
import { customerSummaryFromColumns } from '../../src/table/customerSummaryFromColumns.ts'
import { featureMatrix } from '../../src/table/featureMatrix.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { calendarOf, historiesOf } from './covariates/calendars.ts'
import { assertFitted } from './fits.ts'

const AGES = [9, 2, 0.5, 9]

function once(ages: readonly number[]): CustomerSummary {
  const none = ages.map(() => 0)
  return customerSummaryFromColumns({ repeats: none, ageAtLast: none, age: [...ages] }, { timeUnit: 'week' })
}

const described = (): ReturnType<typeof withCovariates> => {
  const app = featureMatrix({ app: [0, 1, 0, 1] })
  return withCovariates(once(AGES), { purchases: app, dropout: app })
}

function inSeason(): ReturnType<typeof withCalendar> {
  const calendar = calendarOf({ season: Array.from({ length: 200 }, (_, day) => Math.sin(day / 9)) })
  const histories = historiesOf([[0], [20], [60]], 70)
  const none = [0, 0, 0]
  const columns = { repeats: none, ageAtLast: none, age: [70, 50, 10] }
  return withCalendar(customerSummaryFromColumns(columns, { timeUnit: 'day' }), histories, calendar)
}

const periods = (): ReturnType<typeof periodHistoriesFromColumns> =>
  periodHistoriesFromColumns({ repeats: [0, 0], lastPeriod: [0, 0], periods: [6, 2] })

/** Fits to customers of whom nobody bought a second time, with P(alive) of the first of them. */
const FITS: readonly (readonly [string, () => { model: CustomerModel; data: TransactionHistories }, number])[] = [
  ['BG/NBD', () => ({ model: fitBgNbd(once(AGES)), data: once(AGES) }), 1],
  ['MBG/NBD', () => ({ model: fitMbgNbd(once(AGES)), data: once(AGES) }), 1 / 2],
  ['BG/CNBD-k', () => ({ model: fitBgCnbdK(once(AGES)), data: once(AGES) }), 1],
  ['MBG/CNBD-3', () => ({ model: fitBgCnbdK(once(AGES), { k: 3, modified: true }), data: once(AGES) }), 1 / 2],
  ['Pareto/NBD', () => ({ model: fitParetoNbd(once(AGES)), data: once(AGES) }), 1 / 2],
  ['NBD', () => ({ model: fitNbd(once(AGES)), data: once(AGES) }), 1],
  // A Beta(1, 1) chance before each of six opportunities: 1 / 7.
  ['BG/BB', () => ({ model: fitBgBb(periods()), data: periods() }), 1 / 7],
  ...(['bgNbd', 'mbgNbd', 'paretoNbd'] as const).flatMap((base) => [
    [
      `${base} with covariates`,
      () => ({ model: fitPurchaseCovariates(described(), { base }), data: described() }),
      base === 'bgNbd' ? 1 : 1 / 2,
    ] as const,
    [
      `${base} with seasons`,
      () => {
        const { histories, calendar } = inSeason().season
        return { model: fitSeasonalPurchases(histories, calendar, { base }), data: inSeason() }
      },
      base === 'bgNbd' ? 1 : 1 / 2,
    ] as const,
  ]),
]

describe.each(FITS)('%s, nobody bought a second time', (_, fitted, alive) => {
  const { model, data } = fitted()
  const zeros = Array.from(data.repeats, () => 0)

  test('the fit is a boundary that has its name, at a likelihood of 1', () => {
    const { diagnostics } = model
    assertFitted(diagnostics)
    expect(diagnostics).toMatchObject({
      verdict: 'boundary',
      converged: true,
      gradientNorm: 0,
      logLikelihood: 0,
      customers: data.repeats.length,
    })
    expect(diagnostics.reducesTo).toContain('no repeat purchases at all')
    expect(diagnostics.standardErrors).toEqual(diagnostics.parameters.map(() => Number.NaN))
    expect([...logLikelihood(model, data)]).toEqual(zeros)
  })

  test('nobody is expected to buy, and P(alive) is what dropout says by itself', () => {
    expect([...expectedPurchases(model, data, 5)]).toEqual(zeros)
    const { probabilities, beyond } = purchaseDistribution(model, data, 5, { max: 2 })
    expect([...probabilities]).toEqual(zeros.flatMap(() => [1, 0, 0]))
    expect([...beyond]).toEqual(zeros)
    // A power or two of rounding.
    expect(Math.abs(probabilityAlive(model, data)[0]! - alive)).toBeLessThan(1e-14)
    const { rate, dropout } = posteriorRates(model, data)
    expect([...rate]).toEqual(zeros)
    expect(dropout.every((value) => value >= 0 && value < Number.POSITIVE_INFINITY)).toBe(true)
  })

  test('intervals of purchases are 0, and of parameters there are none', () => {
    const { expected, meanLower, meanUpper, lower, upper } = purchaseIntervals(model, data, 5)
    for (const column of [expected, meanLower, meanUpper, lower, upper]) expect([...column]).toEqual(zeros)
    expectRefusal(() => parameterIntervals(model, data as never), 'NOT_ENOUGH_DATA', 'bought a second time')
    expectRefusal(() => bootstrapModel(model, data as never), 'NOT_ENOUGH_DATA', 'bought a second time')
  })

  test('encoded and read again it is the same', () => {
    expect(decodeModel(encodeModel(model))).toEqual(model)
  })
})

test('money and discounted purchases are 0 for ever', () => {
  const spend = gammaGammaModel({ params: { p: 6, q: 4, v: 15 }, currency: 'EUR' })
  const discountRate = { rate: 0.1, per: 'year' } as const
  for (const model of [fitBgNbd(once(AGES)), fitMbgNbd(once(AGES)), fitParetoNbd(once(AGES)), fitNbd(once(AGES))]) {
    const terms = { horizon: { weeks: 52 }, discountRate, serviceCost: 2 }
    const { value, discountFactor, ...ends } = lifetimeValue(model, spend, once(AGES), terms)
    expect([...discountFactor]).toEqual([1, 1, 1, 1])
    for (const column of [value, ends.lower, ends.upper, ends.meanLower, ends.meanUpper]) {
      expect([...column]).toEqual([0, 0, 0, 0])
    }
    // What keeping costs is all there is left, for sure as far as the customer stays.
    const kept = lifetimeValue(model, spend, once(AGES), { ...terms, retentionCost: { cost: 1, per: 'week' } })
    kept.value.forEach((loss, row) => {
      expect(loss).toBeLessThan(0)
      expect(kept.lower[row]).toBe(loss)
      expect(kept.upper[row]).toBe(loss)
    })
    expect([...discountedResidualPurchases(model, once(AGES), { discountRate })]).toEqual([0, 0, 0, 0])
    expect(heterogeneity(model).rate).toMatchObject({ at: new Float64Array(0), density: new Float64Array(0), mean: 0 })
    expect([...simulateHistories(model, { ages: [50, 50] }).repeats]).toEqual([0, 0])
  }
})

test('who bought again nevertheless has a finite forecast, and no likelihood', () => {
  const again = customerSummaryFromColumns({ repeats: [2], ageAtLast: [4], age: [8] }, { timeUnit: 'week' })
  for (const model of [fitBgNbd(once(AGES)), fitMbgNbd(once(AGES)), fitParetoNbd(once(AGES)), fitNbd(once(AGES))]) {
    expect(logLikelihood(model, again)[0]).toBe(Number.NEGATIVE_INFINITY)
    const [expected] = expectedPurchases(model, again, 10)
    expect(expected).toBeGreaterThan(0)
    expect(expected).toBeLessThan(2)
  }
})

test('it is the limit of ever fewer repeaters', () => {
  const among = (customers: number): CustomerSummary => {
    const [first, ...others] = Array.from({ length: customers }, () => 0)
    const columns = { repeats: [1, ...others], ageAtLast: [3, ...others], age: [8, ...others.map(() => 9)] }
    return customerSummaryFromColumns(first === undefined ? { repeats: [], ageAtLast: [], age: [] } : columns, {
      timeUnit: 'week',
    })
  }
  // One repeat among n customers: expectations of the others fall with n.
  const expected = [10, 100, 1000].map(
    (customers) => expectedPurchases(fitNbd(among(customers)), among(customers), 9)[1]!,
  )
  expect(expected[0]).toBeGreaterThan(5 * expected[1]!)
  expect(expected[1]).toBeGreaterThan(5 * expected[2]!)
})

test('any ages, weights and numbers of customers', () => {
  const customers = fc.array(
    fc.record({
      age: fc.double({ min: 0, max: 1e9, noNaN: true }),
      weight: fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  fc.assert(
    fc.property(customers, (rows) => {
      const none = rows.map(() => 0)
      const columns = { repeats: none, ageAtLast: none, age: rows.map(({ age }) => age) }
      const weights = rows.map(({ weight }) => weight)
      const summary = customerSummaryFromColumns({ ...columns, weights }, { timeUnit: 'day' })
      for (const model of [fitBgNbd(summary), fitMbgNbd(summary), fitParetoNbd(summary), fitNbd(summary)]) {
        expect([...expectedPurchases(model, summary, 30)]).toEqual(none)
        expect(probabilityAlive(model, summary).every((p) => p > 0 && p <= 1)).toBe(true)
        expect(Object.values(model.params).every(Number.isFinite)).toBe(true)
      }
    }),
  )
})

test('a bootstrap draws data without repeats as any others', () => {
  const columns = { repeats: [1, 0, 0, 0, 3], ageAtLast: [4, 0, 0, 0, 8], age: [9, 8, 7, 6, 9] }
  const summary = customerSummaryFromColumns(columns, { timeUnit: 'week' })
  for (const model of [fitBgNbd(summary), fitNbd(summary), fitParetoNbd(summary)]) {
    const statistic = (drawn: typeof model): ArrayLike<number> => expectedPurchases(drawn, summary, 9)
    const { values } = bootstrapModel(model, summary, { statistic: statistic as never, replicates: 40 })
    expect(values.every((value) => value >= 0 && value < Number.POSITIVE_INFINITY)).toBe(true)
    // Neither repeater is drawn in about e^−2 of the replicates.
    expect(values.some((value) => value === 0)).toBe(true)
  }
})
