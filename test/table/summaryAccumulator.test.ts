import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { zoneOf } from '../../src/core/calendar.ts'
import { emptyState, LEAST_TO_SETTLE } from '../../src/table/accumulatorState.ts'
import type { CustomerEvent } from '../../src/table/customerEvent.ts'
import { type CustomerSummary, customerSummary } from '../../src/table/customerSummary.ts'
import { settleOpen } from '../../src/table/settleOpen.ts'
import { decodeAccumulator, SummaryAccumulator, summaryAccumulator } from '../../src/table/summaryAccumulator.ts'
import { eventTableFromColumns } from '../../src/table/tableFromColumns.ts'
import { eventTable } from '../../src/table/tableFromEvents.ts'
import { cdnow } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const DAY = 86_400_000
const day = (n: number): string => new Date(n * DAY).toISOString().slice(0, 10)

/** The rows of a summary by customer, and its ledger: what must not depend on the order of events. */
function contentOf(summary: CustomerSummary): unknown {
  const { customers, tableRows: _, ...rest } = summary
  const columns = Object.entries(rest).filter(([, value]) => ArrayBuffer.isView(value)) as [string, Float64Array][]
  const rows = customers.map((id, c) => [id, ...columns.map(([, column]) => column[c])])
  const facts = Object.entries(rest).filter(([, value]) => !ArrayBuffer.isView(value))
  return { rows: rows.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)), ...Object.fromEntries(facts) }
}

/** Cents, most of which are no binary fractions: plain sums of them depend on their order. */
const anyMoney = fc.integer({ min: 0, max: 100_000 }).map((n) => n / 100)

const anyEvents: fc.Arbitrary<CustomerEvent[]> = fc
  .array(
    fc.record({
      type: fc.constantFrom('purchase', 'purchase', 'purchase', 'refund', 'cancel', 'visit'),
      customer: fc.constantFrom('ann', 'bob', 'eve', '\ud800', '__proto__'),
      time: fc.integer({ min: 0, max: 40 * DAY }),
      value: anyMoney,
      hasValue: fc.boolean(),
      order: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: undefined }),
      id: fc.option(fc.integer({ min: 0, max: 1e9 }).map(String), { nil: undefined }),
    }),
    { maxLength: 60, size: 'max' },
  )
  .map((drafts) => {
    const byId = new Map<string, CustomerEvent>()
    return drafts.map(({ type, customer, time, value, hasValue, order, id }) => {
      const replay = id === undefined ? undefined : byId.get(id)
      if (replay) return replay
      const base = { customer, time, ...(id === undefined ? {} : { id, source: 'shop' }) }
      const ofOrder = order === undefined ? {} : { order }
      const event = (
        type === 'visit'
          ? { ...base, type }
          : type === 'cancel'
            ? { ...base, type, order: order ?? 'a', ...(hasValue ? { value } : {}) }
            : { ...base, type, value, ...ofOrder }
      ) as CustomerEvent
      if (id !== undefined) byId.set(id, event)
      return event
    })
  })

const anySplit = fc.infiniteStream(fc.nat(1e6))

function take(stream: Iterator<number>): number {
  return stream.next().value as number
}

function shuffled<T>(list: readonly T[], stream: Iterator<number>): T[] {
  return list
    .map((item) => ({ item, key: take(stream) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

/** Adds events in parts of any size. */
function addInParts(accumulator: SummaryAccumulator, events: readonly CustomerEvent[], stream: Iterator<number>): void {
  for (let at = 0; at < events.length; ) {
    const next = at + 1 + (take(stream) % 20)
    const part = events.slice(at, next)
    // As an array, as any other iterable, or as columns.
    const way = take(stream) % 3
    if (way === 0) accumulator.add(part)
    else if (way === 1) accumulator.add(part.values())
    else accumulator.add(columnsOf(part))
    at = next
  }
}

// biome-ignore lint/suspicious/noExplicitAny: fields of any kind of event
function columnsOf(events: readonly any[]): any {
  return {
    customer: events.map((event) => event.customer),
    time: events.map((event) => event.time),
    type: events.map((event) => event.type),
    value: events.map((event) => event.value),
    order: events.map((event) => event.order),
    id: events.map((event) => event.id),
    source: events.map((event) => event.source),
  }
}

const whole = { refundWindow: { days: 90 } } as const

describe('the summary is that of one pass', () => {
  test('CDNOW in chunks of 1,000, in its order, to the bit', () => {
    const table = cdnow()
    const accumulator = summaryAccumulator()
    const customer = table.customers.flatMap((id, c) => Array(table.offsets[c + 1]! - table.offsets[c]!).fill(id))
    for (let at = 0; at < customer.length; at += 1000) {
      accumulator.add({
        customer: customer.slice(at, at + 1000),
        time: table.time.slice(at, at + 1000),
        value: table.value.slice(at, at + 1000),
      })
    }
    for (const asOf of ['1998-06-30', '1997-09-30', '1996-12-31']) {
      expect(accumulator.summary({ asOf })).toEqual(customerSummary(table, { asOf }))
    }
  })

  test('for any split of the events in their order, to the bit and to the row', () => {
    fc.assert(
      fc.property(anyEvents, anySplit, fc.integer({ min: 0, max: 41 }), (events, stream, asOf) => {
        const accumulator = summaryAccumulator(whole)
        addInParts(accumulator, events, stream)
        const expected = customerSummary(eventTable(events), { asOf: day(asOf), timeUnit: 'day' })
        expect(accumulator.summary({ asOf: day(asOf), timeUnit: 'day' })).toEqual(expected)
        const { accepted, replays } = eventTable(events).ledger
        expect(accumulator.ledger).toMatchObject({ accepted, replays, rejected: 0, late: 0 })
      }),
    )
  })

  test('for any order of the events, to the bit', () => {
    fc.assert(
      fc.property(anyEvents, anySplit, fc.integer({ min: 0, max: 41 }), (events, stream, asOf) => {
        const accumulator = summaryAccumulator(whole)
        addInParts(accumulator, shuffled(events, stream), stream)
        const expected = customerSummary(eventTable(events), { asOf: day(asOf) })
        expect(contentOf(accumulator.summary({ asOf: day(asOf) }))).toEqual(contentOf(expected))
      }),
    )
  })

  test('for any tree of merges, encoded and decoded on the way, to the bit', () => {
    fc.assert(
      fc.property(anyEvents, anySplit, fc.integer({ min: 0, max: 41 }), (events, stream, asOf) => {
        const pile = Array.from({ length: 1 + (take(stream) % 6) }, () => summaryAccumulator(whole))
        for (const event of shuffled(events, stream)) {
          pile[take(stream) % pile.length]!.add([event])
          // A replay reaches another file.
          if (take(stream) % 10 === 0) pile[take(stream) % pile.length]!.add([event].filter(({ id }) => id))
        }
        while (pile.length > 1) {
          const [one] = pile.splice(take(stream) % pile.length, 1)
          const at = take(stream) % pile.length
          pile[at]!.merge(take(stream) % 2 === 0 ? one! : decodeAccumulator(one!.encode()))
        }
        const expected = customerSummary(eventTable(events), { asOf: day(asOf) })
        expect(contentOf(pile[0]!.summary({ asOf: day(asOf) }))).toEqual(contentOf(expected))
        expect(pile[0]!.ledger.accepted).toBe(eventTable(events).ledger.accepted)
      }),
    )
  })

  test('days are local to the time zone', () => {
    const events: CustomerEvent[] = [
      { type: 'purchase', customer: 'ann', time: '2024-03-30T22:30:00Z', value: 1 },
      { type: 'purchase', customer: 'ann', time: '2024-03-30T23:30:00Z', value: 2, id: '1' },
      { type: 'purchase', customer: 'ann', time: '2024-03-31', value: 3, order: 'A' },
    ]
    const accumulator = summaryAccumulator({ timeZone: 'Europe/Berlin' })
    for (const event of events) accumulator.add([event])
    const table = eventTable(events, { timeZone: 'Europe/Berlin' })
    expect(accumulator.summary({ asOf: '2024-03-31' })).toEqual(customerSummary(table, { asOf: '2024-03-31' }))
  })

  test('many events of few customers and many days, and of many customers in several buckets', () => {
    for (const customers of [3, 20_000]) {
      const accumulator = summaryAccumulator()
      const chunks = Array.from({ length: 10 }, (_, chunk) => ({
        customer: Uint32Array.from({ length: 30_000 }, (_, i) => ((i * 7919 + chunk) % customers) + 1),
        time: Float64Array.from({ length: 30_000 }, (_, i) => ((i * 104_729 + chunk * 31) % 5000) * DAY),
        value: Float64Array.from({ length: 30_000 }, (_, i) => (i % 997) / 100),
      }))
      for (const chunk of chunks) {
        accumulator.add(chunk)
        accumulator.encode() // merges what waits
      }
      const all = eventTableFromColumns({
        customer: chunks.flatMap(({ customer }) => [...customer]),
        time: chunks.flatMap(({ time }) => [...time]),
        value: chunks.flatMap(({ value }) => [...value]),
      })
      expect(accumulator.summary({ asOf: day(4000) })).toEqual(customerSummary(all, { asOf: day(4000) }))
    }
  })
})

const purchase: CustomerEvent = { type: 'purchase', customer: 'ann', time: 0, value: 1 }

describe('settling', () => {
  /** Events of an order lie within ten days. */
  const anyShort = anyEvents.map((events) =>
    events.map((event) => {
      const epoch = Math.floor((event.time as number) / (10 * DAY))
      const { order } = event as { order?: string }
      return order === undefined ? event : ({ ...event, order: `${order}${epoch}` } as CustomerEvent)
    }),
  )

  /** Adds events to accumulators that settle now and then, and merges all into the last. */
  function spread(events: readonly CustomerEvent[], stream: Iterator<number>, parts: boolean): SummaryAccumulator {
    const stateOf = (isPart: boolean) => emptyState(zoneOf('test', 'UTC'), 10, isPart, '')
    const states = Array.from({ length: 1 + (take(stream) % 4) }, () => stateOf(parts))
    const pile = states.map((state) => new SummaryAccumulator(state))
    const settle = (place: number): void => {
      if (!parts && take(stream) % 3 === 0) settleOpen(states[place]!)
    }
    for (const event of events) {
      const place = take(stream) % pile.length
      pile[place]!.add([event])
      settle(place)
    }
    while (pile.length > 1) {
      const from = take(stream) % pile.length
      const [one] = pile.splice(from, 1)
      states.splice(from, 1)
      const to = take(stream) % pile.length
      pile[to]!.merge(one!)
      settle(to)
    }
    const whole = stateOf(false)
    const last = new SummaryAccumulator(whole)
    last.merge(pile[0]!)
    settleOpen(whole)
    return last
  }

  /** Orders of one or two purchases within days, and what is taken back of them: up to ten days on, or long after. */
  const anyOrders = (longest: number): fc.Arbitrary<CustomerEvent[]> =>
    fc
      .array(
        fc.record({
          customer: fc.constantFrom('ann', 'bob', 'eve', 'dan'),
          at: fc.integer({ min: 0, max: 60 }),
          values: fc.array(anyMoney, { minLength: 1, maxLength: 2 }),
          back: fc.array(fc.record({ lag: fc.nat(longest), value: fc.option(anyMoney, { nil: undefined }) }), {
            maxLength: 2,
          }),
          hasOrder: fc.boolean(),
        }),
        { maxLength: 30, size: 'max' },
      )
      .map((drafts) =>
        drafts.flatMap(({ customer, at, values, back, hasOrder }, k): CustomerEvent[] => {
          const base = { customer, order: `${k}` }
          if (!hasOrder) return values.map((value) => ({ type: 'purchase', customer, time: at * DAY, value }))
          return [
            ...values.map((value, i): CustomerEvent => ({ ...base, type: 'purchase', time: (at + i) * DAY, value })),
            ...back.map(({ lag, value }): CustomerEvent => {
              const time = (at + lag) * DAY
              return value === undefined ? { ...base, type: 'cancel', time } : { ...base, type: 'refund', time, value }
            }),
          ]
        }),
      )

  const byTime = (events: readonly CustomerEvent[]): CustomerEvent[] =>
    events.toSorted((a, b) => (a.time as number) - (b.time as number))

  type Way = 'alone' | 'sorted' | 'any order'

  function settledNowAndThen(events: readonly CustomerEvent[], stream: Iterator<number>): SummaryAccumulator {
    const state = emptyState(zoneOf('test', 'UTC'), 10, false, '')
    const accumulator = new SummaryAccumulator(state)
    for (const event of events) {
      accumulator.add([event])
      if (take(stream) % 3 === 0) settleOpen(state)
    }
    return accumulator
  }

  test('whenever and wherever, the summary is that of one pass while nothing is late', () => {
    let kept = 0
    let late = 0
    const holds = (events: readonly CustomerEvent[], stream: Iterator<number>, way: Way): void => {
      const accumulator =
        way === 'alone'
          ? settledNowAndThen(byTime(events), stream)
          : spread(way === 'sorted' ? byTime(events) : shuffled(events, stream), stream, false)
      const again = decodeAccumulator(accumulator.encode())
      expect(again.ledger).toEqual(accumulator.ledger)
      if (accumulator.ledger.late > 0) late++
      if (accumulator.ledger.late > 0) return
      const expected = customerSummary(eventTable(events), { asOf: day(110) })
      expect(contentOf(accumulator.summary({ asOf: day(110) }))).toEqual(contentOf(expected))
      if (events.length > 10) kept++
    }
    const anyWay = fc.constantFrom<Way>('alone', 'sorted', 'any order')
    fc.assert(fc.property(anyShort, anySplit, anyWay, holds), { numRuns: 150 })
    fc.assert(fc.property(anyOrders(11), anySplit, anyWay, holds), { numRuns: 400 })
    fc.assert(fc.property(anyOrders(40), anySplit, anyWay, holds), { numRuns: 150 })
    expect(kept).toBeGreaterThan(40)
    expect(late).toBeGreaterThan(200)
  })

  test('nothing is late in a stream in its order that takes back inside the window', () => {
    fc.assert(
      fc.property(anyOrders(10), anySplit, (events, stream) => {
        expect(settledNowAndThen(byTime(events), stream).ledger.late).toBe(0)
      }),
    )
  })

  test('a refund after the window is late, however its order is remembered', () => {
    const order = (n: number, value: number): CustomerEvent => ({
      type: 'purchase',
      customer: 'bob',
      time: n * DAY,
      value,
      order: `${n}`,
    })
    const refund: CustomerEvent = { type: 'refund', customer: 'bob', time: 110 * DAY, value: 50, order: '5' }
    const late = (settled: boolean, batches: CustomerEvent[][]): number => {
      const state = emptyState(zoneOf('test', 'UTC'), 30, false, '')
      let accumulator = new SummaryAccumulator(state)
      for (const batch of batches) {
        accumulator.add(batch)
        if (settled) settleOpen(state)
        else accumulator = decodeAccumulator(accumulator.encode())
      }
      return accumulator.ledger.late
    }
    const orders = [order(1, 30), order(5, 50)]
    expect(late(false, [[...orders, refund]])).toBe(1)
    expect(late(false, [orders, [refund]])).toBe(1)
    expect(late(true, [orders, [order(100, 1)], [refund]])).toBe(1)
    expect(late(true, [orders, [order(100, 1)], [refund], [order(200, 1)]])).toBe(1)
    expect(late(true, [orders, [order(100, 1)]])).toBe(0)
  })

  test('parts divided at random are never late, and give one pass', () => {
    fc.assert(
      fc.property(anyShort, anySplit, (events, stream) => {
        const accumulator = spread(shuffled(events, stream), stream, true)
        expect(accumulator.ledger.late).toBe(0)
        const expected = customerSummary(eventTable(events), { asOf: day(41) })
        expect(contentOf(accumulator.summary({ asOf: day(41) }))).toEqual(contentOf(expected))
      }),
    )
  })

  test('a few years that are yet to come do not close the orders of today', () => {
    const accumulator = summaryAccumulator({ refundWindow: { days: 20 } })
    const future = Date.UTC(2204, 0, 1)
    for (let n = 0; n < 100; n++) {
      accumulator.add(Array.from({ length: 1000 }, (_, k) => ({ ...purchase, time: n * DAY, order: `${n} ${k}` })))
      accumulator.add([{ ...purchase, time: future + n * DAY, order: `typo ${n}` }])
    }
    accumulator.add([{ type: 'refund', customer: 'ann', time: 99 * DAY, value: 1, order: '90 0' }])
    expect(accumulator.ledger.late).toBe(0)
    expect(accumulator.ledger.open).toBeLessThan(70_000) // what is old is settled
    expect(accumulator.summary({ asOf: day(99) }).ledger).toMatchObject({ refundsOfOrders: 1, purchases: 99_999 })
  })
})

describe('the refund window', () => {
  const buy = (n: number, customer: string, order: string, value = 8): CustomerEvent => ({
    type: 'purchase',
    customer,
    time: day(n),
    value,
    order,
    id: `buy ${order}`,
  })
  const refund = (n: number, customer: string, order: string, value = 2): CustomerEvent => ({
    type: 'refund',
    customer,
    time: day(n),
    value,
    order,
    id: `refund ${order}`,
  })

  /** Orders on each of `days` days, more than are ever kept open beyond the window, some refunded up to 20 days on. */
  function stream(days: number): CustomerEvent[][] {
    return Array.from({ length: days }, (_, n) => {
      const events: CustomerEvent[] = []
      for (let k = 0; k < 1000; k++) {
        events.push(buy(n, `c${(n * 13 + k) % 5000}`, `${n}-${k}`, 1 + (k % 30)))
        if (n >= 20 && k % 9 === 0) events.push(refund(n, `c${((n - 20) * 13 + k) % 5000}`, `${n - 20}-${k}`, k % 35))
        if (k % 100 === 0) events.push({ type: 'refund', customer: `c${k}`, time: day(n), value: 0.5 })
        if (k % 100 === 1) events.push({ type: 'visit', customer: `v${k}`, time: day(n), id: `visit ${n} ${k}` })
      }
      return events
    })
  }
  const days = stream(150)
  const expected = customerSummary(eventTable(days.flat()), { asOf: day(149) })

  test('what is older is settled, and the summary stays that of one pass', () => {
    let accumulator = summaryAccumulator({ refundWindow: { days: 20 } })
    days.forEach((events, n) => {
      accumulator.add(events)
      if (n % 10 === 0) accumulator = decodeAccumulator(accumulator.encode())
    })
    expect(accumulator.ledger).toMatchObject({ accepted: days.flat().length, late: 0, rejected: 0, replays: 0 })
    expect(accumulator.ledger.open).toBeLessThan(2 * LEAST_TO_SETTLE)
    expect(accumulator.summary({ asOf: day(149) })).toEqual(expected)
    // A later day still knows the refunds by their days.
    const before = customerSummary(eventTable(days.flat()), { asOf: day(140) })
    expect(accumulator.summary({ asOf: day(140) })).toEqual(before)
    expectRefusal(() => accumulator.summary({ asOf: day(30) }), 'BAD_OPTION', 'refunds up to that day are netted')
  })

  test('accumulators of successive stretches may be merged, in any order', () => {
    const parts = [days.slice(0, 70), days.slice(70, 100), days.slice(100)].map((part) => {
      const accumulator = summaryAccumulator({ refundWindow: { days: 20 } })
      for (const events of part) accumulator.add(events)
      return decodeAccumulator(accumulator.encode())
    })
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ]) {
      const merged = summaryAccumulator({ refundWindow: { days: 20 } })
      for (const i of order) merged.merge(parts[i]!)
      expect(contentOf(merged.summary({ asOf: day(149) }))).toEqual(contentOf(expected))
    }
  })

  test('a refund after it finds its order closed, and reduces the total only', () => {
    const accumulator = summaryAccumulator({ refundWindow: { days: 20 } })
    accumulator.add([buy(0, 'ann', 'a'), refund(20, 'ann', 'a'), buy(0, 'bob', 'b'), refund(21, 'bob', 'b')])
    const { ledger, total, meanRepeatValue } = accumulator.summary({ asOf: day(30) })
    expect(ledger).toMatchObject({ refundsOfOrders: 1, refundsOfCustomers: 1 })
    expect([...total, ...meanRepeatValue]).toEqual([6, 6, 0, 0])
  })

  test('replays inside it are dropped and counted; what comes after it is counted as late', () => {
    const accumulator = summaryAccumulator({ refundWindow: { days: 20 } })
    for (const events of days) accumulator.add(events)
    expect(accumulator.add(days[149]!)).toMatchObject({ accepted: 10, replays: days[149]!.length - 10 }) // without ids
    expect(accumulator.ledger.late).toBe(0)
    accumulator.add([buy(3, 'late', 'late'), { type: 'purchase', customer: 'x', time: day(3), value: 1 }])
    expect(accumulator.ledger.late).toBe(1) // the other needs no memory
  })
})

describe('an error leaves the accumulator as it was', () => {
  const good: CustomerEvent = { type: 'purchase', customer: 'ann', time: 0, value: 1, currency: 'EUR' }
  const bad = { ...good, customer: 'eve', value: -1 }

  test.each([
    ['an event that cannot be true', [good, bad], 'BAD_EVENT'],
    ['columns', columnsOf([good, bad]), 'BAD_EVENT'],
    ['columns without ids', { customer: ['eve'], time: [0], value: [-1] }, 'BAD_EVENT'],
    ['another currency', [{ ...good, customer: 'eve', currency: 'USD' }], 'MIXED_CURRENCIES'],
    ['a table in another currency', eventTable([{ ...good, currency: 'USD' }]), 'MIXED_CURRENCIES'],
    ['a table in another time zone', eventTable([good], { timeZone: 'Asia/Tokyo' }), 'BAD_OPTION'],
    ['columns of different length', { customer: ['eve'], time: [0], id: [] }, 'BAD_SHAPE'],
  ] as const)('%s', (_, events, code) => {
    const accumulator = summaryAccumulator()
    accumulator.add([good])
    const before = accumulator.encode()
    expectRefusal(() => accumulator.add(events as never, { batch: 'b' }), code)
    expect(accumulator.encode()).toEqual(before)
  })

  test('or lists it, with its place among those given', () => {
    const accumulator = summaryAccumulator()
    const events = function* (): Generator<CustomerEvent> {
      for (let i = 0; i < 70_000; i++) yield good
      yield bad
    }
    const ledger = accumulator.add(events(), { invalid: 'reject' })
    expect(ledger).toMatchObject({ accepted: 70_000, rejected: [{ index: 70_000 }] })
    expect(accumulator.ledger).toMatchObject({ accepted: 70_000, rejected: 1 })
  })
})

describe('refusals', () => {
  test('a window that is none', () => {
    expectRefusal(() => summaryAccumulator({ refundWindow: 90 as never }), 'BAD_OPTION', '"refundWindow"')
    expectRefusal(() => summaryAccumulator({ refundWindow: { days: 0.5 } }), 'BAD_OPTION', 'from 1 to')
    expectRefusal(() => summaryAccumulator({ timeZone: 'Berlin' }), 'BAD_OPTION', '"timeZone"')
  })

  test('accumulators that do not fit together', () => {
    const accumulator = summaryAccumulator({ currency: 'EUR' })
    expectRefusal(() => accumulator.merge(accumulator), 'BAD_OPTION')
    expectRefusal(() => accumulator.merge(summaryAccumulator({ timeZone: 'Asia/Tokyo' })), 'BAD_OPTION')
    expectRefusal(() => accumulator.merge(summaryAccumulator({ refundWindow: { weeks: 1 } })), 'BAD_OPTION')
    expectRefusal(() => accumulator.merge(summaryAccumulator({ currency: 'USD' })), 'MIXED_CURRENCIES')
  })

  test('what is no events', () => {
    expectRefusal(() => summaryAccumulator().add('ann' as never), 'BAD_OPTION', '"events"')
    expectRefusal(() => summaryAccumulator().add(undefined as never), 'BAD_OPTION', '"events"')
  })

  test('a day that is none', () => {
    expectRefusal(() => summaryAccumulator().summary({ asOf: 'today' }), 'BAD_OPTION', '"asOf"')
  })
})

describe('bytes', () => {
  const accumulator = summaryAccumulator({ timeZone: 'Europe/Berlin', currency: 'EUR' })
  accumulator.add(
    [
      { type: 'purchase', customer: 'ann', time: '2024-01-05', value: 30 },
      { type: 'purchase', customer: '\ud800', time: '2024-01-06', value: 0.1, order: '€ 1', id: '7' },
      { type: 'refund', customer: 'ann', time: '2024-01-09', value: 5 },
      { type: 'visit', customer: 'bob', time: '2024-01-08' },
    ],
    { batch: 'first.csv' },
  )
  const bytes = accumulator.encode()

  test('read back are the same accumulator', () => {
    const again = decodeAccumulator(bytes)
    expect(again.encode()).toEqual(bytes)
    expect(again.summary({ asOf: '2024-01-31' })).toEqual(accumulator.summary({ asOf: '2024-01-31' }))
    expect(again.ledger).toEqual(accumulator.ledger)
    expect([again.timeZone, again.currency, again.refundWindow, again.batches]).toEqual([
      'Europe/Berlin',
      'EUR',
      { days: 90 },
      ['first.csv'],
    ])
    // From the middle of a larger buffer, as files may be read.
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    expect(decodeAccumulator(shifted.subarray(3)).encode()).toEqual(bytes)
    expect(decodeAccumulator(summaryAccumulator().encode()).summary({ asOf: '2024-01-01' }).customers).toEqual([])
  })

  test.each([1, 2, 3])('of version %d, kept since, are read', (version) => {
    const file = new URL(`../goldens/accumulator/version${version}.bin`, import.meta.url)
    const kept = decodeAccumulator(readFileSync(file))
    expect(kept.ledger).toEqual(accumulator.ledger)
    expect(kept.summary({ asOf: '2024-01-31' })).toEqual(accumulator.summary({ asOf: '2024-01-31' }))
  })

  test('remember whether they are a part', () => {
    const part = summaryAccumulator({ part: true })
    for (let n = 0; n < 40; n++) {
      part.add(Array.from({ length: 2000 }, (_, k) => ({ ...purchase, time: n * DAY, order: `${n} ${k}` })))
    }
    const again = decodeAccumulator(part.encode())
    again.add([{ ...purchase, order: 'last' }])
    expect(again.ledger.open).toBe(80_001)
  })

  test('of a later version are refused', () => {
    const later = bytes.slice()
    later[8] = 4
    expectRefusal(() => decodeAccumulator(later), 'UNSUPPORTED_MODEL', 'version 4')
  })

  // Up to version 2 the checksum did not cover the version.
  test('that say they are of an earlier version are refused', () => {
    for (const version of [0, 1, 2]) {
      const changed = bytes.slice()
      changed[8] = version
      expectRefusal(() => decodeAccumulator(changed), 'BAD_MODEL', 'damaged')
    }
  })

  test('with any byte changed, cut anywhere or longer are refused', () => {
    for (let i = 0; i < bytes.length; i++) {
      const changed = bytes.slice()
      changed[i]! ^= 1 << (i % 8)
      const version = new DataView(changed.buffer).getUint32(8, true)
      expectRefusal(() => decodeAccumulator(changed), version > 3 ? 'UNSUPPORTED_MODEL' : 'BAD_MODEL')
      expectRefusal(() => decodeAccumulator(bytes.subarray(0, i)), 'BAD_MODEL')
    }
    expectRefusal(() => decodeAccumulator(new Uint8Array([...bytes, ...new Uint8Array(8)])), 'BAD_MODEL')
    expectRefusal(() => decodeAccumulator('clientel' as never), 'BAD_MODEL')
  })

  test('that mean harm, with a right checksum, are refused or read in bounds', async () => {
    const { stateChecksum, VERSION } = await import('../../src/table/stateFormat.ts')
    let refused = 0
    for (let i = 32; i < bytes.length; i++) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const hostile = bytes.slice()
        hostile[i] = value
        const [a, b] = stateChecksum(hostile, VERSION)
        new DataView(hostile.buffer).setUint32(24, a, true)
        new DataView(hostile.buffer).setUint32(28, b, true)
        try {
          decodeAccumulator(hostile).summary({ asOf: '2024-01-31' })
        } catch (error) {
          expectRefusal(
            () => {
              throw error
            },
            // biome-ignore lint/suspicious/noExplicitAny: its code is what is asked
            (error as any).code === 'BAD_OPTION' ? 'BAD_OPTION' : 'BAD_MODEL',
          )
          refused++
        }
      }
    }
    expect(refused).toBeGreaterThan(bytes.length)
  })
})
