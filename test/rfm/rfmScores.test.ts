import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitRfm, type RfmModel, rfmCodes, scoreRfm } from '../../src/rfm/rfmScores.ts'
import { goldenJson, goldenRows, orderSummary, summaryOf } from './orders.ts'
import { takeSummary } from './takeSummary.ts'

const orders = orderSummary()

function cutsOf(model: RfmModel): number[][] {
  return [model.cuts.sinceLast, model.cuts.purchases, model.cuts.total].map((cuts) => Array.from(cuts))
}

function expectGolden(model: RfmModel, file: string): void {
  const codes = rfmCodes(scoreRfm(model, orders))
  expect(Array.from(codes)).toEqual(goldenRows(file).map((row) => Number(row.rfm_score)))
}

describe('published', () => {
  test('type-7 cut points of the R data', () => {
    // Exact: interpolation between whole numbers at fifths rounds as the decimal literals do.
    expect(cutsOf(fitRfm(orders))).toEqual([
      [114, 180, 296.4, 481],
      [3, 4, 5, 7],
      [254.8, 381, 505.4, 665],
    ])
  })

  test('cut points of the R package', () => {
    const cuts = cutsOf(fitRfm(orders, { rule: 'rPackage' }))
    expect(cuts).toEqual([
      [115, 181, 297.4, 482],
      [4, 5, 6, 8],
      [255.8, 382, 506.4, 666],
    ])
    const lower = goldenRows('rfm/golden_orders_thresholds_5.csv').slice(1)
    expect(cuts[0]).toEqual(lower.map((row) => Number(row.recency_lower)))
    expect(cuts[1]).toEqual(lower.map((row) => Number(row.frequency_lower)))
    expect(cuts[2]).toEqual(lower.map((row) => Number(row.monetary_lower)))
  })

  test('scores of the R package: 5, 4 and hand-made cut points', () => {
    expectGolden(fitRfm(orders, { rule: 'rPackage' }), 'rfm/golden_orders_rfm_5x5x5.csv')
    expectGolden(fitRfm(orders, { rule: 'rPackage', bins: 4 }), 'rfm/golden_orders_rfm_4x4x4.csv')
    const cuts = { sinceLast: [115, 181, 297, 482], purchases: [4, 5, 6, 8], total: [256, 382, 506, 666] }
    expectGolden(fitRfm(orders, { rule: 'rPackage', cuts }), 'rfm/golden_orders_rfm_custom_breaks.csv')
  })

  test('heat map of the R package: mean money a cell of recency and frequency', () => {
    const { recency, frequency } = scoreRfm(fitRfm(orders, { rule: 'rPackage' }), orders)
    for (const cell of goldenRows('rfm/golden_orders_heatmap_5x5.csv')) {
      const money = orders.total.filter(
        (_, row) => recency[row] === Number(cell.recency_score) && frequency[row] === Number(cell.frequency_score),
      )
      // 1e-12: the file prints 15 digits.
      const mean = money.reduce((sum, value) => sum + value, 0) / money.length
      expect(Math.abs(mean / Number(cell.monetary) - 1)).toBeLessThan(1e-12)
    }
  })

  test('order distribution of the R package', () => {
    const rows = goldenRows('rfm/golden_orders_order_distribution.csv')
    const counted = rows.map((row) => orders.purchases.filter((count) => count === Number(row.segment)).length)
    expect(counted).toEqual(rows.map((row) => Number(row.n)))
  })

  test('type-7 scores of the conventions file', () => {
    const rows = goldenJson<Record<string, string>[]>('rfm/rfm_conventions_orders.json')
    const summary = summaryOf(
      rows.map((row) => ({ sinceLast: Number(row.rec), purchases: Number(row.fre), total: Number(row.mon) })),
    )
    const scores = scoreRfm(fitRfm(summary), summary)
    expect(Array.from(scores.recency)).toEqual(rows.map((row) => Number(row.r_type7)))
    expect(Array.from(scores.frequency)).toEqual(rows.map((row) => Number(row.f_type7)))
    expect(Array.from(scores.monetary)).toEqual(rows.map((row) => Number(row.m_type7)))
  })
})

const customers = fc.array(
  fc.record({
    sinceLast: fc.integer({ min: 0, max: 400 }),
    purchases: fc.integer({ min: 1, max: 12 }),
    total: fc.double({ min: -500, max: 5000, noNaN: true }),
  }),
  { minLength: 1, maxLength: 60 },
)
const options = fc.record({ bins: fc.integer({ min: 2, max: 9 }), rule: fc.constantFrom('quantile', 'rPackage') })

describe('laws', () => {
  test('scores lie from 1 to bins, and follow the values', () => {
    fc.assert(
      fc.property(customers, options, (rows, { bins, rule }) => {
        const summary = summaryOf(rows)
        const scores = scoreRfm(fitRfm(summary, { bins, rule }), summary)
        for (let a = 0; a < rows.length; a++) {
          expect(scores.recency[a]).toBeGreaterThanOrEqual(1)
          expect(scores.recency[a]).toBeLessThanOrEqual(bins)
          for (let b = 0; b < rows.length; b++) {
            if (rows[a]!.total <= rows[b]!.total && scores.monetary[a]! > scores.monetary[b]!) throw new Error('money')
            if (rows[a]!.sinceLast <= rows[b]!.sinceLast && scores.recency[a]! < scores.recency[b]!)
              throw new Error('time')
          }
        }
      }),
    )
  })

  test('the order of rows does not matter', () => {
    fc.assert(
      fc.property(customers, options, (rows, chosen) => {
        const there = summaryOf(rows)
        const back = summaryOf(rows.toReversed())
        const codes = rfmCodes(scoreRfm(fitRfm(there, chosen), there))
        expect(rfmCodes(scoreRfm(fitRfm(back, chosen), back)).toReversed()).toEqual(codes)
      }),
    )
  })

  test('a row of weight w counts as w customers', () => {
    fc.assert(
      fc.property(customers, fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 60 }), (rows, counts) => {
        const weighted = summaryOf(rows, { weights: Float64Array.from(rows, (_, row) => counts[row]!) })
        const repeated = summaryOf(rows.flatMap((row, i) => Array.from({ length: counts[i]! }, () => row)))
        expect(fitRfm(weighted).cuts).toEqual(fitRfm(repeated).cuts)
      }),
    )
  })

  test('a model scores customers alone as it does among others', () => {
    const model = fitRfm(orders)
    const codes = rfmCodes(scoreRfm(model, orders))
    const one = takeSummary(orders, 17)
    expect(rfmCodes(scoreRfm(model, one))[0]).toBe(codes[17])
  })

  test('the summary is left as it was, and the model is plain data', () => {
    const before = structuredClone(orders)
    const model = fitRfm(orders)
    expect(orders).toEqual(before)
    expect(rfmCodes(scoreRfm(structuredClone(model), orders))).toEqual(rfmCodes(scoreRfm(model, orders)))
  })
})

describe('few or equal customers', () => {
  test.each(['quantile', 'rPackage'] as const)('one customer, and customers who are all alike, under %s', (rule) => {
    for (const count of [1, 2, 7]) {
      const summary = summaryOf(Array.from({ length: count }, () => ({ sinceLast: 10, purchases: 2, total: -3.5 })))
      expect(new Set(rfmCodes(scoreRfm(fitRfm(summary, { rule }), summary)))).toEqual(new Set([511]))
    }
  })

  test('fewer customers than bins', () => {
    const summary = summaryOf([
      { sinceLast: 100, purchases: 1, total: 10 },
      { sinceLast: 1, purchases: 9, total: 900 },
    ])
    expect(Array.from(rfmCodes(scoreRfm(fitRfm(summary), summary)))).toEqual([111, 555])
  })

  test('no customer to score', () => {
    expect(rfmCodes(scoreRfm(fitRfm(orders), summaryOf([])))).toHaveLength(0)
  })
})

describe('refusals', () => {
  const code = (value: string) => expect.objectContaining({ code: value })

  test('options out of range', () => {
    expect(() => fitRfm(orders, { bins: 1 })).toThrow(code('BAD_OPTION'))
    expect(() => fitRfm(orders, { bins: 2.5 })).toThrow(code('BAD_OPTION'))
    expect(() => fitRfm(orders, { rule: 'other' as 'quantile' })).toThrow(code('BAD_OPTION'))
    const cuts = { sinceLast: [1, 2], purchases: [1, 2], total: [1, 2] }
    expect(() => fitRfm(orders, { cuts: { ...cuts, total: [2, 1] } })).toThrow(code('BAD_OPTION'))
    expect(() => fitRfm(orders, { cuts: { ...cuts, total: [1, 2, 3] } })).toThrow(code('BAD_OPTION'))
    expect(() => fitRfm(orders, { cuts, bins: 5 })).toThrow(code('BAD_OPTION'))
    expect(() => fitRfm(orders, { cuts: { ...cuts, purchases: [1, Number.NaN] } })).toThrow(code('BAD_OPTION'))
  })

  test('nobody, or money that is not known', () => {
    expect(() => fitRfm(summaryOf([]))).toThrow(code('NOT_ENOUGH_DATA'))
    const unknown = summaryOf([{ sinceLast: 1, purchases: 1, total: Number.NaN }])
    expect(() => fitRfm(unknown)).toThrow(code('NOT_ENOUGH_DATA'))
    expect(() => scoreRfm(fitRfm(orders), unknown)).toThrow(code('NOT_ENOUGH_DATA'))
  })

  test('another time unit or currency', () => {
    expect(() => scoreRfm(fitRfm(orders), { ...orders, timeUnit: 'week' })).toThrow(code('UNIT_MISMATCH'))
    const euros = fitRfm({ ...orders, currency: 'EUR' })
    expect(() => scoreRfm(euros, { ...orders, currency: 'USD' })).toThrow(code('MIXED_CURRENCIES'))
    expect(() => scoreRfm(euros, orders)).not.toThrow()
  })
})
