import { describe, expect, test } from 'vitest'
import { fromShopifyCsv } from '../../src/io/fromShopifyCsv.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { refusalsOf, rowsOf } from './importRows.ts'
import { text } from './vendors.ts'

test('the fixture', () => {
  const imported = fromShopifyCsv(text('shopify.csv'))
  expect(rowsOf(imported)).toEqual([
    '2024-05-02 | purchase | ann@example.org | 5001 | 29.98 | EUR',
    '2024-05-02 | refund | ann@example.org | 5001 | 14.99 | EUR',
    '2024-06-01 | purchase | bob@example.org | 5002 | 12 | EUR',
    '2024-06-01 | purchase | kei@example.org | 5003 | 1980 | JPY',
    '2024-06-02 | purchase | bob@example.org | 5004 | 20 | EUR',
    '2024-06-03 | refund | bob@example.org | 5004 | 20 | EUR',
    '2024-06-03 | cancel | bob@example.org | 5004',
    '2024-06-06 | purchase | eve@example.org | 5008 | 7 | EUR',
  ])
  expect(refusalsOf(imported)).toEqual([
    '5 ignored: records of kind "voided, not paid" are not imported',
    '6 fault: the order names no e-mail address',
    '7 fault: the order names no e-mail address',
    '8 fault: the record names no currency; the option "missingCurrency" can name it',
    '10 replay: a replay of order 5001, of which another export counts',
    '11 replay: a replay of order 5001, of which another export counts',
    '12 replay: a replay of order 5001, of which another export counts',
    '13 replay: a replay of order 5001, of which another export counts',
    '14 fault: the row has 4 fields, the header 43',
  ])
  expect(imported.ledger.money).toEqual([
    { currency: 'EUR', decimals: 2, paid: 6898n, refunded: 3499n },
    { currency: 'JPY', decimals: 0, paid: 1980n, refunded: 0n },
  ])
})

test('the fixture with shipping and taxes', () => {
  const imported = fromShopifyCsv(text('shopify.csv'), { value: 'Total' })
  expect(rowsOf(imported)).toEqual([
    '2024-05-02 | purchase | ann@example.org | 5001 | 34.98 | EUR',
    '2024-05-02 | refund | ann@example.org | 5001 | 17.49 | EUR',
    '2024-06-01 | purchase | bob@example.org | 5002 | 12 | EUR',
    '2024-06-01 | purchase | kei@example.org | 5003 | 2480 | JPY',
    '2024-06-02 | purchase | bob@example.org | 5004 | 25 | EUR',
    '2024-06-03 | refund | bob@example.org | 5004 | 25 | EUR',
    '2024-06-03 | cancel | bob@example.org | 5004',
    '2024-06-06 | purchase | eve@example.org | 5008 | 7 | EUR',
  ])
  expect(refusalsOf(imported)).toEqual([
    '5 ignored: records of kind "voided, not paid" are not imported',
    '6 fault: the order names no e-mail address',
    '7 fault: the order names no e-mail address',
    '8 fault: the record names no currency; the option "missingCurrency" can name it',
    '10 replay: a replay of order 5001, of which another export counts',
    '11 replay: a replay of order 5001, of which another export counts',
    '12 replay: a replay of order 5001, of which another export counts',
    '13 replay: a replay of order 5001, of which another export counts',
    '14 fault: the row has 4 fields, the header 43',
  ])
  expect(imported.ledger.money).toEqual([
    { currency: 'EUR', decimals: 2, paid: 7898n, refunded: 4249n },
    { currency: 'JPY', decimals: 0, paid: 2480n, refunded: 0n },
  ])
})

const HEADER = 'Id,Name,Email,Currency,Subtotal,Total,Created at'

test('rejected rows name their line in the text', () => {
  expect(fromShopifyCsv(text('shopify.csv')).rejected.map(({ line }) => line)).toEqual([
    11, 13, 15, 16, 20, 22, 23, 25, 26,
  ])
})

test.each([
  [',#1,,,,,', 'no row before this one has the fields of order "#1"'],
  ['1,#1,a@b.c,EUR,1.00,1.00,yesterday', '"Created at" must be a time such as'],
  ['1,#1,a@b.c,EUR,1.00,"1,00",2024-05-02 10:00:00 +0000', '"Total" must be an amount'],
  ['1,#1,a@b.c,EUR,-1.00,1.00,2024-05-02 10:00:00 +0000', '"Subtotal" must be an amount of at least 0'],
  ['1,#1,a@b.c,EUR', 'the row has 4 fields, the header 7'],
  ['1,#1,"a@b.c', 'a quote is opened and not closed'],
])('refused: %s', (row, reason) => expect(fromShopifyCsv(`${HEADER}\n${row}\n`).rejected[0]!.reason).toContain(reason))

test('texts that are no export', () => {
  expectRefusal(() => fromShopifyCsv(''), 'BAD_FILE', 'no header line')
  expectRefusal(() => fromShopifyCsv('Name,Email,Currency\n'), 'MISSING_COLUMN', 'no column "subtotal"')
  expectRefusal(() => fromShopifyCsv([] as never), 'BAD_SHAPE', '"text" must be a text, got an array')
  expectRefusal(() => fromShopifyCsv(HEADER, { value: 'Taxes' as never }), 'BAD_OPTION', '"value"')
})

describe('several exports of an order', () => {
  const paidAt = '2024-05-02 10:00:00 +0000'
  const exported = (total: string, cancelled: string, refunded: string): string =>
    `1,#1,a@b.c,EUR,${total},${total},${paidAt},paid,${cancelled},${refunded}\n`
  const read = (...rows: string[]): string[] =>
    rowsOf(fromShopifyCsv(`${HEADER},Financial Status,Cancelled at,Refunded Amount\n${rows.join('')}`))

  // The first in the text once counted, and a cancellation was lost.
  test('a cancellation counts, whichever comes first', () => {
    const [paid, off] = [exported('10.00', '', '0.00'), exported('10.00', '2024-05-05 10:00:00 +0000', '0.00')]
    expect(read(paid, off)).toEqual(['2024-05-02 | purchase | a@b.c | 1 | 10 | EUR', '2024-05-05 | cancel | a@b.c | 1'])
    expect(read(off, paid)).toEqual(read(paid, off))
  })

  test('of an order that was edited one counts, whichever comes first', () => {
    const [before, after] = [exported('10.00', '', '2.00'), exported('12.00', '', '2.00')]
    expect(read(before, after)).toEqual(read(after, before))
  })

  test('of partial refunds the last sum counts', () => {
    const states = ['0.00', '5.00', '8.00'].map((refunded) => exported('10.00', '', refunded))
    expect(read(...states)[1]).toBe('2024-05-02 | refund | a@b.c | 1 | 8 | EUR')
    expect(read(...states.toReversed())).toEqual(read(...states))
  })
})
