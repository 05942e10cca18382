import { describe, expect, test } from 'vitest'
import { fitBgBb } from '../../../src/clv/bgBb/bgBb.ts'
import { fitBetaDiscreteWeibull } from '../../../src/clv/contract/betaDiscreteWeibull.ts'
import { contractHistoriesFromSurvivors } from '../../../src/clv/contract/contractHistories.ts'
import { fitShiftedBetaGeometric } from '../../../src/clv/contract/shiftedBetaGeometric.ts'
import { type CalendarHistories, calendarHistories } from '../../../src/clv/covariates/calendarHistories.ts'
import { operationalSummary, PLAIN_CLOCK } from '../../../src/clv/covariates/operationalSummary.ts'
import { purchaseCalendar } from '../../../src/clv/covariates/purchaseCalendar.ts'
import { fitPurchaseCovariates, purchaseCovariatesModel } from '../../../src/clv/covariates/purchaseCovariates.ts'
import { fitSeasonalPurchases } from '../../../src/clv/covariates/seasonalPurchases.ts'
import { fitSpendCovariates } from '../../../src/clv/covariates/spendCovariates.ts'
import { withCalendar } from '../../../src/clv/covariates/withCalendar.ts'
import { withCovariates } from '../../../src/clv/covariates/withCovariates.ts'
import { expectedPurchases } from '../../../src/clv/expectedPurchases.ts'
import { gammaGammaModel } from '../../../src/clv/gammaGamma/gammaGamma.ts'
import { lifetimeValue } from '../../../src/clv/lifetimeValue.ts'
import type { HistoriesOf, LikelihoodModel } from '../../../src/clv/likelihoodOf.ts'
import { fitParetoNbd, paretoNbdModel } from '../../../src/clv/paretoNbd/paretoNbd.ts'
import { periodHistoriesFromColumns } from '../../../src/clv/periodHistories.ts'
import { purchaseDistribution } from '../../../src/clv/purchaseDistribution.ts'
import { simulateHistories } from '../../../src/clv/simulateHistories.ts'
import { bootstrapModel } from '../../../src/clv/uncertainty/bootstrapModel.ts'
import { calibratePurchaseIntervals } from '../../../src/clv/uncertainty/calibrateIntervals.ts'
import { parameterCovariance } from '../../../src/clv/uncertainty/parameterCovariance.ts'
import { parameterIntervals } from '../../../src/clv/uncertainty/parameterIntervals.ts'
import { purchaseIntervals } from '../../../src/clv/uncertainty/purchaseIntervals.ts'
import { customerSummary } from '../../../src/table/customerSummary.ts'
import { featureMatrix } from '../../../src/table/featureMatrix.ts'
import { cdnowSample } from '../../fixtures/cdnow.ts'
import { donations } from '../../fixtures/donations.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { calibration, golden, relativeError } from '../goldens.ts'

/** 300 customers in two channels, of whom those of the app buy twice as often, of every age from 20 to 100 weeks. */
const ages = Float64Array.from({ length: 300 }, (_, i) => 20 + ((7 * i) % 81))
const app = Float64Array.from(ages, (_, i) => Number(i % 3 === 0))
const income = Float64Array.from(ages, (_, i) => 30_000 + 1000 * ((11 * i) % 37))
const covariates = {
  purchases: featureMatrix({ app }),
  dropout: featureMatrix({ income }),
  spend: featureMatrix({ app }),
}
const purchases = { covariates: 'purchases', on: ['alpha'], columns: ['app'], coefficients: [0.7] } as const
const spend = gammaGammaModel({ params: { p: 6, q: 4, v: 15 } })

function simulatedUnder(base: 'bgNbd' | 'mbgNbd' | 'paretoNbd') {
  const isPareto = base === 'paretoNbd'
  const dropout = { covariates: 'dropout', on: [isPareto ? 'beta' : 'a'], columns: ['income'], coefficients: [2e-5] }
  const params = isPareto ? { r: 0.9, alpha: 8, s: 0.8, beta: 40 } : { r: 0.9, alpha: 8, a: 0.3, b: 2.5 }
  const truth = { base, params, effects: [purchases, dropout], timeUnit: 'week' } as Parameters<
    typeof purchaseCovariatesModel
  >[0]
  return simulateHistories(purchaseCovariatesModel(truth), { ages, covariates, spend, seed: 5 })
}

const described = simulatedUnder('bgNbd')
const left = simulatedUnder('paretoNbd')
const donors = periodHistoriesFromColumns(donations())
const survivors = contractHistoriesFromSurvivors([1000, 869, 743, 653, 593, 551, 517, 491])
const stayers = simulateHistories(
  paretoNbdModel({ params: { r: 0.8, alpha: 10, s: 0, beta: 0, leavingOdds: 3 }, timeUnit: 'week' }),
  { ages },
)
const table = cdnowSample()
const histories = calendarHistories(table, { asOf: '1997-05-31' })
const season = Float64Array.from({ length: 90 }, (_, week) => Number(week % 9 < 4))
const calendar = purchaseCalendar({ from: '1997-01-01', covariates: featureMatrix({ season }), periodDays: 7 })
const dated = withCalendar(customerSummary(table, { asOf: '1997-05-31', timeUnit: 'week' }), histories, calendar)

/** 120 customers under seasonal Pareto/NBD, and their calendar. */
const few = golden('fit_seasonal_pareto.json')
const fewHistories: CalendarHistories = {
  customers: few.histories.map((_: number[], c: number) => `${c}`),
  timeUnit: 'day',
  offsets: Uint32Array.from([
    0,
    ...few.histories.map((_: number[], c: number) => few.histories.slice(0, c + 1).flat().length),
  ]),
  day: Int32Array.from(few.histories.flat()),
  lastDay: few.lastDay,
}
const fewCalendar = purchaseCalendar({
  from: '1970-01-01',
  covariates: featureMatrix({ season: few.season }),
  periodDays: few.periodDays,
})
const fewDated = withCalendar(operationalSummary(fewHistories, PLAIN_CLOCK), fewHistories, fewCalendar)

function entry<Model extends LikelihoodModel>(name: string, model: Model, data: HistoriesOf<Model>) {
  return { name, model: model as LikelihoodModel, data: data as HistoriesOf<LikelihoodModel> }
}

const entries = [
  entry('BG/NBD with covariates', fitPurchaseCovariates(described, { base: 'bgNbd', dropout: 'together' }), described),
  entry('Pareto/NBD with covariates', fitPurchaseCovariates(left, { base: 'paretoNbd' }), left),
  entry('Gamma-Gamma with covariates', fitSpendCovariates(described), described),
  entry('seasonal BG/NBD', fitSeasonalPurchases(histories, calendar), dated),
  entry('seasonal Pareto/NBD', fitSeasonalPurchases(fewHistories, fewCalendar, { base: 'paretoNbd' }), fewDated),
  entry('Pareto/NBD', fitParetoNbd(left), left),
  entry('BG/BB', fitBgBb(donors), donors),
  entry('shifted beta-geometric', fitShiftedBetaGeometric(survivors), survivors),
  entry('beta-discrete-Weibull', fitBetaDiscreteWeibull(survivors), survivors),
  entry('Pareto/NBD where some leave at once', fitParetoNbd(stayers), stayers),
]

describe.each(entries)('$name', ({ model, data }) => {
  const { diagnostics } = model
  if (diagnostics.source === 'given') throw new Error('fitted')

  test('the three intervals of each estimate hold it, and agree about its size', () => {
    const [standard, sandwich, profile] = (['standard', 'sandwich', 'profile'] as const).map((method) =>
      parameterIntervals(model, data, { method }),
    )
    expect(standard!.parameters).toEqual(diagnostics.parameters)
    standard!.estimates.forEach((estimate, i) => {
      const isCoefficient = standard!.parameters[i]!.includes(':')
      const error = diagnostics.standardErrors[i]!
      for (const { lower, upper } of [standard!, sandwich!, profile!]) {
        expect(lower[i]).toBeLessThan(estimate)
        expect(upper[i]).toBeGreaterThan(estimate)
      }
      const width = ({ lower, upper }: typeof profile & object): number =>
        isCoefficient ? upper[i]! - lower[i]! : Math.log(upper[i]! / lower[i]!)
      // Of a width of 2 z standard errors, on the scale of logarithms for parameters.
      const expected = 2 * 1.6448536269514722 * (isCoefficient ? error : error / estimate)
      // The optimum is found again within some 1e-8 of the logarithms, and the curvature with it.
      expect(relativeError(width(standard!), expected)).toBeLessThan(1e-5)
      const widths = [standard!, sandwich!, profile!].map(width)
      expect(Math.max(...widths) / Math.min(...widths)).toBeLessThan(3)
    })
  })

  test('the bootstrap varies as the sandwich says', () => {
    const { standardErrors, estimates, values, replicates } = bootstrapModel(model, data, { replicates: 40 })
    const { lower, upper } = parameterIntervals(model, data, { method: 'sandwich' })
    expect(values.length).toBe(40 * estimates.length)
    diagnostics.parameters.forEach((name, i) => {
      const column = Array.from({ length: replicates }, (_, k) => values[k * estimates.length + i]!)
      expect(column.every(Number.isFinite)).toBe(true)
      const isCoefficient = name.includes(':')
      const logs = isCoefficient ? column : column.map(Math.log)
      const mean = logs.reduce((sum, value) => sum + value, 0) / replicates
      const deviation = Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (replicates - 1))
      const width = isCoefficient ? upper[i]! - lower[i]! : Math.log(upper[i]! / lower[i]!)
      expect(standardErrors[i]).toBeGreaterThan(0)
      // A deviation of 40 draws is known to 11 %, and estimates from few customers vary more than their curvature says.
      const ratio = deviation / (width / (2 * 1.6448536269514722))
      expect(ratio).toBeGreaterThan(0.6)
      expect(ratio).toBeLessThan(1.8)
    })
  })
})

describe('covariance', () => {
  test('that of a model with covariates is the one in its diagnostics', () => {
    const { model, data } = entries[0]!
    const { parameters, ofLogs } = parameterCovariance(model, data)
    if (model.diagnostics.source === 'given') throw new Error('fitted')
    const { covariance } = model.diagnostics
    const params = model.params as unknown as Readonly<Record<string, number>>
    const scale = parameters.map((name) => (name.includes(':') ? 1 : params[name]!))
    ofLogs.forEach((row, i) => {
      row.forEach((value, j) => {
        const size = Math.sqrt(covariance[i]![i]! * covariance[j]![j]!)
        expect(Math.abs(value * scale[i]! * scale[j]! - covariance[i]![j]!)).toBeLessThan(1e-6 * size)
      })
    })
  })
})

describe('purchase intervals', () => {
  test('of customers with covariates: about the mean, and quantiles of the exact distribution', () => {
    const model = fitPurchaseCovariates(described, { base: 'bgNbd', dropout: 'together' })
    const { expected, meanLower, meanUpper } = purchaseIntervals(model, described, 26)
    expect(expected).toEqual(expectedPurchases(model, described, 26))
    expected.forEach((mean, row) => {
      expect(meanLower[row]).toBeLessThan(mean)
      expect(meanUpper[row]).toBeGreaterThan(mean)
    })
    const known = { ...model, diagnostics: { source: 'given' as const } }
    const plain = purchaseIntervals(known, described, 26)
    const { probabilities } = purchaseDistribution(known, described, 26, { max: 300 })
    plain.upper.forEach((count, row) => {
      const upTo = (end: number): number =>
        probabilities.subarray(301 * row, 301 * row + end + 1).reduce((sum, chance) => sum + chance, 0)
      expect(upTo(count)).toBeGreaterThan(0.95 - 1e-12)
      if (count > 0) expect(upTo(count - 1)).toBeLessThan(0.95 + 1e-12)
    })
  })

  test('another origin and unit of a covariate change them by the choice of sigma points only', () => {
    const moved = withCovariates(described, {
      purchases: covariates.purchases,
      dropout: featureMatrix({ income: income.map((value) => (value - 45_000) / 1000) }),
    })
    const [one, other] = [described, moved].map((data) =>
      purchaseIntervals(fitPurchaseCovariates(data, { base: 'mbgNbd', dropout: 'together' }), data, 26),
    )
    one!.meanUpper.forEach((value, row) => {
      // Secants over other directions: second order in the standard errors, a tenth or two each.
      expect(relativeError(other!.meanUpper[row]!, value)).toBeLessThan(0.05)
    })
  })

  test('of BG/BB and of seasons', () => {
    const { lower, upper, meanLower, expected } = purchaseIntervals(fitBgBb(donors), donors, 5)
    expected.forEach((mean, row) => {
      expect(meanLower[row]).toBeLessThan(mean)
      expect(lower[row]).toBeLessThanOrEqual(upper[row]!)
      expect(upper[row]).toBeLessThanOrEqual(5)
    })
    const seasonal = purchaseIntervals(fitSeasonalPurchases(histories, calendar), dated, 20)
    seasonal.expected.forEach((mean, row) => {
      expect(seasonal.meanLower[row]).toBeLessThan(mean)
      expect(seasonal.meanUpper[row]).toBeGreaterThan(mean)
    })
  })

  test('values and calibration know covariates too', () => {
    const model = fitPurchaseCovariates(described, { base: 'bgNbd', dropout: 'together' })
    const known = { ...model, diagnostics: { source: 'given' as const } }
    const money = fitSpendCovariates(described)
    const horizon = { weeks: 26 }
    const wide = lifetimeValue(model, money, described, { horizon })
    const narrow = lifetimeValue(known, { ...money, diagnostics: { source: 'given' } }, described, { horizon })
    expect(wide.value).toEqual(narrow.value)
    wide.value.forEach((value, row) => {
      expect(wide.meanLower[row]).toBeLessThan(value)
      expect(narrow.meanLower[row]).toBe(value)
    })
    const counts = described.repeats.map((x) => Math.min(x, 2))
    const { adjustedLevel } = calibratePurchaseIntervals(model, described, counts, { horizon })
    expect(adjustedLevel).toBeGreaterThan(0)
    expect(adjustedLevel).toBeLessThanOrEqual(1)
  })
})

describe('refusals', () => {
  test('of data of another kind, or without covariates', () => {
    const model = entries[0]!.model
    expectRefusal(
      () => parameterIntervals(model, calibration() as HistoriesOf<LikelihoodModel>),
      'BAD_SHAPE',
      'withCovariates',
    )
    const seasonal = entries[3]!.model
    expectRefusal(
      () => parameterIntervals(seasonal, calibration() as HistoriesOf<LikelihoodModel>),
      'BAD_SHAPE',
      'withCalendar',
    )
    const contract = fitShiftedBetaGeometric(survivors)
    const summary = calibration() as unknown as typeof survivors
    expectRefusal(() => parameterIntervals(contract, summary), 'BAD_OPTION', 'contract histories')
    expectRefusal(() => bootstrapModel(contract, summary), 'BAD_OPTION', 'contract histories')
    expectRefusal(() => parameterIntervals(fitBgBb(donors), calibration() as never), 'UNIT_MISMATCH')
  })

  test('purchases of contracts, which have none', () => {
    const contract = fitShiftedBetaGeometric(survivors) as never
    expectRefusal(() => purchaseIntervals(contract, calibration(), 5), 'BAD_OPTION', '"shiftedBetaGeometric"')
  })
})
