import { logGammaRatio } from '../math/logGammaRatio.ts'
import { digammaDifference, trigammaDifference } from '../math/polygammaDifference.ts'

/**
 * Adds the terms j = from .. to − 1 of the sums over j < n that stand in place of ln Γ(r + n) − ln Γ(r) − n ln α and of
 * its derivatives in ln r. No term is a difference, so that even r = 1e12 leaves no noise. A long walk, whose terms would
 * add up their rounding, is a ratio of gamma functions after all, which takes no such differences.
 */
export function rateSumsInto(
  from: number,
  to: number,
  r: number,
  alpha: number,
  out: Float64Array, // out  3, added to: value, first and second derivative
): void {
  const length = to - from
  if (length >= LONG_WALK) {
    const first = r * digammaDifference(r + from, length)
    out[0]! += logGammaRatio(r + from, length) - length * Math.log(alpha)
    out[1]! += first
    if (r < ALIKE * to) out[2]! += first - r * r * trigammaDifference(r + from, length)
    else for (let j = from; j < to; j++) out[2]! += (r / (r + j)) * (j / (r + j))
    return
  }
  for (let j = from; j < to; j++) {
    const rj = r + j
    out[0]! += Math.log(rj / alpha)
    out[1]! += r / rj
    out[2]! += (r / rj) * (j / rj)
  }
}

/** From so many terms on, the rounding of their sum would show, and so would the time. */
const LONG_WALK = 256

/** At an r so many times the count, the second derivative is a difference that costs four digits. */
const ALIKE = 1e4

/**
 * Adds the terms j = from .. to − 1 of the sums over j < n that stand in place of ln B(a, b) − ln B(a, b + n) and of its
 * derivatives in ln a and ln b. No term is a difference, so that even a = 1e-12 or b = 1e12 leaves no noise.
 */
export function dropoutSumsInto(
  from: number,
  to: number,
  a: number,
  b: number,
  out: Float64Array, // out  6, added to: value; first of a, minus first of b; second aa, minus ab, minus bb
): void {
  for (let j = from; j < to; j++) {
    const bj = b + j
    const abj = a + bj
    const both = a / (bj * abj)
    out[0]! += Math.log1p(a / bj)
    out[1]! += a / abj
    out[2]! += b * both
    out[3]! += (a / abj) * (bj / abj)
    out[4]! += (a / abj) * (b / abj)
    out[5]! += b * both * (1 - (b / bj) * (1 + bj / abj))
  }
}
