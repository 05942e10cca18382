import { describe, expect, test } from 'vitest'
import { fitGammaGamma } from '../../../src/clv/gammaGamma/gammaGamma.ts'
import { randomFrom } from '../../../src/core/random.ts'
import { normalVariate } from '../../../src/core/variates.ts'
import { customerSummaryFromColumns } from '../../../src/table/customerSummaryFromColumns.ts'
import { expectRefusal } from '../../fixtures/errors.ts'
import { assertFitted } from '../fits.ts'
import { golden, relativeError } from '../goldens.ts'

interface Case {
  readonly name: string
  readonly repeats: number[]
  readonly meanRepeatValue: number[]
  readonly logLikelihood: string
  readonly verdict: 'interior' | 'boundary'
  readonly reducesTo?: string
  /** What the likelihood of either limit reaches, by the parameter that goes to infinity. */
  readonly limits: Record<'p' | 'q', string>
  readonly params?: readonly string[]
  readonly standardErrors?: readonly string[]
}

const CASES: readonly Case[] = golden('spendFits.json').cases

function fitOf({ repeats, meanRepeatValue }: Pick<Case, 'repeats' | 'meanRepeatValue'>) {
  const columns = { repeats, ageAtLast: repeats, age: repeats, meanRepeatValue }
  const { params, diagnostics } = fitGammaGamma(customerSummaryFromColumns(columns, { timeUnit: 'day' }))
  assertFitted(diagnostics)
  return { params, diagnostics }
}

describe('of data that are hard', () => {
  test.each(CASES)('$name: the supremum, with its verdict', (data) => {
    const { params, diagnostics } = fitOf(data)
    expect(Math.abs(diagnostics.logLikelihood - Number(data.logLikelihood))).toBeLessThan(1e-6)
    expect(diagnostics.converged).toBe(true)
    const limits = Object.values(data.limits).map((limit) => Number(data.logLikelihood) - Number(limit))
    // Within 1e-7 of each other two limits cannot be told apart by rounded sums: either is right.
    if (limits.filter((behind) => behind < 1e-7).length > 1) expect(diagnostics.verdict).toBe('boundary')
    else expect([diagnostics.verdict, diagnostics.reducesTo]).toEqual([data.verdict, data.reducesTo])
    const found = [params.p, params.q, params.v]
    found.forEach((value, i) => {
      if (data.params === undefined || data.standardErrors === undefined) return
      // A log-likelihood of 1e2, rounded, and a step below 1e-9 determine the parameters to 1e-8 of themselves.
      expect(relativeError(value, data.params[i]!)).toBeLessThan(1e-8)
      expect(relativeError(diagnostics.standardErrors[i]!, data.standardErrors[i]!)).toBeLessThan(1e-6)
    })
  })
})

describe('of many customers, whom not every start is tried for', () => {
  /** Means about 10 that differ by `within` / √x and `between` of themselves. */
  function drawn(customers: number, within: number, between: number, counts: number) {
    const random = randomFrom(7)
    const repeats = Array.from({ length: customers }, () => 1 + Math.floor(counts * random.unit() ** 2))
    const meanRepeatValue = repeats.map(
      (x) => 10 * (1 + between * normalVariate(random) + (within * normalVariate(random)) / Math.sqrt(x)),
    )
    return { repeats, meanRepeatValue }
  }

  test('who hardly differ, parameters are found again within four standard errors', () => {
    const { params, diagnostics } = fitOf(drawn(4000, 1e-6, 5e-7, 20))
    expect(diagnostics).toMatchObject({ converged: true, verdict: 'interior' })
    // The variances of ln m are 1/(p x) and 1/q.
    expect(Math.abs(params.p - 1e12)).toBeLessThan(4 * diagnostics.standardErrors[0]!)
    expect(Math.abs(params.q - 4e12)).toBeLessThan(4 * diagnostics.standardErrors[1]!)
  })

  test.each([
    ['a count', drawn(2500, 1e-6, 0, 1)],
    ['a mean, but for some', drawn(2500, 0, 0, 20)],
  ])('who share %s are at an edge', (_, data) => {
    const meanRepeatValue = data.meanRepeatValue.map((mean, i) => (i % 100 === 0 ? mean * 1.0001 : mean))
    const { diagnostics } = fitOf({ ...data, meanRepeatValue })
    expect(diagnostics).toMatchObject({ converged: true, verdict: 'boundary' })
  })
})

describe('regressions', () => {
  test('equal means were taken for different ones where x times the mean is rounded', () => {
    expectRefusal(() => fitOf({ repeats: [1, 3, 7], meanRepeatValue: [0.1, 0.1, 0.1] }), 'NOT_ENOUGH_DATA', 'one mean')
  })

  test('a start took the logarithm of 0 where one mean is 1e-17 of another', () => {
    const { diagnostics } = fitOf({ repeats: [1, 2, 3, 4], meanRepeatValue: [1e9, 1e-9, 1, 10] })
    expect(diagnostics.converged).toBe(true)
  })
})
