import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  countKeysInto,
  placeKeysInto,
  placesInto,
  summariseBucketInto,
  sumOfPairs,
} from '../../src/kernels/summariseBucket.ts'
import { COUNTS, GROSS, summariseEventsInto } from '../../src/kernels/summariseEvents.ts'
import { summaryRows } from '../../src/table/summaryRows.ts'

const DAY_BITS = 3
const CUSTOMERS = 4
const FIRST = 8
const LEAST = 0.01

const anyEvents = fc.array(
  fc.record({
    customer: fc.nat(CUSTOMERS - 1),
    day: fc.nat(2 ** DAY_BITS - 1),
    money: fc.oneof(fc.constant(0), fc.double({ min: LEAST, max: 1e6, noNaN: true })),
  }),
  { maxLength: 60 },
)

test('a bucket in any order comes to what its events come to by customer and day, to the bit', () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      const keys = Uint32Array.from(events, ({ customer, day }) => (customer << DAY_BITS) | day)
      const value = Float64Array.from(events, ({ money }) => money)
      const ends = new Uint32Array(CUSTOMERS)
      const day = new Int32Array(events.length)
      const money = new Float64Array(events.length)
      countKeysInto(0, events.length, keys, DAY_BITS, ends)
      placesInto(ends)
      placeKeysInto(0, events.length, keys, value, DAY_BITS, ends, day, money)
      const grouped = events.toSorted((a, b) => a.customer - b.customer)
      expect(Array.from(day)).toEqual(grouped.map(({ day }) => day))
      expect(Array.from(money)).toEqual(grouped.map(({ money }) => money))

      const out = summaryRows(CUSTOMERS)
      const dust = new Float64Array(CUSTOMERS)
      const seen = new Uint32Array(2 ** DAY_BITS)
      const rows = summariseBucketInto(ends, day, money, seen, FIRST, LEAST, 9, 7, 0, out, dust)

      const sorted = grouped.toSorted((a, b) => a.customer - b.customer || a.day - b.day || a.money - b.money)
      const expected = summaryRows(CUSTOMERS)
      const counts = new Float64Array(COUNTS)
      const [none, bytes] = [new Float64Array(0), new Uint8Array(0)]
      const count = summariseEventsInto(
        Uint32Array.of(0, ...ends),
        none,
        Int32Array.from(sorted, ({ day }) => day),
        bytes,
        none,
        Float64Array.from(sorted, ({ money }) => money),
        none,
        bytes,
        none,
        Number.POSITIVE_INFINITY,
        9,
        7,
        expected,
        counts,
      )
      for (let row = 0; row < count; row++) expected.tableRows[row]! += FIRST
      expect(rows).toBe(count)
      expect(out).toEqual(expected)
      expect(sumOfPairs(out.total.subarray(0, rows), dust)).toBe(counts[GROSS])
    }),
    { numRuns: 500 },
  )
})

test('sums that may depend on the order of their parts are refused', () => {
  const refuses = (money: number[], least: number): boolean => {
    const day = Int32Array.from(money, () => 0)
    const args = [Uint32Array.of(money.length), day, Float64Array.from(money), new Uint32Array(1)] as const
    return summariseBucketInto(...args, 0, least, 9, 1, 0, summaryRows(1), new Float64Array(1)) === -1
  }
  expect(refuses([1e16, 1, 1], 1)).toBe(true)
  expect(refuses([1e9, 0.01, 0.02], 0.01)).toBe(false)
  expect(refuses([Number.MAX_VALUE, Number.MAX_VALUE], Number.MAX_VALUE)).toBe(true)
})
