import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bgNbdModel } from '../../src/clv/bgNbd/bgNbd.ts'
import { mbgNbdModel } from '../../src/clv/bgNbd/mbgNbd.ts'
import { expectedPurchases, expectedPurchasesOfNewCustomer } from '../../src/clv/expectedPurchases.ts'
import { nbdModel } from '../../src/clv/nbd/nbd.ts'
import {
  probabilityOfNoPurchase,
  purchaseDistribution,
  purchaseDistributionOfNewCustomer,
} from '../../src/clv/purchaseDistribution.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { golden, histories, relativeError } from './goldens.ts'
import { atExactFit, givenModel, probes } from './predictions.ts'

describe('published', () => {
  test('all probes to 1e-12', () => {
    for (const { params, args, truth } of probes('pmf')) {
      for (const more of [0, 40]) {
        const chances = purchaseDistributionOfNewCustomer(givenModel(params), args.t, { max: args.n + more })
        expect(relativeError(chances[args.n]!, truth)).toBeLessThan(1e-12)
      }
    }
  })

  test('39 weeks of a new CDNOW customer to 1e-11', () => {
    const truth = golden('predictions_cdnow_sample.json').pmf39.bgnbd as string[]
    const chances = purchaseDistributionOfNewCustomer(atExactFit(), 39, { max: truth.length - 1 })
    truth.forEach((value, n) => {
      expect(relativeError(chances[n]!, value)).toBeLessThan(1e-11)
    })
  })
})

describe('laws', () => {
  const parameter = fc.double({ min: -1, max: 1, noNaN: true }).map((power) => 10 ** power)
  const arbitrary = fc.record({
    params: fc.tuple(
      parameter,
      parameter.map((alpha) => 10 * alpha),
      parameter,
      parameter,
    ),
    x: fc.integer({ min: 0, max: 50 }),
    silence: fc.double({ min: 0, max: 20, noNaN: true }),
    t: fc.double({ min: 0.01, max: 50, noNaN: true }),
  })

  test('the probabilities add up to 1 and their mean is the expectation', () => {
    fc.assert(
      fc.property(arbitrary, ({ params, x, silence, t }) => {
        const model = givenModel(params)
        const summary = histories([x, x === 0 ? 0 : 60, 60 + silence])
        const { probabilities, beyond, max } = purchaseDistribution(model, summary, t, { max: 4000 })
        // 4,001 probabilities and their products with n round to some 1e-16 each.
        expect(Math.abs(probabilities.reduce((sum, value) => sum + value, beyond[0]!) - 1)).toBeLessThan(1e-12)
        if (beyond[0]! > 1e-18) return
        const mean = probabilities.reduce((sum, value, n) => sum + n * value, 0)
        expect(relativeError(mean, expectedPurchases(model, summary, t)[0]!)).toBeLessThan(1e-11)
        expect(max).toBe(4000)
      }),
    )
  })

  test('its first probability is that of no purchase, and room for more changes none', () => {
    fc.assert(
      fc.property(arbitrary, ({ params, x, silence, t }) => {
        const model = givenModel(params)
        const summary = histories([x, x === 0 ? 0 : 60, 60 + silence])
        const few = purchaseDistribution(model, summary, t, { max: 3 })
        const many = purchaseDistribution(model, summary, t, { max: 60 })
        expect(Math.abs(few.probabilities[0]! - probabilityOfNoPurchase(model, summary, t)[0]!)).toBeLessThan(1e-14)
        few.probabilities.forEach((value, n) => {
          expect(Math.abs(value - many.probabilities[n]!)).toBeLessThan(1e-14 + 1e-12 * value)
        })
        const rest = many.probabilities.subarray(4).reduce((sum, value) => sum + value, many.beyond[0]!)
        expect(Math.abs(few.beyond[0]! - rest)).toBeLessThan(1e-12)
      }),
    )
  })

  test('rows of the same history stand where their customers do', () => {
    const summary = histories([1, 10, 60], [0, 0, 60], [1, 10, 60], [1, 50, 60])
    const { probabilities, customers } = purchaseDistribution(givenModel([1, 10, 1, 2]), summary, 30, { max: 2 })
    const row = (c: number): number[] => [...probabilities.subarray(3 * c, 3 * c + 3)]
    expect(customers).toBe(4)
    expect(row(0)).toEqual(row(2))
    expect(row(0)).not.toEqual(row(3))
    expect(row(0)).not.toEqual(row(1))
  })
})

test('refusals', () => {
  const summary = histories([1, 5, 10])
  const daily = givenModel([1, 10, 1, 2])
  expectRefusal(() => purchaseDistribution(atExactFit(), summary, 10), 'UNIT_MISMATCH')
  expectRefusal(() => probabilityOfNoPurchase(atExactFit(), summary, 10), 'UNIT_MISMATCH')
  for (const wrong of [0, -1, Number.NaN]) {
    expectRefusal(() => purchaseDistribution(daily, summary, wrong), 'BAD_OPTION', 'horizon')
    expectRefusal(() => purchaseDistributionOfNewCustomer(daily, wrong), 'BAD_OPTION', 'horizon')
    expectRefusal(() => probabilityOfNoPurchase(daily, summary, wrong), 'BAD_OPTION', 'horizon')
  }
  for (const max of [-1, 0.5, 1e6]) {
    expectRefusal(() => purchaseDistribution(daily, summary, 10, { max }), 'BAD_OPTION', 'max')
    expectRefusal(() => purchaseDistributionOfNewCustomer(daily, 10, { max }), 'BAD_OPTION', 'max')
  }
})

test('a purchase so certain that P(0) underflows leaves the others', () => {
  // r ln(1 − z) = −2,000: the recursion once started from 0 and stayed there.
  const model = givenModel([2e4, 1e5, 1e-9, 10])
  const { probabilities, beyond } = purchaseDistribution(model, histories([0, 0, 1]), 1e4, { max: 4000 })
  expect(probabilities[0]).toBe(0)
  expect(Math.abs(probabilities.reduce((sum, value) => sum + value, beyond[0]!) - 1)).toBeLessThan(1e-10)
})

describe('regression: lost digits', () => {
  const { counts, small } = golden('heavyCounts.json')

  test('of counts of heavy customers, whose logarithms were added one by one: 1e-12', () => {
    for (const { r, alpha, t, n, chance } of counts) {
      const model = nbdModel({ params: { r, alpha }, timeUnit: 'week' })
      const chances = purchaseDistributionOfNewCustomer(model, t, { max: n })
      expect(relativeError(chances[n]!, chance)).toBeLessThan(1e-12)
    }
  })

  test('of a hundred thousand probabilities that add up to 1', () => {
    const params = { r: 1e5 + 0.5, alpha: 110, a: 0.01, b: 101_000 }
    const chances = purchaseDistributionOfNewCustomer(bgNbdModel({ params, timeUnit: 'week' }), 50, { max: 100_000 })
    // Each is good to some 1e-14, as is the sum of the positive terms.
    expect(Math.abs(chances.reduce((sum, chance) => sum + chance, 0) - 1)).toBeLessThan(1e-13)
  })

  test('of parameters near 0, in sums from left to right', () => {
    for (const { r, alpha, a, b, t, expected } of small) {
      const model = bgNbdModel({ params: { r, alpha, a, b }, timeUnit: 'week' })
      expect(relativeError(expectedPurchasesOfNewCustomer(model, t), expected)).toBeLessThan(1e-14)
    }
    for (const a of [1e-15, 3e-17, 1e-300]) {
      // Half of the customers buy within t = α at r = 1; a half of these leave then, the others buy on with chance 1/2.
      const model = bgNbdModel({ params: { r: 1, alpha: 1, a, b: a }, timeUnit: 'week' })
      expect(relativeError(purchaseDistributionOfNewCustomer(model, 1)[1]!, 0.375)).toBeLessThan(1e-14)
    }
    const rare = nbdModel({ params: { r: 3e-17, alpha: 1 }, timeUnit: 'week' })
    expect(relativeError(purchaseDistributionOfNewCustomer(rare, 1)[1]!, 1.5e-17)).toBeLessThan(1e-14)
  })

  test('of no purchase, where one is nearly certain', () => {
    const [a, b] = [2.3073021925276737e-8, 0.9999999769269781]
    const params = { r: 0.2043401977501012, alpha: 0.035983642944335356, a, b }
    const model = mbgNbdModel({ params, timeUnit: 'day' })
    const summary = histories([2909, 0.2356208740080644, 0.23562087424368525])
    const horizon = 0.004286874749722028
    // By mpmath, eight digits.
    expect(relativeError(probabilityOfNoPurchase(model, summary, horizon)[0]!, 7.9288935e-12)).toBeLessThan(1e-8)
    expect(relativeError(purchaseDistribution(model, summary, horizon).probabilities[0]!, 7.9288935e-12)).toBeLessThan(
      1e-8,
    )
  })
})
