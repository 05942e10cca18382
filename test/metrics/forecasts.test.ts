import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { forecastErrors } from '../../src/metrics/forecastErrors.ts'
import { rankCorrelation } from '../../src/metrics/rankCorrelation.ts'
import { revenueCaught } from '../../src/metrics/revenueCaught.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const columns = fc
  .integer({ min: 2, max: 40 })
  .chain((rows) =>
    fc.tuple(
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: rows, maxLength: rows }),
      fc.array(fc.integer({ min: 0, max: 9 }), { minLength: rows, maxLength: rows }),
    ),
  )

describe('published', () => {
  // scipy 1.17.1, stats.spearmanr of the same columns.
  test('rank correlation with ties, as scipy has it', () => {
    expect(rankCorrelation([1, 2, 2, 3, 5, 8], [2, 1, 4, 4, 4, 9])).toBeCloseTo(0.8008534347238067, 14)
  })
})

describe('laws', () => {
  test('errors: a shift is all bias, and |bias| ≤ MAE ≤ RMSE', () => {
    fc.assert(
      fc.property(columns, ([actual, forecast]) => {
        const { mae, rmse, bias } = forecastErrors(actual, forecast)
        expect(Math.abs(bias)).toBeLessThanOrEqual(mae + 1e-12)
        expect(mae).toBeLessThanOrEqual(rmse + 1e-12)
        expect(
          forecastErrors(
            actual,
            actual.map((y) => y + 2),
          ),
        ).toEqual({ mae: 2, rmse: 2, bias: 2 })
      }),
    )
  })

  test('rank correlation: symmetric, blind to the scale, −1 for the mirror', () => {
    fc.assert(
      fc.property(columns, ([left, right]) => {
        const there = rankCorrelation(left, right)
        expect(rankCorrelation(right, left)).toEqual(Number.isNaN(there) ? Number.NaN : expect.closeTo(there, 12))
        expect(
          rankCorrelation(
            left,
            right.map((y) => y ** 3 - 4),
          ),
        ).toEqual(there)
        if (new Set(left).size > 1)
          expect(
            rankCorrelation(
              left,
              left.map((y) => -y),
            ),
          ).toBeCloseTo(-1, 12)
      }),
    )
  })

  test('revenue caught: all with hindsight, never more, and all of it if all are on top', () => {
    fc.assert(
      fc.property(columns, fc.double({ min: 0.05, max: 1, noNaN: true }), ([revenue, scores], share) => {
        fc.pre(revenue.some((money) => money > 0))
        expect(revenueCaught(revenue, revenue, share)).toBeCloseTo(1, 12)
        expect(revenueCaught(revenue, scores, share)).toBeLessThanOrEqual(1 + 1e-12)
        expect(revenueCaught(revenue, scores, 1)).toBeCloseTo(1, 12)
        const order = revenue.map((_, i) => i).reverse()
        const turned = revenueCaught(
          order.map((i) => revenue[i]!),
          order.map((i) => scores[i]!),
          share,
        )
        expect(turned).toBeCloseTo(revenueCaught(revenue, scores, share), 12)
      }),
    )
  })
})

describe('refusals', () => {
  test('BAD_SHAPE for columns of unequal length', () => {
    expectRefusal(() => forecastErrors([1], [1, 2]), 'BAD_SHAPE', 'forecast')
    expectRefusal(() => rankCorrelation([1], [1, 2]), 'BAD_SHAPE', 'right')
    expectRefusal(() => revenueCaught([1], [1, 2], 0.5), 'BAD_SHAPE', 'scores')
  })

  test('BAD_OPTION for what is no finite number, which has no rank', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, undefined as unknown as number]) {
      for (const judge of [forecastErrors, rankCorrelation, (l: number[], r: number[]) => revenueCaught(l, r, 0.5)]) {
        expectRefusal(() => judge([1, bad, 3], [1, 2, 3]), 'BAD_OPTION', `[1]" must be a finite number, got ${bad}`)
        expectRefusal(() => judge([1, 2, 3], [1, 2, bad]), 'BAD_OPTION', `[2]" must be a finite number, got ${bad}`)
      }
    }
  })

  test('NOT_ENOUGH_DATA without customers, BAD_OPTION for a share of none, NaN where nothing can be caught', () => {
    expectRefusal(() => forecastErrors([], []), 'NOT_ENOUGH_DATA')
    expectRefusal(() => revenueCaught([1], [1], 0), 'BAD_OPTION', 'share')
    expect(revenueCaught([0, 0], [1, 2], 0.5)).toBeNaN()
    expect(rankCorrelation([1, 1], [1, 2])).toBeNaN()
  })
})
