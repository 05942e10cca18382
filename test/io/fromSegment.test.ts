import { describe, expect, test } from 'vitest'
import { fromSegment } from '../../src/io/fromSegment.ts'
import { refusalsOf, rowsOf } from './importRows.ts'
import { json } from './vendors.ts'

test('the fixture', () => {
  const imported = fromSegment(json('segment.json'))
  expect(rowsOf(imported)).toEqual([
    '2024-05-02 | visit | a-1f3c | Product Viewed | 507f1f77',
    '2024-05-02 | visit | a-1f3c | Checkout Started | -',
    '2024-05-02 | purchase | a-1f3c | 50314b8e | 25 | EUR',
    '2024-05-20 | refund | a-1f3c | 50314b8e | 10 | EUR',
    '2024-05-22 | refund | a-1f3c | 50314b8e | 15 | EUR',
    '2024-05-31 | purchase | u-kei | J-1 | 1980 | JPY',
    '2024-06-02 | purchase | 4711 | B-2 | 59.97 | EUR',
    '2024-06-03 | cancel | 4711 | B-2',
    '2024-06-05 | purchase | u-bob | B-4 | 25.1 | EUR',
    '2024-06-09 | cancel | u-bob | B-4',
    '2024-06-06 | purchase | u-bob | B-5 | 0.3 | EUR',
  ])
  expect(refusalsOf(imported)).toEqual([
    '0 ignored: records of kind "page" are not imported',
    '4 replay: a replay of record 3',
    '5 replay: a replay of record 3',
    '6 ignored: records of kind "identify" are not imported',
    '12 fault: the record names no currency; the option "missingCurrency" can name it',
    '16 fault: "revenue" must be an amount of at least 0 and at most 15 digits, got "free"',
    '17 ignored: records of kind "Order Updated" are not imported',
  ])
  expect(imported.ledger.money).toEqual([
    { currency: 'EUR', decimals: 2, paid: 11037n, refunded: 2500n },
    { currency: 'JPY', decimals: 0, paid: 1980n, refunded: 0n },
  ])
})

function track(messageId: string, event: string, properties: object, who: object = { userId: 'ann' }): object {
  return {
    type: 'track',
    event,
    messageId,
    timestamp: '2024-05-02T10:30:00Z',
    properties: { currency: 'EUR', ...properties },
    ...who,
  }
}

test('an order told by the shop and by the server counts once, the earliest of both', () => {
  const server = {
    ...track('m2', 'Order Completed', { order_id: 'o', revenue: 10 }),
    timestamp: '2024-05-02T10:29:00Z',
  }
  const browser = track('m1', 'Order Completed', { order_id: 'o', revenue: 10 }, { anonymousId: 'a-1' })
  expect(rowsOf(fromSegment([browser, server]))).toEqual(rowsOf(fromSegment([server, browser])))
  expect(refusalsOf(fromSegment([browser, server]))).toEqual(['0 replay: a replay of record 1'])
})

test('which of two counts does not depend on their order, even at the same time', () => {
  const told = ['ann', 'bob'].map((userId) =>
    track(userId, 'Order Completed', { order_id: 'o', revenue: 10 }, { userId }),
  )
  expect(rowsOf(fromSegment(told))).toEqual(['2024-05-02 | purchase | ann | o | 10 | EUR'])
  expect(rowsOf(fromSegment(told.toReversed()))).toEqual(['2024-05-02 | purchase | ann | o | 10 | EUR'])
})

test('the time is that of the event, not of its delivery', () => {
  const { events } = fromSegment([
    { ...track('m', 'Order Completed', { order_id: 'o', revenue: 1 }), sentAt: '2025-01-01T00:00:00Z' },
  ])
  expect(events[0]!.time).toBe(Date.UTC(2024, 4, 2, 10, 30))
})

test('a refund finds the buyer of its order, unless several bought it', () => {
  const refund = track('r', 'Order Refunded', { order_id: 'o', revenue: 4 }, {})
  const bought = track('p', 'Order Completed', { order_id: 'o', revenue: 10 })
  expect(rowsOf(fromSegment([refund, bought]))[0]).toBe('2024-05-02 | refund | ann | o | 4 | EUR')
  expect(fromSegment([refund]).rejected[0]!.reason).toContain('no purchase among the records has its order')
})

test('a refund with tax and shipping takes off its share of the revenue', () => {
  const bought = track('p', 'Order Completed', { order_id: 'o', revenue: 100, total: 119 })
  const halves = [
    track('r1', 'Order Refunded', { order_id: 'o', total: 59.5 }),
    track('r2', 'Order Refunded', { order_id: 'o', total: -59.5 }),
  ]
  const { ledger } = fromSegment([...halves, bought])
  expect(ledger.money).toEqual([{ currency: 'EUR', decimals: 2, paid: 10_000n, refunded: 10_000n }])
})

test.each([
  ['revenue before all', { revenue: 25, subtotal: 22.5, total: 30, tax: 2, shipping: 3 }, 25],
  ['then subtotal', { subtotal: 22.5, total: 30, tax: 2, shipping: 3 }, 22.5],
  ['then total without tax and shipping', { total: 30, tax: '2.00', shipping: 3 }, 25],
  ['then total', { total: '30' }, 30],
])('money: %s', (_, properties, value) => {
  expect(fromSegment([track('m', 'Order Completed', properties)]).events[0]).toMatchObject({ value })
})

test.each([
  [{ total: 1, tax: 2 }, '"total" must be an amount'],
  [{ total: 5, tax: 'much' }, '"total" must be an amount'],
  [{ revenue: -5 }, '"revenue" must be an amount of at least 0'],
  [{ revenue: 1e15 }, 'at most 15 digits'],
  [{}, '"total" must be an amount of at least 0 and at most 15 digits, got undefined'],
])('refused money: %o', (properties, reason) => {
  expect(fromSegment([track('m', 'Order Completed', properties)]).rejected[0]!.reason).toContain(reason)
})

test.each([
  [{ type: 'track' }, 'the record names no event'],
  [track('', 'Order Refunded', { revenue: 1 }), 'the record has no identity'],
  [track('m', 'Order Refunded', { revenue: 1 }, {}), 'the record names no customer'],
  [track('m', 'Order Cancelled', {}), 'the record names no order to take back'],
  [
    { ...track('m', 'Product Viewed', {}), timestamp: 'yesterday' },
    '"timestamp" must be ISO 8601 text, got "yesterday"',
  ],
  [track('m', 'Product Viewed', {}, { userId: 2 ** 60 }), 'the record names no customer'],
  ['text', 'the record is no object'],
])('refused: %o', (record, reason) => expect(fromSegment([record]).rejected[0]!.reason).toContain(reason))

test('pieces at a price with fractions of a cent come to what was paid', () => {
  const products = [{ product_id: 'p1', price: 9.995, quantity: 2 }]
  const { events } = fromSegment([track('m', 'Order Completed', { order_id: 'o', revenue: 19.99, products })])
  expect(events[0]).toMatchObject({ value: 19.99, items: [{ product: 'p1', quantity: 2, value: 19.99 }] })
})

describe('one order told twice at the same time for the same money', () => {
  const event = (id: string, name: string, properties: object): object => ({
    ...{ type: 'track', event: name, messageId: id, userId: 'u', timestamp: '2024-05-02T10:00:00Z' },
    properties: { order_id: 'o', currency: 'EUR', ...properties },
  })
  const back = event('3', 'Order Refunded', { total: 59.5 })

  // Which came first once decided whether 50.00 or 59.50 came off.
  test('the telling with the total counts, so that refunds are without tax too', () => {
    const told = [
      event('1', 'Order Completed', { revenue: 100, total: 119 }),
      event('2', 'Order Completed', { revenue: 100 }),
    ]
    for (const records of [
      [...told, back],
      [back, ...told.toReversed()],
    ])
      expect(fromSegment(records).ledger.money).toMatchObject([{ paid: 10_000n, refunded: 5000n }])
  })

  test('in two currencies, one of them counts, whichever comes first', () => {
    const told = [
      event('1', 'Order Completed', { revenue: 9 }),
      event('2', 'Order Completed', { revenue: 9, currency: 'USD' }),
    ]
    const currencies = [told, told.toReversed()].map((records) => fromSegment(records).ledger.money[0]!.currency)
    expect(currencies).toEqual(['EUR', 'EUR'])
  })
})
