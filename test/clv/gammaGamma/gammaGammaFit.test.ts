import { describe, expect, test } from 'vitest'
import { fitGammaGamma } from '../../../src/clv/gammaGamma/gammaGamma.ts'
import { customerSummaryFromColumns } from '../../../src/table/customerSummaryFromColumns.ts'
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
