import { compensatedSum } from '../../math/compensatedSum.ts'
import { integrateDecay } from '../../math/integrateDecay.ts'
import { type Expansion, type Minimum, minimizeNewton } from '../../math/minimizeNewton.ts'
import { nbdObjective, startingPoint } from '../nbd/nbdLikelihood.ts'
import { bestWithoutRepeats, hasRepeats, logLongest } from '../noRepeats.ts'
import type { PurchaseHistories } from '../purchaseHistories.ts'

/**
 * Minus the log-likelihood of the limit of Pareto/NBD in which some customers leave at once and the others never, with
 * its exact gradient and Hessian in θ = (ln r, ln α, ln ω), ω the odds of leaving at once.
 *
 * With β = e^(−c/s), the survival (1 + y/β)^−s becomes the constant e^−c at every y > 0 as s goes to 0, and so
 * ω = e^c − 1. Who bought later has stayed; who did not has left, or is silent since by NBD(r, α): with n = r + x,
 *
 *   L = Π_{j<x} (r + j)/α · (1 + T/α)^−n / (1 + ω) for t_x > 0,   Π_{j<x} (r + j)/α · ((1 + T/α)^−n + ω) / (1 + ω) for t_x = 0.
 *
 * @see Schmittlein, Morrison & Colombo (1987), "Counting Your Customers: Who Are They and What Will They Do Next?",
 *   Management Science 33(1), equation A1, in that limit; Morrison & Schmittlein (1988), "Generalizing the NBD Model for
 *   Customer Purchases", Journal of Business & Economic Statistics 6(2), for the NBD with a share of never-buyers
 */
export function atOnceOrNeverObjective(histories: PurchaseHistories): (theta: readonly number[]) => Expansion {
  // Who never bought again may have left: (1 + T/α)^−n + ω keeps its digits as a sum.
  const { weights, repeats } = histories
  const known = weights.map((c, i) => (isSilent(histories, i) && repeats[i] === 0 ? 0 : c))
  const nbd = nbdObjective({ ...histories, weights: known })
  return (theta) => expansionAt(theta, histories, nbd(theta.slice(0, 2)))
}

/** Whether a customer never bought again, or only in the first moment, and has been watched for longer. */
function isSilent({ timeAtLast, timeAtEnd, times }: PurchaseHistories, i: number): boolean {
  return times[timeAtEnd[i]!]! > 0 && times[timeAtLast[i]!]! === 0
}

/** No closure: its compiled code would be collected as garbage with every fit, and compiled anew for the next. */
function expansionAt(
  [logR, logAlpha, logOdds]: readonly number[],
  histories: PurchaseHistories,
  { value, gradient, hessian }: Expansion,
): Expansion {
  const { count, repeats, timeAtEnd, weights, times } = histories
  const [r, alpha] = [Math.exp(logR!), Math.exp(logAlpha!)]
  const share = 1 / (1 + Math.exp(-logOdds!))
  const logStays = -softplus(logOdds!)
  // All of minus the log-likelihood.
  let [f, gR, gAlpha, gOdds] = [value, gradient[0]!, gradient[1]!, 0]
  let [rr, rAlpha, alphaAlpha] = [hessian[0]![0]!, hessian[0]![1]!, hessian[1]![1]!]
  let [rOdds, alphaOdds, oddsOdds] = [0, 0, 0]
  for (let i = 0; i < count; i++) {
    const T = times[timeAtEnd[i]!]!
    if (T === 0) continue // nothing happened to these yet
    const c = weights[i]!
    f -= c * logStays
    gOdds += c * share
    oddsOdds += c * share * (1 - share)
    if (!isSilent(histories, i)) continue
    // ln(ω + e^−v), v = n ln(1 + T/α), of which nbd has counted −v where somebody bought.
    const n = r + repeats[i]!
    const l = Math.log1p(T / alpha)
    const h = T / (alpha + T)
    const u = logOdds! + n * l
    const left = 1 / (1 + Math.exp(-u))
    const counted = repeats[i] === 0 ? 0 : 1
    const stayed = c * (1 / (1 + Math.exp(u)) - counted)
    const [vR, vAlpha] = [r * l, -n * h]
    const curve = c * left * (1 - left)
    f -= c * (counted === 1 ? softplus(u) : logOdds! + softplus(-u))
    gR += stayed * vR
    gAlpha += stayed * vAlpha
    gOdds -= c * left
    rr += stayed * vR - curve * vR * vR
    rAlpha -= curve * vR * vAlpha + stayed * r * h
    alphaAlpha += stayed * n * h * (1 - h) - curve * vAlpha * vAlpha
    rOdds -= curve * vR
    alphaOdds -= curve * vAlpha
    oddsOdds -= curve
  }
  return {
    value: f,
    gradient: [gR, gAlpha, gOdds],
    hessian: [
      [rr, rAlpha, rOdds],
      [rAlpha, alphaAlpha, alphaOdds],
      [rOdds, alphaOdds, oddsOdds],
    ],
  }
}

/** The best θ = (ln r, ln α, ln ω), sought from a point nearby where one is known. */
export function minimizeAtOnceOrNever(
  histories: PurchaseHistories,
  known?: readonly number[],
  maxIterations = 200,
): Minimum {
  if (!hasRepeats(histories)) return bestWithoutRepeats([logLongest(histories.times), 0])
  const isAtEdge = (theta: readonly number[]): boolean => isFarOut(theta, FAR_OUT)
  const from = known === undefined || isAtEdge(known) ? atOnceOrNeverStart(histories) : known
  return minimizeNewton(atOnceOrNeverObjective(histories), from, { isAtEdge, maxIterations })
}

/** A start for θ: rates as without dropout, and the odds of a single purchase. */
export function atOnceOrNeverStart(histories: PurchaseHistories): number[] {
  const { repeats, timeAtLast, weights, times } = histories
  let [once, again] = [0, 0]
  for (let i = 0; i < repeats.length; i++) {
    if (times[timeAtLast[i]!]! > 0) again += weights[i]!
    else once += weights[i]!
  }
  return [...startingPoint(histories), Math.log((once + 1) / (again + 1))]
}

/**
 * The derivative of the log-likelihood by s at the limit, s = 0, along β = e^(−c/s): where it is below 0 at the best
 * (r, α, ω), the limit is a maximum of Pareto/NBD. There the survival e^−c (y/y₀)^−s, y₀ any time, loses e^−c ln (y/y₀):
 *
 *   t_x > 0:  −ln T + ∫ ((α + T)/(α + y))^(r+x) dy/y over y from t_x to T,
 *   t_x = 0:  (ln T (1 − M(T)) − ∫₀ᵀ (1 − M(y)) dy/y) / (M(T) + ω),   M(y) = (1 + y/α)^−(r+x).
 */
export function slopeIntoParetoNbd(histories: PurchaseHistories, theta: readonly number[]): number {
  const [r, alpha, odds] = theta.map(Math.exp) as [number, number, number]
  const { count, repeats, timeAtLast, timeAtEnd, weights, times } = histories
  const longest = times[times.length - 1]!
  const terms = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const [x, last, T] = [repeats[i]!, times[timeAtLast[i]!]!, times[timeAtEnd[i]!]!]
    if (T === 0) continue
    const n = r + x
    const logT = Math.log(T / longest)
    if (last > 0) {
      // A long silence of who bought often, which only leaving late explains.
      if (n * Math.log((alpha + T) / (alpha + last)) > 700) return Number.POSITIVE_INFINITY
      const left = (u: number): number => Math.exp(n * Math.log1p((T - last - u) / (alpha + last + u))) / (last + u)
      terms[i] = weights[i]! * (-logT + (last < T ? integrateDecay(left, T - last, n / (alpha + last) + 1 / last) : 0))
    } else {
      const bought = (y: number): number => -Math.expm1(-n * Math.log1p(y / alpha))
      const early = integrateDecay((y) => bought(y) / y, T, (n + 1) / alpha)
      terms[i] = (weights[i]! * (logT * bought(T) - early)) / (1 - bought(T) + odds)
    }
  }
  return compensatedSum(terms)
}

/** The |ln r| or |ln ω| at which the likelihood is the limit's, for up to some 10^7 purchases. */
export const FAR_OUT = 34

/** Whether ln r or ln ω lies so many powers of e out. */
export function isFarOut([logR, , logOdds]: readonly number[], distance: number): boolean {
  return Math.abs(logR!) > distance || Math.abs(logOdds!) > distance
}

/** ln(1 + e^y). */
function softplus(y: number): number {
  return Math.max(y, 0) + Math.log1p(Math.exp(-Math.abs(y)))
}
