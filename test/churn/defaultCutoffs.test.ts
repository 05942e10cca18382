import { expect, test } from 'vitest'
import { defaultCutoffs } from '../../src/churn/defaultCutoffs.ts'
import { eventTableFromColumns } from '../../src/table/tableFromColumns.ts'
import { eventTable } from '../../src/table/tableFromEvents.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const horizon = { weeks: 13 }

test('CDNOW: the last quarter judges, the four before it teach', () => {
  const expected = { training: ['1997-04-02', '1997-07-02', '1997-10-01', '1997-12-31'], evaluation: '1998-04-01' }
  expect(defaultCutoffs(cdnowSample(), { horizon, asOf: '1998-06-30' })).toEqual(expected)
  expect(defaultCutoffs(cdnowSample(), { horizon })).toEqual(expected)
  expect(defaultCutoffs(cdnowSample(), { horizon, training: 1 }).training).toEqual(['1997-12-31'])
})

const from = (day: string) => eventTableFromColumns({ customer: [1], time: [day], value: [1] })

test('three horizons are enough, a day less is not, and the message says how much is missing', () => {
  const options = { horizon: { days: 10 }, asOf: '2024-01-30' }
  expect(defaultCutoffs(from('2024-01-01'), options)).toEqual({ training: ['2024-01-11'], evaluation: '2024-01-21' })
  expectRefusal(() => defaultCutoffs(from('2024-01-02'), options), 'NOT_ENOUGH_DATA', 'covers 29, so 1 are missing')
  expectRefusal(() => defaultCutoffs(from('2024-03-01'), options), 'NOT_ENOUGH_DATA', 'covers 0, so 30 are missing')
})

test('refusals', () => {
  const table = from('2024-01-01')
  expectRefusal(() => defaultCutoffs(eventTable([]), { horizon, asOf: '2024-01-01' }), 'NOT_ENOUGH_DATA', 'no events')
  expectRefusal(() => defaultCutoffs(table, { horizon: { days: 1.5 } }), 'BAD_OPTION', 'whole number of days')
  expectRefusal(() => defaultCutoffs(table, { horizon, asOf: 'today' }), 'BAD_OPTION', 'asOf')
  expectRefusal(() => defaultCutoffs(table, { horizon, training: 0 }), 'BAD_OPTION', 'training')
})
