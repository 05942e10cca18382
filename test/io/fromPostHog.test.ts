import { expect, test } from 'vitest'
import { fromPostHog } from '../../src/io/fromPostHog.ts'
import { refusalsOf, rowsOf } from './importRows.ts'
import { json } from './vendors.ts'

test('the fixture', () => {
  const imported = fromPostHog(json('posthog.json'))
  expect(rowsOf(imported)).toEqual([
    '2024-05-02 | visit | 018daf23 | product_viewed | 507f',
    '2024-05-02 | purchase | 018daf23 | P-1 | 49.95 | EUR',
    '2024-05-12 | refund | 018daf23 | P-1 | 16.65 | EUR',
    '2024-05-14 | refund | 018daf23 | P-1 | 16.65 | EUR',
    '2024-05-31 | purchase | u-kei | P-2 | 1980 | JPY',
    '2024-06-02 | purchase | u-bob | P-3 | 8.4 | EUR',
    '2024-06-03 | cancel | u-bob | P-3',
  ])
  expect(refusalsOf(imported)).toEqual([
    '0 ignored: records of kind "$pageview" are not imported',
    '3 replay: a replay of record 2',
    '4 ignored: records of kind "$identify" are not imported',
    '10 fault: the record names no currency; the option "missingCurrency" can name it',
    '11 fault: the record names no customer',
    '12 fault: "properties" must be an object, or JSON text of one, got "{"order_id":"',
  ])
  expect(imported.ledger.money).toEqual([
    { currency: 'EUR', decimals: 2, paid: 5835n, refunded: 3330n },
    { currency: 'JPY', decimals: 0, paid: 1980n, refunded: 0n },
  ])
})
