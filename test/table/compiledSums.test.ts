import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { customerSummary } from '../../src/table/customerSummary.ts'
import type { EventTable } from '../../src/table/eventTable.ts'
import { eventTableFromColumns } from '../../src/table/tableFromColumns.ts'
import { refusalOf } from '../fixtures/errors.ts'
import { expectSame } from '../fixtures/same.ts'
import { instances } from '../fixtures/webAssembly.ts'

const DAY_MS = 86_400_000

/** Above it, what is compiled does the work; and its last block is neither full nor even. */
const ROWS = 2 ** 17 + 1235

/** Of the last purchase, before it, and before most. */
const DATES = ['2100-01-01', '1970-06-30', '1969-12-01']

afterEach(() => void vi.unstubAllGlobals())

interface Columns {
  readonly customer: Float64Array
  readonly time: Float64Array
  readonly value: Float64Array
}

/** Purchases of customers who have `most` events at most, by customer and time. */
function inOrder(most: number, days: number, idOf: (customer: number) => number = (c) => c): Columns {
  const columns = {
    customer: new Float64Array(ROWS),
    time: new Float64Array(ROWS),
    value: new Float64Array(ROWS),
  }
  for (let i = 0, c = 0; i < ROWS; c++) {
    const end = Math.min(ROWS, i + 1 + ((c * 7919) % most))
    const times: number[] = []
    for (let k = i; k < end; k++) {
      times.push(((k * 104_729) % days) * DAY_MS - 40 * DAY_MS + ((k * 31_337) % DAY_MS))
      columns.customer[k] = idOf(c)
      columns.value[k] = ((k * 17) % 9973) / 100
    }
    columns.time.set(
      times.sort((a, b) => a - b),
      i,
    )
    i = end
  }
  return columns
}

function ofOne({ time, value, customer }: Columns): Columns {
  return { customer: customer.map(() => 3), time: time.sort(), value }
}

type Given = Parameters<typeof eventTableFromColumns>[0]

/** What becomes of the columns with WebAssembly is, to the bit, what becomes of them without. */
function expectNoDifference(columns: Given, timeZone = 'UTC'): void {
  const tables = (): EventTable[] => DATES.map(() => eventTableFromColumns(columns, { timeZone }))
  const found = tables()
  vi.stubGlobal('WebAssembly', undefined)
  const plain = tables()
  for (const [k, asOf] of DATES.entries()) {
    expectSame(customerSummary(found[k]!, { asOf }), customerSummary(plain[k]!, { asOf }))
  }
  expectSame(customerSummary(found[0]!, { asOf: DATES[0]! }), customerSummary(plain[0]!, { asOf: DATES[0]! }))
  expectSame(found[0]!, plain[0]!)
  vi.unstubAllGlobals()
}

/** The columns with something else in a row. */
function but(row: number, other: Partial<Record<keyof Columns, number>>, columns: Columns = inOrder(20, 500)): Columns {
  const changed = { customer: columns.customer.slice(), time: columns.time.slice(), value: columns.value.slice() }
  for (const [name, value] of Object.entries(other)) changed[name as keyof Columns][row] = value
  return changed
}

describe('laws: purchases that stand by customer are summed up as any others', () => {
  test.each([
    ['few events a customer', inOrder(20, 500)],
    ['one event a customer', inOrder(1, 500)],
    ['customers of several blocks', inOrder(90_000, 5000)],
    ['one customer', ofOne(inOrder(20, 500))],
    ['hardly any days', inOrder(50, 3)],
    ['ids below 0, with gaps', inOrder(20, 500, (c) => 3 * c - 20_000)],
    ['distant ids', inOrder(20, 500, (c) => 7e9 * (c - 7000))],
    [
      '0 and -0',
      but(
        12,
        { customer: -0 },
        inOrder(20, 500, (c) => Math.floor(c / 4)),
      ),
    ],
    ['a time before the calendar of most', but(0, { time: -8.64e15 })],
    ['no money', { ...inOrder(20, 500), value: new Float64Array(ROWS) }],
    ['zeros of both signs', { ...inOrder(20, 500), value: new Float64Array(ROWS).map((_, i) => (i % 3 ? -0 : 0)) }],
  ])('%s', (_, columns) => {
    expectNoDifference(columns)
  })

  test.each<[string, (ids: Float64Array) => ArrayLike<number>]>([
    ['8-bit integers', (ids) => Int8Array.from(ids)],
    ['unsigned 8-bit integers', (ids) => Uint8Array.from(ids)],
    ['16-bit integers', (ids) => Int16Array.from(ids)],
    ['32-bit integers', (ids) => Int32Array.from(ids)],
    ['unsigned 32-bit integers', (ids) => Uint32Array.from(ids)],
    ['an array', (ids) => Array.from(ids)],
  ])('ids in %s', (_, make) => {
    const columns = inOrder(3000, 500, (c) => c)
    expectNoDifference({ ...columns, customer: make(columns.customer) })
  })

  test('equal times', () => {
    const columns = inOrder(20, 40)
    expectNoDifference({ ...columns, time: columns.time.map((time) => DAY_MS * Math.floor(time / DAY_MS)) })
  })

  test.each(['Europe/Berlin', 'America/Sao_Paulo'])('days of %s', (timeZone) => {
    expectNoDifference(inOrder(20, 500), timeZone)
  })

  test.each([
    ['an id late', but(ROWS - 1, { customer: 5 })],
    ['an id in the second block', but(2 ** 14 + 1, { customer: 0 })],
    ['a day late', but(ROWS - 1, { time: -1e12 }, inOrder(70_000, 500))],
    ['all days', { ...inOrder(20, 500), time: inOrder(20, 500).time.reverse() }],
  ])('order broken by %s', (_, columns) => {
    expectNoDifference(columns)
  })

  test('any place where order ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: ROWS - 1 }), fc.integer({ min: 0, max: 20_000 }), (row, customer) => {
        expectNoDifference(but(row, { customer }))
      }),
      { numRuns: 6 }, // each sums up 130,000 purchases eight times
    )
  })

  test('sums that depend on the order of their parts, or that no double holds', () => {
    const columns = inOrder(20, 40)
    const uneven = columns.value.map((money, i) => (i % 3 === 0 ? money * 1e-17 : money * 1e9))
    expectNoDifference({ ...columns, value: uneven })
    expectNoDifference({ ...columns, value: columns.value.map((money) => money * 1e306) })
  })
})

describe('refusals: the same words, whoever looks at the rows', () => {
  test.each([
    ['a fraction as id', { customer: 2.5 }],
    ['an id that is no safe integer', { customer: 2 ** 53 }],
    ['an infinite id', { customer: Number.POSITIVE_INFINITY }],
    ['NaN as id', { customer: Number.NaN }],
    ['NaN as time', { time: Number.NaN }],
    ['a time beyond the calendar', { time: 9e15 }],
    ['NaN as value', { value: Number.NaN }],
    ['an infinite value', { value: Number.POSITIVE_INFINITY }],
    ['a negative value', { value: -1 }],
  ])('%s', (_, other) => {
    for (const row of [0, 2 ** 14, 2 ** 14 + 1, ROWS - 1]) {
      const make = (): EventTable => eventTableFromColumns(but(row, other))
      const found = refusalOf(make)
      vi.stubGlobal('WebAssembly', undefined)
      expect(found).toEqual(refusalOf(make))
      vi.unstubAllGlobals()
      expect(found.code).toBe('BAD_EVENT')
      expect(found.message).toContain(`event ${row} (customer`)
    }
  })
})

describe('what is compiled does the work', () => {
  test('once for purchases in order', () => {
    const columns = inOrder(20, 500)
    const summarise = (): void => void customerSummary(eventTableFromColumns(columns), { asOf: DATES[0]! })
    expect(instances(summarise)).toBe(1)
  })

  test('only when the first rows are in order, and there are enough of them', () => {
    const columns = but(1000, { customer: -1 })
    expect(instances(() => void eventTableFromColumns(columns))).toBe(2) // those that check and number
    const few = { customer: [1, 1, 2], time: [1, 2, 3], value: [1, 2, 3] }
    expect(instances(() => void eventTableFromColumns(few))).toBe(0)
  })
})

test('summaries of one table do not share memory', () => {
  const table = eventTableFromColumns(inOrder(20, 500))
  const [one, other] = [customerSummary(table, { asOf: DATES[0]! }), customerSummary(table, { asOf: DATES[0]! })]
  one.total.fill(0)
  one.repeats.fill(0)
  one.meanRepeatValue.fill(0)
  expectSame(other, customerSummary(table, { asOf: DATES[0]! }))
})
