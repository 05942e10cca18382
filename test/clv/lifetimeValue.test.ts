import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type BgNbdModel, fitBgNbd } from '../../src/clv/bgNbd/bgNbd.ts'
import { expectedPurchases } from '../../src/clv/expectedPurchases.ts'
import {
  expectedSpend,
  fitGammaGamma,
  type GammaGammaModel,
  gammaGammaModel,
} from '../../src/clv/gammaGamma/gammaGamma.ts'
import { lifetimeValue } from '../../src/clv/lifetimeValue.ts'
import { probabilityAlive } from '../../src/clv/probabilityAlive.ts'
import { purchaseDistribution } from '../../src/clv/purchaseDistribution.ts'
import { randomFrom } from '../../src/core/random.ts'
import { logGamma } from '../../src/math/logGamma.ts'
import type { CustomerSummary } from '../../src/table/customerSummary.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { calibration, golden, histories, relativeError } from './goldens.ts'
import { atExactFit, givenModel, rowSummary } from './predictions.ts'
import { beta, gamma, purchaseTimes } from './simulate.ts'

const purchaseModel = atExactFit()
const [p, q, v] = golden('clv_cdnow_first40.json').params.gg.map(Number) as [number, number, number]
const spendModel = gammaGammaModel({ params: { p, q, v } })
const undiscounted = { rate: 0, per: 'year' } as const

/** Few and many repeats, recent and long silent, cheap and dear. */
const customers = rowSummary([
  { x: 0, tx_days: 0, T_days: 272, repeat_cents: 0 },
  { x: 1, tx_days: 30, T_days: 200, repeat_cents: 900 },
  { x: 2, tx_days: 213, T_days: 272, repeat_cents: 4469 },
  { x: 7, tx_days: 206, T_days: 272, repeat_cents: 51619 },
  { x: 26, tx_days: 270, T_days: 272, repeat_cents: 80000 },
])

describe('published', () => {
  test('twelve steps of 4.345 weeks at 1 % a step, to 1e-9', () => {
    const truth = golden('clv_cdnow_first40.json').rows
    const step = { weeks: 4.345 }
    const { value, spend } = lifetimeValue(purchaseModel, spendModel, rowSummary(truth), {
      horizon: { weeks: 12 * 4.345 },
      step,
      discountRate: { rate: 0.01, per: step },
    })
    truth.forEach((row: { clv12m_bgnbd_1pct: string; e_spend: string }, i: number) => {
      expect(relativeError(value[i]!, row.clv12m_bgnbd_1pct)).toBeLessThan(1e-9)
      expect(relativeError(spend[i]!, row.e_spend)).toBeLessThan(1e-9)
    })
  })
})

describe('the interval', () => {
  test('is that of a direct computation by another formula', () => {
    const horizon = 52
    for (const level of [0.5, 0.9, 0.99]) {
      const { lower, upper } = lifetimeValue(purchaseModel, spendModel, customers, {
        horizon: { weeks: horizon },
        discountRate: undiscounted,
        level,
      })
      for (let row = 0; row < customers.repeats.length; row++) {
        for (const [bound, target] of [
          [lower[row]!, (1 - level) / 2],
          [upper[row]!, (1 + level) / 2],
        ] as const) {
          const below = chanceBelow(bound, row, horizon)
          // Simpson's rule with 2,000 intervals is good to 1e-9 here, the truncated counts to 1e-10.
          if (bound > 0) expect(Math.abs(below - target)).toBeLessThan(1e-8)
          else expect(below).toBeGreaterThanOrEqual(target)
        }
      }
    }
  })

  test('covers simulated futures as often as it says', () => {
    const random = randomFrom(5)
    const horizon = 52
    const level = 0.8
    const draws = 20_000
    const { lower, upper, value } = lifetimeValue(purchaseModel, spendModel, customers, {
      horizon: { weeks: horizon },
      discountRate: undiscounted,
      level,
    })
    const alive = probabilityAlive(purchaseModel, customers)
    const { r, alpha, a, b } = purchaseModel.params
    for (let row = 0; row < customers.repeats.length; row++) {
      const x = customers.repeats[row]!
      let below = 0
      let above = 0
      let total = 0
      for (let draw = 0; draw < draws; draw++) {
        const stillThere = random.unit() < alive[row]!
        const rate = gamma(r + x, random) / (alpha + customers.age[row]!)
        const count = stillThere ? purchaseTimes(rate, beta(a, b + x, random), horizon, random).length : 0
        const precision = gamma(q + p * x, random) / (v + x * customers.meanRepeatValue[row]!)
        const money = count > 0 ? gamma(p * count, random) / precision : 0
        if (money < lower[row]!) below++
        if (money > upper[row]!) above++
        total += money
      }
      // Four standard deviations of a share of 10 % in 20,000 draws are 0.0085; a bound of 0 leaves less below it.
      if (lower[row]! > 0) expect(Math.abs(below / draws - 0.1)).toBeLessThan(0.0085)
      if (upper[row]! > 0) expect(Math.abs(above / draws - 0.1)).toBeLessThan(0.0085)
      else expect(above / draws).toBeLessThan(0.1085)
      // The mean of heavy tailed money: its relative standard deviation here is 3 at most, four of them over √20,000.
      expect(Math.abs(total / draws / value[row]! - 1)).toBeLessThan(0.085)
    }
  })

  /** P(S ≤ money): counts one by one, the money of each by Simpson's rule over the logarithm of S / (v + x m). */
  function chanceBelow(money: number, row: number, horizon: number): number {
    const { probabilities } = purchaseDistribution(purchaseModel, customers, horizon, { max: 400 })
    const x = customers.repeats[row]!
    const shape = q + p * x
    const end = Math.log(money / (v + x * customers.meanRepeatValue[row]!))
    let sum = probabilities[row * 401]!
    if (money === 0) return sum
    for (let n = 1; n <= 400; n++) {
      const chance = probabilities[row * 401 + n]!
      if (chance < 1e-13) break
      const logBeta = logGamma(p * n) + logGamma(shape) - logGamma(p * n + shape)
      const density = (l: number): number => Math.exp(p * n * l - (p * n + shape) * Math.log1p(Math.exp(l)) - logBeta)
      const start = Math.min(end, 0) - 12
      const width = (end - start) / 2000
      let integral = density(start) + density(end)
      for (let k = 1; k < 2000; k++) integral += (k % 2 === 1 ? 4 : 2) * density(start + k * width)
      sum += (chance * integral * width) / 3
    }
    return sum
  }
})

describe('laws', () => {
  const summary = firstRows(calibration(), 300)
  const fitted = fitBgNbd(summary)
  const spending = fitGammaGamma(summary)
  const rate = fc.double({ min: 0, max: 2, noNaN: true })

  test('a higher discount rate never raises a value', () => {
    fc.assert(
      fc.property(rate, rate, (one, other) => {
        const [cheap, dear] = [Math.min(one, other), Math.max(one, other)].map((r) => valueAt(fitted, spending, r))
        expect(cheap!.every((value, row) => value >= dear![row]!)).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  test('without a discount the value is purchases × spend × margin', () => {
    const { value, purchases, spend, discountFactor } = lifetimeValue(fitted, spending, summary, {
      horizon: { weeks: 39 },
      discountRate: undiscounted,
      margin: 0.25,
    })
    const expected = expectedPurchases(fitted, summary, 39)
    const each = expectedSpend(spending, summary)
    value.forEach((money, row) => {
      expect(relativeError(money, 0.25 * expected[row]! * each[row]!)).toBeLessThan(1e-12)
      expect(purchases[row]).toBe(expected[row])
      expect(spend[row]).toBe(each[row])
      expect(Math.abs(discountFactor[row]! - 1)).toBeLessThan(1e-12)
    })
  })

  test('a wider level has wider bounds, in the same order', () => {
    const at = (level: number) => lifetimeValue(fitted, spending, summary, { horizon: { weeks: 52 }, level })
    const [narrow, wide] = [at(0.5), at(0.95)]
    narrow.lower.forEach((bound, row) => {
      expect(wide.lower[row]).toBeLessThanOrEqual(bound)
      expect(bound).toBeLessThanOrEqual(narrow.upper[row]!)
      expect(narrow.upper[row]).toBeLessThanOrEqual(wide.upper[row]!)
    })
  })

  test('rows stand for themselves: the order of the customers changes not one bit of theirs', () => {
    const order = Uint32Array.from(summary.repeats, (_, row) => summary.repeats.length - 1 - row)
    const turned = takeRows(summary, order)
    const [plain, other] = [summary, turned].map((s) => lifetimeValue(fitted, spending, s, { horizon: { weeks: 52 } }))
    for (const column of ['value', 'lower', 'upper', 'purchases', 'spend', 'discountFactor'] as const) {
      expect([...other![column]].reverse()).toEqual([...plain![column]])
    }
  })

  function valueAt(purchases: BgNbdModel, spend: GammaGammaModel, discount: number): Float64Array {
    return lifetimeValue(purchases, spend, summary, {
      horizon: { weeks: 52 },
      discountRate: { rate: discount, per: 'year' },
    }).value
  }
})

describe('terms', () => {
  test('are filled in and returned', () => {
    expect(lifetimeValue(purchaseModel, spendModel, customers, { horizon: { months: 6 } }).terms).toEqual({
      horizon: { months: 6 },
      discountRate: { rate: 0.1, per: 'year' },
      step: { weeks: 1 },
      margin: 1,
      serviceCost: 0,
      retentionCost: { cost: 0, per: 'month' },
      level: 0.9,
    })
  })

  test('a rate a month is the same as its compound a year', () => {
    const at = (r: number, per: 'month' | 'year') =>
      lifetimeValue(purchaseModel, spendModel, customers, { horizon: { years: 1 }, discountRate: { rate: r, per } })
        .value
    const monthly = at(0.01, 'month')
    at(1.01 ** 12 - 1, 'year').forEach((value, row) => {
      expect(relativeError(value, monthly[row]!)).toBeLessThan(1e-13)
    })
  })

  test('out of range are refused', () => {
    const horizon = { weeks: 52 }
    const refused = (options: object, text: string): void =>
      expectRefusal(
        () => lifetimeValue(purchaseModel, spendModel, customers, { horizon, ...options }),
        'BAD_OPTION',
        text,
      )
    refused({ horizon: { weeks: 0 } }, 'horizon')
    refused({ step: { days: -1 } }, 'step')
    refused({ step: { days: 1e-6 } }, 'step')
    refused({ discountRate: { rate: -0.1, per: 'year' } }, 'rate')
    refused({ discountRate: { rate: 0.1, per: 'decade' } }, 'per')
    refused({ margin: 0 }, 'margin')
    refused({ level: 1.1 }, 'level')
    refused({ level: -0.1 }, 'level')
    refused({ serviceCost: -1 }, 'serviceCost')
    refused({ retentionCost: { cost: -1, per: 'month' } }, 'retentionCost.cost')
    refused({ retentionCost: { cost: 1, per: 'decade' } }, 'retentionCost.per')
    const [daily, weekly] = [givenModel([1, 10, 1, 2]), histories([1, 5, 10])]
    expectRefusal(() => lifetimeValue(purchaseModel, spendModel, weekly, { horizon }), 'UNIT_MISMATCH')
    const endless = gammaGammaModel({ params: { p: 1, q: 0.9, v: 1 } })
    expectRefusal(() => lifetimeValue(daily, endless, weekly, { horizon }), 'BAD_OPTION', 'infinite')
  })
})

function firstRows(summary: CustomerSummary, count: number): CustomerSummary {
  return takeRows(
    summary,
    Uint32Array.from({ length: count }, (_, row) => row),
  )
}

/** The columns that the models read, at the given rows. */
function takeRows(summary: CustomerSummary, rows: Uint32Array): CustomerSummary {
  const of = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row]!)
  return {
    ...summary,
    customers: Array.from(rows, (row) => summary.customers[row]!),
    repeats: Uint32Array.from(rows, (row) => summary.repeats[row]!),
    ageAtLast: of(summary.ageAtLast),
    age: of(summary.age),
    meanRepeatValue: of(summary.meanRepeatValue),
    weights: of(summary.weights),
  }
}
