import { expect, test } from 'vitest'
import { fromWooCommerce } from '../../src/io/fromWooCommerce.ts'
import { refusalsOf, rowsOf } from './importRows.ts'
import { json } from './vendors.ts'

test('the fixture', () => {
  const imported = fromWooCommerce(json('woocommerce.json'))
  expect(rowsOf(imported)).toEqual([
    '2024-05-02 | purchase | ann@example.org | 727 | 20 | EUR',
    '2024-05-10 | refund | ann@example.org | 727 | 8.11 | EUR',
    '2024-05-20 | refund | ann@example.org | 727 | 11.89 | EUR',
    '2024-05-03 | purchase | 26 | 728 | 50 | EUR',
    '2024-05-04 | purchase | 27 | 729 | 1800 | JPY',
    '2024-05-05 | purchase | 26 | 730 | 20 | EUR',
    '2024-05-06 | cancel | 26 | 730',
    '2024-05-07 | purchase | 28 | 737 | 10 | EUR',
    '2024-05-02 | purchase | 28 | 738 | 10 | EUR',
  ])
  expect(refusalsOf(imported)).toEqual([
    '0 replay: a replay of order 727, of which another state counts',
    '1 replay: a replay of order 727, of which another state counts',
    '3 replay: a replay of order 727, of which another state counts',
    '7 ignored: records of kind "cancelled, not paid" are not imported',
    '8 ignored: records of kind "on-hold, not paid" are not imported',
    '9 fault: a guest without an e-mail address',
    '10 fault: the record names no currency; the option "missingCurrency" can name it',
    '13 fault: "total" must be an amount of at least 0 and at most 15 digits, got "1,000.00"',
  ])
  expect(imported.ledger.money).toEqual([
    { currency: 'EUR', decimals: 2, paid: 11000n, refunded: 2000n },
    { currency: 'JPY', decimals: 0, paid: 1800n, refunded: 0n },
  ])
})

test('the fixture with tax and shipping', () => {
  const imported = fromWooCommerce(json('woocommerce.json'), { value: 'gross' })
  expect(rowsOf(imported)).toEqual([
    '2024-05-02 | purchase | ann@example.org | 727 | 29.35 | EUR',
    '2024-05-10 | refund | ann@example.org | 727 | 11.9 | EUR',
    '2024-05-20 | refund | ann@example.org | 727 | 17.45 | EUR',
    '2024-05-03 | purchase | 26 | 728 | 59.5 | EUR',
    '2024-05-04 | purchase | 27 | 729 | 1980 | JPY',
    '2024-05-05 | purchase | 26 | 730 | 23.8 | EUR',
    '2024-05-06 | cancel | 26 | 730',
    '2024-05-07 | purchase | 28 | 737 | 10 | EUR',
    '2024-05-02 | purchase | 28 | 738 | 10 | EUR',
  ])
  expect(refusalsOf(imported)).toEqual([
    '0 replay: a replay of order 727, of which another state counts',
    '1 replay: a replay of order 727, of which another state counts',
    '3 replay: a replay of order 727, of which another state counts',
    '7 ignored: records of kind "cancelled, not paid" are not imported',
    '8 ignored: records of kind "on-hold, not paid" are not imported',
    '9 fault: a guest without an e-mail address',
    '10 fault: the record names no currency; the option "missingCurrency" can name it',
    '13 fault: "total" must be an amount of at least 0 and at most 15 digits, got "1,000.00"',
  ])
  expect(imported.ledger.money).toEqual([
    { currency: 'EUR', decimals: 2, paid: 13265n, refunded: 2935n },
    { currency: 'JPY', decimals: 0, paid: 1980n, refunded: 0n },
  ])
})

const ORDER = {
  id: 1,
  status: 'completed',
  currency: 'EUR',
  customer_id: 5,
  date_paid_gmt: '2024-05-02T23:30:00',
  total: '10.00',
}

test('times without a zone are UTC', () => {
  expect(fromWooCommerce([ORDER]).events[0]!.time).toBe(Date.UTC(2024, 4, 2, 23, 30))
})

test('a refund is dated by itself, or else by the first state of the order that shows it', () => {
  const refunds = [
    { id: 8, total: '-1.00' },
    { id: 9, amount: '2.00', date_created_gmt: '2024-05-04T00:00:00' },
  ]
  const [later, sooner] = ['2024-06-01T00:00:00', '2024-05-10T00:00:00'].map((date_modified_gmt) => ({
    ...ORDER,
    date_modified_gmt,
    refunds,
  }))
  expect(rowsOf(fromWooCommerce([later, sooner]))).toEqual([
    '2024-05-02 | purchase | 5 | 1 | 10 | EUR',
    '2024-05-10 | refund | 5 | 1 | 1 | EUR',
    '2024-05-04 | refund | 5 | 1 | 2 | EUR',
  ])
})

test('an order refunded without any refund is taken back whole', () => {
  expect(rowsOf(fromWooCommerce([{ ...ORDER, status: 'refunded' }]))).toHaveLength(2)
})

test.each([
  [{ id: null }, '"id" must be the number of the order'],
  [{ status: '', date_paid_gmt: null }, 'the order has no status'],
  [{ total: '1', total_tax: '2' }, 'tax and shipping are more than the total'],
  [{ total_tax: 'x' }, '"total_tax" must be an amount'],
  [{ refunds: [{ id: 1, total: 'x' }] }, '"refunds[0].total" must be an amount'],
  [{ date_paid_gmt: 'x' }, '"date_paid_gmt" must be ISO 8601 text'],
])('refused: %o', (part, reason) =>
  expect(fromWooCommerce([{ ...ORDER, ...part }]).rejected[0]!.reason).toContain(reason),
)

// The one that came first once counted, and a cancellation could be lost.
test('of two states of one second that which is cancelled counts', () => {
  const state = { ...ORDER, date_modified_gmt: '2024-05-05T00:00:00' }
  const states = [state, { ...state, status: 'cancelled' }]
  const rows = ['2024-05-02 | purchase | 5 | 1 | 10 | EUR', '2024-05-05 | cancel | 5 | 1']
  expect(rowsOf(fromWooCommerce(states))).toEqual(rows)
  expect(rowsOf(fromWooCommerce(states.toReversed()))).toEqual(rows)
})
