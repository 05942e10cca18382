import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fitBgNbd } from '../../src/clv/bgNbd/bgNbd.ts'
import { fitPurchaseCovariates } from '../../src/clv/covariates/purchaseCovariates.ts'
import { withCovariates } from '../../src/clv/covariates/withCovariates.ts'
import { diagnose, type FitDiagnostics } from '../../src/clv/fitDiagnostics.ts'
import { type Expansion, minimizeNewton } from '../../src/math/minimizeNewton.ts'
import { customerSummaryFromColumns } from '../../src/table/customerSummaryFromColumns.ts'
import { featureMatrix } from '../../src/table/featureMatrix.ts'
import { assertFitted } from './fits.ts'
import { calibration, histories, relativeError } from './goldens.ts'

function conditionOf({ diagnostics }: { readonly diagnostics: FitDiagnostics }): number {
  assertFitted(diagnostics)
  return diagnostics.conditionNumber
}

/** A bowl with these curvatures along axes that are turned. */
function bowl(long: number, short: number, turn: number): (point: readonly number[]) => Expansion {
  const [c, s] = [Math.cos(turn), Math.sin(turn)]
  const off = (long - short) * c * s
  const hessian = [
    [long * c * c + short * s * s, off],
    [off, long * s * s + short * c * c],
  ]
  return (point) => {
    const gradient = hessian.map((row) => row[0]! * point[0]! + row[1]! * point[1]!)
    return { value: (gradient[0]! * point[0]! + gradient[1]! * point[1]!) / 2, gradient, hessian }
  }
}

describe('laws of the condition number', () => {
  test('it is the ratio of the curvatures, at least 1', () => {
    const curvature = fc.double({ min: 1e-3, max: 1e3, noNaN: true })
    fc.assert(
      fc.property(curvature, curvature, fc.double({ min: 0, max: 3, noNaN: true }), (one, other, turn) => {
        const minimum = minimizeNewton(bowl(one, other, turn), [0.3, 0.2])
        const { conditionNumber } = diagnose(minimum, ['r', 'alpha'], 9, undefined)
        expect(conditionNumber).toBeGreaterThanOrEqual(1)
        // The Hessian's entries are rounded, which moves the smaller curvature by about 1e-16 of the larger.
        const ratio = Math.max(one, other) / Math.min(one, other)
        expect(relativeError(conditionNumber, ratio)).toBeLessThan(1e-14 * ratio)
      }),
    )
  })

  test('it does not depend on the unit of time, nor on that of a covariate', () => {
    const weekly = calibration()
    const { repeats } = weekly
    const days = (column: Float64Array): Float64Array => column.map((value) => 7 * value)
    const columns = { repeats, ageAtLast: days(weekly.ageAtLast), age: days(weekly.age) }
    const daily = customerSummaryFromColumns(columns, { timeUnit: 'day' })
    // Two fits that stop within 1e-9 of the same optimum.
    expect(relativeError(conditionOf(fitBgNbd(daily)), conditionOf(fitBgNbd(weekly)))).toBeLessThan(1e-7)
    const [plain, scaled] = [1, 1000].map((scale) => {
      const values = Array.from(repeats, (_, row) => scale * (row % 3))
      return fitPurchaseCovariates(withCovariates(weekly, { purchases: featureMatrix({ values }) }), { base: 'bgNbd' })
    })
    expect(relativeError(conditionOf(scaled!), conditionOf(plain!))).toBeLessThan(1e-7)
  })

  test('it has no bound where a direction is flat', () => {
    const flat = minimizeNewton(bowl(1, 1e-10, 1), [0.1, 0.1])
    expect(diagnose(flat, ['r', 'alpha'], 9, undefined).conditionNumber).toBeGreaterThan(1e9)
    expect(diagnose(flat, ['r', 'alpha'], 9, 'a simpler model').conditionNumber).toBe(Number.POSITIVE_INFINITY)
    expect(diagnose({ ...flat, positiveDefinite: false }, ['r', 'alpha'], 9, undefined).conditionNumber).toBe(
      Number.POSITIVE_INFINITY,
    )
    // Nobody leaves: the way to a = 0 is flat.
    const everOn = fitBgNbd(histories([3, 30, 30], [5, 40, 40], [9, 50, 50], [1, 20, 20], [12, 60, 60]))
    expect(everOn.diagnostics).toMatchObject({ verdict: 'boundary', conditionNumber: Number.POSITIVE_INFINITY })
  })
})
