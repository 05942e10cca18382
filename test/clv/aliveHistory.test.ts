import { expect, test } from 'vitest'
import { aliveHistory } from '../../src/clv/aliveHistory.ts'
import { probabilityAlive } from '../../src/clv/probabilityAlive.ts'
import { customerSummary } from '../../src/table/customerSummary.ts'
import { purchaseAges } from '../../src/table/purchaseAges.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { histories } from './goldens.ts'
import { atExactFit, givenMbgNbd, givenModel } from './predictions.ts'

const table = cdnowSample()

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

test('every point is the P(alive) of the history so far', () => {
  const ages = [0, 3, 4, 20]
  for (const model of [givenModel([0.5, 10, 0.8, 2]), givenMbgNbd([0.5, 10, 0.8, 2])]) {
    const { age, alive } = aliveHistory(model, { timeUnit: 'day', ages, age: 40 })
    expect([...age]).toEqual(Array.from({ length: 41 }, (_, day) => day))
    age.forEach((now, point) => {
      const past = ages.filter((purchase) => purchase <= now)
      expect(alive[point]).toBe(probabilityAlive(model, histories([past.length - 1, past.at(-1)!, now]))[0])
    })
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
