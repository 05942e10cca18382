import { describe, expect, test } from 'vitest'
import { analyzeCustomers } from '../../src/analysis/analyzeCustomers.ts'
import { reportHtml, reportOf } from '../../src/report/index.ts'
import type { CustomerEvent } from '../../src/table/customerEvent.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'

const analysis = analyzeCustomers(cdnowSample(), { asOf: '1998-06-30' })
const data = reportOf(analysis, { version: '1.2.3', command: 'clientele analyze sample.csv' })

describe('the report of an analysis', () => {
  test('adds up', () => {
    const revenue = data.segments.reduce((sum, segment) => sum + segment.revenue, 0)
    const customers = data.segments.reduce((sum, segment) => sum + segment.customers, 0)
    expect(revenue).toBeCloseTo(analysis.summary.ledger.total, 6) // eleven roundings of 2e5
    expect(customers).toBe(2357)
    expect(data.rfm.cells.reduce((sum, cell) => sum + cell.customers, 0)).toBe(2357)
    expect(data.totals).toMatchObject({
      customers: 2357,
      purchases: 6919,
      firstDay: '1997-01-01',
      lastDay: '1998-06-30',
    })
  })

  test('says how far it looks, and what churn is judged by', () => {
    expect(data.horizons).toEqual({ churn: '13 weeks', value: '52 weeks' })
    expect(data.lifetimeValue!.discount).toBe('10 % a year')
    expect(data.churn!.scorers.map(({ role }) => role)).toEqual(['model', 'baseline', 'baseline'])
    expect(data.forecast).toMatchObject({ cutoff: '1997-10-01', unit: 'week' })
    expect(data.forecast!.steps.length).toBe(39)
  })

  test('shows the most valuable customers first, and a sample of points', () => {
    const values = data.topCustomers.map(({ lifetimeValue }) => lifetimeValue)
    expect(values).toEqual(values.toSorted((a, b) => b - a))
    expect(values[0]).toBe(Math.max(...(data.lifetimeValue!.values as Float64Array)))
    expect(data.clusters!.points.cluster.length).toBe(2000)
  })

  test('is the same page for the same analysis', async () => {
    expect(await reportHtml(reportOf(analysis))).toBe(await reportHtml(reportOf(analysis)))
  })
})

describe('little data', () => {
  const buy = (customer: string, value: number, order: string): CustomerEvent => ({
    type: 'purchase',
    customer,
    time: '2024-05-02',
    value,
    order,
  })
  const events: CustomerEvent[] = [
    buy('<script>alert(1)</script>', 10, 'a'),
    buy('bob', 20, 'b'),
    { type: 'refund', customer: 'bob', time: '2024-05-03', value: 5, order: 'b' },
    { type: 'cancel', customer: 'eve', time: '2024-05-03', order: 'x' },
    { type: 'purchase', customer: 'dan', time: '2024-08-01', value: 1 },
  ]
  const shop = analyzeCustomers(events, { asOf: '2024-06-30' })

  test('leaves out what cannot be said, and says why', async () => {
    const report = reportOf(shop)
    for (const part of ['clusters', 'lifetimeValue', 'forecast', 'churn'] as const) expect(report[part]).toBeUndefined()
    expect(report.warnings.length).toBe(5)
    const page = await reportHtml(report)
    expect(page).toContain('No churn risk: ')
    expect(page).not.toContain('<script>alert(1)')
  })

  test('lists what was not counted', () => {
    const facts = Object.fromEntries(reportOf(shop).leftOut.map(({ what, count }) => [what, count]))
    expect(facts).toEqual({
      'Events after the as-of day': 1,
      'Refunds and cancellations of orders': 1,
      'Cancellations without a known order': 1,
      'Customers without a purchase': 2,
      'Purchases on one day': Number.NaN,
    })
  })
})
