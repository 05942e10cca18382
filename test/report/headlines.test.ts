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
      { name: 'few', customers: 10, revenue: 500, meanChurnRisk: 0.2, meanLifetimeValue: 1 },
      { name: 'many', customers: 90, revenue: 500 - 1e-9, meanChurnRisk: 0.6, meanLifetimeValue: 1 },
    ],
  }
  expect(sentences(data)[1]).toContain('few: 10% of the customers. Losing one of them costs as much as losing 5.0')
  // Mean risk (10 · 0.2 + 90 · 0.6) / 100 = 56 %: only "many" lies above it.
  expect(sentences(data)[2]).toContain(
    'many: 50% of revenue so far, at a mean churn risk of 60% over 13 weeks, against 56%',
  )
})

test('a forecast that misses says by how much and which way', () => {
  const forecast = { cutoff: '2024-01-01', unit: 'week', steps: [1, 2], expected: [60, 60], actual: [50, 50] } as const
  const text = sentences({ ...base, forecast })[4]
  expect(text).toContain('+20.0%')
  expect(text).toContain('promised too much')
})

test('steps before the cut-off prove nothing and are not counted', () => {
  const forecast = { cutoff: '2024-01-01', unit: 'week', steps: [0, 1], expected: [99, 10], actual: [1, 10] } as const
  expect(sentences({ ...base, forecast })[4]).toContain('10 purchases expected, 10 made')
})
