import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { profile } from '../../src/segment/profile.ts'
import type { Segmentation } from '../../src/table/segmentation.ts'

const segmentation: Segmentation = { kind: 'segment', names: ['A', 'B', 'C'], codes: Uint16Array.of(0, 1, 0, 1, 0) }

describe('by hand', () => {
  test('sums, means and medians of each group and of all', () => {
    const { kind, groups, all } = profile(segmentation, {
      money: [10, 1, 30, 2, 20],
      risk: [0.5, Number.NaN, 0.1, Number.NaN, Number.NaN],
    })
    expect(kind).toBe('segment')
    expect(groups).toEqual([
      {
        name: 'A',
        customers: 3,
        share: 0.6,
        columns: {
          money: { sum: 60, mean: 20, median: 20, missing: 0 },
          risk: { sum: 0.6, mean: 0.3, median: 0.3, missing: 1 },
        },
      },
      {
        name: 'B',
        customers: 2,
        share: 0.4,
        columns: {
          money: { sum: 3, mean: 1.5, median: 1.5, missing: 0 },
          risk: { sum: 0, mean: Number.NaN, median: Number.NaN, missing: 2 },
        },
      },
      {
        name: 'C',
        customers: 0,
        share: 0,
        columns: {
          money: { sum: 0, mean: Number.NaN, median: Number.NaN, missing: 0 },
          risk: { sum: 0, mean: Number.NaN, median: Number.NaN, missing: 0 },
        },
      },
    ])
    expect(all.customers).toBe(5)
    expect(all.columns.money).toEqual({ sum: 63, mean: 12.6, median: 10, missing: 0 })
  })
})

describe('laws', () => {
  test('revenue adds up to the cent: groups to the whole, whatever the sizes of the amounts', () => {
    const cents = fc.array(fc.tuple(fc.integer({ min: -1e11, max: 1e11 }), fc.nat(2)), { maxLength: 200 })
    fc.assert(
      fc.property(cents, (rows) => {
        const codes = Uint16Array.from(rows, ([, code]) => code)
        const { groups, all } = profile({ ...segmentation, codes }, { money: rows.map(([amount]) => amount / 100) })
        const exact = rows.reduce((sum, [amount]) => sum + amount, 0)
        expect(Math.round(100 * all.columns.money!.sum)).toBe(exact)
        expect(groups.reduce((sum, { columns }) => sum + Math.round(100 * columns.money!.sum), 0)).toBe(exact)
      }),
    )
  })

  test('small amounts survive beside large ones', () => {
    const codes = new Uint16Array(4)
    const { groups } = profile({ ...segmentation, codes }, { money: [1e16, 1, -1e16, 1] })
    expect(groups[0]!.columns.money!.sum).toBe(2)
  })

  test('medians are those of a sort', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 50 }), (values) => {
        const { groups } = profile({ ...segmentation, codes: new Uint16Array(values.length) }, { values })
        const sorted = values.toSorted((a, b) => a - b)
        const median = (sorted[(values.length - 1) >> 1]! + sorted[values.length >> 1]!) / 2
        expect(groups[0]!.columns.values!.median).toBe(median + 0)
      }),
    )
  })

  test('columns are left as they were, and nobody is described as nobody', () => {
    const money = Float64Array.of(5, 4, 3, 2, 1)
    profile(segmentation, { money })
    expect(money).toEqual(Float64Array.of(5, 4, 3, 2, 1))
    const empty = profile({ ...segmentation, codes: new Uint16Array(0) }, { money: [] })
    expect(empty.all).toMatchObject({
      customers: 0,
      share: Number.NaN,
      columns: { money: { sum: 0, mean: Number.NaN } },
    })
  })
})

test('refuses a column of another length', () => {
  expect(() => profile(segmentation, { money: [1, 2] })).toThrow(expect.objectContaining({ code: 'BAD_SHAPE' }))
})
