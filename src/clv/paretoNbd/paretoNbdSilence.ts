import { dropoutFirstInto } from '../../kernels/dropoutFirst.ts'
import { integrateDecay } from '../../math/integrateDecay.ts'

/** What the silence from t_x to T says of a customer, under Pareto/NBD. */
export interface ParetoNbdSilence {
  /** ln P(silent until T | there at t_x). */
  readonly log: (n: number, s: number, atLast: number, age: number) => number
  /** ln of the odds of having left by T. */
  readonly logOdds: (n: number, s: number, atLast: number, age: number) => number
}

/**
 * With a purchase rate that is Gamma(n, α + y) at age y, a dropout rate that is Gamma(s, β + y), D(y) the probability
 * of leaving before the next purchase, and e^−λ that of neither leaving nor buying from t_x to T:
 *
 *   P(silent until T) = D(t_x) + e^−λ (1 − D(T)) = e^−λ (1 + w),   w = e^λ D(t_x) − D(T).
 *
 * @see Schmittlein, Morrison & Colombo (1987), "Counting Your Customers: Who Are They and What Will They Do Next?",
 *   Management Science 33(1), equations 11 to 13
 */
export function paretoNbdSilence(alpha: number, beta: number): ParetoNbdSilence {
  const out = new Float64Array(10)
  const logDropoutFirst = (n: number, s: number, y: number): number => {
    dropoutFirstInto(n, alpha + y, s, beta + y, out)
    return out[0]!
  }
  const logPurchaseFirst = (n: number, s: number, y: number): number => {
    dropoutFirstInto(s, beta + y, n, alpha + y, out)
    return out[0]!
  }
  const lambda = (n: number, s: number, from: number, silence: number): number =>
    n * Math.log1p(silence / (alpha + from)) + s * Math.log1p(silence / (beta + from))
  /** ∫ e^λ(y, T) / (β + y) dy · s = w over y from t_x to T, for who left at y. */
  const odds = (n: number, s: number, atLast: number, age: number): number =>
    s *
    integrateDecay(
      (u) => Math.exp(lambda(n, s, atLast + u, Math.max(age - atLast - u, 0))) / (beta + atLast + u),
      age - atLast,
      n / (alpha + atLast) + (s + 1) / (beta + atLast),
    )
  /** P(buys again until T | there at t_x) = n ∫ e^−λ(t_x, y) / (α + y) dy. */
  const buys = (n: number, s: number, atLast: number, age: number): number =>
    n *
    integrateDecay(
      (u) => Math.exp(-lambda(n, s, atLast, u)) / (alpha + atLast + u),
      age - atLast,
      (n + 1) / (alpha + atLast) + s / (beta + atLast),
    )
  return {
    log: (n, s, atLast, age) => {
      if (age === atLast) return 0
      const left = logDropoutFirst(n, s, atLast)
      const stayed = logPurchaseFirst(n, s, age) - lambda(n, s, atLast, age - atLast)
      const log = Math.max(left, stayed) + Math.log1p(Math.exp(-Math.abs(left - stayed)))
      return log < -MOST_LOST ? log : Math.log1p(-buys(n, s, atLast, age))
    },
    logOdds: (n, s, atLast, age) => {
      if (age === atLast) return Number.NEGATIVE_INFINITY
      const log = lambda(n, s, atLast, age - atLast) + logDropoutFirst(n, s, atLast)
      if (log > NEGLIGIBLE_FROM) return log
      const later = Math.exp(logDropoutFirst(n, s, age))
      const difference = Math.exp(log) - later
      return Math.log(difference > MOST_LOST * later ? difference : odds(n, s, atLast, age))
    },
  }
}

/** D(T) ≤ 1 is nothing beside e to this power. */
const NEGLIGIBLE_FROM = 40
/** Where a difference is smaller than this share of what it is made of, it would lose more than two digits. */
const MOST_LOST = 0.01
