import { expect, test } from 'vitest'
import { defaultChurnColumns } from '../../src/churn/churnColumns.ts'
import { type ChurnFeatures, churnFeatures } from '../../src/churn/churnFeatures.ts'
import type { CustomerEvent } from '../../src/table/customerEvent.ts'
import { columnOf } from '../../src/table/featureMatrix.ts'
import { eventTable } from '../../src/table/tableFromEvents.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const buy = (customer: string, time: string, value: number): CustomerEvent => ({
  type: 'purchase',
  customer,
  time,
  value,
})

const table = eventTable([
  buy('ann', '2024-01-01', 10),
  buy('ann', '2024-01-08', 20),
  buy('ann', '2024-01-29', 30),
  buy('ann', '2024-06-20', 40),
  buy('ann', '2024-06-20', 5),
  buy('bob', '2024-06-03', 7),
  { type: 'visit', customer: 'ann', time: '2024-03-31' },
  { type: 'visit', customer: 'ann', time: '2024-04-01' },
  { type: 'visit', customer: 'ann', time: '2024-06-30' },
  { type: 'visit', customer: 'ann', time: '2024-07-01' },
  buy('eve', '2024-07-01', 99),
])

const cell = ({ matrix }: ChurnFeatures, name: string, row: number): number =>
  columnOf(matrix, matrix.columns.indexOf(name))[row]!

const everything = [...defaultChurnColumns(table), 'age', 'purchases', 'purchaseDays4w']

test('worked by hand', () => {
  const features = churnFeatures(table, { asOf: '2024-06-30', timeUnit: 'day', columns: everything })
  expect(features.summary.customers).toEqual(['ann', 'bob'])
  const ann = {
    sinceLast: 10,
    age: 181,
    ageAtLast: 171,
    repeats: 3,
    purchases: 5,
    total: 105,
    meanRepeatValue: 95 / 3,
    lastValue: 45,
    meanGap: 57,
    sinceLastInGaps: 10 / 57,
    // The first purchase day is 181 days ago, inside of the last 26 weeks.
    purchaseDays26w: 4,
    purchaseDays13w: 1,
    purchaseDays4w: 1,
    money26w: 105,
    money13w: 45,
    money4w: 45,
    // 2024-04-01 is the first of the last 91 days.
    visits13w: 2,
  }
  for (const [name, value] of Object.entries(ann)) expect(cell(features, name, 0), name).toBeCloseTo(value, 12)
  // Gaps of 7, 21 and 143 days around 57.
  expect(cell(features, 'gapSpread', 0)).toBeCloseTo(Math.sqrt((50 ** 2 + 36 ** 2 + 86 ** 2) / 2), 12)
})

test('who bought once has no gaps', () => {
  const features = churnFeatures(table, { asOf: '2024-06-30' })
  for (const name of ['meanGap', 'gapSpread', 'sinceLastInGaps']) expect(cell(features, name, 1)).toBeNaN()
  expect(cell(features, 'meanRepeatValue', 1)).toBe(0)
  expect(cell(features, 'sinceLast', 1)).toBe(27 / 7)
})

test('events after the day change nothing', () => {
  const early = eventTable([buy('ann', '2024-01-01', 10), buy('ann', '2024-01-08', 20), buy('ann', '2024-01-29', 30)])
  const columns = defaultChurnColumns(early)
  const there = churnFeatures(table, { asOf: '2024-02-15', columns })
  expect(there.matrix).toEqual(churnFeatures(early, { asOf: '2024-02-15' }).matrix)
})

test('columns of other events come only where there are any', () => {
  expect(defaultChurnColumns(table)).toContain('visits13w')
  expect(defaultChurnColumns(table)).not.toContain('contacts13w')
  expect(churnFeatures(table, { asOf: '2024-06-30', columns: ['contacts13w', 'sinceLast'] }).matrix.columns).toEqual([
    'contacts13w',
    'sinceLast',
  ])
})

test('durations follow the unit; ratios, counts and money do not', () => {
  const days = churnFeatures(table, { asOf: '2024-06-30', timeUnit: 'day', columns: everything })
  const weeks = churnFeatures(table, { asOf: '2024-06-30', timeUnit: 'week', columns: everything })
  const durations = new Set(['sinceLast', 'age', 'ageAtLast', 'meanGap', 'gapSpread'])
  for (const name of everything) {
    expect(cell(days, name, 0), name).toBeCloseTo(cell(weeks, name, 0) * (durations.has(name) ? 7 : 1), 10)
  }
})

test('refusals', () => {
  expectRefusal(() => churnFeatures(table, { asOf: '2024-02-30' }), 'BAD_OPTION', 'asOf')
  expectRefusal(() => churnFeatures(table, { asOf: '2023-12-31' }), 'NOT_ENOUGH_DATA', '2023-12-31')
  expectRefusal(
    () => churnFeatures(table, { asOf: '2024-06-30', timeUnit: 'month' as 'week' }),
    'BAD_OPTION',
    'timeUnit',
  )
  expectRefusal(() => churnFeatures(table, { asOf: '2024-06-30', columns: [] }), 'BAD_OPTION', 'columns')
  expectRefusal(() => churnFeatures(table, { asOf: '2024-06-30', columns: ['recency'] }), 'BAD_OPTION', 'recency')
  expectRefusal(() => churnFeatures(table, { asOf: '2024-06-30', columns: ['age', 'age'] }), 'BAD_OPTION', 'age')
})
