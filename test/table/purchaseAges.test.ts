import { expect, test } from 'vitest'
import { purchaseAges } from '../../src/table/purchaseAges.ts'
import { eventTable } from '../../src/table/tableFromEvents.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'

test('purchase days of one customer, refunded ones left out, up to the day', () => {
  const purchase = (time: string, order: string) =>
    ({ type: 'purchase', customer: 'ann', time, value: 5, order }) as const
  const table = eventTable([
    { type: 'purchase', customer: 'bob', time: '2024-01-01', value: 3 },
    purchase('2024-01-10', 'a'),
    purchase('2024-01-10', 'b'),
    purchase('2024-01-17', 'c'),
    purchase('2024-01-24', 'd'),
    { type: 'cancel', customer: 'ann', time: '2024-01-18', order: 'c' },
    purchase('2024-03-01', 'e'),
  ])
  const { ages, age, timeUnit, firstPurchase } = purchaseAges(table, 'ann', { asOf: '2024-01-31' })
  expect(timeUnit).toBe('week')
  expect(Array.from(ages)).toEqual([0, 2])
  expect(age).toBe(3)
  expect(firstPurchase).toBe('2024-01-10')
  expect(Array.from(purchaseAges(table, 'ann', { asOf: '2024-03-01', timeUnit: 'day' }).ages)).toEqual([0, 14, 51])
})

test('refusals', () => {
  const table = cdnowSample()
  expectRefusal(() => purchaseAges(table, 'nobody', { asOf: '1998-06-30' }), 'BAD_OPTION', 'customer')
  expectRefusal(() => purchaseAges(table, '0001', { asOf: '1990-01-01' }), 'BAD_OPTION', 'customer')
  expectRefusal(() => purchaseAges(table, '0001', { asOf: 'today' }), 'BAD_OPTION', 'asOf')
})
