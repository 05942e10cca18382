import { expect, test } from 'vitest'
import { BASELINES } from '../../src/backtest/baselines.ts'
import { customerSummary } from '../../src/table/customerSummary.ts'
import { eventTable } from '../../src/table/tableFromEvents.ts'

const day = (d: number): string => new Date(Date.UTC(2024, 0, 1 + d)).toISOString().slice(0, 10)
const table = eventTable(
  [
    ...[0, 10, 20, 30].map((d) => ({ customer: 'often', time: day(d), type: 'purchase' as const, value: 1 })),
    { customer: 'once', time: day(5), type: 'purchase' as const, value: 1 },
  ],
  { timeZone: 'UTC' },
)
const before = customerSummary(table, { asOf: day(34), timeUnit: 'day' })

test('as many purchases as in as many days before', () => {
  expect(Array.from(BASELINES['same count as before']({ table, before, days: 15 })!)).toEqual([2, 0])
})

test('regression: where there was less time than is to be forecast, the count is scaled up', () => {
  // 35 days were watched, in which there were 3 repeats.
  const counts = BASELINES['same count as before']({ table, before, days: 150 })!
  expect(counts[0]).toBeCloseTo((3 * 150) / 35, 12)
  expect(counts[1]).toBe(0)
})
