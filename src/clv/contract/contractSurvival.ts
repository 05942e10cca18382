import { logBetaRatio } from '../../math/logBetaRatio.ts'

/**
 * ln S(t), S(t) = B(α, β + t^c) / B(α, β), the share of contracts that last through t renewals. With c = 1 this is the
 * shifted beta-geometric distribution.
 *
 * @see Fader, Hardie, Liu, Davin & Steenburgh (2018), "How to Project Customer Retention" Revisited, equation 5
 */
export function logSurvival(alpha: number, beta: number, c: number, t: number): number {
  const L = c * Math.log(t)
  if (!(L > FAR)) return logBetaRatio(alpha, beta, t ** c)
  // Out there ln S falls by α a power of e that β + t^c grows.
  return logBetaRatio(alpha, beta, Math.exp(FAR)) - alpha * growth(FAR - Math.log(beta), L - FAR)
}

/** ln (S(to) / S(from)), the share of those that lasted `from` renewals who make all up to the `to`-th, for from ≤ to. */
export function logLasting(alpha: number, beta: number, c: number, from: number, to: number): number {
  const [L, before] = [c * Math.log(to), c * Math.log(from)]
  if (!(L > FAR)) return logBetaRatio(alpha, beta + from ** c, agesIn(c, from, to))
  if (!(before > FAR)) return logSurvival(alpha, beta, c, to) - logSurvival(alpha, beta, c, from)
  return -alpha * growth(before - Math.log(beta), c * Math.log1p((to - from) / from))
}

/** ln t^c from which on it is not taken as a double. */
const FAR = 650

/** ln [(1 + e^(x + spread)) / (1 + e^x)] for spread ≥ 0. */
function growth(x: number, spread: number): number {
  const share = 1 / (1 + Math.exp(-x))
  if (spread < 30) return Math.log1p(Math.expm1(spread) * share)
  return spread + Math.log(share) + Math.log1p(Math.exp(-x - spread))
}

/** ln (1 − e^y) for y < 0, exact next to either end. */
export function logOneMinusExp(y: number): number {
  return y > -Math.LN2 ? Math.log(-Math.expm1(y)) : Math.log1p(-Math.exp(y))
}

/** to^c − from^c, without subtracting where that would lose digits. */
function agesIn(c: number, from: number, to: number): number {
  return from === 0 || c === 1 ? to ** c - from ** c : from ** c * Math.expm1(c * Math.log1p((to - from) / from))
}
