import type { GammaGammaModel, GammaGammaParams } from '../gammaGamma/gammaGamma.ts'
import type { ParameterCovariance } from './parameterCovariance.ts'
import { secantSpread, sigmaPoints } from './sigmaPoints.ts'

/**
 * What is known of how much a customer with x repeats of mean value m spends: purchases are Gamma(p, ν), and ν is
 * Gamma(`shape(x)`, `scale(x, m)`).
 */
export interface SpendPosterior {
  readonly shape: (x: number) => number
  /** Money. */
  readonly scale: (x: number, m: number) => number
  /** Standard deviation of ln E[spend] from the parameters being uncertain; infinite if the mean may be. */
  readonly logSpread: (x: number, m: number) => number
}

/**
 * The posterior of ν under Gamma-Gamma, Gamma(q + p x, v + x m), made wider by the uncertainty of the parameters: the
 * variance τ² of the logarithm of its mean over the sigma points, for a customer who spends like the average one, adds to
 * its squared coefficient of variation 1 / (q + p x), and the mean stays. So the shape depends on x alone, and customers
 * keep sharing their work; τ² is small beside the other part unless hardly any customers were learnt from.
 */
export function spendPosterior(
  caller: string,
  model: GammaGammaModel,
  covariance: ParameterCovariance | undefined,
): SpendPosterior {
  const { p, q, v } = model.params
  const points = sigmaPoints(caller, model, covariance).map(({ params }) => params)
  const average = (p * v) / (q - 1)
  const shapes = new Map<number, number>()
  const shape = (x: number): number => {
    const known = shapes.get(x)
    if (known !== undefined) return known
    const logMeans = points.map((each) => Math.log((each.q + each.p * x) / (each.v + x * average)))
    const made = 1 / (1 / (q + p * x) + secantSpread(logMeans) ** 2)
    shapes.set(x, made)
    return made
  }
  return {
    shape,
    scale: (x, m) => ((v + x * Math.max(m, 0)) * shape(x)) / (q + p * x),
    logSpread: (x, m) => {
      if (points.length === 1) return 0
      const logMeans = points.map((each) => logExpected(each, x, x * Math.max(m, 0)))
      return logMeans.some(Number.isNaN) ? Number.POSITIVE_INFINITY : secantSpread(logMeans)
    },
  }
}

/** ln of the expected spend p (v + x m) / (p x + q − 1); NaN where that is infinite. */
function logExpected({ p, q, v }: GammaGammaParams, x: number, money: number): number {
  return Math.log((p * (v + money)) / (p * x + (q - 1)))
}
