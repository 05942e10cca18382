import { describe, expect, test } from 'vitest'
import { bgCnbdKModel } from '../../src/clv/bgNbd/bgCnbdK.ts'
import { discountedResidualPurchases } from '../../src/clv/discountedResidualPurchases.ts'
import { expectedPurchases } from '../../src/clv/expectedPurchases.ts'
import { nbdModel } from '../../src/clv/nbd/nbd.ts'
import { paretoNbdModel } from '../../src/clv/paretoNbd/paretoNbd.ts'
import { processOf } from '../../src/clv/purchaseModel.ts'
import { steppedForever } from '../../src/clv/steppedForever.ts'
import type { CustomerSummary } from '../../src/table/customerSummary.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { golden, histories, relativeError } from './goldens.ts'
import { atExactFit, givenMbgNbd, givenModel, rowSummary } from './predictions.ts'

const summary = histories([0, 0, 272], [2, 213, 272], [26, 270, 272], [7, 120, 200])
const model = givenModel([0.243, 31, 0.793, 2.426])
const yearly = { rate: 0.15, per: 'year' } as const

test('published: BG/NBD without end, to the twelve digits printed', () => {
  for (const row of golden('bgnbd_dert.json').rows) {
    // Continuous discounting at δ a week is a rate of e^δ − 1 a week.
    const discountRate = { rate: Math.expm1(Number(row.delta_per_week)), per: 'week' } as const
    const value = discountedResidualPurchases(atExactFit(), rowSummary([row]), { discountRate })[0]!
    expect(relativeError(value, row.dert_infinite)).toBeLessThan(1e-11)
  }
})

describe('laws', () => {
  test('without a discount they are the expected purchases', () => {
    const free = { rate: 0, per: 'year' } as const
    for (const step of [undefined, { days: 7 }]) {
      const options = { discountRate: free, horizon: { days: 365 }, ...(step !== undefined && { step }) }
      expect(discountedResidualPurchases(model, summary, options)).toEqual(expectedPurchases(model, summary, 365))
    }
  })

  test('steps are summed as they are defined', () => {
    for (const [horizon, step] of [
      [365, 7],
      [100, 30],
      [4000, 1],
    ] as const) {
      const options = { discountRate: yearly, horizon: { days: horizon }, step: { days: step } }
      const direct = stepByStep(horizon, step)
      discountedResidualPurchases(model, summary, options).forEach((value, row) => {
        // 4,000 differences of expectations, each rounded to 1e-16 of the expectation.
        expect(relativeError(value, direct[row]!)).toBeLessThan(1e-12)
      })
    }
  })

  test('steps without end are summed to the end', () => {
    // e^−35 is left out of this sum; a month is 365.25 / 12 days.
    const month = 365.25 / 12
    const direct = stepByStep(Math.ceil((35 / Math.log(1.15)) * 12) * month, month)
    discountedResidualPurchases(model, summary, { discountRate: yearly, step: { months: 1 } }).forEach((value, row) => {
      expect(relativeError(value, direct[row]!)).toBeLessThan(1e-12)
    })
  })

  const timeUnit = 'day'
  const regular = { r: 0.9, alpha: 6, a: 0.8, b: 2.4 }
  test.each([
    ['BG/NBD', model],
    ['MBG/NBD', givenMbgNbd([0.5, 40, 0.9, 1.6])],
    ['MBG/NBD, a < 1, times short beside alpha', givenMbgNbd([0.5, 4e4, 0.1, 1.6])],
    ['NBD', nbdModel({ params: { r: 0.4, alpha: 80 }, timeUnit })],
    ['Pareto/NBD', paretoNbdModel({ params: { r: 0.55, alpha: 70, s: 0.6, beta: 80 }, timeUnit })],
    [
      'Pareto/NBD, alpha far above beta',
      paretoNbdModel({ params: { r: 0.55, alpha: 700, s: 0.6, beta: 0.8 }, timeUnit }),
    ],
    ['BG/CNBD-2', bgCnbdKModel({ params: { k: 2, ...regular }, timeUnit })],
    ['BG/CNBD-12', bgCnbdKModel({ params: { k: 12, ...regular }, timeUnit })],
    // A purchase in seven days, by all alike: between the steps the purchases swing, at them they do not.
    ['clockwork', bgCnbdKModel({ params: { k: 12, r: 1200, alpha: 700, a: 0.1, b: 9 }, timeUnit })],
  ])('%s: many steps without end are the sum of all', (_, each) => {
    const [rate, step] = [0.02, 7]
    const { ifAlive, ofNewCustomer } = processOf(each)
    for (const future of [ofNewCustomer, ifAlive(0, 0, 272), ifAlive(2, 213, 272)]) {
      let sum = 0
      // e^−42 is left out.
      for (let k = 300; k > 0; k--) sum += Math.exp(-rate * k * step) * future.expected(k * step)
      const far = steppedForever(future, rate, step)
      expect(relativeError(far, sum)).toBeLessThan(1e-12)
    }
  })

  test('swings that no step resolves are left to the sum itself', () => {
    // A purchase in ten steps.
    const slow = bgCnbdKModel({ params: { k: 12, r: 1200, alpha: 7000, a: 0.1, b: 9 }, timeUnit })
    expect(steppedForever(processOf(slow).ofNewCustomer, 0.002, 7)).toBeNaN()
  })

  test('steps discount more, and ever less so as they shrink', () => {
    for (const each of [model, givenMbgNbd([0.5, 40, 0.9, 1.6])]) {
      const [none, day, week] = [{}, { step: { days: 1 } }, { step: { weeks: 1 } }].map((step) =>
        discountedResidualPurchases(each, summary, { discountRate: yearly, ...step }),
      ) as [Float64Array, Float64Array, Float64Array]
      none.forEach((value, row) => {
        expect(day[row]).toBeLessThan(value)
        expect(week[row]).toBeLessThan(day[row]!)
        // A purchase waits for half a day on average.
        expect(day[row]! / value).toBeGreaterThan(1.15 ** (-1 / 365.25))
      })
    }
  })
})

test('refusals', () => {
  const refused = (options: object, field: string): void =>
    expectRefusal(
      () => discountedResidualPurchases(model, summary, { discountRate: yearly, ...options }),
      'BAD_OPTION',
      field,
    )
  refused({ discountRate: { rate: 0, per: 'year' } }, 'horizon')
  refused({ discountRate: { rate: -0.1, per: 'year' } }, 'discountRate.rate')
  refused({ horizon: { days: 0 } }, 'horizon')
  refused({ step: { days: -1 } }, 'step')
  refused({ step: { days: 1e-6 } }, 'step')
  expectRefusal(
    () => discountedResidualPurchases(atExactFit(), summary, { discountRate: yearly }),
    'UNIT_MISMATCH',
    'discountedResidualPurchases',
  )
})

function stepByStep(horizon: number, step: number, of: CustomerSummary = summary): number[] {
  const sums = Array<number>(of.repeats.length).fill(0)
  let before: Float64Array = new Float64Array(sums.length)
  for (let k = 1; (k - 1) * step < horizon - 1e-9; k++) {
    const end = Math.min(k * step, horizon)
    const upTo = expectedPurchases(model, of, end)
    upTo.forEach((value, row) => {
      sums[row]! += 1.15 ** (-end / 365.25) * (value - before[row]!)
    })
    before = upTo
  }
  return sums
}
