import { holdCoordinate } from '../../math/holdCoordinate.ts'
import { type Minimum, minimizeNewton } from '../../math/minimizeNewton.ts'
import type { Objective } from '../modelLikelihood.ts'

/** How far from the best point the search goes, in powers of e: further out every likelihood is that of an edge. */
const FAR = 40
/** Longest first step; the later ones may be twice as long each, while nothing stops them. */
const MAX_STEP = 4

/**
 * Where the profile likelihood of one coordinate of θ has fallen by z²/2: the end of its interval. ±∞ if it never falls
 * so far, because the likelihood stays high up to an edge.
 *
 * √(2 (ℓ̂ − ℓ(θ_i))) grows almost linearly with θ_i, so that Newton's method on it, kept in a bracket, takes a few
 * steps; each is a constrained fit of the other coordinates that starts where the last one ended. The slope costs
 * nothing: it is the derivative by θ_i at the constrained optimum.
 *
 * @param objective - minus the log-likelihood
 * @param best - its minimum
 * @param side - −1 for the lower end, 1 for the upper one
 * @see Cox & Snell (1989), "Analysis of Binary Data", appendix 1.3 (profile likelihood); Venzon & Moolgavkar (1988),
 *   "A Method for Computing Profile-Likelihood-Based Confidence Intervals"
 */
export function profileEnd(objective: Objective, best: Minimum, i: number, side: -1 | 1, z: number): number {
  const start = best.point[i]!
  const curvature = best.hessian[i]![i]!
  let others: readonly number[] = best.point.filter((_, j) => j !== i)
  let inner = start // the likelihood has not fallen enough here
  let outer = Number.NaN // and too far here; NaN as long as no such place is known
  let reach = MAX_STEP
  let at = start + side * Math.min(curvature > 0 ? z / Math.sqrt(curvature) : MAX_STEP, MAX_STEP)
  for (let round = 0; round < 100; round++) {
    const fit = constrained(objective, best.point, i, at, others)
    others = fit.others
    const root = Math.sqrt(Math.max(0, 2 * (fit.value - best.value)))
    const step = ((z - root) * root) / fit.slope
    if (Math.abs(z - root) < 1e-3 && Math.abs(step) < 1e-9) return at + step
    if (root < z) inner = at
    else outer = at
    const beyond = Number.isNaN(outer) ? inner + side * reach : outer
    if (Number.isNaN(outer)) {
      if (Math.abs(at - start) >= FAR) return side * Number.POSITIVE_INFINITY
      reach *= 2
    }
    const isInside = (at + step - inner) * side > 0 && (beyond - at - step) * side > 0
    at = isInside ? at + step : Number.isNaN(outer) ? beyond : (inner + outer) / 2
    if (Math.abs(at - start) > FAR) at = start + side * FAR
  }
  return at
}

/** The best values of the other coordinates while coordinate `i` stays at `at`. */
function constrained(
  objective: Objective,
  best: readonly number[],
  i: number,
  at: number,
  from: readonly number[],
): { others: readonly number[]; value: number; slope: number } {
  const reduced = holdCoordinate(objective, i, at)
  const home = best.filter((_, j) => j !== i)
  const isAtEdge = (others: readonly number[]): boolean => others.some((value, j) => Math.abs(value - home[j]!) > FAR)
  const { point, value } = minimizeNewton(reduced, from, { tolerance: 1e-7, maxIterations: 60, isAtEdge })
  const whole = objective([...point.slice(0, i), at, ...point.slice(i)])
  return { others: point, value, slope: whole.gradient[i]! }
}
