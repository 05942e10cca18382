import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { purchaseHistories } from '../../src/clv/distinctPurchases.ts'
import type { PurchaseHistories } from '../../src/clv/purchaseHistories.ts'
import { type CustomerSummary, customerSummaryFromColumns } from '../../src/index.ts'

type Row = readonly [x: number, last: number, age: number]

function summaryOf(rows: readonly Row[], daysInUnit: 1 | 7, weight = 1): CustomerSummary {
  return customerSummaryFromColumns(
    {
      repeats: rows.map(([x]) => x),
      ageAtLast: rows.map(([, last]) => last / daysInUnit),
      age: rows.map(([, , age]) => age / daysInUnit),
      weights: rows.map(() => weight),
    },
    { timeUnit: daysInUnit === 7 ? 'week' : 'day' },
  )
}

/** The distinct rows in ascending order of x, T, t_x, with how many there are, found the slow way. */
function expected(rows: readonly Row[]): number[][] {
  const counts = new Map<string, number>()
  for (const [x, last, age] of rows) {
    const text = [x, age, last].join()
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  const distinct = Array.from(counts, ([text, count]) => [...text.split(',').map(Number), count])
  return distinct.sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!)
}

function rowsOf(
  { count, repeats, timeAtEnd, timeAtLast, weights, times }: PurchaseHistories,
  days: number,
): number[][] {
  return Array.from({ length: count }, (_, i) => [
    repeats[i]!,
    Math.round(times[timeAtEnd[i]!]! * days),
    Math.round(times[timeAtLast[i]!]! * days),
    weights[i]!,
  ])
}

const row = fc
  .tuple(fc.nat(40), fc.integer({ min: 1, max: 60 }), fc.nat(59))
  .map(([x, age, last]): Row => [x, x === 0 ? 0 : Math.min(last, age), age])
const rows = fc.array(row, { minLength: 1, maxLength: 300 }).filter((all) => all.some(([x]) => x > 0))

describe('laws', () => {
  test('every distinct history is there once, in order, with its customers, in days and in weeks', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom<1 | 7>(1, 7), (all, days) => {
        const histories = purchaseHistories('test', summaryOf(all, days))
        expect(rowsOf(histories, days)).toEqual(expected(all))
      }),
    )
  })

  test('the same for any weights, which take another way', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom<1 | 7>(1, 7), (all, days) => {
        const [plain, half] = [1, 0.5].map((weight) => purchaseHistories('test', summaryOf(all, days, weight)))
        expect(half!.weights).toEqual(plain!.weights.map((weight) => weight / 2))
        expect({ ...half, weights: 0 }).toEqual({ ...plain, weights: 0 })
      }),
    )
  })

  test('times are those that occur, ascending, and no customer comes in twice', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const { times } = purchaseHistories('test', summaryOf(all, 7))
        const days = new Set(all.flatMap(([, last, age]) => [last, age]))
        expect(Array.from(times)).toEqual([...days].sort((a, b) => a - b).map((day) => day / 7))
      }),
    )
  })
})

describe('what does not fit into 31 bits takes the long way to the same histories', () => {
  test('times of any kind', () => {
    const all: Row[] = [
      [2, 0.3, 1.7],
      [0, 0, 1.1],
      [2, 0.3, 1.7],
      [1, 1.1, 1.7],
    ]
    const { repeats, timeAtLast, timeAtEnd, weights, times } = purchaseHistories('test', summaryOf(all, 1))
    expect([repeats, timeAtLast, timeAtEnd].map((column) => Array.from(column))).toEqual([
      [0, 1, 2],
      [0, 2, 1],
      [2, 3, 3],
    ])
    expect(Array.from(weights)).toEqual([1, 1, 2])
    expect(Array.from(times)).toEqual([0, 0.3, 1.1, 1.7])
  })

  test('a bot among long histories, and counts beyond all tables', () => {
    for (const x of [5_000, 1_000_000]) {
      const all: Row[] = [
        [x, 20_000, 29_000],
        [0, 0, 29_000],
        [3, 28_999, 29_000],
        [x, 20_000, 29_000],
      ]
      expect(rowsOf(purchaseHistories('test', summaryOf(all, 1)), 1)).toEqual(expected(all))
    }
  })
})

describe('refusals', () => {
  test('no customers, repeats within no time, and more than can be', () => {
    const codeOf = (all: readonly Row[]): unknown => {
      try {
        return purchaseHistories('test', summaryOf(all, 1))
      } catch (error) {
        return (error as { code: string }).code
      }
    }
    expect(codeOf([])).toBe('NOT_ENOUGH_DATA')
    expect(codeOf([[1, 0, 0]])).toBe('BAD_SHAPE')
    expect(codeOf([[10_000_001, 1, 2]])).toBe('BAD_SHAPE')
    expect(codeOf([[4_294_967_294, 0, 1]])).toBe('BAD_SHAPE')
  })
})
