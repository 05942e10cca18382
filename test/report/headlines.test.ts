import { parseHTML } from 'linkedom/worker'
import { expect, test } from 'vitest'
import { headlinesHtml } from '../../src/report/headlines.ts'
import type { ReportData } from '../../src/report/index.ts'
import { reportFixture } from './fixture.ts'

const base = reportFixture(1000)

function sentences(data: ReportData): string[] {
  const { document } = parseHTML(`<html><body>${headlinesHtml(data).text}</body></html>`)
  return Array.from(document.querySelectorAll('li'), (item) => item.textContent)
}

test('the sentences follow from the numbers', () => {
  const loyal = { ...base, totals: { ...base.totals, repeatCustomers: 900 } }
  expect(sentences(base)[0]).toContain('Most never came back')
  expect(sentences(loyal)[0]).toContain('Most came back')
})

test('the largest segment is named with what losing one of its customers costs', () => {
  const data: ReportData = {
    ...base,
    totals: { ...base.totals, customers: 100, revenue: 1000 },
    segments: [
      { name: 'few', customers: 40, revenue: 500, meanChurnRisk: 0.2, meanLifetimeValue: 1 },
      { name: 'many', customers: 60, revenue: 500 - 1e-9, meanChurnRisk: 0.6, meanLifetimeValue: 1 },
    ],
  }
  expect(sentences(data)[1]).toContain('few: 40% of the customers. Losing one of them costs as much as losing 1.3')
  // Mean risk (40 · 0.2 + 60 · 0.6) / 100 = 44 %: only "many" lies clearly above it.
  expect(sentences(data)[2]).toContain(
    'many: 50% of revenue so far, at a mean churn risk of 60% over 13 weeks, against 44%',
  )
})

test('who is in danger and worth little is not to be won back first', () => {
  const segments = [
    { name: 'alive', customers: 40, revenue: 500, meanChurnRisk: 0.2, meanLifetimeValue: 90 },
    { name: 'going', customers: 60, revenue: 500, meanChurnRisk: 0.6, meanLifetimeValue: 10 },
  ]
  const totals = { ...base.totals, customers: 100, revenue: 1000 }
  const poor = sentences({ ...base, totals, segments })[2]!
  // (40 · 90 + 60 · 10) / 100 = 42.
  expect(poor).toContain('Each is still expected to bring 10.00')
  expect(poor).toContain('against 42.00')
  expect(poor).not.toContain('Win these back first')
  const rich = segments.map((segment) => ({ ...segment, meanLifetimeValue: 100 - segment.meanLifetimeValue }))
  expect(sentences({ ...base, totals, segments: rich })[2]).toContain('Win these back first')
})

test('a margin is named with the money that it leaves', () => {
  const lifetimeValue = { ...base.lifetimeValue!, margin: 0.125 }
  expect(sentences({ ...base, lifetimeValue }).join()).toContain(
    'Expected contribution (margin 12.5 % of revenue) of today',
  )
  expect(sentences({ ...base, lifetimeValue: { ...lifetimeValue, margin: 1 } }).join()).toContain('Expected of today')
})

test('no segment is called in danger by scores that tell no more than chance, or for a hair of risk', () => {
  const [model, ...baselines] = base.churn!.scorers
  const blind = { ...base, churn: { ...base.churn!, scorers: [{ ...model!, auc: 0.51, aucLow: 0.49 }, ...baselines] } }
  const alike = {
    ...base,
    segments: base.segments.map((segment, i) => ({ ...segment, meanChurnRisk: 0.5 + i / 1000 })),
  }
  for (const data of [blind, alike]) expect(sentences(data).join()).not.toContain('Win these back first')
})

test('a forecast of a few purchases, or far off, is no basis for a plan', () => {
  const forecast = (expected: number, actual: number): string =>
    sentences({
      ...base,
      forecast: { cutoff: '2024-01-01', unit: 'week', steps: [1], expected: [expected], actual: [actual] },
    })[4]!
  expect(forecast(10, 10)).toContain('So few purchases prove little either way')
  expect(forecast(100, 1000)).toContain('Do not plan with it before the reason is known')
  expect(forecast(1000, 1000)).toContain('can be planned with')
})

test('a forecast that misses says by how much and which way', () => {
  const forecast = {
    cutoff: '2024-01-01',
    unit: 'week',
    steps: [1, 2],
    expected: [600, 600],
    actual: [500, 500],
  } as const
  const text = sentences({ ...base, forecast })[4]
  expect(text).toContain('+20.0%')
  expect(text).toContain('promised too much')
})

test('steps before the cut-off prove nothing and are not counted', () => {
  const forecast = { cutoff: '2024-01-01', unit: 'week', steps: [0, 1], expected: [99, 10], actual: [1, 10] } as const
  expect(sentences({ ...base, forecast })[4]).toContain('10 purchases expected, 10 made')
})
