import { describe, expect, test } from 'vitest'
import { fitBgBb } from '../../src/clv/bgBb/bgBb.ts'
import { fitBgCnbdK } from '../../src/clv/bgNbd/bgCnbdK.ts'
import { fitBgNbd } from '../../src/clv/bgNbd/bgNbd.ts'
import { fitPurchaseCovariates } from '../../src/clv/covariates/purchaseCovariates.ts'
import { fitSpendCovariates } from '../../src/clv/covariates/spendCovariates.ts'
import { type DescribedSummary, withCovariates } from '../../src/clv/covariates/withCovariates.ts'
import { expectedPurchases } from '../../src/clv/expectedPurchases.ts'
import { expectedSpend, fitGammaGamma } from '../../src/clv/gammaGamma/gammaGamma.ts'
import { lifetimeValue } from '../../src/clv/lifetimeValue.ts'
import { periodHistoriesFromColumns } from '../../src/clv/periodHistories.ts'
import { probabilityAlive } from '../../src/clv/probabilityAlive.ts'
import { parameterIntervals } from '../../src/clv/uncertainty/parameterIntervals.ts'
import { purchaseIntervals } from '../../src/clv/uncertainty/purchaseIntervals.ts'
import { customerSummaryFromColumns } from '../../src/table/customerSummaryFromColumns.ts'
import { featureMatrix } from '../../src/table/featureMatrix.ts'
import { calibration } from './goldens.ts'

const sample = calibration()
const ROWS = Array.from(sample.repeats.keys()).filter((row) => row % 4 === 0)

/** Some customers of CDNOW, in these rows, times and weights, with covariates that belong to each. */
function customersOf(rows: readonly number[], timeUnit: 'day' | 'week', weight: number): DescribedSummary {
  const unit = timeUnit === 'day' ? 7 : 1
  const columns = {
    repeats: rows.map((row) => sample.repeats[row]!),
    ageAtLast: rows.map((row) => unit * sample.ageAtLast[row]!),
    age: rows.map((row) => unit * sample.age[row]!),
    meanRepeatValue: rows.map((row) => sample.meanRepeatValue[row]!),
    weights: rows.map(() => weight),
  }
  const third = featureMatrix({ third: rows.map((row) => row % 3) })
  const covariates = { purchases: third, dropout: third, spend: third }
  return withCovariates(customerSummaryFromColumns(columns, { timeUnit }), covariates)
}

const once = customersOf(ROWS, 'week', 1)
/** The same in days, backwards and then once more forwards, each with half the weight. */
const twice = customersOf([...ROWS.toReversed(), ...ROWS], 'day', 0.5)

/** Says the same of every customer, whichever of the two rows is looked at. */
function expectSame(said: ArrayLike<number>, again: ArrayLike<number>, tolerance = 1e-9): void {
  const n = ROWS.length
  expect(again.length).toBe(2 * said.length)
  for (let row = 0; row < n; row++) {
    for (const other of [n - 1 - row, n + row]) {
      expect(Math.abs(again[other]! - said[row]!)).toBeLessThanOrEqual(tolerance * Math.abs(said[row]!))
    }
  }
}

describe('the same data in other units, order and weights lead to the same', () => {
  test.each(['bgNbd', 'mbgNbd', 'paretoNbd'] as const)('%s with covariates', (base) => {
    const [model, again] = [once, twice].map((summary) => fitPurchaseCovariates(summary, { base }))
    expectSame(expectedPurchases(model!, once, 39), expectedPurchases(again!, twice, 273))
    expectSame(probabilityAlive(model!, once), probabilityAlive(again!, twice))
  })

  test('BG/CNBD-2', () => {
    const [model, again] = [once, twice].map((summary) => fitBgCnbdK(summary, { k: 2 }))
    expectSame(expectedPurchases(model!, once, 39), expectedPurchases(again!, twice, 273))
  })

  test('BG/BB, which has no unit', () => {
    const inPeriods = (rows: readonly number[], weight: number) =>
      periodHistoriesFromColumns({
        repeats: rows.map((row) => Math.min(sample.repeats[row]!, Math.ceil(sample.ageAtLast[row]! / 4))),
        lastPeriod: rows.map((row) => Math.ceil(sample.ageAtLast[row]! / 4)),
        periods: rows.map((row) => Math.ceil(sample.age[row]! / 4)),
        weights: rows.map(() => weight),
      })
    const [simple, double] = [inPeriods(ROWS, 1), inPeriods([...ROWS.toReversed(), ...ROWS], 0.5)]
    expectSame(expectedPurchases(fitBgBb(simple), simple, 9), expectedPurchases(fitBgBb(double), double, 9))
  })

  test('spend, with covariates and without', () => {
    expectSame(expectedSpend(fitGammaGamma(once), once), expectedSpend(fitGammaGamma(twice), twice))
    expectSame(expectedSpend(fitSpendCovariates(once), once), expectedSpend(fitSpendCovariates(twice), twice))
  })

  test('lifetime values and their intervals', () => {
    const terms = { horizon: { weeks: 39 }, discountRate: { rate: 0.15, per: 'year' }, margin: 0.4 } as const
    const [said, again] = [once, twice].map((summary) =>
      lifetimeValue(fitBgNbd(summary), fitGammaGamma(summary), summary, terms),
    )
    expectSame(said!.value, again!.value)
    // Ends of intervals are quantiles, found to 1e-10 of themselves, of sums that differ by 1e-9.
    for (const end of ['lower', 'upper', 'meanLower', 'meanUpper'] as const) expectSame(said![end], again![end], 1e-8)
  })

  test('intervals of purchases and of parameters', () => {
    const [model, again] = [fitBgNbd(once), fitBgNbd(twice)]
    const [said, other] = [purchaseIntervals(model, once, 39), purchaseIntervals(again, twice, 273)]
    for (const name of ['expected', 'meanLower', 'meanUpper'] as const) expectSame(said[name], other[name])
    for (const name of ['lower', 'upper'] as const) expectSame(said[name], other[name], 0)
    for (const method of ['standard', 'profile'] as const) {
      const [weekly, daily] = [
        parameterIntervals(model, once, { method }),
        parameterIntervals(again, twice, { method }),
      ]
      for (const end of ['lower', 'upper'] as const) {
        weekly[end].forEach((value, i) => {
          // alpha is a time. Profiles stop at 1e-9 of a parameter's logarithm.
          const inWeeks = weekly.parameters[i] === 'alpha' ? daily[end][i]! / 7 : daily[end][i]!
          expect(Math.abs(inWeeks / value - 1)).toBeLessThan(method === 'profile' ? 1e-8 : 1e-9)
        })
      }
    }
  })
})
