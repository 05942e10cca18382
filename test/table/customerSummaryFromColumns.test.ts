import { describe, expect, test } from 'vitest'
import { customerSummary } from '../../src/table/customerSummary.ts'
import { customerSummaryFromColumns } from '../../src/table/customerSummaryFromColumns.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'

describe('laws', () => {
  test('the columns of a summary make that summary again', () => {
    const summary = customerSummary(cdnowSample(), { asOf: '1997-09-30' })
    const again = customerSummaryFromColumns(summary, { timeUnit: 'week' })
    for (const name of [
      'customers',
      'repeats',
      'ageAtLast',
      'age',
      'meanRepeatValue',
      'purchases',
      'total',
      'weights',
    ] as const) {
      expect(again[name]).toEqual(summary[name])
    }
    expect(again.ledger.total).toBe(summary.ledger.total)
  })

  test('the names of the literature are the same columns', () => {
    const ours = { repeats: [2, 0], ageAtLast: [30, 0], age: [38, 38], meanRepeatValue: [22.35, 0] }
    const theirs = { frequency: [2, 0], recency: [30, 0], T: [38, 38], monetary_value: [22.35, 0] }
    expect(customerSummaryFromColumns(theirs, { timeUnit: 'week' })).toEqual(
      customerSummaryFromColumns(ours, { timeUnit: 'week' }),
    )
  })
})

describe('refusals', () => {
  const make = (columns: object) => () =>
    customerSummaryFromColumns({ repeats: [1], ageAtLast: [2], age: [3], ...columns }, { timeUnit: 'day' })

  test.each([
    [{ repeats: [-1] }, '"repeats"'],
    [{ repeats: [0.5] }, '"repeats"'],
    [{ repeats: ['1'] }, '"repeats" must be a whole number of at least 0, got "1"'],
    [{ ageAtLast: [4] }, '"age" must be finite and at least "ageAtLast", 4, got 3'],
    [{ ageAtLast: [Number.NaN] }, '"ageAtLast"'],
    [{ repeats: [0] }, '"ageAtLast" must be 0 without repeats'],
    [{ weights: [0] }, '"weights"'],
    [{ meanRepeatValue: [Number.POSITIVE_INFINITY] }, '"meanRepeatValue"'],
  ])('%j', (columns, text) => {
    expectRefusal(make(columns), 'BAD_EVENT', text)
  })

  test('a column under both its names', () => {
    expectRefusal(make({ frequency: [1] }), 'BAD_SHAPE', '"repeats" and "frequency" are one column')
    expectRefusal(make({ meanRepeatValue: [1], monetary_value: [1] }), 'BAD_SHAPE', 'are one column')
  })

  test('a column of another length, and none at all', () => {
    expectRefusal(make({ weights: [1, 2] }), 'BAD_SHAPE', '"weights" must have 1 values, got 2')
    expectRefusal(
      () => customerSummaryFromColumns({ repeats: [1], age: [1] }, { timeUnit: 'day' }),
      'BAD_SHAPE',
      '"recency"',
    )
  })
})
