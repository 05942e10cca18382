import { logBeta } from './logBeta.ts'
import { logExcess } from './logExcess.ts'
import { STIRLING_FROM, stirlingCorrection } from './logGamma.ts'

/**
 * The regularised incomplete beta function I_x(a, b), for a, b > 0 and 0 ≤ x ≤ 1: the probability that a Beta(a, b)
 * variable stays below x. Costs about √max(a, b) steps of a continued fraction, at most.
 *
 * @param rest - 1 − x, from callers who know it better than x tells
 * @see DLMF 8.17.22 (continued fraction), 8.17.4 (symmetry)
 * @example
 * incompleteBeta(0.5, 2, 3) // 0.6875
 */
export function incompleteBeta(x: number, a: number, b: number, rest: number = 1 - x): number {
  if (!(x > 0)) return x === 0 ? 0 : Number.NaN
  if (!(rest > 0)) return x <= 1 ? 1 : Number.NaN
  const front = Math.exp(logBetaFront(x, a, b, rest))
  return incompleteBetaFrom(front, x, a, b, rest)
}

/**
 * I_x(a, b) for a caller who has `front` = x^a (1 − x)^b / B(a, b) already, as when the density is wanted too: that is
 * `front / (x (1 − x))`.
 */
export function incompleteBetaFrom(front: number, x: number, a: number, b: number, rest: number = 1 - x): number {
  // The fraction converges fast below the mean; above it, the mirrored one does.
  return x * (a + b + 2) <= a + 1 ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(rest, b, a)) / b
}

/** ln [x^a (1 − x)^b / B(a, b)]. For large a and b the terms nearly cancel, so they are taken about the mean. */
export function logBetaFront(x: number, a: number, b: number, rest: number = 1 - x): number {
  if (a < STIRLING_FROM || b < STIRLING_FROM) return a * logOf(x, rest) + b * logOf(rest, x) - logBeta(a, b)
  const sum = a + b
  const distance = (b * x - a * rest) / sum // x − a / (a + b), without rounding a / (a + b)
  // The first-order terms of a and b cancel in the exponent, so they are left out before they round.
  const exponent = a * logExcess((distance * sum) / a) + b * logExcess((-distance * sum) / b)
  const stirling = stirlingCorrection(sum) - stirlingCorrection(a) - stirlingCorrection(b)
  return exponent + 0.5 * Math.log((a / sum) * (b / (2 * Math.PI))) + stirling
}

/** ln x, where 1 − x may be known better. */
function logOf(x: number, rest: number): number {
  return x < rest ? Math.log(x) : Math.log1p(-rest)
}

/** The continued fraction of I_x(a, b) · a / front, by the modified method of Lentz. */
function fraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m < MAX_STEPS; m++) {
    const m2 = a + 2 * m
    const even = (m * (b - m) * x) / ((m2 - 1) * m2)
    d = 1 / notZero(1 + even * d)
    c = notZero(1 + even / c)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / (m2 * (m2 + 1))
    d = 1 / notZero(1 + odd * d)
    c = notZero(1 + odd / c)
    const change = d * c
    value *= change
    if (Math.abs(change - 1) <= 2 * Number.EPSILON) break
  }
  return value
}

const MAX_STEPS = 100_000

function notZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value
}
