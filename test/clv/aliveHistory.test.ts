import { describe, expect, test } from 'vitest'
import { aliveHistory } from '../../src/clv/aliveHistory.ts'
import { bgBbModel } from '../../src/clv/bgBb/bgBb.ts'
import { bgCnbdKModel } from '../../src/clv/bgNbd/bgCnbdK.ts'
import { calendarHistories } from '../../src/clv/covariates/calendarHistories.ts'
import { modelOfCustomer } from '../../src/clv/covariates/customerModels.ts'
import { operationalSummary, PLAIN_CLOCK } from '../../src/clv/covariates/operationalSummary.ts'
import { purchaseCalendar } from '../../src/clv/covariates/purchaseCalendar.ts'
import { type PurchaseCovariatesModel, purchaseCovariatesModel } from '../../src/clv/covariates/purchaseCovariates.ts'
import { withCalendar } from '../../src/clv/covariates/withCalendar.ts'
import { withCovariates } from '../../src/clv/covariates/withCovariates.ts'
import { nbdModel } from '../../src/clv/nbd/nbd.ts'
import { paretoNbdModel } from '../../src/clv/paretoNbd/paretoNbd.ts'
import { periodHistories, periodHistoriesFromColumns } from '../../src/clv/periodHistories.ts'
import { probabilityAlive } from '../../src/clv/probabilityAlive.ts'
import type { PurchaseModel } from '../../src/clv/purchaseModel.ts'
import { purchasePeriods } from '../../src/clv/purchasePeriods.ts'
import { customerSummary } from '../../src/table/customerSummary.ts'
import { featureMatrix } from '../../src/table/featureMatrix.ts'
import { purchaseAges } from '../../src/table/purchaseAges.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { calendarOf, historiesOf } from './covariates/calendars.ts'
import { effectOn, seasonalOf } from './covariates/effects.ts'
import { histories } from './goldens.ts'
import { atExactFit, givenMbgNbd, givenModel } from './predictions.ts'

const table = cdnowSample()
const SEASON = Float64Array.from({ length: 365 }, (_, day) => Math.sin(day / 5))
const CALENDAR = calendarOf({ season: SEASON })

test('its last point is what probabilityAlive says, for every customer of CDNOW', () => {
  const summary = customerSummary(table, { asOf: '1998-06-30', timeUnit: 'week' })
  const model = atExactFit()
  const now = probabilityAlive(model, summary)
  for (let row = 0; row < summary.customers.length; row += 97) {
    const history = purchaseAges(table, summary.customers[row]!, { asOf: '1998-06-30' })
    expect(history.ages.length - 1).toBe(summary.repeats[row])
    const { age, alive } = aliveHistory(model, history)
    expect(age.length).toBe(Math.round(7 * summary.age[row]!) + 1)
    // Ages are whole days as sevenths of weeks, once as a product and once as a quotient.
    expect(Math.abs(alive.at(-1)! - now[row]!)).toBeLessThan(1e-12)
  }
})

describe('every point is the P(alive) of the history so far', () => {
  const ages = [0, 3, 4, 20]
  const history = { timeUnit: 'day', ages, age: 40 } as const
  const params = { r: 0.5, alpha: 10, a: 0.8, b: 2 }
  /** What was known at an age: x, t_x and T. */
  const at = (now: number): [number, number, number] => {
    const past = ages.filter((purchase) => purchase <= now)
    return [past.length - 1, past.at(-1)!, now]
  }
  const days = Array.from({ length: 41 }, (_, day) => day)

  test.each<[string, PurchaseModel]>([
    ['BG/NBD', givenModel([0.5, 10, 0.8, 2])],
    ['MBG/NBD', givenMbgNbd([0.5, 10, 0.8, 2])],
    ['BG/CNBD-3', bgCnbdKModel({ params: { ...params, k: 3 }, timeUnit: 'day' })],
    ['MBG/CNBD-3', bgCnbdKModel({ params: { ...params, k: 3 }, timeUnit: 'day', modified: true })],
    ['Pareto/NBD', paretoNbdModel({ params: { r: 0.5, alpha: 10, s: 0.6, beta: 12 }, timeUnit: 'day' })],
    ['its limit', paretoNbdModel({ params: { r: 0.5, alpha: 10, s: 0, beta: 0, leavingOdds: 0.4 }, timeUnit: 'day' })],
    ['NBD', nbdModel({ params: { r: 0.5, alpha: 10 }, timeUnit: 'day' })],
  ])('%s', (_, model) => {
    const { age, alive } = aliveHistory(model, history)
    expect([...age]).toEqual(days)
    expect([...alive]).toEqual(days.map((now) => probabilityAlive(model, histories(at(now)))[0]))
  })

  test('BG/BB', () => {
    const model = bgBbModel({ params: { alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.8 } })
    const { age, alive } = aliveHistory(model, { timeUnit: 'period', ages, age: 40 })
    expect([...age]).toEqual(days)
    const known = days.map((now) => {
      const [x, last, n] = at(now)
      return periodHistoriesFromColumns({ repeats: [x], lastPeriod: [last], periods: [n] })
    })
    expect([...alive]).toEqual(known.map((past) => probabilityAlive(model, past)[0]))
  })

  const covariates = { purchases: { app: 1.5 }, dropout: { app: -0.3 } }
  const app = (value: number) => featureMatrix({ app: [value] })
  test.each<[string, PurchaseCovariatesModel]>([
    [
      'BG/NBD with covariates',
      purchaseCovariatesModel({ base: 'bgNbd', params, effects: [effectOn('alpha'), effectOn('a')], timeUnit: 'day' }),
    ],
    [
      'Pareto/NBD with covariates',
      purchaseCovariatesModel({
        base: 'paretoNbd',
        params: { r: 0.5, alpha: 10, s: 0.6, beta: 12 },
        effects: [effectOn('alpha'), effectOn('beta')],
        timeUnit: 'day',
      }),
    ],
  ])('%s', (_, model) => {
    const { alive } = aliveHistory(model, history, { covariates })
    const known = days.map((now) => withCovariates(histories(at(now)), { purchases: app(1.5), dropout: app(-0.3) }))
    expect([...alive]).toEqual(known.map((past) => probabilityAlive(model, past)[0]))
    expect([...alive]).toEqual([...aliveHistory(modelOfCustomer(model, covariates), history).alive])
  })

  test.each(['bgNbd', 'mbgNbd', 'paretoNbd'] as const)('seasonal %s', (base) => {
    const model = seasonalOf(base)
    const { alive } = aliveHistory(model, { ...history, firstPurchase: '1970-01-10' }, { calendar: CALENDAR })
    const known = days.map((now) => {
      const past = historiesOf([ages.filter((age) => age <= now).map((age) => 9 + age)], 9 + now)
      return withCalendar(operationalSummary(past, PLAIN_CLOCK), past, CALENDAR)
    })
    expect([...alive]).toEqual(known.map((past) => probabilityAlive(model, past)[0]))
    expect(new Set(alive).size).toBeGreaterThan(20)
  })
})

test('the history of a customer of a table, on the calendar and in periods', () => {
  const [seasonal, weekly] = [seasonalOf('mbgNbd', 0.8, 'week'), calendarHistories(table, { asOf: '1998-06-30' })]
  const summary = customerSummary(table, { asOf: '1998-06-30', timeUnit: 'week' })
  const calendar = purchaseCalendar({
    from: '1997-01-01',
    covariates: featureMatrix({ season: Float64Array.from({ length: 80 }, (_, week) => Math.sin(week / 4)) }),
    periodDays: 7,
  })
  const now = probabilityAlive(seasonal, withCalendar(summary, weekly, calendar))
  const inPeriods = periodHistories(table, { asOf: '1998-06-30', period: { weeks: 4 } })
  const bgBb = bgBbModel({ params: { alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.8 } })
  const still = probabilityAlive(bgBb, inPeriods)
  for (let row = 0; row < summary.customers.length; row += 331) {
    const id = summary.customers[row]!
    const { alive } = aliveHistory(seasonal, purchaseAges(table, id, { asOf: '1998-06-30' }), { calendar })
    // Ages are whole days as sevenths of weeks, once as a product and once as a quotient.
    expect(Math.abs(alive.at(-1)! - now[row]!)).toBeLessThan(1e-12)
    const periods = purchasePeriods(table, id, { asOf: '1998-06-30', period: { weeks: 4 } })
    const history = aliveHistory(bgBb, periods)
    expect(history.alive.length).toBe(inPeriods.age[row]! + 1)
    expect(history.alive.at(-1)).toBe(still[row])
  }
})

test('it falls in silence, and after a purchase the past silence no longer counts', () => {
  const { alive } = aliveHistory(givenModel([0.5, 10, 0.8, 2]), { timeUnit: 'day', ages: [0, 10, 40], age: 60 })
  expect([...alive.subarray(0, 10)]).toEqual(Array(10).fill(1))
  for (let day = 11; day < 40; day++) expect(alive[day]).toBeLessThan(alive[day - 1]!)
  expect(alive[40]).toBeGreaterThan(alive[39]!)
})

test('longer steps are some of the points', () => {
  const history = { timeUnit: 'day', ages: [0, 10, 40], age: 65 } as const
  const model = givenModel([0.5, 10, 0.8, 2])
  const daily = aliveHistory(model, history).alive
  const weekly = aliveHistory(model, history, { step: { weeks: 1 } })
  expect([...weekly.alive]).toEqual(Array.from({ length: 10 }, (_, week) => daily[7 * week]))
})

test('refusals', () => {
  const model = givenModel([0.5, 10, 0.8, 2])
  const history = { timeUnit: 'day', ages: [0, 10], age: 20 } as const
  expectRefusal(() => aliveHistory(atExactFit(), history), 'UNIT_MISMATCH', 'aliveHistory')
  for (const ages of [[], [1, 10], [0, 10, 10], [0, 30], [0, Number.NaN]]) {
    expectRefusal(() => aliveHistory(model, { ...history, ages }), 'BAD_SHAPE', 'ages')
  }
  expectRefusal(() => aliveHistory(model, history, { step: { days: 0 } }), 'BAD_OPTION', 'step')
  expectRefusal(() => aliveHistory(model, history, { step: { days: 1e-6 } }), 'BAD_OPTION', 'step')
})

test('refusals of models that must know more', () => {
  const history = { timeUnit: 'day', ages: [0, 10], age: 20, firstPurchase: '1970-01-10' } as const
  const described = purchaseCovariatesModel({
    base: 'bgNbd',
    params: { r: 0.5, alpha: 10, a: 0.8, b: 2 },
    effects: [effectOn('alpha')],
    timeUnit: 'day',
  })
  expectRefusal(() => aliveHistory(described, history), 'BAD_OPTION', '"covariates" must be those of the customer')
  expectRefusal(() => aliveHistory(described, history, { covariates: {} }), 'BAD_OPTION', 'covariates.purchases.app')
  const bgBb = bgBbModel({ params: { alpha: 1, beta: 1, gamma: 1, delta: 2 } })
  const half = { timeUnit: 'period', ages: [0, 1.5], age: 6 } as const
  expectRefusal(() => aliveHistory(bgBb, half), 'BAD_SHAPE', 'whole periods')
  expectRefusal(() => aliveHistory(bgBb, history as never), 'UNIT_MISMATCH')
  expectRefusal(() => aliveHistory(bgBb as never, half as never, { step: { days: 1 } }), 'BAD_OPTION', 'step')
  for (const base of ['bgNbd', 'paretoNbd'] as const) {
    const seasonal = seasonalOf(base)
    const options = { calendar: CALENDAR }
    expectRefusal(() => aliveHistory(seasonal, history), 'BAD_OPTION', '"calendar" must be')
    const { firstPurchase, ...undated } = history
    expectRefusal(() => aliveHistory(seasonal, undated, options), 'BAD_OPTION', '"firstPurchase" must be a day')
    expectRefusal(() => aliveHistory(seasonal, { ...history, ages: [0, 1.5] }, options), 'BAD_SHAPE', 'whole days')
    expectRefusal(
      () => aliveHistory(seasonal, history, { ...options, step: { days: 0.5 } }),
      'BAD_OPTION',
      'whole days',
    )
    const long = { ...history, age: 400 }
    expectRefusal(() => aliveHistory(seasonal, long, options), 'BAD_SHAPE', 'the calendar must reach')
    const early = { ...history, firstPurchase: '1969-12-01' }
    expectRefusal(() => aliveHistory(seasonal, early, options), 'BAD_SHAPE', 'the calendar must reach from 1969-12-02')
    const other = { calendar: calendarOf({ promo: SEASON }) }
    expectRefusal(() => aliveHistory(seasonal, history, other), 'BAD_SHAPE', 'season')
  }
})
