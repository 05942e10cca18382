import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CustomerEvent } from '../../src/table/customerEvent.ts'
import { type CustomerSummary, customerSummary } from '../../src/table/customerSummary.ts'
import { eventTableFromColumns } from '../../src/table/tableFromColumns.ts'
import { eventTable } from '../../src/table/tableFromEvents.ts'
import { cdnow, cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const goldens = JSON.parse(readFileSync(new URL('../goldens/small/goldens_small.json', import.meta.url), 'utf8'))

type Transaction = readonly [customer: number, day: string, value?: number]

function summaryOf(transactions: readonly Transaction[], asOf: string): CustomerSummary {
  const table = eventTableFromColumns({
    customer: transactions.map(([customer]) => customer),
    time: transactions.map(([, day]) => day),
    value: transactions.map(([, , value = 1]) => value),
  })
  return customerSummary(table, { asOf, timeUnit: 'day' })
}

/** Rows [customer, x, t_x, T, m_x], as the goldens have them. */
function rowsOf(summary: CustomerSummary): number[][] {
  return summary.customers.map((customer, c) => [
    Number(customer),
    summary.repeats[c]!,
    summary.ageAtLast[c]!,
    summary.age[c]!,
    summary.meanRepeatValue[c]!,
  ])
}

describe('published', () => {
  test('the worked example of lifetimes', () => {
    const { transactions, observation_period_end, daily } = goldens.lifetimes_summary
    expect(rowsOf(summaryOf(transactions, observation_period_end))).toEqual(daily)
  })

  test('a customer with one purchase day', () => {
    const { transactions, observation_period_end, expected } = goldens.lifetimes_summary_2
    const rows = rowsOf(summaryOf(transactions, observation_period_end)).sort((a, b) => a[0]! - b[0]!)
    expect(rows.map((row) => row.slice(0, 4))).toEqual(expected)
  })

  test('the first purchase is the earliest, not the first that arrives (lifetimes issue 85)', () => {
    const { transactions, monetary_value } = goldens.lifetimes_unordered_first_order
    expect(summaryOf(transactions, '2014-06-01').meanRepeatValue[0]).toBe(monetary_value)
  })

  test('CDNOW: repeat spending in the calibration period (Fader, Hardie & Lee 2005)', () => {
    const { exact_recomputed: exact } = goldens.hardie_cdnow_sample_calibration
    const summary = customerSummary(cdnowSample(), { asOf: '1997-09-30', timeUnit: 'week' })
    const means = Array.from(summary.meanRepeatValue).filter((_, c) => summary.repeats[c]! > 0)
    const mean = means.reduce((sum, value) => sum + value, 0) / means.length
    expect(summary.customers.length).toBe(exact.customers)
    expect(means.length).toBe(exact.repeat_customers)
    expect(mean).toBeCloseTo(exact.mean, 4) // four printed decimals
  })

  test('CDNOW: all money is in the ledger', () => {
    const { ledger } = customerSummary(cdnow(), { asOf: '1998-06-30' })
    expect(ledger.total).toBe(2_500_315.63)
    expect(ledger.gross).toBe(2_500_315.63)
    expect(ledger.purchases).toBe(69_659)
    expect(ledger.eventsAfter).toBe(0)
  })

  test('CDNOW: same-day purchases of the sample are 6,696 occasions', () => {
    const summary = customerSummary(cdnowSample(), { asOf: '1998-06-30' })
    expect(summary.repeats.reduce((sum, x) => sum + x + 1, 0)).toBe(6696)
  })
})

describe('days and weeks', () => {
  test('a week is seven days, and fractions count', () => {
    const table = cdnowSample()
    const days = customerSummary(table, { asOf: '1997-09-30', timeUnit: 'day' })
    const weeks = customerSummary(table, { asOf: '1997-09-30', timeUnit: 'week' })
    expect(Array.from(weeks.age)).toEqual(Array.from(days.age, (days) => days / 7))
  })

  test('a summer night does not change the number of days', () => {
    // 23 and 25 hours: the clocks of Berlin changed on 2024-03-31 and 2024-10-27.
    const events = [
      ['spring', '2024-03-30T23:30:00', '2024-03-31T23:30:00'],
      ['autumn', '2024-10-26T00:30:00', '2024-10-27T23:45:00'],
      ['evening', '2024-10-27T00:10:00', '2024-10-27T23:50:00'],
    ].flatMap(([customer, ...times]) =>
      times.map((time) => ({ type: 'purchase', customer, time, value: 1 }) as CustomerEvent),
    )
    const summary = customerSummary(eventTable(events, { timeZone: 'Europe/Berlin' }), {
      asOf: '2024-10-28',
      timeUnit: 'day',
    })
    expect(Array.from(summary.ageAtLast)).toEqual([1, 1, 0])
    expect(Array.from(summary.repeats)).toEqual([1, 1, 0])
    expect(summary.purchases[2]).toBe(2)
    expect(Array.from(summary.sinceLast)).toEqual([211, 1, 1])
  })

  test('the as-of day counts, and later events are left out and counted', () => {
    const summary = summaryOf(
      [
        [1, '2024-01-01', 5],
        [1, '2024-01-31', 7],
        [1, '2024-02-01', 9],
        [2, '2024-02-02', 1],
      ],
      '2024-01-31',
    )
    expect(summary.customers).toEqual(['1'])
    expect(summary.total[0]).toBe(12)
    expect(summary.sinceLast[0]).toBe(0)
    expect(summary.ledger).toMatchObject({ eventsAfter: 2, customersWithoutPurchase: 1, total: 12, gross: 12 })
  })
})

describe('refunds', () => {
  const at = (day: number): string => `2024-01-${String(day).padStart(2, '0')}`
  const buy = (day: number, value: number, order: string, customer = 'ann'): CustomerEvent => ({
    type: 'purchase',
    customer,
    time: at(day),
    value,
    order,
  })
  const refund = (day: number, value: number, order?: string, customer = 'ann'): CustomerEvent => ({
    type: 'refund',
    customer,
    time: at(day),
    value,
    ...(order === undefined ? {} : { order }),
  })
  const cancel = (day: number, order: string, customer = 'ann'): CustomerEvent => ({
    type: 'cancel',
    customer,
    time: at(day),
    order,
  })
  const sum = (events: readonly CustomerEvent[], asOf = at(31)): CustomerSummary =>
    customerSummary(eventTable(events), { asOf, timeUnit: 'day' })

  test('a partial refund reduces its order, and the order still counts', () => {
    const summary = sum([buy(1, 50, 'a'), buy(5, 30, 'b'), refund(6, 10, 'b')])
    expect(summary.total[0]).toBe(70)
    expect(summary.meanRepeatValue[0]).toBe(20)
    expect(summary.purchases[0]).toBe(2)
  })

  test('an order refunded whole, in parts, is no purchase', () => {
    const summary = sum([buy(1, 50, 'a'), buy(5, 0.3, 'b'), refund(6, 0.1, 'b'), refund(7, 0.2, 'b')])
    expect(summary.purchases[0]).toBe(1)
    expect(summary.repeats[0]).toBe(0)
    expect(summary.sinceLast[0]).toBe(30)
    expect(summary.ledger).toMatchObject({ purchasesTakenBack: 1, refundsOfOrders: 2 })
  })

  test('a cancelled order is no purchase, even one of no money', () => {
    const summary = sum([buy(1, 50, 'a'), buy(5, 0, 'b'), cancel(6, 'b')])
    expect(summary.purchases[0]).toBe(1)
    expect(summary.ledger.purchasesTakenBack).toBe(1)
  })

  test('a refund without an order reduces the total only', () => {
    const summary = sum([buy(1, 50, 'a'), buy(5, 30, 'b'), refund(6, 100)])
    expect(summary.total[0]).toBe(-20)
    expect(summary.meanRepeatValue[0]).toBe(30)
    expect(summary.ledger.refundsOfCustomers).toBe(1)
  })

  test('what a refund takes beyond its order reduces the total', () => {
    expect(sum([buy(1, 50, 'a'), buy(5, 30, 'b'), refund(6, 35, 'b')]).total[0]).toBe(45)
  })

  test("nobody's refund touches an order of somebody else", () => {
    const summary = sum([buy(1, 50, 'a'), buy(1, 20, 'c', 'bob'), refund(2, 50, 'a', 'bob'), cancel(3, 'a', 'bob')])
    expect(Array.from(summary.total)).toEqual([50, -30])
    expect(summary.ledger).toMatchObject({ refundsOfCustomers: 1, cancellationsUnmatched: 1 })
  })

  test('a refund after the as-of day is not known yet', () => {
    expect(sum([buy(1, 50, 'a'), refund(20, 50, 'a')], at(19)).total[0]).toBe(50)
    expect(sum([buy(1, 50, 'a'), refund(20, 50, 'a')], at(20)).customers).toEqual([])
  })

  test('a refund may arrive before its order', () => {
    expect(sum([refund(6, 10, 'b'), buy(5, 30, 'b')]).total[0]).toBe(20)
  })

  test('money in is money out: gross - refunded = total + outside', () => {
    const anyEvent = fc.record({
      type: fc.constantFrom('purchase' as const, 'refund' as const, 'cancel' as const),
      customer: fc.constantFrom('ann', 'bob', 'eve'),
      time: fc.integer({ min: 0, max: 40 * 86_400_000 }),
      value: fc.integer({ min: 0, max: 10_000 }).map((cents) => cents / 100),
      order: fc.constantFrom('a', 'b', 'c'),
    })
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        const { ledger } = customerSummary(eventTable(events as CustomerEvent[]), { asOf: '1970-01-31' })
        // Cents in binary fractions: 60 values of at most 100 err by less than 60 roundings of 1e-14.
        expect(ledger.gross - ledger.refunded - ledger.total - ledger.outside).toBeCloseTo(0, 9)
        const seen = ledger.purchases + ledger.purchasesTakenBack + ledger.refundsOfOrders + ledger.refundsOfCustomers
        expect(seen + ledger.cancellationsUnmatched + ledger.eventsAfter).toBe(events.length)
      }),
    )
  })
})

describe('laws', () => {
  const anyTransactions = fc.array(
    fc.record({
      type: fc.constant('purchase' as const),
      customer: fc.integer({ min: 1, max: 9 }),
      time: fc.integer({ min: 0, max: 100 }).map((day) => day * 86_400_000),
      value: fc.double({ min: 0, max: 1000, noNaN: true }),
    }),
    { minLength: 1, maxLength: 80 },
  )

  test('the order of events changes the order of rows and not one bit of a row', () => {
    fc.assert(
      fc.property(anyTransactions, (events) => {
        const one = customerSummary(eventTable(events), { asOf: '1970-03-01' })
        const other = customerSummary(eventTable(events.toReversed()), { asOf: '1970-03-01' })
        const byId = (summary: CustomerSummary): unknown[] =>
          summary.customers
            .map((id, c) => [
              id,
              summary.repeats[c],
              summary.age[c],
              summary.ageAtLast[c],
              summary.total[c],
              summary.meanRepeatValue[c],
            ])
            .sort((a, b) => Number(a[0]) - Number(b[0]))
        expect(byId(other)).toEqual(byId(one))
      }),
    )
  })

  test('0 ≤ ageAtLast ≤ age, and what is left is sinceLast', () => {
    fc.assert(
      fc.property(anyTransactions, (events) => {
        const { ageAtLast, age, sinceLast } = customerSummary(eventTable(events), {
          asOf: '1970-04-30',
          timeUnit: 'day',
        })
        for (let c = 0; c < age.length; c++) {
          expect(ageAtLast[c]).toBeGreaterThanOrEqual(0)
          expect(sinceLast[c]).toBe(age[c]! - ageAtLast[c]!)
          expect(sinceLast[c]).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })
})

describe('refusals', () => {
  test('an as-of day that is none', () => {
    expectRefusal(() => summaryOf([], 'today'), 'BAD_OPTION', 'customerSummary: "asOf"')
  })

  test('a time unit that is none', () => {
    expectRefusal(
      () => customerSummary(eventTable([]), { asOf: '2024-01-01', timeUnit: 'month' as never }),
      'BAD_OPTION',
      '"timeUnit"',
    )
  })
})
