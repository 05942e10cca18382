import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { minorExponent } from '../../src/io/minorUnits.ts'
import { type CustomerSummary, customerSummary } from '../../src/table/customerSummary.ts'
import { eventTable } from '../../src/table/tableFromEvents.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { expectBalanced, outcomeOf } from './importBalance.ts'
import { type Order, vendors } from './vendors.ts'

const CURRENCIES = ['EUR', 'JPY', 'KWD'] as const
const ASOF = '2026-01-01'

/** An order of arrival. */
const keys = fc.infiniteStream(fc.nat(1_000_000))

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
  for (const { customer, paid, refunds, off } of told) {
    const left = off === undefined ? BigInt(paid) - sum(refunds.map(({ minor }) => minor)) : 0n
    if (left > 0n) totals.set(customer, (totals.get(customer) ?? 0n) + left)
  }
  return Object.fromEntries(totals)
}

/** The orders told again and otherwise, often at the same time and for the same money. */
function toldAgain(told: readonly Order[], others: readonly Order[]): Order[] {
  return others.map((other, i) => {
    const first = told[i]
    if (first === undefined) return other
    const later = first.time - other.time
    return {
      ...other,
      time: first.time,
      customer: i % 2 === 0 ? first.customer : other.customer,
      paid: i % 3 === 0 ? other.paid : first.paid,
      refunds: other.refunds.map(({ minor, time }) => ({ minor, time: time + later })),
      ...(other.off === undefined ? {} : { off: other.off + later }),
    }
  })
}

describe.each(vendors)('$name', ({ orders, read, tell, fixture }) => {
  test('imported money is the money of the source, to the smallest unit', () => {
    fc.assert(
      fc.property(orders, (told) => {
        const imported = read(tell(told).flat())
        expectBalanced(imported)
        expect(imported.ledger).toMatchObject({ faults: 0, ignored: 0, rounded: 0 })
        expect(imported.ledger.cancellations).toBe(told.filter(({ off }) => off !== undefined).length)
        expect(imported.ledger.money).toEqual(moneyOf(told))
      }),
    )
  })

  test('the same records twice, in any order, change nothing', () => {
    fc.assert(
      fc.property(orders, keys, (told, arrival) => {
        const once = read(tell(told).flat())
        const twice = read(shuffled([...tell(told), ...tell(told)], arrival).flat())
        expectBalanced(twice)
        const replays = once.ledger.records + once.ledger.replays
        expect(outcomeOf(twice)).toEqual({ ...outcomeOf(once), replays })
      }),
    )
  })

  test('refunds are netted once, in any order of arrival', () => {
    fc.assert(
      fc.property(orders, keys, (told, arrival) => {
        const records = tell(told)
        for (const currency of CURRENCIES) {
          const own = told.filter((order) => order.currency === currency)
          const { events, rejected } = read(shuffled(records, arrival).flat(), { currency })
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

  test('which of several tellings of an order counts does not depend on their arrival', () => {
    fc.assert(
      fc.property(orders, orders, keys, (told, others, arrival) => {
        const records = [...tell(told), ...tell(toldAgain(told, others))]
        const inTurn = read(records.flat())
        expectBalanced(inTurn)
        expect(outcomeOf(read(shuffled(records, arrival).flat()))).toEqual(outcomeOf(inTurn))
        expect(outcomeOf(read(records.toReversed().flat()))).toEqual(outcomeOf(inTurn))
      }),
      { numRuns: 300 },
    )
  })

  test('the fixture adds up, once, twice and backwards', () => {
    const imported = read(fixture.flat())
    expectBalanced(imported)
    expect(imported.ledger.faults).toBeGreaterThan(0)
    expect(imported.ledger.replays).toBeGreaterThan(0)
    expect(imported.ledger.ignored).toBeGreaterThan(0)
    const twice = read([...fixture, ...fixture].flat())
    expectBalanced(twice)
    expect(twice.events).toEqual(imported.events)
    expect(twice.ledger.money).toEqual(imported.ledger.money)
    const backwards = read(fixture.toReversed().flat())
    expectBalanced(backwards)
    expect(outcomeOf(backwards)).toEqual(outcomeOf(imported))
  })

  test('the fixture comes to the same in any order', () => {
    const inTurn = outcomeOf(read(fixture.flat()))
    fc.assert(
      fc.property(keys, (arrival) => {
        expect(outcomeOf(read(shuffled(fixture, arrival).flat()))).toEqual(inTurn)
      }),
    )
  })

  test('the fixture keeps nothing of a person but the identity', () => {
    const kept = JSON.stringify(read(fixture.flat()).events)
    expect(kept).not.toMatch(/203\.0\.113|Leipzig|04109|Hauptstr|Ann Example|Mozilla|4242|\?mail|ring twice|\+?0?341/)
  })

  test('one currency is kept and money of the others rejected', () => {
    const { ledger, rejected } = read(fixture.flat(), { currency: 'JPY' })
    expect(ledger.money.map(({ currency }) => currency)).toEqual(['JPY'])
    expect(
      rejected.filter(({ reason }) => reason === 'the money is in EUR and only JPY is kept').length,
    ).toBeGreaterThan(0)
  })

  test('records without a currency can be given one', () => {
    const without = read(fixture.flat())
    const given = read(fixture.flat(), { missingCurrency: 'EUR' })
    expect(given.ledger.accepted).toBeGreaterThan(without.ledger.accepted)
    expectBalanced(given)
  })

  test('options that are none', () => {
    expectRefusal(() => read([], { currency: 'euro' }), 'BAD_OPTION', '"currency" must be an ISO 4217 code')
    expectRefusal(() => read([], { missingCurrency: '' }), 'BAD_OPTION', '"missingCurrency"')
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
