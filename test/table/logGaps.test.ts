import { expect, test } from 'vitest'
import { customerSummary } from '../../src/table/customerSummary.ts'
import { customerSummaryFromColumns } from '../../src/table/customerSummaryFromColumns.ts'
import { logGaps } from '../../src/table/logGaps.ts'
import { purchaseAges } from '../../src/table/purchaseAges.ts'
import { cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const table = cdnowSample()

test('they are the logarithms of the differences of the ages at purchases', () => {
  const summary = customerSummary(table, { asOf: '1997-09-30', timeUnit: 'week' })
  const sums = logGaps(table, summary)
  expect(sums.length).toBe(summary.customers.length)
  for (let row = 0; row < sums.length; row += 53) {
    const { ages } = purchaseAges(table, summary.customers[row]!, { asOf: '1997-09-30' })
    const sum = Array.from(ages).reduce((total, age, i) => (i > 0 ? total + Math.log(age - ages[i - 1]!) : 0), 0)
    // Weeks as differences of quotients.
    expect(Math.abs(sums[row]! - sum)).toBeLessThan(1e-11)
  }
})

test('refusals', () => {
  const fromColumns = customerSummaryFromColumns({ repeats: [1], ageAtLast: [5], age: [9] }, { timeUnit: 'day' })
  expectRefusal(() => logGaps(table, fromColumns), 'BAD_SHAPE', 'summary')
})
