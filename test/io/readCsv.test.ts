import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCsv } from '../../src/io/readCsv.ts'
import { customerSummary } from '../../src/table/customerSummary.ts'
import { expectRefusal } from '../fixtures/errors.ts'

describe('real data', () => {
  test('CDNOW is read whole, its columns found by their names', () => {
    const text = readFileSync(new URL('../../examples/data/cdnow.csv', import.meta.url), 'utf8')
    const { table, rows, accepted, rejected, columns, guessed } = readCsv(text)
    expect([rows, accepted, rejected.length]).toEqual([69_659, 69_659, 0])
    expect(columns).toEqual({ customer: 'id', time: 'date', value: 'amount', order: '' })
    expect(guessed).toEqual(['customer', 'time', 'value'])
    expect(customerSummary(table, { asOf: '1998-06-30' }).ledger.total).toBe(2_500_315.63)
  })
})

describe('columns', () => {
  test('sure names come before likely ones', () => {
    const { columns } = readCsv('id,Customer ID,created_at,Order Date,price,amount\n')
    expect(columns).toEqual({ customer: 'Customer ID', time: 'Order Date', value: 'amount', order: '' })
  })

  test('a named column need not have a usual name', () => {
    const { table, guessed } = readCsv('kunde;wann;betrag\nann;20240502;1,50\n', {
      columns: { customer: 'kunde', time: 'wann', value: 'betrag' },
      decimal: ',',
    })
    expect(guessed).toEqual([])
    expect(Array.from(table.value)).toEqual([1.5])
  })

  test.each([
    [
      'a name that is not there',
      { customer: 'kunde' },
      'purchases.csv has no column "kunde" for the customer; it has "id", "date", "amount"',
    ],
    ['a name that is there twice', { customer: 'x' }, 'purchases.csv has 2 columns "x"'],
  ])('%s', (_, columns, text) => {
    const header = 'x' in columns || columns.customer === 'x' ? 'x,x,date,amount' : 'id,date,amount'
    expectRefusal(() => readCsv(`${header}\n`, { columns, name: 'purchases.csv' }), 'MISSING_COLUMN', text)
  })

  test('several that could be meant', () => {
    expectRefusal(
      () => readCsv('user,email,date,amount\n'),
      'MISSING_COLUMN',
      'has 2 columns that could be the customer, so name it',
    )
    expectRefusal(() => readCsv('a,b\n'), 'MISSING_COLUMN', 'no column that could be the customer')
  })
})

describe('rows', () => {
  test('what cannot be read is listed with its line and reason', () => {
    const text =
      'id,date,amount\nann,2024-05-02,30\nbob,never,12\n\n,2024-05-02,1\neve,2024-05-02,1e999\neve,2024-05-02,"1,5"\neve,2024-05-02\n"eve,2024-05-02,1\ndan,2024-05-03,0\n'
    const { accepted, rows, rejected } = readCsv(text)
    expect([accepted, rows]).toEqual([2, 8])
    expect(rejected.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'column "date": "never" is not a date that we know'],
      [5, 'column "id" is empty'],
      [6, 'column "amount": "1e999" is too large a number'],
      [7, 'column "amount": "1,5" is not a number that we know'],
      [8, 'the row has 2 fields, the header 3'],
      [9, 'a quote is opened and not closed'],
    ])
    expect(rejected[0]!.text).toBe('bob,never,12')
  })

  test('a negative value is a refund of the order of its row', () => {
    const text = 'customer,order_id,date,amount\nann,a,2024-05-02,30\nann,b,2024-05-09,20\nann,b,2024-05-11,-5\n'
    const { table, refunds } = readCsv(text)
    const summary = customerSummary(table, { asOf: '2024-05-31' })
    expect(refunds).toBe(1)
    expect(summary.meanRepeatValue[0]).toBe(15)
    expect(summary.ledger.refundsOfOrders).toBe(1)
  })

  test.each(['1 000', '1,000.00', '$5', '0x10', '', '--1', 'NaN', '1e99999', '١'])('%j is no number', (value) => {
    expect(readCsv(`id,date,amount\nann,2024-05-02,"${value}"\n`).rejected).toHaveLength(1)
  })
})

describe('laws', () => {
  test('any text below a header is accepted or rejected, row by row', () => {
    const field = fc.oneof(
      fc.constantFrom('ann', '__proto__', '2024-05-02', '12.5', '-3', '"', '""', '\n', 'x'.repeat(80)),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(fc.array(field, { maxLength: 4 }), { maxLength: 4 }), (rows) => {
        const result = readCsv(`id,date,amount\n${rows.map((row) => row.join(',')).join('\n')}`)
        assert.equal(result.accepted + result.rejected.length, result.rows)
        assert.equal(result.table.time.length, result.accepted)
      }),
      { numRuns: 10_000 },
    )
  })
})

describe('refusals', () => {
  test('no header', () => {
    expectRefusal(() => readCsv(''), 'BAD_FILE', 'no header line')
    expectRefusal(() => readCsv('"id,date'), 'BAD_FILE', 'no header line')
  })

  test('a delimiter that is none', () => {
    expectRefusal(() => readCsv('id,date,amount\n', { delimiter: '"' }), 'BAD_OPTION', '"delimiter"')
    expectRefusal(() => readCsv('id,date,amount\n', { decimal: ';' as never }), 'BAD_OPTION', '"decimal"')
  })
})
