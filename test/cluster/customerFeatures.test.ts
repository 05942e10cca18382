import { expect, test } from 'vitest'
import { customerFeatures } from '../../src/cluster/customerFeatures.ts'
import { customerSummaryFromColumns } from '../../src/table/customerSummaryFromColumns.ts'
import { columnOf } from '../../src/table/featureMatrix.ts'

const columns = { repeats: [2, 0], ageAtLast: [30, 0], age: [40, 25] }

test('gives recency, purchases and money as they are', () => {
  const matrix = customerFeatures(customerSummaryFromColumns({ ...columns, total: [80, -5] }, { timeUnit: 'day' }))
  expect(matrix.columns).toEqual(['sinceLast', 'purchases', 'total'])
  expect([0, 1, 2].map((j) => Array.from(columnOf(matrix, j)))).toEqual([
    [10, 25],
    [3, 1],
    [80, -5],
  ])
})

test('leaves out money that nobody knows', () => {
  expect(customerFeatures(customerSummaryFromColumns(columns, { timeUnit: 'day' })).columns).toEqual([
    'sinceLast',
    'purchases',
  ])
})
