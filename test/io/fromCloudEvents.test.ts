import { expect, test } from 'vitest'
import { fromCloudEvents } from '../../src/io/fromCloudEvents.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { refusalsOf, rowsOf } from './importRows.ts'
import { json } from './vendors.ts'

test('the fixture', () => {
  const imported = fromCloudEvents(json('cloudevents.json'))
  expect(rowsOf(imported)).toEqual([
    '2024-05-02 | purchase | ann | C-1 | 64.9 | EUR',
    '2024-05-02 | purchase | bob | C-9 | 12.5 | EUR',
    '2024-05-12 | refund | ann | C-1 | 20 | EUR',
    '2024-05-13 | refund | ann | C-1 | 20.5 | EUR',
    '2024-05-14 | purchase | kei | C-2 | 1980 | JPY',
    '2024-05-15 | purchase | ali | C-3 | 1.234 | KWD',
    '2024-05-16 | cancel | kei | C-2',
    '2024-05-17 | visit | ann | basket | tents',
  ])
  expect(refusalsOf(imported)).toEqual([
    '1 replay: a replay of record 0',
    '9 ignored: records of kind "com.example.order.placed" are not imported',
    '10 fault: the record names no currency; the option "missingCurrency" can name it',
    '11 fault: "subject" must be the customer, got ""',
    '12 fault: "time" must be ISO 8601 text, got null',
    '13 fault: "data" must be an object, got undefined',
  ])
  expect(imported.ledger.money).toEqual([
    { currency: 'EUR', decimals: 2, paid: 7740n, refunded: 4050n },
    { currency: 'JPY', decimals: 0, paid: 1980n, refunded: 0n },
    { currency: 'KWD', decimals: 3, paid: 1234n, refunded: 0n },
  ])
})

test('types can be named, and named ones go before what they look like', () => {
  const records = json('cloudevents.json')
  expect(rowsOf(fromCloudEvents(records, { types: { 'com.example.order.placed': 'purchase' } }))).toHaveLength(9)
  expect(
    fromCloudEvents(records, { types: { 'com.example.visit': 'cancel' } }).rejected.map(({ index }) => index),
  ).toContain(8)
  expectRefusal(() => fromCloudEvents([], { types: { a: 'rating' as never } }), 'BAD_OPTION', 'types["a"]')
})

test.each(['toString', '__proto__', 'constructor'])('the type %s is ignored', (type) => {
  expect(fromCloudEvents([{ specversion: '1.0', type }]).ledger.ignoredKinds).toEqual([{ kind: type, records: 1 }])
})

test('what is no CloudEvent is refused', () => {
  expect(fromCloudEvents([{ type: 'purchase' }]).rejected[0]!.reason).toContain(
    '"specversion" must be that of a CloudEvent',
  )
})

test('data in two forms is refused', () => {
  const record = { specversion: '1.0', id: '1', source: '/s', type: 'purchase', subject: 'ann', time: '2024-05-02' }
  const both = { ...record, data: { value: 1, currency: 'EUR' }, data_base64: 'e30=' }
  const { events, rejected } = fromCloudEvents([both])
  expect(events).toEqual([])
  expect(rejected[0]!.reason).toContain('both "data" and "data_base64"')
})
