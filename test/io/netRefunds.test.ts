import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PurchaseFact, RefundFact } from '../../src/io/importFacts.ts'
import { netRefunds } from '../../src/io/netRefunds.ts'

const EUR = { currency: 'EUR', exponent: 2, isRounded: false }
const COMMON = { customer: 'ann', order: 'o' }

function purchase(minor: number, gross?: number): PurchaseFact {
  const money = { ...EUR, minor }
  return { type: 'purchase', id: 'p', time: 0, ...COMMON, money, ...(gross === undefined ? {} : { gross }) }
}

function refund(minor: number, time: number, isGross = true): RefundFact {
  return { type: 'refund', id: `r${time}`, time, ...COMMON, money: { ...EUR, minor }, isGross }
}

function sharesOf(bought: PurchaseFact | undefined, refunds: readonly RefundFact[]): number[] {
  const net = netRefunds(refunds, () => bought)
  return refunds.map((one) => net.get(one)!)
}

test('of 119.00 paid for goods of 100.00, a refund of 11.90 takes back 10.00', () => {
  expect(sharesOf(purchase(10_000, 11_900), [refund(1190, 1)])).toEqual([1000])
})

test('money without tax and shipping, and of no known or no larger purchase, counts as it is', () => {
  expect(sharesOf(purchase(10_000, 11_900), [refund(1190, 1, false)])).toEqual([1190])
  expect(sharesOf(undefined, [refund(1190, 1)])).toEqual([1190])
  expect(sharesOf(purchase(10_000), [refund(1190, 1)])).toEqual([1190])
  expect(sharesOf(purchase(0, 0), [refund(1190, 1)])).toEqual([1190])
})

test('a share that is more than can be counted is left as it is', () => {
  expect(sharesOf(purchase(999_999_999_999_999, 1), [refund(5, 1)])).toEqual([5])
})

test('law: parts of an order add up, and all of it back is all of it off, in any order', () => {
  const cents = fc.integer({ min: 0, max: 1_000_000 })
  fc.assert(
    fc.property(cents, cents, fc.array(cents, { maxLength: 6 }), (net, more, parts) => {
      const gross = Math.max(net + more, 1)
      const given: number[] = []
      for (const part of parts) given.push(Math.min(part, gross - given.reduce((sum, one) => sum + one, 0)))
      given.push(gross - given.reduce((sum, one) => sum + one, 0))
      const refunds = given.map((minor, i) => refund(minor, i))
      const shares = sharesOf(purchase(net, gross), refunds)
      expect(shares.reduce((sum, share) => sum + share, 0)).toBe(net)
      expect(shares.every((share, i) => share >= 0 && share <= given[i]!)).toBe(true)
      expect(sharesOf(purchase(net, gross), refunds.toReversed()).toReversed()).toEqual(shares)
    }),
  )
})
