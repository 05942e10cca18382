import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type StripeRefund, stripeRefunds } from '../../src/io/stripeRefunds.ts'

function told(index: number, before: number, total: number): StripeRefund {
  const money = { currency: 'EUR', exponent: 2, isRounded: false, minor: total }
  return {
    index,
    charge: 'ch_1',
    total: money,
    before,
    id: `evt_${before}_${total}`,
    time: index,
    customer: 'c',
    order: 'o',
  }
}

/** Money of the refund of each event, 0 if it has none. */
function moneyOf(refunds: readonly StripeRefund[]): number[] {
  const money: number[] = []
  for (const { index, fact } of stripeRefunds(refunds)) money[index] = fact?.money.minor ?? 0
  return money
}

test('running totals become what each event adds', () => {
  expect(moneyOf([told(0, 500, 1500), told(1, 0, 500), told(2, 1500, 1600)])).toEqual([1000, 500, 100])
})

test('a repetition adds nothing, and totals without the one before fill what is left', () => {
  expect(moneyOf([told(0, 0, 500), told(1, 0, 500), told(2, 0, 800)])).toEqual([500, 0, 300])
})

test('what an earlier import told is not told again', () => {
  expect(moneyOf([told(0, 500, 1500)])).toEqual([1000])
})

test('law: events take together what they cover together, in any order', () => {
  const stretches = fc.array(
    fc.tuple(fc.nat(30), fc.nat(30)).filter(([a, b]) => a !== b),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(stretches, (pairs) => {
      const refunds = pairs.map(([a, b], i) => told(i, Math.min(a, b), Math.max(a, b)))
      const cents = new Set(
        refunds.flatMap(({ before, total }) => Array.from({ length: total.minor - before }, (_, i) => before + i)),
      )
      expect(moneyOf(refunds).reduce((sum, money) => sum + money, 0)).toBe(cents.size)
      expect(moneyOf(refunds).every((money) => money >= 0)).toBe(true)
    }),
  )
})
