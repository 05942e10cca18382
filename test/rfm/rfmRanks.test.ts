import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rankRfm } from '../../src/rfm/rfmRanks.ts'
import { rfmCodes } from '../../src/rfm/rfmScores.ts'
import { goldenJson, goldenRows, orderSummary, summaryOf } from './orders.ts'

describe('published', () => {
  test('ntile of the conventions file', () => {
    const rows = goldenJson<Record<string, string>[]>('rfm/rfm_conventions_orders.json')
    const summary = summaryOf(
      rows.map((row) => ({
        id: row.customer_id!,
        sinceLast: Number(row.rec),
        purchases: Number(row.fre),
        total: Number(row.mon),
      })),
    )
    const expected = rows.map((row) => 100 * Number(row.r_ntile) + 10 * Number(row.f_ntile) + Number(row.m_ntile))
    expect(Array.from(rfmCodes(rankRfm(summary)))).toEqual(expected)
  })

  test('nested ntile', () => {
    const orders = orderSummary()
    const codes = rfmCodes(rankRfm(orders, { nested: true }))
    // The two files sort names with apostrophes differently, so customers are matched by id.
    const found = new Map(orders.customers.map((id, row) => [id, codes[row]]))
    for (const row of goldenRows('rfm/rfm_nested_ntile_orders.csv')) {
      const expected = 100 * Number(row.r_nested) + 10 * Number(row.f_nested) + Number(row.m_nested)
      expect([row.customer_id, found.get(row.customer_id!)]).toEqual([row.customer_id, expected])
    }
  })
})

describe('laws', () => {
  test('parts differ by one customer at most, larger ones first, whatever the order of rows', () => {
    const rows = fc.array(
      fc.record({
        sinceLast: fc.integer({ min: 0, max: 5 }),
        purchases: fc.integer({ min: 1, max: 3 }),
        total: fc.constantFrom(-1, 0, 10, Number.NaN),
      }),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(rows, fc.integer({ min: 2, max: 9 }), (found, bins) => {
        const named = found.map((row, i) => ({ ...row, id: `c${i}` }))
        const scores = rankRfm(summaryOf(named), { bins })
        for (const column of [scores.recency, scores.frequency, scores.monetary]) {
          const sizes = Array.from({ length: bins }, (_, bin) => column.filter((score) => score === bin + 1).length)
          expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
          expect(sizes[0]! - sizes.at(-1)!).toBeLessThanOrEqual(1)
        }
        const back = rankRfm(summaryOf(named.toReversed()), { bins })
        expect(rfmCodes(back).toReversed()).toEqual(rfmCodes(scores))
      }),
    )
  })
})

test('refuses bins out of range', () => {
  expect(() => rankRfm(orderSummary(), { bins: 10 })).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }))
})
