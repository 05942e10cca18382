import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CustomerEvent } from '../../src/table/customerEvent.ts'
import type { EventTable, EventTableOptions } from '../../src/table/eventTable.ts'
import { type EventColumns, eventTableFromColumns } from '../../src/table/tableFromColumns.ts'
import { eventTable } from '../../src/table/tableFromEvents.ts'

/** The same events in columns, which are checked one by one: a column of types keeps them from any short way. */
function oneByOne(events: readonly CustomerEvent[], options: EventTableOptions): EventTable {
  const column = (name: string): unknown[] => events.map((event) => (event as unknown as Record<string, unknown>)[name])
  const names = ['customer', 'time', 'value', 'type', 'order', 'currency', 'channel', 'id', 'source']
  const columns = Object.fromEntries(names.map((name) => [name, column(name)]))
  return eventTableFromColumns(columns as unknown as EventColumns, options)
}

/** A table, or the error that it ends in, without the caller's name. */
function outcome(make: () => EventTable): unknown {
  try {
    return { ...make() }
  } catch (error) {
    const { code, message } = error as Error & { code: string }
    return { code, message: message.slice(message.indexOf(':')) }
  }
}

const customer = fc.oneof(fc.constantFrom('a', 'b', 'somebody@example.org', 'é'), fc.integer({ min: 0, max: 3 }))
const time = fc.oneof(fc.integer({ min: -1e12, max: 2e12 }), fc.constantFrom('2024-05-02', '2024-05-02T10:30', 0, -0))
const value = fc.oneof(fc.double({ min: 0, max: 1e6, noNaN: true }), fc.constantFrom(0, -0, 5))
const plain = fc.record({ type: fc.constant('purchase'), customer, time, value })

/** Anything that may be wrong with an event, or that only some events have. */
const odd = fc
  .tuple(
    plain,
    fc.record(
      {
        type: fc.constantFrom('purchase', 'refund', 'cancel', 'visit', 'gift', undefined),
        customer: fc.constantFrom('', 'c', 1.5, 2 ** 53, 7n, null, undefined, {}),
        time: fc.constantFrom('2024-02-30', Number.NaN, 9e15, new Date(5), new Date(Number.NaN), undefined, null),
        value: fc.constantFrom(-1, Number.NaN, Number.POSITIVE_INFINITY, '5', undefined, null, 3),
        order: fc.constantFrom('o1', 'o2', '', 7, null, undefined),
        currency: fc.constantFrom('EUR', '', null, undefined),
        channel: fc.constantFrom('web', 'unknown', 'moon', undefined),
        id: fc.constantFrom('1', '2', undefined),
        source: fc.constantFrom('s', undefined),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([event, change]) => ({ ...event, ...change }))

const eventsOf = (list: unknown): CustomerEvent[] => list as CustomerEvent[]

describe('laws: events are taken together as they are one by one', () => {
  test.each(['reject', 'throw'] as const)('whatever is wrong with some of them, invalid: %s', (invalid) => {
    fc.assert(
      fc.property(fc.array(fc.oneof({ arbitrary: plain, weight: 4 }, odd), { maxLength: 30 }), (list) => {
        const events = eventsOf(list)
        const options = { invalid, timeZone: 'Europe/Berlin' }
        expect(outcome(() => eventTable(events, options))).toEqual(outcome(() => oneByOne(events, options)))
      }),
    )
  })

  test('wherever an odd one stands among thousands', () => {
    const many = Array.from({ length: 2500 }, (_, i) => ({
      type: 'purchase',
      customer: `c${i % 700}`,
      time: i * 1e6,
      value: i % 9,
    }))
    // Around the ends of the blocks that are looked up together.
    const places = fc.array(
      fc.oneof(fc.integer({ min: 0, max: 2500 }), fc.constantFrom(0, 511, 512, 1023, 1024, 2048)),
      {
        minLength: 1,
        maxLength: 3,
      },
    )
    fc.assert(
      fc.property(places, odd, (at, event) => {
        const list: unknown[] = [...many]
        for (const place of at) list.splice(place, 0, event)
        const events = eventsOf(list)
        const found = eventTable(events, { invalid: 'reject' })
        const expected = oneByOne(events, { invalid: 'reject' })
        expect(found.ledger).toEqual(expected.ledger)
        expect(found.customers.join()).toBe(expected.customers.join())
        expect(found.orders).toEqual(expected.orders)
        expect(found.types).toEqual(expected.types)
        for (const name of ['offsets', 'time', 'day', 'value', 'type', 'order', 'channel'] as const) {
          // As bytes: NaN and zeros of both signs.
          expect(Buffer.compare(bytesOf(found[name]), bytesOf(expected[name])), name).toBe(0)
        }
      }),
      { numRuns: 40 }, // each of thousands of events
    )
  })

  test('events of many shapes', () => {
    const shapes = fc.subarray(['order', 'currency', 'channel', 'id', 'source', 'items', 'cost', 'coupon', 'partner'])
    fc.assert(
      fc.property(fc.array(fc.tuple(plain, shapes), { maxLength: 40 }), (list) => {
        const events = eventsOf(
          list.map(([event, names]) => ({ ...Object.fromEntries(names.map((name) => [name, undefined])), ...event })),
        )
        expect(outcome(() => eventTable(events))).toEqual(outcome(() => oneByOne(events, {})))
      }),
    )
  })
})

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer {
  return Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)
}

test.each([
  ['ids that are numbers', (i: number) => ({ customer: i % 70 })],
  ['ids among them', (i: number) => (i % 2 === 0 ? { id: String(i) } : {})],
  ['events that are wrong', (i: number) => (i % 3 === 0 ? { customer: '' } : {})],
])('%s make no event be read more than twice', (_, change) => {
  // Blocks of a thousand events were once read again for each that was out of the ordinary.
  let reads = 0
  const event = (_: unknown, i: number): unknown => ({
    type: 'purchase',
    customer: 'a',
    get time() {
      reads++
      return i
    },
    value: 1,
    ...change(i),
  })
  const events = eventsOf(Array.from({ length: 5000 }, event))
  expect(eventTable(events, { invalid: 'reject' }).ledger.accepted).toBeGreaterThan(3000)
  expect(reads).toBeLessThanOrEqual(2 * events.length)
})
