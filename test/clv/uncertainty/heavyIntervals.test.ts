import { describe, expect, test } from 'vitest'
import { bgNbdModel } from '../../../src/clv/bgNbd/bgNbd.ts'
import { gammaGammaModel } from '../../../src/clv/gammaGamma/gammaGamma.ts'
import { lifetimeValue } from '../../../src/clv/lifetimeValue.ts'
import { nbdModel } from '../../../src/clv/nbd/nbd.ts'
import { purchaseIntervals } from '../../../src/clv/uncertainty/purchaseIntervals.ts'
import { customerSummaryFromColumns } from '../../../src/table/customerSummaryFromColumns.ts'

/** Repeats in 20 weeks. */
const buying = (repeats: number) =>
  customerSummaryFromColumns(
    { repeats: [repeats], ageAtLast: [20], age: [20], meanRepeatValue: [1] },
    { timeUnit: 'week' },
  )
const forever = nbdModel({ params: { r: 0.5, alpha: 10 }, timeUnit: 'week' })

describe('regression: intervals ended at 100,000 purchases, wherever the expectation was', () => {
  test('of purchases', () => {
    const { expected, lower, upper } = purchaseIntervals(forever, buying(100_000), 52)
    // Quantiles of the negative binomial distribution by scipy: nbinom(100000.5, 30 / 82).ppf([.05, .95]).
    expect([lower[0], upper[0]]).toEqual([172_203, 174_468])
    expect(expected[0]).toBeCloseTo(173_334.2, 6)
  })

  test('of a customer who may leave', () => {
    const model = bgNbdModel({ params: { r: 0.5, alpha: 10, a: 0.01, b: 1000 }, timeUnit: 'week' })
    const { expected, lower, upper } = purchaseIntervals(model, buying(100_000), 52)
    expect(lower[0]).toBeLessThan(expected[0]!)
    expect(upper[0]).toBeGreaterThan(expected[0]!)
  })

  test('of value', () => {
    const spend = gammaGammaModel({ params: { p: 6, q: 4, v: 3 } })
    const { value, lower, upper } = lifetimeValue(forever, spend, buying(100_000), { horizon: { weeks: 52 } })
    expect(lower[0]).toBeLessThan(value[0]!)
    expect(upper[0]).toBeGreaterThan(value[0]!)
    expect(upper[0]! / lower[0]!).toBeLessThan(1.02)
  })

  test('beyond a million purchases they say that they do not know', () => {
    const { lower, upper } = purchaseIntervals(forever, buying(1_000_000), 52)
    expect([lower[0], upper[0]]).toEqual([1_000_000, Number.POSITIVE_INFINITY])
  })
})
