import { logGamma, STIRLING_FROM, stirlingCorrection } from './logGamma.ts'

/**
 * ln Γ(z + d) − ln Γ(z) for z > 0, d ≥ 0, without subtracting two large numbers: at z = 1e8 and d = 1 the naive
 * difference has lost eight digits, this one none. The absolute error is a few units in the last place of the largest
 * of 1, the result and, below z + d = 10, the two logarithms.
 *
 * @see Abramowitz & Stegun (1964), 6.1.41, both series subtracted term by term
 * @example
 * logGammaRatio(1e8, 1) // 18.42…, the logarithm of 1e8
 */
export function logGammaRatio(z: number, d: number): number {
  if (z < STIRLING_FROM) {
    if (z + d < STIRLING_FROM) return logGamma(z + d) - logGamma(z)
    // Lifts z by the recurrence to where Stirling's series holds.
    let product = 1
    let lifted = z
    while (lifted < STIRLING_FROM) product *= lifted++
    return lifted <= z + d
      ? ratioAbove(lifted, z + d - lifted) + Math.log(product)
      : Math.log(product) - ratioAbove(z + d, lifted - (z + d))
  }
  return ratioAbove(z, d)
}

function ratioAbove(z: number, d: number): number {
  return d * (Math.log(z + d) - 1) + (z - 0.5) * Math.log1p(d / z) + (stirlingCorrection(z + d) - stirlingCorrection(z))
}
