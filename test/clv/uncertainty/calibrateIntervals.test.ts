import { describe, expect, test } from 'vitest'
import { bgNbdModel, fitBgNbd } from '../../../src/clv/bgNbd/bgNbd.ts'
import { fitGammaGamma, gammaGammaModel } from '../../../src/clv/gammaGamma/gammaGamma.ts'
import { lifetimeValue } from '../../../src/clv/lifetimeValue.ts'
import { calibratePurchaseIntervals, calibrateValueIntervals } from '../../../src/clv/uncertainty/calibrateIntervals.ts'
import { conformalLevel } from '../../../src/clv/uncertainty/conformalLevel.ts'
import { purchaseIntervals } from '../../../src/clv/uncertainty/purchaseIntervals.ts'
import { randomFrom } from '../../../src/core/random.ts'
import type { CustomerSummary } from '../../../src/table/customerSummary.ts'
import { holdout } from '../../../src/table/holdout.ts'
import { cdnowSample } from '../../fixtures/cdnow.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { histories } from '../goldens.ts'
import { POPULATION, simulatedFuture } from '../simulate.ts'

const WEEKS = 26
const horizon = { weeks: WEEKS }

/** Wrong models, under which customers buy far less often than they do, and spend more alike. */
const wrong = bgNbdModel({ params: { r: 0.2, alpha: 300, a: 30, b: 9 }, timeUnit: 'week' })
const wrongSpend = gammaGammaModel({ params: { p: 30, q: 40, v: 15 } })

describe('whatever is wrong with the model, a new customer is covered', () => {
  const REPLICATIONS = 150
  const NEW = 40

  test.each([
    ['counts', 19],
    ['counts', 99],
    ['money', 99],
  ] as const)('%s, by %d customers', (what, customers) => {
    const random = randomFrom(customers)
    let [covered, plainly] = [0, 0]
    for (let i = 0; i < REPLICATIONS; i++) {
      const seen = simulatedFuture(POPULATION, customers, WEEKS, random)
      const fresh = simulatedFuture(POPULATION, NEW, WEEKS, random)
      const { adjustedLevel } =
        what === 'counts'
          ? calibratePurchaseIntervals(wrong, seen.summary, seen.counts, { horizon })
          : calibrateValueIntervals(wrong, wrongSpend, seen.summary, seen.money, { horizon })
      const truth = what === 'counts' ? fresh.counts : fresh.money
      const at = (level: number): { lower: Float64Array; upper: Float64Array } =>
        what === 'counts'
          ? purchaseIntervals(wrong, fresh.summary, WEEKS, { level })
          : lifetimeValue(wrong, wrongSpend, fresh.summary, {
              horizon,
              step: horizon,
              discountRate: { rate: 0, per: 'year' },
              level,
            })
      const [adjusted, plain] = [at(adjustedLevel), at(0.9)]
      truth.forEach((value, row) => {
        if (adjusted.lower[row]! <= value && value <= adjusted.upper[row]!) covered++
        if (plain.lower[row]! <= value && value <= plain.upper[row]!) plainly++
      })
    }
    const share = covered / (REPLICATIONS * NEW)
    // The theorem says at least 0.9. The level varies with its customers, and with it the coverage, with a standard
    // deviation of √(0.09 / n); chance of the new customers adds √(0.09 / 6,000).
    const chance = Math.sqrt(0.09 / (customers * REPLICATIONS) + 0.09 / (REPLICATIONS * NEW))
    expect(share).toBeGreaterThan(0.9 - 3 * chance)
    expect(plainly / (REPLICATIONS * NEW)).toBeLessThan(0.85)
  })
})

describe('laws', () => {
  const { before, after } = holdout(cdnowSample(), { cutoff: '1997-10-01', horizon: { weeks: 39 } })
  const model = fitBgNbd(before)
  const spending = fitGammaGamma(before)

  test.each([0.5, 0.8, 0.9, 0.99])('on the holdout itself the adjusted level covers as it should: %d', (level) => {
    const { adjustedLevel, coverage, customers } = calibratePurchaseIntervals(model, before, after.purchaseDays, {
      horizon: { weeks: 39 },
      level,
    })
    const covers = (asked: number): number => {
      const { lower, upper } = purchaseIntervals(model, before, 39, { level: asked })
      return after.purchaseDays.filter((count, row) => lower[row]! <= count && count <= upper[row]!).length / customers
    }
    expect(customers).toBe(2357)
    expect(coverage).toBeCloseTo(covers(level), 12)
    expect(covers(adjustedLevel)).toBeGreaterThanOrEqual(level)
  })

  test.each([0.5, 0.9, 0.99])('so does that of money: %d', (level) => {
    const { adjustedLevel, coverage } = calibrateValueIntervals(model, spending, before, after.total, {
      horizon: { weeks: 39 },
      level,
    })
    const covers = (asked: number): number => {
      const { lower, upper } = lifetimeValue(model, spending, before, {
        horizon: { weeks: 39 },
        discountRate: { rate: 0, per: 'year' },
        level: asked,
      })
      return after.total.filter((money, row) => lower[row]! <= money && money <= upper[row]!).length / 2357
    }
    expect(coverage).toBeCloseTo(covers(level), 12)
    expect(covers(adjustedLevel)).toBeGreaterThanOrEqual(level)
  })

  test('with too few customers every value is covered', () => {
    const { adjustedLevel } = calibratePurchaseIntervals(wrong, inWeeks(8), new Float64Array(8), { horizon })
    expect(adjustedLevel).toBe(1)
    const { lower, upper } = purchaseIntervals(wrong, inWeeks(8), WEEKS, { level: 1 })
    expect([lower[0], upper[0]]).toEqual([0, Number.POSITIVE_INFINITY])
    const money = lifetimeValue(wrong, wrongSpend, inWeeks(8), { horizon, level: 1 })
    expect([money.lower[0], money.upper[0]]).toEqual([0, Number.POSITIVE_INFINITY])
  })

  test('a weight counts as so many customers', () => {
    const tails = Float64Array.of(0.4, 0.02, 0.3, 0.1)
    const plain = conformalLevel(0.6, Float64Array.of(0.4, 0.4, 0.02, 0.3, 0.1, 0.1), new Float64Array(6).fill(1))
    expect(conformalLevel(0.6, tails, Float64Array.of(2, 1, 1, 2))).toEqual(plain)
    // Two of seven may be missed: the second smallest tail, 0.1, decides.
    expect(plain.adjustedLevel).toBeCloseTo(0.8, 8)
  })
})

describe('refusals', () => {
  test('of outcomes that are none, of other customers, in other units', () => {
    const of = (counts: number[], customers = 2): unknown =>
      calibratePurchaseIntervals(wrong, inWeeks(customers), counts, { horizon })
    expectRefusal(() => of([1]), 'BAD_SHAPE', 'counts')
    expectRefusal(() => of([1, -1]), 'BAD_SHAPE', 'row 1')
    expectRefusal(() => of([1, 0.5]), 'BAD_SHAPE', 'row 1')
    expectRefusal(() => of([], 0), 'NOT_ENOUGH_DATA')
    expectRefusal(() => calibratePurchaseIntervals(wrong, histories([1, 5, 10]), [1], { horizon }), 'UNIT_MISMATCH')
    const level = { horizon, level: 0 }
    expectRefusal(() => calibratePurchaseIntervals(wrong, inWeeks(1), [1], level), 'BAD_OPTION', 'level')
    expectRefusal(() => calibrateValueIntervals(wrong, wrongSpend, inWeeks(1), [Number.NaN], { horizon }), 'BAD_SHAPE')
    const endless = gammaGammaModel({ params: { p: 1, q: 0.9, v: 1 } })
    expectRefusal(() => calibrateValueIntervals(wrong, endless, inWeeks(1), [1], { horizon }), 'BAD_OPTION', 'infinite')
  })
})

/** Customers with a repeat each, in weeks. */
function inWeeks(customers: number): CustomerSummary {
  const rows = Array.from({ length: customers }, () => [1, 5, 10] as const)
  return { ...histories(...rows), timeUnit: 'week' }
}
