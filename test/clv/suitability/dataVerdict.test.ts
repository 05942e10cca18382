import { describe, expect, test } from 'vitest'
import { type DataVerdict, dataVerdict } from '../../../src/clv/suitability/dataVerdict.ts'
import type { CustomerSummary } from '../../../src/table/customerSummary.ts'
import { customerSummaryFromColumns } from '../../../src/table/customerSummaryFromColumns.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { calibration, histories } from '../goldens.ts'

const supports = ({ answers }: DataVerdict): string => answers.map(({ support }) => support).join(' ')

function firstCustomers(summary: CustomerSummary, count: number): CustomerSummary {
  const first = (column: ArrayLike<number>): number[] => Array.from(column).slice(0, count)
  return customerSummaryFromColumns(
    {
      repeats: first(summary.repeats),
      ageAtLast: first(summary.ageAtLast),
      age: first(summary.age),
      meanRepeatValue: first(summary.meanRepeatValue),
    },
    { timeUnit: summary.timeUnit },
  )
}

describe('what it says', () => {
  test('of the CDNOW sample', () => {
    const verdict = dataVerdict(calibration())
    expect(verdict).toMatchObject({ customers: 2357, repeaters: 946, days: 272 })
    expect(supports(verdict)).toBe('yes yes yes yes weakly')
  })

  test('of a hundred customers: less', () => {
    const verdict = dataVerdict(firstCustomers(calibration(), 100))
    expect(verdict.customers).toBe(100)
    expect(supports(verdict)).toBe('weakly weakly no weakly weakly')
  })

  test('of customers who never came back: nothing', () => {
    const verdict = dataVerdict(histories([0, 0, 10], [0, 0, 20]))
    expect(supports(verdict)).toBe('no no no no no')
    expect(verdict.answers[0]!.because).toBe('none of 2 customers bought a second time')
  })
})

test('a weight of two is two customers', () => {
  const twice = [0, 1].flatMap(
    () =>
      [
        [3, 10, 20],
        [1, 2, 20],
        [0, 0, 20],
      ] as const,
  )
  const weighted = customerSummaryFromColumns(
    { repeats: [3, 1, 0], ageAtLast: [10, 2, 0], age: [20, 20, 20], weights: [2, 2, 2] },
    { timeUnit: 'day' },
  )
  expect(dataVerdict(weighted)).toEqual(dataVerdict(histories(...twice)))
})

test('refused without customers', () => {
  expectRefusal(() => dataVerdict(histories()), 'NOT_ENOUGH_DATA', 'no customers')
})
