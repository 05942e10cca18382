import { expect, test } from 'vitest'
import { fromGa4 } from '../../src/io/fromGa4.ts'
import { refusalsOf, rowsOf } from './importRows.ts'
import { json } from './vendors.ts'

test('the fixture', () => {
  const imported = fromGa4(json('ga4.json'))
  expect(rowsOf(imported)).toEqual([
    '2024-05-02 | purchase | 188.571 | T-1 | 19.99 | EUR',
    '2024-05-03 | refund | 188.571 | T-1 | 5 | EUR',
    '2024-05-04 | refund | 188.571 | T-1 | 5 | EUR',
    '2024-05-02 | purchase | u-kei | T-2 | 1980 | JPY',
    '2024-05-03 | cancel | u-kei | T-2',
    '2024-05-02 | purchase | 203.1 | - | 7.25 | EUR',
    '2024-05-02 | purchase | 204.1 | T-6 | 3.5 | EUR',
    '2024-05-02 | refund | 205.1 | T-0 | 2 | EUR',
  ])
  expect(refusalsOf(imported)).toEqual([
    '0 ignored: records of kind "page_view" are not imported',
    '2 replay: a replay of record 1',
    '5 replay: a replay of record 4',
    '8 fault: the record names no currency; the option "missingCurrency" can name it',
    '9 fault: "value" must be an amount of at least 0 and at most 15 digits, got undefined',
    '11 fault: the record names no customer',
    '13 fault: the record names no customer, and no purchase among the records has its order',
  ])
  expect(imported.ledger.money).toEqual([
    { currency: 'EUR', decimals: 2, paid: 3074n, refunded: 1200n },
    { currency: 'JPY', decimals: 0, paid: 1980n, refunded: 0n },
  ])
})

test('microseconds are read as numbers and as texts, and what is none is refused', () => {
  const [, sold] = json('ga4.json') as [unknown, object]
  const times = [1714645800000999, '1714645800000999'].map(
    (event_timestamp) => fromGa4([{ ...sold, event_timestamp }]).events[0]!.time,
  )
  expect(times).toEqual([1714645800000, 1714645800000])
  for (const event_timestamp of [1.5, '2024-05-02', null, '99999999999999999999'])
    expect(fromGa4([{ ...sold, event_timestamp }]).rejected[0]!.reason).toContain('whole microseconds since 1970')
})
