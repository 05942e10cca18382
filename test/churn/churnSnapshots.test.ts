import fc from 'fast-check'
import { expect, test } from 'vitest'
import { churnFeatures } from '../../src/churn/churnFeatures.ts'
import { churnSnapshots } from '../../src/churn/churnSnapshots.ts'
import { dayText } from '../../src/core/calendar.ts'
import type { CustomerEvent } from '../../src/table/customerEvent.ts'
import { eventTable } from '../../src/table/tableFromEvents.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const DAY_ZERO = 19_000
const HORIZON = { days: 10 }

/** Purchases and refunds on days 0 to 59 of a few customers. */
const events = fc
  .array(
    fc.record({
      customer: fc.integer({ min: 0, max: 5 }),
      day: fc.nat(59),
      value: fc.integer({ min: 1, max: 99 }),
      refund: fc.nat(9),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((list) => [
    ...list.map(({ customer, day, value, refund }, i): CustomerEvent & { day: number } => {
      const base = { customer, time: dayText(DAY_ZERO + day), value, order: `o${i - (refund === 0 ? 1 : 0)}` }
      return { ...base, day, type: refund === 0 ? 'refund' : 'purchase' }
    }),
  ])

const [FIRST, SECOND] = [dayText(DAY_ZERO + 30), dayText(DAY_ZERO + 40)]
const options = { horizon: HORIZON, asOf: dayText(DAY_ZERO + 59) }

test('what happens from the cut-off on cannot change a feature', () => {
  fc.assert(
    fc.property(events, (list) => {
      const past = list.filter(({ day }) => day < 30)
      fc.pre(past.some(({ type }) => type === 'purchase'))
      const known = eventTable(past)
      try {
        churnFeatures(known, { asOf: dayText(DAY_ZERO + 29) })
      } catch {
        return // All that was bought was taken back.
      }
      const whole = churnSnapshots(eventTable(list), { ...options, cutoffs: [FIRST] })
      const blind = churnSnapshots(known, { ...options, cutoffs: [FIRST] })
      const rows = new Map(blind.summaries[0]!.customers.map((customer, row) => [customer, row]))
      whole.summaries[0]!.customers.forEach((customer, row) => {
        const there = rows.get(customer)!
        for (let j = 0; j < whole.matrix.columns.length; j++) {
          const seen = whole.matrix.values[j * whole.matrix.rows + row]
          expect(seen).toBe(blind.matrix.values[j * blind.matrix.rows + there])
        }
      })
      expect(whole.matrix.rows).toBe(blind.matrix.rows)
    }),
  )
})

test('the label is no purchase from the cut-off on for the horizon, on its first and last day', () => {
  const buy = (customer: string, day: number): CustomerEvent => {
    return { type: 'purchase', customer, time: dayText(DAY_ZERO + day), value: 1 }
  }
  const table = eventTable([
    ...['before', 'first', 'last', 'after'].map((customer) => buy(customer, 0)),
    buy('before', 29),
    buy('first', 30),
    buy('last', 39),
    buy('after', 40),
    buy('new', 30),
  ])
  const { labels, summaries, horizonDays } = churnSnapshots(table, { ...options, cutoffs: [FIRST] })
  expect(summaries[0]!.customers).toEqual(['before', 'first', 'last', 'after'])
  expect(Array.from(labels)).toEqual([1, 0, 0, 1])
  expect(horizonDays).toBe(10)
})

test('snapshots are those of each cut-off, stacked', () => {
  const table = cdnowSample()
  const cutoffs = ['1997-07-02', '1997-10-01']
  const both = churnSnapshots(table, { cutoffs: cutoffs.toReversed(), horizon: { weeks: 13 } })
  expect(both.cutoffs).toEqual(cutoffs)
  cutoffs.forEach((cutoff, s) => {
    const one = churnSnapshots(table, { cutoffs: [cutoff], horizon: { weeks: 13 } })
    const [start, end] = [both.offsets[s]!, both.offsets[s + 1]!]
    expect(both.labels.subarray(start, end)).toEqual(one.labels)
    expect(both.summaries[s]).toEqual(one.summaries[0])
    for (let j = 0; j < both.matrix.columns.length; j++) {
      expect(both.matrix.values.subarray(j * both.matrix.rows + start, j * both.matrix.rows + end)).toEqual(
        one.matrix.values.subarray(j * one.matrix.rows, (j + 1) * one.matrix.rows),
      )
    }
  })
})

test('refusals', () => {
  const table = cdnowSample()
  const horizon = { weeks: 13 }
  expectRefusal(() => churnSnapshots(table, { cutoffs: [], horizon }), 'BAD_OPTION', 'cutoffs')
  expectRefusal(() => churnSnapshots(table, { cutoffs: [SECOND, SECOND], horizon }), 'BAD_OPTION', 'all different')
  expectRefusal(() => churnSnapshots(table, { cutoffs: ['soon'], horizon }), 'BAD_OPTION', 'soon')
  expectRefusal(() => churnSnapshots(table, { cutoffs: ['1998-04-02'], horizon }), 'NOT_ENOUGH_DATA', '1998-06-30')
  expectRefusal(() => churnSnapshots(table, { cutoffs: ['1996-01-01'], horizon }), 'NOT_ENOUGH_DATA', 'nobody')
  expectRefusal(
    () => churnSnapshots(table, { cutoffs: ['1997-10-01'], horizon, columns: ['x'] }),
    'BAD_OPTION',
    'columns',
  )
})
