import { logGamma } from './logGamma.ts'
import { logGammaRatio } from './logGammaRatio.ts'

/**
 * ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b), for a, b > 0, without the loss of the plain formula when one is large.
 *
 * @example
 * logBeta(2, 3) // -2.484…, the logarithm of 1/12
 */
export function logBeta(a: number, b: number): number {
  return a < b ? logGamma(a) - logGammaRatio(b, a) : logGamma(b) - logGammaRatio(a, b)
}
