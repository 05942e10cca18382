import { STIRLING_FROM, stirlingCorrection } from './logGamma.ts'

/**
 * ln [B(a, b + d) / B(a, b)] for a, b > 0 and d ≥ 0, at most 0, to about 1e-15 of itself: what is left of a
 * Beta(a, b) chance to leave after d periods. No two large numbers are subtracted, at whatever ratio of a, b and d.
 *
 * B(a, b + d) / B(a, b) = Γ(b + a) Γ(b + d) / (Γ(b) Γ(b + a + d)) is lifted to b ≥ 10 by its recurrence, one factor
 * 1 + a d / (b (b + a + d)) a step. There Stirling's formula for the four gammas, with their common part taken out, is
 * −d ln(1 + a/(b + d)) − a ln(1 + d/(b + a)) + (b − 1/2) ln(1 + a d / (b (b + a + d))) and a correction.
 *
 * @see Abramowitz & Stegun (1964), 6.1.15 (recurrence) and 6.1.41 (Stirling)
 * @example
 * logBetaRatio(1, 1, 1) // -0.693…, the logarithm of 1/2
 */
export function logBetaRatio(a: number, b: number, d: number): number {
  if (d === 0) return 0
  // a and d may change places, and less is lost where the second is the larger one.
  if (d < a && d < 1) return logBetaRatio(d, b, a)
  let lifted = 0
  let z = b
  for (; z < STIRLING_FROM; z++) lifted += Math.log1p((a / z) * (d / (z + a + d)))
  const stirling =
    (z - 0.5) * Math.log1p((a / z) * (d / (z + a + d))) - d * Math.log1p(a / (z + d)) - a * Math.log1p(d / (z + a))
  return stirling + (correctionGain(z + d, a) - correctionGain(z, a)) - lifted
}

/** The correction's fall from z to z + a, by the difference of its terms where they are nearly equal. */
function correctionGain(z: number, a: number): number {
  if (a > z) return stirlingCorrection(z) - stirlingCorrection(z + a)
  const y = Math.log1p(a / z)
  let sum = 0
  let power = 1 / z
  for (let k = 0; k < TERMS.length; k++, power /= z * z) sum -= TERMS[k]! * power * Math.expm1(-(2 * k + 1) * y)
  return sum
}

/** Coefficients of z^−1, z^−3, … in Stirling's series. */
const TERMS: readonly number[] = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
]
