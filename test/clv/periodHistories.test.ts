import { expect, test } from 'vitest'
import { periodHistories, periodHistoriesFromColumns } from '../../src/clv/periodHistories.ts'
import { eventTable } from '../../src/table/tableFromEvents.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const at = (customer: string, time: string) => ({ type: 'purchase', customer, time, value: 1 }) as const

test('a period counts once, from the day after the first purchase, and only when it is over', () => {
  const table = eventTable([
    at('a', '2024-01-01'),
    at('a', '2024-01-01'), // the same day
    at('a', '2024-01-08'), // the last day of period 1
    at('a', '2024-01-09'), // period 2, twice
    at('a', '2024-01-15'),
    at('a', '2024-01-23'), // period 4, which is not over
    at('b', '2024-01-24'),
    at('c', '2024-02-01'), // after the as-of day
  ])
  const { customers, repeats, ageAtLast, age } = periodHistories(table, { asOf: '2024-01-25', period: { weeks: 1 } })
  expect(customers).toEqual(['a', 'b'])
  expect([...repeats]).toEqual([2, 0])
  expect([...ageAtLast]).toEqual([2, 0])
  expect([...age]).toEqual([3, 0])
})

test('periods of a day are the days of a summary', () => {
  const { repeats, ageAtLast, age } = periodHistories(cdnowSample(), { asOf: '1998-06-30', period: { days: 1 } })
  expect(repeats.reduce((sum, x) => sum + x, 0)).toBeGreaterThan(4000)
  expect(ageAtLast.every((last, row) => last <= age[row]!)).toBe(true)
})

test('refusals', () => {
  const rows = { repeats: [2, 1], lastPeriod: [3, 2], periods: [6, 6] }
  const refuse = (columns: object, code: 'BAD_EVENT' | 'BAD_SHAPE', text: string): void =>
    expectRefusal(() => periodHistoriesFromColumns({ ...rows, ...columns }), code, text)
  refuse({ repeats: undefined }, 'BAD_SHAPE', '"repeats", "lastPeriod" and "periods" are needed')
  refuse({ periods: [6] }, 'BAD_SHAPE', '"periods" must have 2 values')
  refuse({ repeats: [4, 1] }, 'BAD_EVENT', 'row 0 (customer "1"): "repeats"')
  refuse({ repeats: [2, 0] }, 'BAD_EVENT', 'must be 0 without repeats, got 2')
  refuse({ lastPeriod: [3, 7] }, 'BAD_EVENT', 'row 1 (customer "2"): "lastPeriod"')
  refuse({ periods: [100_001, 6] }, 'BAD_EVENT', 'from 0 to 100000')
  refuse({ weights: [1, 0] }, 'BAD_EVENT', '"weights"')
  refuse({ frequency: [2, 1] }, 'BAD_SHAPE', '"repeats" and "frequency" are one column; give one of them')
  refuse({ recency: [3, 2] }, 'BAD_SHAPE', '"lastPeriod" and "recency" are one column')
  const table = cdnowSample()
  expectRefusal(() => periodHistories(table, { asOf: 'today', period: { weeks: 1 } }), 'BAD_OPTION', 'asOf')
  expectRefusal(() => periodHistories(table, { asOf: '1998-06-30', period: { weeks: 0 } }), 'BAD_OPTION', 'period')
})
