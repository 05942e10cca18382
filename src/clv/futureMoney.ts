import { spendMixtureInto } from '../kernels/spendMixture.ts'
import { logBeta } from '../math/logBeta.ts'

/** The money that a customer still there will spend in a horizon, in units of v + x m, ready for quantiles. */
export interface FutureMoney {
  readonly p: number
  /** q + p x. */
  readonly q: number
  /** P(n purchases | alive), n = 0, 1, …, up to where the rest is negligible. */
  readonly chances: Float64Array
  readonly logBetas: Float64Array
}

/** Prepares quantiles of the money of N purchases with the given chances, each purchase Gamma-Gamma(p, q, v). */
export function futureMoney(p: number, q: number, chances: Float64Array): FutureMoney {
  return { p, q, chances, logBetas: chances.map((_, n) => (n === 0 ? 0 : logBeta(p * n, q))) }
}

/**
 * ln s with P(0 < S ≤ s) = `below`, by Newton's method inside a bracket, from a guess.
 *
 * @param below - above 0 and below the probability of any purchase
 */
export function logMoneyBelow(money: FutureMoney, below: number, guess: number): number {
  const { p, q, chances, logBetas } = money
  const out = new Float64Array(2)
  let low = Number.NEGATIVE_INFINITY
  let high = Number.POSITIVE_INFINITY
  let l = guess
  for (let i = 0; i < 200; i++) {
    spendMixtureInto(l, p, q, chances, logBetas, out)
    const miss = out[0]! - below
    if (miss > 0) high = l
    else low = l
    let step = -miss / out[1]!
    if (Math.abs(step) < 1e-10) return l + step
    if (!(Math.abs(step) < MAX_STEP)) step = -MAX_STEP * Math.sign(miss)
    // Both ends of the bracket are finite as soon as a step leaves it: steps away from an open end cannot.
    const next = l + step
    l = next > low && next < high ? next : (low + high) / 2
  }
  return l
}

/** A change of money by a factor of seven, in one step. */
const MAX_STEP = 2
