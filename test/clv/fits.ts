import { expect } from 'vitest'
import { expectedPurchases } from '../../src/clv/expectedPurchases.ts'
import type { FitDiagnostics, FittedDiagnostics } from '../../src/clv/fitDiagnostics.ts'
import type { PurchaseModel } from '../../src/clv/purchaseModel.ts'
import { symmetricEigen } from '../../src/math/symmetricEigen.ts'
import { customerSummaryFromColumns } from '../../src/table/customerSummaryFromColumns.ts'
import { calibration, golden, relativeError } from './goldens.ts'

interface Fit {
  readonly params: object
  readonly diagnostics: FitDiagnostics
}

/** Makes sure that a model was fitted, not given. */
export function assertFitted<D extends FitDiagnostics>(
  diagnostics: D,
): asserts diagnostics is Extract<D, { readonly source: 'fitted' }> {
  if (diagnostics.source !== 'fitted') throw new Error('a fit reports itself')
}

/** Holds a fit against the exact one in `file`, to the tolerances of test/goldens/clv/ORIGIN.md. */
export function expectExactFit({ params, diagnostics }: Fit, file: string): void {
  const truth = golden(file)
  assertFitted(diagnostics)
  expect(diagnostics.customers).toBe(truth.n)
  expect(Math.abs(diagnostics.logLikelihood - Number(truth.loglik))).toBeLessThan(1e-9)
  diagnostics.parameters.forEach((name, i) => {
    expect(relativeError(params[name as keyof typeof params], truth.params[name])).toBeLessThan(1e-8)
    expect(relativeError(diagnostics.standardErrors[i]!, truth.se[name])).toBeLessThan(1e-6)
    diagnostics.parameters.forEach((other, j) => {
      const covariance = truth.cov[`${name},${other}`]
      if (covariance !== undefined) expect(relativeError(diagnostics.covariance[i]![j]!, covariance)).toBeLessThan(1e-6)
    })
  })
  expect(relativeError(diagnostics.conditionNumber, exactCondition(diagnostics.parameters, truth))).toBeLessThan(1e-6)
  expect(diagnostics).toMatchObject({ verdict: 'interior', converged: true, positiveDefinite: true })
  expect(diagnostics.gradientNorm).toBeLessThan(1e-9)
}

/** That of the exact Hessian, which is that of its inverse: the covariance of the parameters' logarithms. */
export function exactCondition(
  parameters: readonly string[],
  { params, cov }: { readonly params: Record<string, string>; readonly cov: Record<string, string> },
): number {
  const ofLogs = parameters.map((one) =>
    parameters.map(
      (other) => Number(cov[`${one},${other}`] ?? cov[`${other},${one}`]) / +params[one]! / +params[other]!,
    ),
  )
  const { values } = symmetricEigen(ofLogs)
  return values[values.length - 1]! / values[0]!
}

/** A fit ends in a certified optimum, or at an edge that has a name. */
export function expectCertified(diagnostics: FittedDiagnostics): void {
  expect(diagnostics.converged).toBe(true)
  expect(diagnostics.gradientNorm).toBeLessThan(1e-6)
  if (diagnostics.verdict === 'interior') expect(diagnostics.positiveDefinite).toBe(true)
  else expect(diagnostics.reducesTo).toBeTruthy()
}

/** CDNOW in days instead of weeks, twice with half weights, half of it backwards: the predictions stay. */
export function expectSamePredictions(fitModel: (summary: ReturnType<typeof calibration>) => PurchaseModel): void {
  const summary = calibration()
  const twice = (column: ArrayLike<number>, by = 1): number[] => {
    const once = Array.from(column, (value) => by * value)
    return [...once.reverse(), ...once]
  }
  const columns = {
    repeats: twice(summary.repeats),
    ageAtLast: twice(summary.ageAtLast, 7),
    age: twice(summary.age, 7),
  }
  const weights = new Array<number>(columns.repeats.length).fill(0.5)
  const changed = customerSummaryFromColumns({ ...columns, weights }, { timeUnit: 'day' })
  const weekly = expectedPurchases(fitModel(summary), summary, 39).reverse()
  expectedPurchases(fitModel(changed), changed, 273).forEach((value, row) => {
    if (row < weekly.length) expect(relativeError(value, weekly[row]!)).toBeLessThan(1e-9)
  })
}
