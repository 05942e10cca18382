import type { Minimum } from '../math/minimizeNewton.ts'

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
    logLikelihood: -minimum.value,
    gradientNorm: minimum.gradientNorm,
    converged: minimum.ended === 'converged' || reducesTo !== undefined,
    iterations: minimum.iterations,
    positiveDefinite: minimum.positiveDefinite,
    verdict: reducesTo === undefined ? 'interior' : 'boundary',
    ...(reducesTo !== undefined && { reducesTo }),
    parameters,
    standardErrors: covariance.map((row, i) => Math.sqrt(row[i]!)),
    covariance,
  }
}

/** Curvature below this share of the largest is none: the direction leads to the edge. */
const FLAT = 1e-8

/**
 * The inverse Hessian, from logarithms to the parameters themselves. At a boundary the flat directions are left out,
 * and with them every parameter that they move.
 */
function covarianceAt({ point, eigen, positiveDefinite }: Minimum, atBoundary: boolean): number[][] {
  const { values, vectors } = eigen
  const floor = atBoundary ? FLAT * values[values.length - 1]! : 0
  const known = point.map(
    (_, i) =>
      (positiveDefinite || atBoundary) &&
      vectors.every((vector, k) => values[k]! > floor || Math.abs(vector[i]!) < 1e-3),
  )
  return point.map((_, i) =>
    point.map((_, j) => {
      if (!known[i] || !known[j]) return Number.NaN
      let sum = 0
      vectors.forEach((vector, k) => {
        if (values[k]! > floor) sum += (vector[i]! * vector[j]!) / values[k]!
      })
      return sum * Math.exp(point[i]! + point[j]!)
    }),
  )
}
