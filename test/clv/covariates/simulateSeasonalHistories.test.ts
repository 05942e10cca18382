import { describe, expect, test } from 'vitest'
import { purchaseCalendar } from '../../../src/clv/covariates/purchaseCalendar.ts'
import { fitSeasonalPurchases, seasonalPurchasesModel } from '../../../src/clv/covariates/seasonalPurchases.ts'
import { simulateSeasonalHistories } from '../../../src/clv/covariates/simulateSeasonalHistories.ts'
import { featureMatrix } from '../../../src/table/featureMatrix.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { assertFitted } from '../fits.ts'

const calendar = purchaseCalendar({
  from: '2020-01-01',
  covariates: featureMatrix({ sale: Array.from({ length: 160 }, (_, week) => Number(week % 13 < 2)) }),
  periodDays: 7,
})
const effects = [{ covariates: 'purchases', on: ['alpha'], columns: ['sale'], coefficients: [0.8] }] as const
const models = [
  seasonalPurchasesModel({ base: 'bgNbd', params: { r: 0.6, alpha: 300, a: 0.9, b: 2.2 }, effects, timeUnit: 'day' }),
  seasonalPurchasesModel({ base: 'mbgNbd', params: { r: 0.8, alpha: 300, a: 0.6, b: 2.2 }, effects, timeUnit: 'day' }),
  seasonalPurchasesModel({
    base: 'paretoNbd',
    params: { r: 0.6, alpha: 300, s: 0.9, beta: 900 },
    effects,
    timeUnit: 'day',
  }),
]
const months = Array.from({ length: 12 }, (_, month) => `2020-${String(month + 1).padStart(2, '0')}-10`)
const firstDays = Array.from({ length: 1800 }, (_, customer) => months[customer % 12]!)
const asOf = '2022-12-31'

describe('what was simulated', () => {
  test.each(models)('has the parameters that made it, within four standard errors: $base', (model) => {
    const histories = simulateSeasonalHistories(model, calendar, { firstDays, asOf, seed: 3 })
    const { params, effects, diagnostics } = fitSeasonalPurchases(histories, calendar, { base: model.base })
    assertFitted(diagnostics)
    const truth = [...Object.values(model.params), 0.8]
    ;[...Object.values(params), effects[0]!.coefficients[0]!].forEach((estimate, i) => {
      expect(Math.abs(estimate - truth[i]!)).toBeLessThan(4 * diagnostics.standardErrors[i]!)
    })
  })

  test('are ascending days from the first on, the same for the same seed', () => {
    const [model] = models
    const once = simulateSeasonalHistories(model!, calendar, { firstDays, asOf })
    expect(simulateSeasonalHistories(model!, calendar, { firstDays, asOf, seed: 1 })).toEqual(once)
    once.customers.forEach((_, c) => {
      const days = once.day.subarray(once.offsets[c], once.offsets[c + 1])
      expect(days.length).toBeGreaterThan(0)
      for (let i = 1; i < days.length; i++) expect(days[i]).toBeGreaterThan(days[i - 1]!)
      expect(days[days.length - 1]).toBeLessThanOrEqual(once.lastDay)
    })
  })
})

test('refusals', () => {
  const [model] = models
  const of = (options: object) => () => simulateSeasonalHistories(model!, calendar, options as never)
  expectRefusal(of({ firstDays: ['2023-01-05'], asOf }), 'BAD_SHAPE', 'customer 0 begins on 2023-01-05')
  expectRefusal(of({ firstDays: ['soon'], asOf }), 'BAD_OPTION', 'firstDays')
  expectRefusal(of({ firstDays: ['2020-01-05'], asOf: '2024-01-01' }), 'BAD_SHAPE', 'calendar')
})
