import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addExactly, exactSum, exactSums } from '../../src/table/exactSums.ts'
import { addToDay, bucketAt, gatherDays, settledDays } from '../../src/table/settledDays.ts'
import { BUCKET } from '../../src/table/waitingDays.ts'

const anyRows = fc.array(
  fc.record({
    customer: fc.oneof(fc.nat(3), fc.nat(3 * BUCKET)),
    day: fc.integer({ min: -20, max: 20 }),
    cents: fc.nat(100_000),
    gathers: fc.boolean(),
  }),
  { maxLength: 80 },
)

test('days of customers, merged whenever, hold each day once, ascending, with the orders and money of all rows', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const days = settledDays()
      const expected = new Map<string, { orders: number; cents: number }>()
      for (const { customer, day, cents, gathers } of rows) {
        addToDay(days, customer, day, cents / 100, 1)
        const sum = expected.get(`${customer} ${day}`) ?? { orders: 0, cents: 0 }
        expected.set(`${customer} ${day}`, { orders: sum.orders + 1, cents: sum.cents + cents })
        if (gathers) gatherDays(days)
      }
      gatherDays(days)
      let found = 0
      days.buckets.forEach((_, b) => {
        const { offsets, day, high, low, orders } = bucketAt(days, b)
        for (let c = 0; c < BUCKET; c++) {
          for (let i = offsets[c]!; i < offsets[c + 1]!; i++, found++) {
            if (i > offsets[c]!) expect(day[i]).toBeGreaterThan(day[i - 1]!)
            const sum = expected.get(`${b * BUCKET + c} ${day[i]}`)!
            expect(orders[i]).toBe(sum.orders)
            // 80 values that are each half a unit in the last place from their cents.
            expect(high[i]! + low[i]!).toBeCloseTo(sum.cents / 100, 9)
          }
        }
      })
      expect(found).toBe(expected.size)
      expect(days.count).toBe(expected.size)
    }),
  )
})

test('exact sums of cents do not depend on their order, to the bit', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(10_000_000), { maxLength: 200 }), (cents) => {
      const sumOf = (values: readonly number[]): number => {
        const sums = exactSums(1)
        for (const value of values) addExactly(sums, 0, value / 100)
        return exactSum(sums, 0)
      }
      expect(sumOf(cents.toSorted((a, b) => a - b))).toBe(sumOf(cents))
      expect(sumOf(cents.toReversed())).toBe(sumOf(cents))
    }),
  )
})
