import { describe, expect, test } from 'vitest'
import { fromStripe } from '../../src/io/fromStripe.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { refusalsOf, rowsOf } from './importRows.ts'
import { json } from './vendors.ts'

test('the fixture, charges as sales', () => {
  const imported = fromStripe(json('stripe.json'))
  expect(rowsOf(imported)).toEqual([
    '2024-05-12 | refund | cus_ann | ch_1 | 10 | EUR',
    '2024-05-02 | purchase | cus_ann | ch_1 | 50 | EUR',
    '2024-05-07 | refund | cus_ann | ch_1 | 5 | EUR',
    '2024-05-02 | purchase | kei@example.org | ch_2 | 1980 | JPY',
    '2024-05-02 | refund | kei@example.org | ch_2 | 1980 | JPY',
    '2024-05-02 | purchase | cus_bjork | ch_3 | 5 | ISK',
    '2024-05-02 | purchase | cus_ali | ch_4 | 12.34 | KWD',
    '2024-05-03 | purchase | cus_bob | ch_6 | 60 | EUR',
    '2024-05-02 | purchase | cus_ann | ch_7 | 23.8 | EUR',
    '2024-05-03 | refund | cus_ann | ch_7 | 3.8 | EUR',
  ])
  expect(refusalsOf(imported)).toEqual([
    '3 replay: a replay of what another record says of the charge',
    '8 fault: a guest without an e-mail address',
    '9 ignored: records of kind "charge.succeeded, not captured" are not imported',
    '12 ignored: records of kind "invoice.paid" are not imported',
    '14 fault: the record names no currency; the option "missingCurrency" can name it',
    '15 ignored: records of kind "customer.subscription.updated" are not imported',
    '16 ignored: records of kind "invoice.paid" are not imported',
    '17 ignored: records of kind "charge.failed" are not imported',
  ])
  expect(imported.ledger.money).toEqual([
    { currency: 'EUR', decimals: 2, paid: 13380n, refunded: 1880n },
    { currency: 'ISK', decimals: 0, paid: 5n, refunded: 0n },
    { currency: 'JPY', decimals: 0, paid: 1980n, refunded: 1980n },
    { currency: 'KWD', decimals: 3, paid: 12340n, refunded: 0n },
  ])
})

test('the fixture, invoices as sales', () => {
  const imported = fromStripe(json('stripe.json'), { sale: 'invoice' })
  expect(rowsOf(imported)).toEqual([
    '2024-05-02 | purchase | cus_ann | in_1 | 23.8 | EUR',
    '2024-05-03 | refund | cus_ann | in_1 | 3.8 | EUR',
  ])
  expect(refusalsOf(imported)).toEqual([
    '0 fault: the refunded charge belongs to no invoice among the records',
    '1 ignored: records of kind "charge.succeeded" are not imported',
    '2 fault: the refunded charge belongs to no invoice among the records',
    '3 fault: the refunded charge belongs to no invoice among the records',
    '4 ignored: records of kind "charge.succeeded" are not imported',
    '5 fault: the refunded charge belongs to no invoice among the records',
    '6 ignored: records of kind "charge.succeeded" are not imported',
    '7 ignored: records of kind "charge.succeeded" are not imported',
    '8 ignored: records of kind "charge.succeeded" are not imported',
    '9 ignored: records of kind "charge.succeeded" are not imported',
    '10 ignored: records of kind "charge.captured" are not imported',
    '11 ignored: records of kind "charge.succeeded" are not imported',
    '14 ignored: records of kind "charge.succeeded" are not imported',
    '15 ignored: records of kind "customer.subscription.updated" are not imported',
    '16 ignored: records of kind "invoice.paid, of nothing" are not imported',
    '17 ignored: records of kind "charge.failed" are not imported',
  ])
  expect(imported.ledger.money).toEqual([{ currency: 'EUR', decimals: 2, paid: 2380n, refunded: 380n }])
})

function charge(amount: unknown, currency: string): object {
  const object = { id: 'ch', amount, currency, customer: { id: 'cus_1' } }
  return { id: 'evt', type: 'charge.succeeded', created: 1714645800, data: { object } }
}

// Stripe states JPY in yen, KWD in fils, and ISK, UGX and MGA in other units than ISO 4217.
test.each([
  [1980, 'jpy', 1980, 1980n],
  [1980, 'krw', 1980, 1980n],
  [1980, 'eur', 19.8, 1980n],
  [1980, 'kwd', 1.98, 1980n],
  [500, 'isk', 5, 5n],
  [500, 'ugx', 5, 5n],
  [500, 'mga', 500, 50_000n],
])('an amount of %i in %s is %f', (amount, currency, value, paid) => {
  const { events, ledger } = fromStripe([charge(amount, currency)])
  expect(events[0]).toMatchObject({ type: 'purchase', customer: 'cus_1', value })
  expect(ledger.money[0]!.paid).toBe(paid)
})

test('a charge names its invoice in versions of the API up to 2025-03-31', () => {
  const object = { id: 'ch', currency: 'eur', customer: 'cus_1', invoice: 'in_9', amount_refunded: 100 }
  const back = { id: 'evt', type: 'charge.refunded', created: 1714645800, data: { object } }
  expect(fromStripe([back], { sale: 'invoice' }).events).toMatchObject([{ type: 'refund', order: 'in_9', value: 1 }])
})

test.each([
  [{ id: '' }, 'the record has no "id"'],
  [{ type: 7 }, 'the record names no type'],
  [{ created: '2024-05-02' }, '"created" must be whole seconds since 1970'],
  [{ data: { object: [] } }, '"data.object" must be an object, got an array'],
  [{ data: { object: { currency: 'eur', customer: 'c', amount: 5 } } }, '"data.object.id"'],
])('refused: %o', (part, reason) =>
  expect(fromStripe([{ ...charge(1, 'eur'), ...part }]).rejected[0]!.reason).toContain(reason),
)

test.each([1.5, -1, '100', null])('an amount of %o is refused', (amount) => {
  expect(fromStripe([charge(amount, 'eur')]).rejected[0]!.reason).toContain('"amount" must be')
})

test('a refund of nothing is refused', () => {
  const object = { id: 'ch', currency: 'eur', customer: 'cus_1', amount_refunded: 0 }
  const record = { id: 'evt', type: 'charge.refunded', created: 1714645800, data: { object } }
  expect(fromStripe([record]).rejected[0]!.reason).toBe('the record refunds nothing')
})

test('a sale that is none', () => {
  expectRefusal(() => fromStripe([], { sale: 'payout' as never }), 'BAD_OPTION', '"sale"')
})

describe('an authorised charge', () => {
  const event = (id: string, type: string, object: object, previous?: object): object => ({
    ...{ id, type, created: 1714645800 },
    data: {
      object: { id: 'ch', amount: 7000, currency: 'eur', customer: 'c', ...object },
      ...(previous === undefined ? {} : { previous_attributes: previous }),
    },
  })
  const captured = { captured: true, amount_captured: 6000, amount_refunded: 1000 }
  const sold = event('e1', 'charge.captured', captured)
  const given = (total: number, previous?: object): object =>
    event(`r${total}`, 'charge.refunded', { ...captured, amount_refunded: total }, previous)

  // Stripe counts what was never captured among the refunded, which were 10.00 off 60.00 once.
  test('captured in part is a sale of that part, and the rest no refund', () => {
    for (const previous of [undefined, { amount_refunded: 0 }]) {
      const imported = fromStripe([sold, given(1000, previous)])
      expect(imported.ledger).toMatchObject({ accepted: 1, ignored: 1, faults: 0 })
      expect(imported.ledger.money).toMatchObject([{ paid: 6000n, refunded: 0n }])
      expect(refusalsOf(imported)).toEqual([
        '1 ignored: records of kind "charge.refunded, not captured" are not imported',
      ])
    }
  })

  test.each([
    ['whose records say what was before', { amount_refunded: 1000 }, { amount_refunded: 1500 }],
    ['whose records do not say what was before', undefined, undefined],
  ])('captured in part and refunded twice, %s', (_, first, second) => {
    const records = [sold, given(1000), given(1500, first), given(4000, second)]
    for (const told of [records, records.toReversed(), [...records, ...records]]) {
      expect(fromStripe(told).ledger.money).toMatchObject([{ paid: 6000n, refunded: 3000n }])
    }
  })

  test('captured in part, in records older than "amount_captured"', () => {
    const old = event('e1', 'charge.captured', { captured: true, amount_refunded: 1000 })
    const back = event('e2', 'charge.refunded', { captured: true, amount_refunded: 1500 }, { amount_refunded: 1000 })
    expect(fromStripe([old, back]).ledger.money).toMatchObject([{ paid: 6000n, refunded: 500n }])
  })

  test('released without a capture is neither sale nor refund', () => {
    const state = { captured: false, amount_refunded: 7000 }
    const released = [state, { ...state, amount_captured: 0 }].map((object) => event('e', 'charge.refunded', object))
    expect(released.map((record) => fromStripe([record]).ledger)).toMatchObject([{ ignored: 1 }, { ignored: 1 }])
  })
})
