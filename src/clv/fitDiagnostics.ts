import type { Minimum } from '../math/minimizeNewton.ts'
import { type SymmetricEigen, symmetricEigen } from '../math/symmetricEigen.ts'

/** How a model came to its parameters: from data, with the certificate of the fit, or from the caller. */
export type FitDiagnostics = FittedDiagnostics | GivenDiagnostics

/** The parameters were given, as from a paper or another program. */
export interface GivenDiagnostics {
  readonly source: 'given'
}

/** How a maximum-likelihood fit went. Matrices and lists follow `parameters`. */
export interface FittedDiagnostics {
  readonly source: 'fitted'
  /** Customers that the fit learnt from, weights counted. */
  readonly customers: number
  readonly logLikelihood: number
  /** Largest derivative of the log-likelihood by the logarithm of a parameter, at the end. 0 at an optimum. */
  readonly gradientNorm: number
  readonly converged: boolean
  readonly iterations: number
  /** Whether the log-likelihood falls in every direction, which makes the optimum a strict one. */
  readonly positiveDefinite: boolean
  /**
   * Largest over smallest eigenvalue of the Hessian of the log-likelihood, from 1 on: how much better the data know the
   * best direction than the worst. It is taken in the coordinates of the fit, the logarithms of `parameters` and, with
   * covariates, the coefficients of standardised ones, so that units do not matter; about as many digits of a standard
   * error are lost as it has. Infinity where some direction is flat, as on the way to an edge; NaN in a model that 0.1.0
   * wrote.
   */
  readonly conditionNumber: number
  /** `'boundary'`: the likelihood has no maximum but rises towards an edge, where the model is a simpler one. */
  readonly verdict: 'interior' | 'boundary'
  /** The simpler model that a boundary optimum reduces to, in words. */
  readonly reducesTo?: string
  readonly parameters: readonly string[]
  /** Asymptotic; NaN for a parameter that the data do not determine, at a boundary. */
  readonly standardErrors: readonly number[]
  /** Covariance of the estimates, inverse of the observed information; NaN as above. */
  readonly covariance: readonly (readonly number[])[]
}

/**
 * Packs the end of a minimisation over logarithms of parameters into diagnostics.
 *
 * @param minimum - of minus the log-likelihood
 * @param reducesTo - the simpler model, where `minimum` ended at an edge
 */
export function diagnose(
  minimum: Minimum,
  parameters: readonly string[],
  customers: number,
  reducesTo: string | undefined,
): FittedDiagnostics {
  const covariance = covarianceAt(minimum, reducesTo !== undefined)
  return {
    source: 'fitted',
    customers,
    logLikelihood: 0 - minimum.value,
    gradientNorm: minimum.gradientNorm,
    converged: minimum.ended === 'converged' || reducesTo !== undefined,
    iterations: minimum.iterations,
    positiveDefinite: minimum.positiveDefinite,
    conditionNumber: conditionNumber(minimum, reducesTo !== undefined),
    verdict: reducesTo === undefined ? 'interior' : 'boundary',
    ...(reducesTo !== undefined && { reducesTo }),
    parameters,
    standardErrors: covariance.map((row, i) => Math.sqrt(row[i]!)),
    covariance,
  }
}

/** What the curvature at the end of a minimisation says of the logarithms θ of the parameters. */
export interface LogCovariance {
  /** Inverse Hessian. Flat directions, which at a boundary lead to the edge, count as if they were known. */
  readonly ofLogs: readonly (readonly number[])[]
  /** Which parameters no flat direction moves, so that the data determine them. */
  readonly determined: readonly boolean[]
}

/** The curvature up to which a direction is flat: at a boundary it leads to the edge. */
export function flatBelow({ values }: SymmetricEigen, atBoundary: boolean): number {
  return atBoundary ? FLAT * Math.max(values[values.length - 1]!, 1) : 0
}

/** As a share of the largest curvature, or of 1. */
const FLAT = 1e-8

/** ‖H‖ · ‖H⁻¹‖, either of which is exact to rounding where a quotient of eigenvalues of H in θ would not be. */
function conditionNumber(minimum: Minimum, atBoundary: boolean): number {
  const { eigen, hessian, positiveDefinite } = minimum
  if (!positiveDefinite || !(eigen.values[0]! > flatBelow(eigen, atBoundary))) return Number.POSITIVE_INFINITY
  const largest = (matrix: LogCovariance['ofLogs']): number => symmetricEigen(matrix).values.at(-1)!
  return Math.max(1, largest(hessian) * largest(logCovariance(minimum, atBoundary).ofLogs))
}

/** The asymptotic covariance of θ. */
export function logCovariance({ point, eigen, positiveDefinite }: Minimum, atBoundary: boolean): LogCovariance {
  const { values, vectors } = eigen
  const floor = flatBelow(eigen, atBoundary)
  const determined = point.map(
    (_, i) =>
      (positiveDefinite || atBoundary) &&
      vectors.every((vector, k) => values[k]! > floor || Math.abs(vector[i]!) < 1e-3),
  )
  const ofLogs = point.map((_, i) =>
    point.map((_, j) => {
      let sum = 0
      vectors.forEach((vector, k) => {
        if (values[k]! > floor) sum += (vector[i]! * vector[j]!) / values[k]!
      })
      return sum
    }),
  )
  return { ofLogs, determined }
}

/** The covariance of the parameters themselves; NaN for those that the data do not determine. */
function covarianceAt(minimum: Minimum, atBoundary: boolean): number[][] {
  const { ofLogs, determined } = logCovariance(minimum, atBoundary)
  const { point } = minimum
  return ofLogs.map((row, i) =>
    row.map((value, j) => (determined[i] && determined[j] ? value * Math.exp(point[i]! + point[j]!) : Number.NaN)),
  )
}
