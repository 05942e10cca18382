import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CustomerEvent } from '../../src/table/customerEvent.ts'
import type { EventTable } from '../../src/table/eventTable.ts'
import { lastDay } from '../../src/table/lastDay.ts'
import { summaryAccumulator } from '../../src/table/summaryAccumulator.ts'
import { eventTableFromColumns } from '../../src/table/tableFromColumns.ts'
import { eventTable } from '../../src/table/tableFromEvents.ts'
import { cdnow } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const buy = (customer: string | number | bigint, time: Date | number | string, value = 10): CustomerEvent => ({
  type: 'purchase',
  customer,
  time,
  value,
})

const eventsOf = (table: EventTable, customer: string): number[] => {
  const c = table.customers.indexOf(customer)
  return Array.from(table.time.subarray(table.offsets[c], table.offsets[c + 1]))
}

describe('published', () => {
  test('CDNOW has 69,659 purchases of 23,570 customers', () => {
    const table = cdnow()
    expect(table.time.length).toBe(69_659)
    expect(table.customers.length).toBe(23_570)
    expect(lastDay(table)).toBe('1998-06-30')
  })
})

describe('laws', () => {
  const anyEvents = fc.array(
    fc.record({
      type: fc.constant('purchase' as const),
      customer: fc.oneof(fc.string({ minLength: 1 }), fc.maxSafeInteger(), fc.bigInt()),
      time: fc.integer({ min: -1e12, max: 2e12 }),
      value: fc.double({ min: 0, max: 1e6, noNaN: true }),
    }),
    { maxLength: 200 },
  )

  test('every event is in the table once, with its customer, and time ascends in each customer', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const table = eventTable(events)
        const found: string[] = []
        table.customers.forEach((customer, c) => {
          for (let i = table.offsets[c]!; i < table.offsets[c + 1]!; i++) {
            found.push(JSON.stringify([customer, table.time[i], table.value[i]]))
            if (i > table.offsets[c]!) expect(table.time[i]).toBeGreaterThanOrEqual(table.time[i - 1]!)
          }
        })
        const given = events.map(({ customer, time, value }) => JSON.stringify([String(customer), time, value]))
        expect(found.sort()).toEqual(given.sort())
      }),
    )
  })

  test('the order of arrival decides the order of customers and nothing else', () => {
    fc.assert(
      fc.property(anyEvents, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (events, keys) => {
        const shuffled = events
          .map((event) => ({ event, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ event }) => event)
        const one = eventTable(events)
        const other = eventTable(shuffled)
        for (const customer of one.customers) expect(eventsOf(other, customer)).toEqual(eventsOf(one, customer))
      }),
    )
  })

  test('columns and objects give the same table', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const columns = eventTableFromColumns({
          customer: events.map((event) => event.customer),
          time: events.map((event) => event.time),
          value: events.map((event) => event.value),
        })
        expect(columns).toEqual(eventTable(events))
      }),
    )
  })

  test('thousands of events of one customer in any order are sorted', () => {
    const events = Array.from({ length: 5000 }, (_, i) => buy('ann', (i * 7919) % 5000, i % 3))
    expect(eventsOf(eventTable(events), 'ann')).toEqual(Array.from({ length: 5000 }, (_, i) => i))
  })
})

describe('customers', () => {
  test('hostile ids are ids like others', () => {
    const ids = ['__proto__', 'constructor', '0', 'toString', ' ', '👩‍👩‍👧', '\u00e9', 'e\u0301', '\u0000', '<script>']
    const table = eventTable(ids.map((id) => buy(id, 0)))
    expect(table.customers).toEqual(ids)
    expect(({} as Record<string, unknown>).time).toBeUndefined()
  })

  test('a number, a bigint and their text are one customer', () => {
    expect(eventTable([buy(7, 0), buy(7n, 1), buy('7', 2), buy('07', 3)]).customers).toEqual(['7', '07'])
  })

  test('a bigint may be larger than a safe integer', () => {
    expect(eventTable([buy(2n ** 64n, 0)]).customers).toEqual(['18446744073709551616'])
  })
})

describe('times', () => {
  test('days are local to the time zone', () => {
    const table = eventTable(
      [buy('ann', '2024-03-31'), buy('ann', '2024-03-30T22:30:00Z'), buy('ann', '2024-03-30T23:30:00Z')],
      {
        timeZone: 'Europe/Berlin',
      },
    )
    expect(lastDay(table)).toBe('2024-03-31')
    expect(Array.from(table.day)).toEqual([19812, 19813, 19813])
    expect(new Date(table.time[1]!).toISOString()).toBe('2024-03-30T23:00:00.000Z')
  })

  test.each([
    ['2024-05-02', '2024-05-02T00:00:00.000Z'],
    ['20240502', '2024-05-02T00:00:00.000Z'],
    ['2024-05-02T10:30', '2024-05-02T10:30:00.000Z'],
    ['2024-05-02 10:30:05', '2024-05-02T10:30:05.000Z'],
    ['2024-05-02T10:30:05.123456Z', '2024-05-02T10:30:05.123Z'],
    ['2024-05-02T10:30:05+02:00', '2024-05-02T08:30:05.000Z'],
    ['2024-05-02T10:30:05-0530', '2024-05-02T16:00:05.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(new Date(eventTable([buy('ann', text)]).time[0]!).toISOString()).toBe(instant)
  })
})

describe('replays', () => {
  test('a second event with the same source and id is dropped', () => {
    const replayed = [
      { ...buy('ann', 0), id: '1', source: 'shop' },
      { ...buy('ann', 1), id: '1', source: 'shop' },
      { ...buy('ann', 2), id: '1', source: 'till' },
      { ...buy('ann', 3), id: '2' },
    ]
    const table = eventTable(replayed)
    expect(table.time.length).toBe(3)
    expect(table.ledger).toEqual({ accepted: 3, replays: 1, rejected: [] })
  })
})

describe('refusals', () => {
  test.each([
    ['an empty id', buy('', 0), '"customer"'],
    ['an unsafe integer as id', buy(2 ** 53, 0), 'got 9007199254740992'],
    ['a fraction as id', buy(1.5, 0), '"customer"'],
    ['a time that is none', buy('ann', 'yesterday'), 'got "yesterday"'],
    ['an invalid date', buy('ann', new Date(Number.NaN)), 'got Date(NaN)'],
    ['a time beyond the calendar', buy('ann', 9e15), '"time"'],
    ['a day that does not exist', buy('ann', '2023-02-29'), '"time"'],
    ['an hour that does not exist', buy('ann', '2023-02-28T24:00'), '"time"'],
    ['an offset that does not exist', buy('ann', '2023-02-28T12:00+25:00'), '"time"'],
    ['a value that is NaN', buy('ann', 0, Number.NaN), '"value" must be a finite number of at least 0 in a purchase'],
    ['an infinite value', buy('ann', 0, Number.POSITIVE_INFINITY), 'got Infinity'],
    ['a negative value', buy('ann', 0, -1), 'got -1'],
    ['an unknown type', { ...buy('ann', 0), type: 'bought' } as never, 'got "bought"'],
    ['a type of the prototype', { ...buy('ann', 0), type: 'constructor' } as never, '"type"'],
    ['an unknown channel', { ...buy('ann', 0), channel: 'fax' } as never, 'got "fax"'],
    ['an empty order', { ...buy('ann', 0), order: '' }, '"order"'],
    ['a cancel of nothing', { type: 'cancel', customer: 'ann', time: 0 } as never, 'the order that a cancel calls off'],
  ])('%s', (_, event: CustomerEvent, text) => {
    expectRefusal(() => eventTable([buy('bob', 0), event]), 'BAD_EVENT', text)
    expectRefusal(() => eventTable([buy('bob', 0), event]), 'BAD_EVENT', 'eventTable: event 1 (customer')
    const { ledger } = eventTable([buy('bob', 0), event, buy('bob', 1)], { invalid: 'reject' })
    expect(ledger.accepted).toBe(2)
    expect(ledger.rejected).toEqual([{ index: 1, reason: expect.stringContaining(text) }])
  })

  test.each([null, undefined, 7, 'ann', () => 0])('no event at all: %s', (nothing) => {
    const events = [buy('bob', 0), nothing as never, buy('bob', 1)]
    const text = 'event 1: an event must be an object, got'
    expectRefusal(() => eventTable(events), 'BAD_EVENT', text)
    expectRefusal(() => summaryAccumulator().add(events), 'BAD_EVENT', text)
    const { ledger } = eventTable(events, { invalid: 'reject' })
    expect(ledger).toMatchObject({ accepted: 2, rejected: [{ index: 1 }] })
    expect(summaryAccumulator().add(events, { invalid: 'reject' })).toEqual(ledger)
  })

  test.each(['eur', 'EURO', '€', '', 7])('a currency that is none: %s', (currency) => {
    const event = { ...buy('ann', 0), currency } as never
    expectRefusal(() => eventTable([event]), 'BAD_EVENT', '"currency" must be three capital letters')
    expectRefusal(() => summaryAccumulator().add([event]), 'BAD_EVENT', '"currency"')
    if (currency === '') return
    expectRefusal(() => eventTable([], { currency: currency as never }), 'BAD_OPTION', '"currency"')
    expectRefusal(() => summaryAccumulator({ currency: currency as never }), 'BAD_OPTION', '"currency"')
  })

  test('mixed currencies', () => {
    const events = [{ ...buy('ann', 0), currency: 'EUR' }, buy('ann', 1), { ...buy('ann', 2), currency: 'USD' }]
    expectRefusal(
      () => eventTable(events),
      'MIXED_CURRENCIES',
      'event 2 (customer "ann") is in "USD", others are in "EUR"',
    )
    expect(eventTable(events.slice(0, 2)).currency).toBe('EUR')
    expectRefusal(() => eventTable(events, { currency: 'GBP' }), 'MIXED_CURRENCIES')
  })

  test('columns of different length', () => {
    expectRefusal(
      () => eventTableFromColumns({ customer: ['a', 'b'], time: [0] }),
      'BAD_SHAPE',
      'eventTableFromColumns: "time" must have 2 values, got 1',
    )
  })

  test('the last day of nothing', () => {
    expectRefusal(() => lastDay(eventTable([])), 'NOT_ENOUGH_DATA')
  })
})
