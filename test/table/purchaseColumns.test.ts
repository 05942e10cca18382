import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { customerSummary } from '../../src/table/customerSummary.ts'
import type { EventTable } from '../../src/table/eventTable.ts'
import { type EventColumns, eventTableFromColumns } from '../../src/table/tableFromColumns.ts'
import { eventTable } from '../../src/table/tableFromEvents.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { expectSame } from '../fixtures/same.ts'

interface Purchase {
  readonly id: number
  readonly time: number
  readonly value: number
}

const DAY_MS = 86_400_000

/** The same columns with one thing more, which the short way does not take. */
function theLongWay(columns: EventColumns, timeZone: string): EventTable {
  const channel = Array<'web'>(columns.customer.length).fill('web')
  const table = eventTableFromColumns({ ...columns, channel }, { timeZone })
  return { ...table, channel: new Uint8Array(table.channel.length) }
}

function expectSameTable(columns: EventColumns, timeZone = 'UTC'): EventTable {
  const other = theLongWay(columns, timeZone)
  // Summaries agree to the bit, whatever day the books are closed on, before the table is put in order and after.
  const dates = ['1969-06-30', '1970-02-01', '2018-11-03', '2100-01-01']
  for (const asOf of dates) {
    expectSame(
      customerSummary(eventTableFromColumns(columns, { timeZone }), { asOf }),
      customerSummary(other, { asOf }),
    )
  }
  const table = eventTableFromColumns(columns, { timeZone })
  expectSame(table, other)
  for (const asOf of dates) expectSame(customerSummary(table, { asOf }), customerSummary(other, { asOf }))
  return table
}

const columnsOf = (purchases: readonly Purchase[], customer: EventColumns['customer']): EventColumns => ({
  customer,
  time: Float64Array.from(purchases, ({ time }) => time),
  value: Float64Array.from(purchases, ({ value }) => value),
})

const idsOf = (purchases: readonly Purchase[]): Float64Array => Float64Array.from(purchases, ({ id }) => id)

const anyPurchases = (id: fc.Arbitrary<number>): fc.Arbitrary<Purchase[]> =>
  fc.array(
    fc.record({
      id,
      time: fc.oneof(
        fc.integer({ min: -1e12, max: 2e12 }),
        fc.integer({ min: 0, max: 40 }).map((day) => day * DAY_MS),
      ),
      // Few values, so that events are equal, and zeros of both signs.
      value: fc.oneof(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.constantFrom(0, -0, 1, 2)),
    }),
    { minLength: 1, maxLength: 300 },
  )

const closeIds = fc.integer({ min: -20, max: 20 })
const farIds = fc.oneof(fc.maxSafeInteger(), closeIds)

describe('laws: the short way gives the table of the long way', () => {
  test.each([
    ['close ids in 64-bit floats', closeIds, idsOf],
    ['distant ids', farIds, idsOf],
    ['32-bit integers', closeIds, (purchases: Purchase[]) => Int32Array.from(idsOf(purchases))],
    ['bytes', fc.integer({ min: 0, max: 255 }), (purchases: Purchase[]) => Uint8Array.from(idsOf(purchases))],
    ['32-bit floats', closeIds, (purchases: Purchase[]) => Float32Array.from(idsOf(purchases))],
    ['64-bit integers', closeIds, (purchases: Purchase[]) => BigInt64Array.from(purchases, ({ id }) => BigInt(id))],
    ['an array of numbers', farIds, (purchases: Purchase[]) => Array.from(idsOf(purchases))],
    ['texts', farIds, (purchases: Purchase[]) => purchases.map(({ id }) => `c${id}`)],
    [
      'numbers among their texts',
      closeIds,
      (purchases: Purchase[]) => purchases.map(({ id }, i) => (i % 2 ? id : `${id}`)),
    ],
  ])('%s', (_, id, customer: (purchases: Purchase[]) => unknown) => {
    fc.assert(
      fc.property(anyPurchases(id), (purchases) => {
        expectSameTable(columnsOf(purchases, customer(purchases) as EventColumns['customer']))
      }),
    )
  })

  test.each(['UTC', 'Europe/Berlin', 'America/Sao_Paulo', 'Pacific/Apia'])('days of %s', (timeZone) => {
    // Around the change of the clocks of spring 2024 in Berlin, of autumn 2018 in São Paulo, and the day without a date
    // of 2011 in Apia.
    const changes = [Date.UTC(2024, 2, 31), Date.UTC(2018, 10, 4), Date.UTC(2011, 11, 30)]
    const time = fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -2 * DAY_MS, max: 2 * DAY_MS }))
      .map(([change, ms]) => change + ms)
    const purchases = fc.array(fc.record({ id: closeIds, time, value: fc.constant(1) }), {
      minLength: 1,
      maxLength: 60,
    })
    fc.assert(
      fc.property(purchases, (list) => void expectSameTable(columnsOf(list, idsOf(list)), timeZone)),
      {
        numRuns: 30, // each asks the runtime for the offset of several days, which is slow
      },
    )
  })

  test('times as texts and dates, money in an array', () => {
    fc.assert(
      fc.property(anyPurchases(closeIds), (purchases) => {
        const value = purchases.map((purchase) => purchase.value)
        const texts = purchases.map(({ time }) => new Date(time).toISOString())
        const dates = purchases.map(({ time }) => new Date(time))
        const customer = idsOf(purchases)
        const table = expectSameTable({ customer, time: texts, value })
        expect(eventTableFromColumns({ customer, time: dates, value })).toEqual(table)
      }),
    )
  })
})

describe('laws: whatever the order of arrival', () => {
  const byTime = (a: Purchase, b: Purchase): number => a.time - b.time
  const byId = (a: Purchase, b: Purchase): number => a.id - b.id

  /** Money in quarters, so that sums are exact in any order and rows can be compared without their order. */
  const many = (rows: number, customers: number): Purchase[] =>
    Array.from({ length: rows }, (_, i) => ({
      id: (i * 7919) % customers,
      time: ((i * 104_729) % 1000) * DAY_MS + ((i * 31) % 5) * 1000,
      value: (i % 9) / 4,
    }))

  test.each([
    ['20,000 customers with one event each', many(20_000, 20_000)],
    ['one customer with 30,000 events', many(30_000, 1)],
    ['30 customers with 2,000 events each', many(60_000, 30)],
    ['many buckets of customers', many(200_000, 20_000)],
    ['one instant', many(5000, 50).map((purchase) => ({ ...purchase, time: 7 }))],
    ['one outlier of time', [...many(5000, 5), { id: 2, time: -8.64e15, value: 1 }]],
  ])('%s', (_, purchases) => {
    const orders = [
      purchases,
      purchases.toReversed(),
      purchases.toSorted(byTime),
      purchases.toSorted(byId),
      purchases.toSorted(byTime).toSorted(byId),
      purchases.toSorted(byTime).toSorted((a, b) => byId(b, a)),
    ]
    for (const list of orders) {
      const table = expectSameTable(columnsOf(list, Uint32Array.from(idsOf(list))))
      expect(table.customers).toEqual([...new Set(list.map(({ id }) => String(id)))])
    }
  })

  test('events as objects give the same table', () => {
    const purchases = many(20_000, 700)
    const events = purchases.map(
      ({ id, time, value }) => ({ type: 'purchase', customer: `c${id}`, time, value }) as const,
    )
    const table = eventTableFromColumns(
      columnsOf(
        purchases,
        events.map(({ customer }) => customer),
      ),
    )
    expect(eventTable(events)).toEqual(table)
    // A visit in the middle of the list is no purchase, and those after it are.
    const visit = { type: 'visit', customer: 'c1', time: 5 } as const
    const mixed = eventTable([...events.slice(0, 3000), visit, ...events.slice(3000)])
    expect(mixed.types).toEqual(['purchase', 'visit'])
    expect(mixed.value.filter((_, i) => mixed.type[i] === 0)).toEqual(table.value)
    expect(mixed.order.every((order) => order === -1)).toBe(true)
  })
})

describe('a table is plain data', () => {
  const columns = (): EventColumns => ({
    customer: Uint32Array.of(9, 7, 9),
    time: Float64Array.of(5, 3, 1),
    value: Float64Array.of(1, 2, 4),
  })

  test('clones, spreads and JSON hold what is made on demand', () => {
    const table = eventTableFromColumns(columns())
    expect(structuredClone(table)).toEqual(table)
    expect({ ...table }).toEqual(table)
    expect(JSON.parse(JSON.stringify(table)).customers).toEqual(['9', '7'])
    const summary = customerSummary(eventTableFromColumns(columns()), { asOf: '1970-01-01' })
    expect(structuredClone(summary).customers).toEqual(['9', '7'])
    expect(customerSummary(structuredClone(table), { asOf: '1970-01-01' })).toEqual(summary)
  })

  test('what is made on demand is made once', () => {
    const table = eventTableFromColumns(columns())
    expect(table.day).toBe(table.day)
    expect(table.customers).toBe(table.customers)
    expect(table.order).toBe(table.order)
  })

  test('columns given are not written to', () => {
    const given = columns()
    eventTableFromColumns(given)
    expect(given).toEqual(columns())
    const grouped = { customer: [1, 1, 2], time: Float64Array.of(9, 3, 1), value: Float64Array.of(1, 2, 4) }
    expect(Array.from(eventTableFromColumns(grouped).time)).toEqual([3, 9, 1])
    expect(Array.from(grouped.time)).toEqual([9, 3, 1])
  })

  test('columns that stand in order are kept, not copied', () => {
    const time = Float64Array.of(1, 3, 2)
    const value = Float64Array.of(4, 5, 6)
    const table = eventTableFromColumns({ customer: [1, 1, 2], time, value })
    expect(table.time).toBe(time)
    expect(table.value).toBe(value)
  })
})

describe('refusals', () => {
  const good: EventColumns = {
    customer: Float64Array.of(1, 2, 3),
    time: Float64Array.of(1, 2, 3),
    value: Float64Array.of(1, 2, 3),
  }

  test.each([
    ['a fraction as id', { customer: Float64Array.of(1, 2.5, 3) }, '"customer"', 'got 2.5'],
    ['an unsafe integer as id', { customer: Float64Array.of(1, 2 ** 53, 2) }, '"customer"', 'got 9007199254740992'],
    ['NaN as id', { customer: Float64Array.of(1, Number.NaN, 2) }, '"customer"', 'got NaN'],
    ['an empty text as id', { customer: ['a', '', 'b'] }, '"customer"', 'got ""'],
    ['no time', { time: Float64Array.of(1, Number.NaN, 2) }, '"time"', 'got NaN'],
    ['a time beyond the calendar', { time: Float64Array.of(1, 9e15, 2) }, '"time"', 'got 9000000000000000'],
    ['a text that is no time', { time: ['2024-01-01', '2024-02-30', '2024-03-01'] }, '"time"', 'got "2024-02-30"'],
    ['a value that is NaN', { value: Float64Array.of(1, Number.NaN, 2) }, '"value"', 'got NaN'],
    ['an infinite value', { value: Float64Array.of(1, Number.POSITIVE_INFINITY, 2) }, '"value"', 'got Infinity'],
    ['a negative value', { value: Float64Array.of(1, -1, 2) }, '"value"', 'got -1'],
    ['a value that is missing', { value: [1, undefined, 2] }, '"value"', 'got undefined'],
  ])('%s', (_, columns: Partial<EventColumns>, field, got) => {
    const make = (): EventTable => eventTableFromColumns({ ...good, ...columns })
    expectRefusal(make, 'BAD_EVENT', 'eventTableFromColumns: event 1 (customer')
    expectRefusal(make, 'BAD_EVENT', field)
    expectRefusal(make, 'BAD_EVENT', got)
    const { ledger } = eventTableFromColumns({ ...good, ...columns }, { invalid: 'reject' })
    expect(ledger.accepted).toBe(2)
    expect(ledger.rejected).toEqual([{ index: 1, reason: expect.stringContaining(field) }])
  })

  test('all bad rows are listed', () => {
    const time = Float64Array.of(1, Number.NaN, 9e15)
    const { ledger } = eventTableFromColumns({ ...good, time }, { invalid: 'reject' })
    expect(ledger.rejected.map(({ index }) => index)).toEqual([1, 2])
  })

  test('options are checked before columns', () => {
    expectRefusal(() => eventTableFromColumns(good, { timeZone: 'Mars' }), 'BAD_OPTION', '"timeZone"')
    expectRefusal(() => eventTableFromColumns(good, { invalid: 'skip' as never }), 'BAD_OPTION', '"invalid"')
  })
})

describe('regressions', () => {
  test('ids chosen so that all hashes meet are numbered all the same', () => {
    // The upper bits of the hash of these are those of one slot: found by trying.
    const hash = (id: number): number => {
      const mixed = Math.imul(id, 0x9e3779b1)
      return Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) >>> 20
    }
    const ids: number[] = []
    for (let id = 0; ids.length < 1500; id++) if (hash(id) === 0) ids.push(id)
    const list = [...ids, ...ids.toReversed(), ...ids]
    const customer = Float64Array.from(list).reverse()
    const one = new Float64Array(list.length).fill(1)
    const table = eventTableFromColumns({ customer, time: one, value: one })
    expect(table.customers).toEqual(ids.toReversed().map(String))
    expect(table.offsets).toEqual(Uint32Array.from({ length: ids.length + 1 }, (_, c) => 3 * c))
  })
})
