import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Imported } from '../../src/io/importLedger.ts'
import { minorExponent, readMinor } from '../../src/io/minorUnits.ts'
import type { CustomerEvent } from '../../src/table/customerEvent.ts'
import { type CustomerSummary, customerSummary } from '../../src/table/customerSummary.ts'
import { eventTable } from '../../src/table/tableFromEvents.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { type Order, orders, vendors } from './vendors.ts'

const CURRENCIES = ['EUR', 'JPY', 'KWD'] as const
const ASOF = '2026-01-01'

/** Orders, and an order of arrival for twice as many records as they can have. */
const arrivals = fc.tuple(orders, fc.infiniteStream(fc.nat(1_000_000)))

function shuffled<T>(list: readonly T[], keys: Iterator<number>): T[] {
  return list
    .map((item) => ({ item, key: keys.next().value as number }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}

function sum(values: readonly number[]): bigint {
  return values.reduce((total, value) => total + BigInt(value), 0n)
}

/** Money of orders by currency, as a ledger has it. */
function moneyOf(told: readonly Order[]): object[] {
  return CURRENCIES.flatMap((currency) => {
    const own = told.filter((order) => order.currency === currency)
    const refunded = sum(own.flatMap(({ refunds }) => refunds.map(({ minor }) => minor)))
    const decimals = minorExponent(currency)
    return own.length === 0 ? [] : [{ currency, decimals, paid: sum(own.map(({ paid }) => paid)), refunded }]
  })
}

/** Money of events by currency, as a ledger has it: what the events carry, and not what the importer says of them. */
function moneyOfEvents(events: readonly CustomerEvent[]): object[] {
  const sums = new Map<string, { currency: string; decimals: number; paid: bigint; refunded: bigint }>()
  for (const event of events) {
    if (event.type !== 'purchase' && event.type !== 'refund') continue
    const currency = event.currency!
    const decimals = minorExponent(currency)
    const entry = sums.get(currency) ?? { currency, decimals, paid: 0n, refunded: 0n }
    const money = readMinor(event.value, decimals)!
    expect(money.isRounded).toBe(false)
    entry[event.type === 'purchase' ? 'paid' : 'refunded'] += BigInt(money.minor)
    sums.set(currency, entry)
  }
  return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1))
}

/** The ledger adds up, and so do events and rejected records; every event is one that a table takes. */
function expectBalanced({ events, rejected, ledger }: Imported): void {
  expect(ledger.accepted + rejected.length).toBe(ledger.records)
  expect(ledger.faults + ledger.replays + ledger.ignored).toBe(rejected.length)
  expect(ledger.ignoredKinds.reduce((total, { records }) => total + records, 0)).toBe(ledger.ignored)
  expect(rejected.every(({ index }, i) => index > (rejected[i - 1]?.index ?? -1) && index < ledger.records)).toBe(true)
  expect(rejected.every(({ reason }) => reason !== '' && reason.length < 400)).toBe(true)
  expect(events.length).toBe(ledger.events)
  expect(ledger.money).toEqual(moneyOfEvents(events))
  for (const currency of new Set(ledger.money.map((money) => money.currency))) {
    const kept = events.filter((event) => !('currency' in event) || event.currency === currency)
    const table = eventTable(kept)
    expect(table.ledger).toEqual({ accepted: kept.length, replays: 0, rejected: [] })
  }
}

/** What a summary says of each customer, whatever the order of the rows. */
function byCustomer(summary: CustomerSummary): object {
  return Object.fromEntries(
    summary.customers.map((customer, c) => [
      customer,
      [summary.total[c]!.toFixed(3), summary.purchases[c], summary.repeats[c], summary.age[c], summary.ageAtLast[c]],
    ]),
  )
}

/** Net money of each customer with something left of an order, from the orders themselves. */
function expectedTotals(told: readonly Order[]): object {
  const totals = new Map<string, bigint>()
  for (const { customer, paid, refunds } of told) {
    const left = BigInt(paid) - sum(refunds.map(({ minor }) => minor))
    if (left > 0n) totals.set(customer, (totals.get(customer) ?? 0n) + left)
  }
  return Object.fromEntries(totals)
}

describe.each(vendors)('$name', ({ read, tell, fixture }) => {
  test('imported money is the money of the source, to the smallest unit', () => {
    fc.assert(
      fc.property(orders, (told) => {
        const imported = read(tell(told).flat())
        expectBalanced(imported)
        expect(imported.ledger).toMatchObject({ faults: 0, ignored: 0, rounded: 0 })
        expect(imported.ledger.money).toEqual(moneyOf(told))
      }),
    )
  })

  test('the same records twice, in any order, change nothing', () => {
    fc.assert(
      fc.property(arrivals, ([told, keys]) => {
        const once = read(tell(told).flat())
        const twice = read(shuffled([...tell(told), ...tell(told)], keys).flat())
        expectBalanced(twice)
        const sorted = ({ events }: Imported): string[] => events.map((event) => JSON.stringify(event)).sort()
        expect(sorted(twice)).toEqual(sorted(once))
        expect(twice.ledger.money).toEqual(once.ledger.money)
        expect(twice.ledger.accepted).toBe(once.ledger.accepted)
      }),
    )
  })

  test('refunds are netted once, in any order of arrival', () => {
    fc.assert(
      fc.property(arrivals, ([told, keys]) => {
        const records = tell(told)
        for (const currency of CURRENCIES) {
          const own = told.filter((order) => order.currency === currency)
          const { events, rejected } = read(shuffled(records, keys).flat(), { currency })
          expect(rejected.filter(({ cause }) => cause === 'fault' && own.length === told.length)).toEqual([])
          const summary = customerSummary(eventTable(events), { asOf: ASOF, timeUnit: 'day' })
          const scale = 10 ** minorExponent(currency)
          const totals = summary.customers.map((customer, c) => [
            customer,
            BigInt(Math.round(summary.total[c]! * scale)),
          ])
          expect(Object.fromEntries(totals)).toEqual(expectedTotals(own))
          expect(summary.ledger.refundsOfCustomers).toBe(0)
          expect(byCustomer(summary)).toEqual(
            byCustomer(
              customerSummary(eventTable(read(records.flat(), { currency }).events), { asOf: ASOF, timeUnit: 'day' }),
            ),
          )
        }
      }),
    )
  })

  test('the fixture adds up, once, twice and backwards', () => {
    const imported = read(fixture)
    expectBalanced(imported)
    expect(imported.ledger.faults).toBeGreaterThan(0)
    expect(imported.ledger.replays).toBeGreaterThan(0)
    expect(imported.ledger.ignored).toBeGreaterThan(0)
    const twice = read([...fixture, ...fixture])
    expectBalanced(twice)
    expect(twice.events).toEqual(imported.events)
    expect(twice.ledger.money).toEqual(imported.ledger.money)
  })

  test('the fixture keeps nothing of a person but the identity', () => {
    const kept = JSON.stringify(read(fixture).events)
    expect(kept).not.toMatch(/203\.0\.113|Leipzig|04109|Hauptstr|Ann Example|Mozilla|4242|\?mail|ring twice|\+?0?341/)
  })

  test('one currency is kept and money of the others rejected', () => {
    const { ledger, rejected } = read(fixture, { currency: 'JPY' })
    expect(ledger.money.map(({ currency }) => currency)).toEqual(['JPY'])
    expect(
      rejected.filter(({ reason }) => reason === 'the money is in EUR and only JPY is kept').length,
    ).toBeGreaterThan(0)
  })

  test('records without a currency can be given one', () => {
    const without = read(fixture)
    const given = read(fixture, { missingCurrency: 'EUR' })
    expect(given.ledger.accepted).toBeGreaterThan(without.ledger.accepted)
    expectBalanced(given)
  })

  test('options that are none', () => {
    expectRefusal(() => read([], { currency: 'euro' }), 'BAD_OPTION', '"currency" must be an ISO 4217 code')
    expectRefusal(() => read([], { missingCurrency: '' }), 'BAD_OPTION', '"missingCurrency"')
  })
})

/** Values that readers trip over. */
const TRAPS: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    '',
    ' ',
    0,
    -1,
    0.1 + 0.2,
    1e308,
    -1e308,
    5e-324,
    2 ** 53,
    1e15,
    '1e999',
    'NaN',
    '٣',
    '1,5',
    '\u0000',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '2024-02-30',
    '275760-09-14T00:00:00Z',
    '9'.repeat(70),
    'x'.repeat(100_000),
  ],
  ...[[], {}, [[]], [null], { id: {} }, { length: 1e9 }, 'EUR', 'eur', 'XXXX', 253_402_300_800, -1e15],
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
]
const trap = fc.oneof(fc.constantFrom(...TRAPS), fc.jsonValue({ maxDepth: 2 }))

/** Copies a record with one value somewhere in it replaced, taken out, or joined by a trap. */
function mutated(record: unknown, picks: Iterator<number>, value: unknown): unknown {
  const copy = structuredClone(record)
  let place = copy
  for (;;) {
    if (typeof place !== 'object' || place === null) return value
    const object = place as Record<string, unknown>
    const names = Object.keys(object)
    if (names.length === 0) return copy
    const name = names[(picks.next().value as number) % names.length]!
    const inner = object[name]
    if (typeof inner === 'object' && inner !== null && (picks.next().value as number) % 4 > 0) {
      place = inner
      continue
    }
    const way = (picks.next().value as number) % 8
    if (way === 0) delete object[name]
    else if (way === 1) Object.defineProperty(object, '__proto__', { value, enumerable: true, configurable: true })
    else object[name] = value
    return copy
  }
}

/** Copies a text with a piece cut out, doubled or replaced. */
function mutatedText(text: string, picks: Iterator<number>, value: unknown): string {
  const from = (picks.next().value as number) % (text.length + 1)
  const to = from + ((picks.next().value as number) % 12)
  const middle = [
    typeof value === 'string' ? value : JSON.stringify(value),
    '',
    '"',
    text.slice(from, to).repeat(2),
    ',',
    '\r',
  ][(picks.next().value as number) % 6]!
  return text.slice(0, from) + middle + text.slice(to)
}

describe.each(vendors)('hostile records of $name', ({ read, fixture }) => {
  // 1,000 runs of 10 records each.
  test('10,000 arbitrary records', () => {
    fc.assert(
      fc.property(fc.array(trap, { minLength: 10, maxLength: 10 }), (records) => {
        const isText = typeof fixture[0] === 'string'
        expectBalanced(read(isText ? records.map((record) => JSON.stringify(record)) : records))
      }),
      { numRuns: 1000 },
    )
    expect(Object.keys(Object.prototype)).toEqual([])
    expect('polluted' in {}).toBe(false)
  })

  test('10,000 mutated records of the fixture', () => {
    const picks = fc.infiniteStream(fc.nat(1_000_000))
    const choices = fc.array(fc.tuple(fc.nat(fixture.length - 1), trap), { minLength: 10, maxLength: 10 })
    fc.assert(
      fc.property(choices, picks, (chosen, stream) => {
        const records = chosen.map(([i, value]) => {
          const record = fixture[i]!
          return typeof record === 'string' ? mutatedText(record, stream, value) : mutated(record, stream, value)
        })
        // The fixture beside them, so that mutated records meet the orders that they tell of.
        expectBalanced(read([...records, ...fixture]))
      }),
      { numRuns: 1000 },
    )
    expect(Object.keys(Object.prototype)).toEqual([])
    expect('polluted' in {}).toBe(false)
  })
})

describe('what is no list', () => {
  test.each([null, undefined, 7, 'records', {}, true])('%o', (records) => {
    for (const { name, read } of vendors) {
      if (name !== 'Shopify')
        expectRefusal(() => read(records as never), 'BAD_SHAPE', '"records" must be a list of records')
    }
  })
})
