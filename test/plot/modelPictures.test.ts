import { describe, expect, test } from 'vitest'
import { aliveHistory } from '../../src/clv/aliveHistory.ts'
import { bgNbdModel } from '../../src/clv/bgNbd/bgNbd.ts'
import { expectedPurchases } from '../../src/clv/expectedPurchases.ts'
import { frequencyClasses } from '../../src/clv/frequencyClasses.ts'
import { gammaGammaModel } from '../../src/clv/gammaGamma/gammaGamma.ts'
import { heterogeneity } from '../../src/clv/heterogeneity.ts'
import { historyMatrix } from '../../src/clv/historyMatrix.ts'
import { lifetimeValue } from '../../src/clv/lifetimeValue.ts'
import { nbdModel } from '../../src/clv/nbd/nbd.ts'
import { paretoNbdModel } from '../../src/clv/paretoNbd/paretoNbd.ts'
import { trackForecast } from '../../src/clv/trackForecast.ts'
import {
  aliveHistoryPlot,
  concentrationPlot,
  densityPlot,
  forecastPlot,
  frequencyClassPlot,
  historyMatrixPlot,
  valueDistributionPlot,
} from '../../src/plot/index.ts'
import { holdout } from '../../src/table/holdout.ts'
import { purchaseAges } from '../../src/table/purchaseAges.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const table = cdnowSample()
const { before, after } = holdout(table, { cutoff: '1997-10-01', horizon: { weeks: 39 } })
const params = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
const model = bgNbdModel({ params, timeUnit: 'week' })

/** What a reader is told of a picture. */
const nameOf = (svg: string): string => /aria-label="([^"]*)"/.exec(svg)![1]!
const descriptionOf = (svg: string): string => /<desc>([^<]*)</.exec(svg)![1]!

describe('what models hand out goes straight into the pictures, and says what it is', () => {
  test('a track', () => {
    const weekly = trackForecast(model, before, inSteps(7))
    expect(descriptionOf(forecastPlot(weekly, { show: 'cumulative' }))).toMatch(
      /^39 weeks. In all, 1,882 purchases were made and 1,653/,
    )
    expect(weekly.ends).toBe(weekly.steps)
    expect(nameOf(forecastPlot(weekly))).toBe('Purchases made and expected in each week')
  })

  test('a track in other steps than weeks', () => {
    const ofDays = (days: number): string =>
      forecastPlot(trackForecast(model, before, inSteps(days), { step: { days } }))
    expect(nameOf(ofDays(28))).toBe('Purchases made and expected in each 4 weeks')
    expect(descriptionOf(ofDays(28))).toMatch(/^36 weeks. In the last 4 weeks, /)
    expect(nameOf(ofDays(1))).toBe('Purchases made and expected in each day')
    expect(nameOf(ofDays(10))).toBe('Purchases made and expected in each 10 days')
  })

  test('a history', () => {
    const svg = aliveHistoryPlot(aliveHistory(model, purchaseAges(table, '0001', { asOf: '1998-06-30' })))
    expect(descriptionOf(svg)).toMatch(/^4 purchases in 77\.\d weeks; /)
  })

  test('a matrix', () => {
    const matrix = historyMatrix(model, { age: 39, horizon: 13 })
    expect(nameOf(historyMatrixPlot(matrix))).toBe('purchases expected in 13 weeks by repeats and time of the last one')
    const alive = historyMatrixPlot(matrix, { show: 'alive' })
    expect(nameOf(alive)).toBe('P(alive) by repeats and time of the last one')
    expect(alive).toContain('>0 to 0.17<')
  })

  test('densities, each with its own unit', () => {
    const { rate, dropout } = heterogeneity(model)
    expect(nameOf(densityPlot(rate))).toBe('How customers differ in purchases a week')
    expect(nameOf(densityPlot(dropout))).toBe('How customers differ in probability to leave')
    const pareto = paretoNbdModel({ params: { r: 1, alpha: 10, s: 4, beta: 20 }, timeUnit: 'day' })
    expect(nameOf(densityPlot(heterogeneity(pareto).dropout))).toBe('How customers differ in departures a day')
    const nbd = nbdModel({ params: { r: 1, alpha: 10 }, timeUnit: 'week' })
    expectRefusal(() => densityPlot(heterogeneity(nbd).dropout), 'NOT_ENOUGH_DATA')
    expect(nameOf(densityPlot({ at: [0, 1], density: [1, 1], mean: 0.5 }))).toBe('How customers differ in quantity')
  })

  test('classes', () => {
    const classes = frequencyClasses(before, expectedPurchases(model, before, 39), after.purchaseDays)
    expect(descriptionOf(frequencyClassPlot(classes))).toContain('2,357 customers')
  })

  test('values', () => {
    const spend = gammaGammaModel({ params: { p: 6.25, q: 3.74, v: 15.44 }, currency: before.currency })
    const { value, currency } = lifetimeValue(model, spend, before, { horizon: { weeks: 52 }, level: 'none' })
    expect(descriptionOf(valueDistributionPlot(value, { currency }))).toContain('2,357 customers')
    expect(concentrationPlot(value)).toContain('<svg')
  })
})

/** Purchases in each whole step of `days`. */
function inSteps(days: number): Float64Array {
  return Float64Array.from({ length: Math.floor(after.daily.length / days) }, (_, k) =>
    after.daily.subarray(k * days, (k + 1) * days).reduce((sum, purchases) => sum + purchases, 0),
  )
}
