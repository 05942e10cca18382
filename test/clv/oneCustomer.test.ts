import { describe, expect, test } from 'vitest'
import { bgBbModel } from '../../src/clv/bgBb/bgBb.ts'
import { modelOfCustomer } from '../../src/clv/covariates/customerModels.ts'
import { operationalSummary, PLAIN_CLOCK } from '../../src/clv/covariates/operationalSummary.ts'
import { purchaseCovariatesModel } from '../../src/clv/covariates/purchaseCovariates.ts'
import { withCalendar } from '../../src/clv/covariates/withCalendar.ts'
import { expectedPurchases, expectedPurchasesOfNewCustomer } from '../../src/clv/expectedPurchases.ts'
import { purchaseDistribution, purchaseDistributionOfNewCustomer } from '../../src/clv/purchaseDistribution.ts'
import type { PurchaseModel } from '../../src/clv/purchaseModel.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { calendarOf, historiesOf } from './covariates/calendars.ts'
import { BASE_PARAMS, effectOn, seasonalOf } from './covariates/effects.ts'
import { relativeError } from './goldens.ts'

const SEASON = Float64Array.from({ length: 400 }, (_, day) => Math.sin(day / 9))
const CALENDAR = calendarOf({ season: SEASON })
/** Day 20. */
const FIRST = '1970-01-21'
const described = purchaseCovariatesModel({
  base: 'paretoNbd',
  params: BASE_PARAMS.paretoNbd,
  effects: [effectOn('alpha'), effectOn('beta')],
  timeUnit: 'week',
})

describe('a new customer with covariates', () => {
  test('is one of the model of these covariates', () => {
    const covariates = { purchases: { app: 1.5 }, dropout: { app: -0.3 } }
    const own = modelOfCustomer(described, covariates)
    expect(expectedPurchasesOfNewCustomer(described, 52, { covariates })).toBe(expectedPurchasesOfNewCustomer(own, 52))
    expect(purchaseDistributionOfNewCustomer(described, 52, { covariates, max: 9 })).toEqual(
      purchaseDistributionOfNewCustomer(own, 52, { max: 9 }),
    )
  })

  test('whose covariates are 0 is one of the parameters', () => {
    const covariates = { purchases: { app: 0 }, dropout: { app: 0 } }
    const { params, timeUnit } = described
    const plain = { kind: 'paretoNbd', version: 1, timeUnit, params, diagnostics: { source: 'given' } } as PurchaseModel
    const expected = expectedPurchasesOfNewCustomer(plain, 52)
    expect(expectedPurchasesOfNewCustomer(described, 52, { covariates })).toBe(expected)
    // Who buys e^0.4 times as fast at a covariate of 1 does so in e^−0.4 of the time, but for dropout.
    const faster = expectedPurchasesOfNewCustomer(described, 52, {
      covariates: { ...covariates, purchases: { app: 1 } },
    })
    expect(relativeError(faster, Math.exp(0.4) * expected)).toBeLessThan(1e-14)
  })
})

describe.each(['bgNbd', 'mbgNbd', 'paretoNbd'] as const)('a new customer under seasonal %s', (base) => {
  const model = seasonalOf(base)
  const born = { firstPurchase: FIRST, calendar: CALENDAR }

  test('is one whose history begins and ends today', () => {
    const histories = historiesOf([[20]], 20)
    const today = withCalendar(operationalSummary(histories, PLAIN_CLOCK), histories, CALENDAR)
    for (const horizon of [1, 30.5, 365]) {
      const expected = expectedPurchasesOfNewCustomer(model, horizon, born)
      expect(relativeError(expected, expectedPurchases(model, today, horizon)[0]!)).toBeLessThan(1e-14)
      const chances = purchaseDistributionOfNewCustomer(model, horizon, { ...born, max: 30 })
      const { probabilities } = purchaseDistribution(model, today, horizon, { max: 30 })
      for (let n = 1; n <= 30; n++) expect(relativeError(chances[n]!, probabilities[n]!)).toBeLessThan(1e-13)
    }
  })

  test('has an expectation that is the mean of the distribution', () => {
    const chances = purchaseDistributionOfNewCustomer(model, 60, { ...born, max: 400 })
    const mean = chances.reduce((sum, chance, n) => sum + n * chance, 0)
    expect(Math.abs(chances.reduce((sum, chance) => sum + chance, 0) - 1)).toBeLessThan(1e-12)
    expect(relativeError(mean, expectedPurchasesOfNewCustomer(model, 60, born))).toBeLessThan(1e-11)
  })

  test('is one of the plain model where the season has no effect, and buys more the better the season to come', () => {
    const still = seasonalOf(base, 0)
    const plain = { kind: base, version: 1, timeUnit: 'day', params: still.params, diagnostics: { source: 'given' } }
    // Two ways to the same integrals.
    expect(
      relativeError(
        expectedPurchasesOfNewCustomer(still, 90, born),
        expectedPurchasesOfNewCustomer(plain as PurchaseModel, 90),
      ),
    ).toBeLessThan(1e-12)
    const bornOn = (firstPurchase: string): number =>
      expectedPurchasesOfNewCustomer(model, 20, { calendar: CALENDAR, firstPurchase })
    // The season is best from day 5 to 24, and worst from day 33 to 52.
    expect(bornOn('1970-01-06')).toBeGreaterThan(2 * bornOn('1970-02-03'))
  })

  test('is refused without the day and the calendar, or beyond it', () => {
    const { firstPurchase, calendar } = born
    for (const ask of [expectedPurchasesOfNewCustomer, purchaseDistributionOfNewCustomer] as const) {
      expectRefusal(() => ask(model, 30), 'BAD_OPTION', '"calendar" must be')
      expectRefusal(() => ask(model, 30, { firstPurchase }), 'BAD_OPTION', '"calendar" must be')
      expectRefusal(() => ask(model, 30, { calendar }), 'BAD_OPTION', '"firstPurchase" must be a day')
      expectRefusal(() => ask(model, 400, born), 'BAD_SHAPE', 'the calendar must reach 400 days beyond 1970-01-21')
      const late = { calendar, firstPurchase: '1975-01-01' }
      expectRefusal(() => ask(model, 30, late), 'BAD_SHAPE', 'the calendar must reach')
      const other = { firstPurchase, calendar: calendarOf({ promo: SEASON }) }
      expectRefusal(() => ask(model, 30, other), 'BAD_SHAPE', 'season')
    }
  })
})

describe('refusals', () => {
  test('of a model with covariates without those of the customer', () => {
    expectRefusal(() => expectedPurchasesOfNewCustomer(described, 9), 'BAD_OPTION', '"covariates" must be')
    const some = { covariates: { purchases: { app: 1 } } }
    expectRefusal(() => expectedPurchasesOfNewCustomer(described, 9, some), 'BAD_OPTION', 'covariates.dropout.app')
    expectRefusal(() => purchaseDistributionOfNewCustomer(described, 9), 'BAD_OPTION', '"covariates" must be')
  })

  test('models that need to know nothing do not mind', () => {
    const bgBb = bgBbModel({ params: { alpha: 1, beta: 1, gamma: 1, delta: 2 } })
    const options = { covariates: {}, calendar: CALENDAR, firstPurchase: FIRST }
    expect(expectedPurchasesOfNewCustomer(bgBb, 6, options)).toBe(expectedPurchasesOfNewCustomer(bgBb, 6))
  })
})
