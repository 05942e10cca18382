import { compensatedSum } from '../../math/compensatedSum.ts'
import { type Minimum, minimizeNewton } from '../../math/minimizeNewton.ts'
import { symmetricEigen } from '../../math/symmetricEigen.ts'
import type { ContractHistories } from './contractHistories.ts'
import { exponentObjective, type PowerOfTime, powerOfTimeObjective } from './powerOfTime.ts'

/** The best power of time for some contracts. */
export interface PowerOfTimeOptimum extends PowerOfTime {
  /** Over (ln κ) alone where the best τ is a whole number, at which the likelihood has a kink; else over (ln τ, ln κ). */
  readonly minimum: Minimum
}

/**
 * The best power of time, unless there is none, because nobody leaves or only at the first renewal.
 *
 * Somebody left at the renewal `first` and nobody before, so that τ < first; and τ ≥ first − 1, as below it is better the
 * larger τ is. The share q = (τ / first)^κ that lasts through that renewal, and what happens to it later, make two
 * factors of the likelihood: q is the observed share, κ the best of a concave function. Where that has τ < first − 1, the
 * best τ is first − 1.
 */
export function bestPowerOfTime(histories: ContractHistories): PowerOfTimeOptimum | undefined {
  const { periods, left } = histories
  const first = periods.find((_, k) => left[k]! > 0)
  if (first === undefined) return undefined
  const later = beyond(histories, first)
  const isKnown = later.periods.some((t, k) => t > first && later.left[k]! + later.stayed[k]! > 0)
  if (isKnown) {
    const lasted = compensatedSum(later.left) + compensatedSum(later.stayed)
    const share = lasted / (lasted + left[periods.indexOf(first)]!)
    const exponent = Math.exp(minimizeExponent(later, first).point[0]!)
    const onset = first * share ** (1 / exponent)
    if (onset > (first - 1) * (1 + 1e-12)) {
      const minimum = minimizeNewton(powerOfTimeObjective(histories), [Math.log(onset), Math.log(exponent)], {
        maxIterations: isSteep(exponent, first) ? 0 : 200,
      })
      return { onset: Math.exp(minimum.point[0]!), exponent: Math.exp(minimum.point[1]!), minimum }
    }
  }
  if (first === 1) return undefined
  const minimum = minimizeExponent(histories, first - 1)
  return { onset: first - 1, exponent: Math.exp(minimum.point[0]!), minimum }
}

/** The best (ln τ, ln κ) for other weights of the histories that some were found for. */
export function minimizePowerOfTime(histories: ContractHistories, known: readonly number[]): Minimum {
  const best = bestPowerOfTime(histories)
  if (best?.minimum.point.length === 2) return best.minimum
  const point = best === undefined ? known : [Math.log(best.onset), Math.log(best.exponent)]
  const here = powerOfTimeObjective(histories)(point)
  const { iterations, gradientNorm } = best?.minimum ?? { iterations: 0, gradientNorm: 0 }
  const eigen = symmetricEigen(here.hessian)
  return { ...here, point, gradientNorm, iterations, ended: 'edge', positiveDefinite: false, eigen }
}

/** The best ln κ for a given τ. */
export function minimizeExponent(histories: ContractHistories, onset: number, known: readonly number[] = [0]): Minimum {
  return minimizeNewton(exponentObjective(histories, onset), known, {
    isAtEdge: ([logExponent]) => logExponent! < -FAR || isSteep(Math.exp(logExponent!), onset + 1),
  })
}

/** Whether so few as to be none are left two renewals after the last one before `first`. */
export function isSteep(exponent: number, first: number): boolean {
  return exponent * Math.log1p(1 / first) > FAR
}

/** Powers of e that are as good as infinity. */
const FAR = 40

/** Those who lasted through the renewal `first`. */
function beyond({ periods, left, stayed }: ContractHistories, first: number): ContractHistories {
  return {
    periods,
    left: left.map((customers, k) => (periods[k]! > first ? customers : 0)),
    stayed: stayed.map((customers, k) => (periods[k]! >= first ? customers : 0)),
  }
}
