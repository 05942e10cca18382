import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { type CustomerSummary, customerSummary } from '../../src/table/customerSummary.ts'
import { type EventColumns, eventTableFromColumns } from '../../src/table/tableFromColumns.ts'
import { expectSame } from '../fixtures/same.ts'
import { instances } from '../fixtures/webAssembly.ts'

const DAY_MS = 86_400_000

/** Above it, what is compiled does the work, and its last block of purchases is not full. */
const ROWS = 2 ** 17 + 1234

afterEach(() => void vi.unstubAllGlobals())

/** Purchases of `customers`, a few of whom buy much, in no order; `idOf` gives them their ids. */
function purchases(customers: number, days: number, idOf: (customer: number) => number): EventColumns {
  const customer = new Float64Array(ROWS)
  const time = new Float64Array(ROWS)
  const value = new Float64Array(ROWS)
  for (let i = 0; i < ROWS; i++) {
    customer[i] = idOf(Math.floor((customers * ((i * 7919) % ROWS) ** 2) / ROWS ** 2))
    time[i] = ((i * 104_729) % days) * DAY_MS - 40 * DAY_MS + ((i * 31_337) % DAY_MS)
    value[i] = ((i * 17) % 9973) / 100
  }
  return { customer, time, value }
}

function summaryOf(columns: EventColumns, asOf: string, timeZone: string): CustomerSummary {
  return customerSummary(eventTableFromColumns(columns, { timeZone }), { asOf })
}

/** What the columns come to with WebAssembly and with something else in its place. */
function expectNoDifference(columns: EventColumns, asOf: string, timeZone = 'UTC', other?: unknown): CustomerSummary {
  const found = summaryOf(columns, asOf, timeZone)
  vi.stubGlobal('WebAssembly', other)
  expectSame(found, summaryOf(columns, asOf, timeZone))
  vi.unstubAllGlobals()
  return found
}

describe('laws: the same bits with WebAssembly and without', () => {
  test.each([
    ['many customers', purchases(30_000, 700, (c) => c), 'UTC'],
    ['a few', purchases(7, 700, (c) => c), 'UTC'],
    ['one', purchases(1, 700, (c) => c), 'UTC'],
    ['days of another zone', purchases(20_000, 500, (c) => c), 'America/Sao_Paulo'],
    ['ids below 0, with gaps', purchases(20_000, 500, (c) => 3 * c - 40_000), 'UTC'],
    ['ids above 2^32', purchases(20_000, 500, (c) => 2 ** 40 + 5 * c), 'UTC'],
    ['ids around 2^32', purchases(20_000, 500, (c) => 2 ** 32 - 7000 + c), 'UTC'],
    ['distant ids', purchases(20_000, 500, (c) => 7e9 * (c - 10_000)), 'UTC'],
    ['a hundred years', purchases(20_000, 36_500, (c) => c), 'UTC'],
  ])('%s', (_, columns, timeZone) => {
    for (const asOf of ['1969-01-01', '1970-06-30', '2100-01-01']) {
      const { ledger } = expectNoDifference(columns, asOf, timeZone)
      expect(ledger.purchases + ledger.eventsAfter).toBe(ROWS)
    }
  })

  test.each([
    ['signed', Int32Array],
    ['unsigned', Uint32Array],
    ['short', Int16Array],
  ])('%s integers', (_, Column) => {
    const columns = purchases(20_000, 500, (c) => c - 10_000)
    expectNoDifference({ ...columns, customer: Column.from(columns.customer as Float64Array) }, '1970-09-01')
  })

  test('any numbers of customers and days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: ROWS }), fc.integer({ min: 1, max: 5000 }), (customers, days) => {
        expectNoDifference(
          purchases(customers, days, (c) => c),
          '1971-01-01',
        )
      }),
      { numRuns: 5 }, // each sums up 130,000 purchases twice
    )
  })

  test('sums that depend on the order of their parts', () => {
    const columns = purchases(2000, 500, (c) => c)
    const value = (columns.value as Float64Array).map((money, i) => (i % 3 === 0 ? money * 1e-17 : money * 1e9))
    expectNoDifference({ ...columns, value }, '1971-01-01')
  })
})

test('what is compiled does the work', () => {
  const columns = purchases(9000, 500, (c) => c)
  expect(instances(() => void summaryOf(columns, '1970-11-11', 'UTC'))).toBe(3) // to check, to number, to sum up
})

describe('where WebAssembly is not to be had', () => {
  const refuse = (): never => {
    throw new Error('no')
  }
  test.each([
    ['compiling is forbidden', { ...WebAssembly, Module: refuse, Instance: refuse, Memory: WebAssembly.Memory }],
    [
      'there is no memory',
      { ...WebAssembly, Module: WebAssembly.Module, Instance: WebAssembly.Instance, Memory: refuse },
    ],
  ])('%s', (_, other) => {
    const columns = purchases(9000, 500, (c) => c)
    expectNoDifference(columns, '1970-11-11', 'UTC', other)
  })
})
