import { describe, expect, test } from 'vitest'
import { spendIndependence } from '../../../src/clv/gammaGamma/spendIndependence.ts'
import { randomFrom } from '../../../src/core/random.ts'
import { normalTail } from '../../../src/math/normal.ts'
import { rankCorrelation } from '../../../src/metrics/rankCorrelation.ts'
import type { CustomerSummary } from '../../../src/table/customerSummary.ts'
import { customerSummaryFromColumns } from '../../../src/table/customerSummaryFromColumns.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { calibration, histories } from '../goldens.ts'
import { gamma } from '../simulate.ts'

const REPLICATIONS = 200

describe('under independence', () => {
  const drawn = Array.from({ length: REPLICATIONS }, (_, seed) => spenders(1000, 0, seed + 1))

  test('it is rejected as often as it should be', () => {
    const rejected = drawn.filter((summary) => spendIndependence(summary).pValue < 0.1).length / REPLICATIONS
    // The standard deviation of 10 % of 200 is 0.021.
    expect(Math.abs(rejected - 0.1)).toBeLessThan(0.063)
  })

  test('where the usual test of a rank correlation would reject it nearly always', () => {
    const rejected = drawn.filter(({ repeats, meanRepeatValue }) => {
      const z = rankCorrelation(repeats, meanRepeatValue) * Math.sqrt(repeats.length - 1)
      return 2 * normalTail(Math.abs(z)) < 0.1
    })
    expect(rejected.length / REPLICATIONS).toBeGreaterThan(0.9)
  })
})

test('an elasticity is found, in one step from none, within its standard error', () => {
  for (const truth of [-0.1, 0.1]) {
    const found = Array.from({ length: 20 }, (_, seed) => spendIndependence(spenders(2000, truth, seed + 1)))
    const mean = found.reduce((sum, { elasticity }) => sum + elasticity / found.length, 0)
    // Three standard errors of the mean of 20.
    expect(Math.abs(mean - truth)).toBeLessThan((3 * found[0]!.standardError) / Math.sqrt(20))
    expect(found.every(({ pValue }) => pValue < 0.01)).toBe(true)
  }
})

test('the unit of money does not matter', () => {
  const summary = calibration()
  const plain = spendIndependence(summary)
  const cents = spendIndependence({ ...summary, meanRepeatValue: summary.meanRepeatValue.map((mean) => 100 * mean) })
  // The fit ends within 1e-9 of the optimum.
  expect(cents.elasticity).toBeCloseTo(plain.elasticity, 8)
  expect(cents.standardError).toBeCloseTo(plain.standardError, 8)
  expect(plain.customers).toBe(946)
})

test('of customers who all repeat as often, nothing can be said', () => {
  const same = spenders(100, 0, 1)
  const { elasticity, pValue } = spendIndependence({ ...same, repeats: same.repeats.map(() => 3) })
  expect([elasticity, pValue]).toEqual([Number.NaN, Number.NaN])
})

test('without two different means it is refused', () => {
  expectRefusal(() => spendIndependence(histories([1, 5, 10])), 'NOT_ENOUGH_DATA', 'spendIndependence')
})

/** Customers with 1 to 20 repeats whose mean spend goes with x^β, under p = 2, q = 4, v = 15. */
function spenders(customers: number, elasticity: number, seed: number): CustomerSummary {
  const random = randomFrom(seed)
  const repeats = Array.from({ length: customers }, () => Math.ceil(20 * random.unit() ** 3))
  return customerSummaryFromColumns(
    {
      repeats,
      ageAtLast: repeats.map(() => 30),
      age: repeats.map(() => 40),
      meanRepeatValue: repeats.map((x) => ((15 / gamma(4, random)) * gamma(2 * x, random) * x ** elasticity) / x),
    },
    { timeUnit: 'week' },
  )
}
