import { type Expansion, type Minimum, minimizeNewton } from '../../math/minimizeNewton.ts'
import { atOnceOrNeverObjective, minimizeAtOnceOrNever } from '../paretoNbd/atOnceOrNever.ts'
import { atOnceOrNeverEdge, edgeScale } from '../paretoNbd/paretoNbdEdges.ts'
import type { PurchaseHistories } from '../purchaseHistories.ts'
import type { CovariateBase } from './covariateBase.ts'
import { linksOf } from './fitLinked.ts'
import type { EffectToFit } from './fitStandardised.ts'
import { linkedObjective } from './linkedObjective.ts'

/**
 * The limit of Pareto/NBD in which some customers leave at once and the others never, where covariates move how many do.
 * With β = e^(−η/s), η = c + δ·z by customer, the survival (1 + y/β)^−s tends to e^−max(0, η) at every y > 0 as s goes to 0:
 * a share of e^−η stays, and all do where η is below 0. So β e^(−δ·z/s) of the model leaves a likelihood of
 * (ln r, ln α, η) with a kink at η = 0, and e^c is the customers per one who stays at covariates of 0.
 */
export const LEAVING_AT_ONCE_BASE: CovariateBase = {
  parameters: ['r', 'alpha', 'customersPerStayer'],
  dropout: ['customersPerStayer'],
  objective: (histories) => smoothedObjective(histories, FINEST),
  start: (histories) => {
    const [logR, logAlpha, logOdds] = minimizeAtOnceOrNever(histories).point as [number, number, number]
    // Next to where all customers are alike, so that there is a slope.
    const near = Math.min(logR, ALIKE)
    return [near, logAlpha + near - logR, Math.log1p(Math.exp(Math.min(logOdds, ALIKE)))]
  },
  edge: (histories) => {
    const scale = edgeScale(histories)
    return (theta, here) => (here === undefined || isStill(here) ? atOnceOrNeverEdge(theta, scale) : undefined)
  },
}

/**
 * A point next to the best one of the limit, over (ln r, ln α, c) and coefficients. There the kinks are rounded off, by less
 * and less: max(0, η) is the limit of s ln(1 + e^(η/s)), the logarithm of the survival itself at one time, so that a best
 * point on a kink is found from nearby.
 */
export function approachLeavingAtOnce(
  grouped: readonly PurchaseHistories[],
  effects: readonly EffectToFit[],
  starts: readonly (readonly number[])[],
): readonly number[] {
  const { parameters } = LEAVING_AT_ONCE_BASE
  const links = linksOf(parameters, effects)
  const search = (start: readonly number[], halvings: number): Minimum => {
    const at = (s: number, from: readonly number[]): Minimum => {
      const objectives = grouped.map((histories) => smoothedObjective(histories, s))
      return minimizeNewton(linkedObjective(objectives, parameters.length, links), from, {
        maxIterations: 30,
        tolerance: s / 1e4,
        isAtEdge: (_, here) => isStill(here),
      })
    }
    let end = at(FINEST * 2 ** halvings, start)
    for (let k = halvings - 1; k >= 0; k--) end = at(FINEST * 2 ** k, end.point)
    return end
  }
  const ends = starts.flatMap((start) => HALVINGS.map((halvings) => search(start, halvings)))
  return ends.reduce((best, end) => (end.value < best.value ? end : best)).point
}

/**
 * How kinks are rounded off at last, to about this much log-likelihood a customer there; and how often that was halved since
 * the first search. From one to the next, a point on a kink moves by less than the rounding, so that a Newton step leads
 * back to it. With 0.3 a search is not caught where too many stay, and with 1e-3 not drawn to where all do.
 */
const FINEST = 1e-9
const HALVINGS = [28, 20]

/** Minus the log-likelihood in (ln r, ln α, η), with s ln(1 + e^(η/s)) in place of max(0, η), and its derivatives. */
export function smoothedObjective(histories: PurchaseHistories, s: number): (theta: readonly number[]) => Expansion {
  const exact = atOnceOrNeverObjective(histories)
  return ([logR, logAlpha, eta]) => {
    const share = 1 / (1 + Math.exp(-eta! / s))
    const bend = (share * (1 - share)) / s
    const stays = Math.max(Math.max(eta!, 0) + s * Math.log1p(Math.exp(-Math.abs(eta!) / s)), LEAST)
    const { value, gradient, hessian } = exact([logR!, logAlpha!, stays + Math.log(-Math.expm1(-stays))])
    // ln ω as a function of the rounded η, ω = e^η − 1.
    const steep = -1 / Math.expm1(-stays)
    const slope = steep * share
    const curve = -steep * (steep - 1) * share * share + steep * bend
    const [gR, gAlpha, gOdds] = gradient as [number, number, number]
    const [[rr, rAlpha, rOdds], [, alphaAlpha, alphaOdds], [, , oddsOdds]] = hessian as number[][] as [
      [number, number, number],
      [number, number, number],
      [number, number, number],
    ]
    return {
      value,
      gradient: [gR, gAlpha, gOdds * slope],
      hessian: [
        [rr, rAlpha, rOdds * slope],
        [rAlpha, alphaAlpha, alphaOdds * slope],
        [rOdds * slope, alphaOdds * slope, oddsOdds * slope * slope + gOdds * curve],
      ],
    }
  }
}

/** ln r where customers buy at nearly one rate. */
const ALIKE = 4

/** −ln of the share who stay where it is as good as 1, and the odds of leaving still have a logarithm. */
const LEAST = 1e-100

/** Whether nothing is left to gain; directions that do not matter, as η below 0, leave no Newton step to tell. */
function isStill({ value, gradient, hessian }: Expansion): boolean {
  return gradient.every(
    (slope, i) => Math.abs(slope) < 1e-9 + 1e-13 * Math.abs(value) + 1e-15 * Math.abs(hessian[i]![i]!),
  )
}
