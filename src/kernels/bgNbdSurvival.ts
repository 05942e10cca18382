import { dropoutAverage } from './dropoutAverage.ts'

/**
 * Probability that a customer who starts now under BG/NBD(r, α, a, b) is still there after `t`: E[(1 + p t/α)^−r] over
 * p ~ Beta(a, b), which is ₂F₁(r, a; a + b; −t/α). Of its two transforms to z = t/(α + t), one has positive terms only:
 * (1−z)^a ₂F₁(a, a + b − r; a + b; z) while r ≤ a + b, and (1−z)^r ₂F₁(r, b; a + b; z) always. Where these would take too
 * many terms, it is integrated.
 *
 * @see Abramowitz & Stegun (1964), 15.3.4 and 15.3.5 (Pfaff's transforms)
 */
export function bgNbdSurvival(
  r: number, //     above 0
  alpha: number, // above 0
  a: number, //     above 0
  b: number, //     above 0
  t: number, //     at least 0, in the unit of α
): number {
  const logRest = -Math.log1p(t / alpha)
  const z = t / (alpha + t)
  const power = r <= a + b ? a : r
  const isShort = z < 0.9 && -power * logRest < 30
  const sum = isShort ? positiveSeries(power, r <= a + b ? a + b - r : b, a + b, z) : Number.NaN
  return sum > 0 ? sum * Math.exp(power * logRest) : dropoutAverage(false, r, alpha, a, b, t)
}

/** ₂F₁(A, B; C; z) for A, C > 0, B ≥ 0 and 0 ≤ z < 1; NaN where 5,000 terms are too few. */
function positiveSeries(A: number, B: number, C: number, z: number): number {
  let term = 1
  let sum = 1
  for (let k = 0; k < 5000; k++) {
    const ratio = (((A + k) / (C + k)) * (B + k) * z) / (k + 1)
    term *= ratio
    sum += term
    // The ratios tend to z, from above or from below.
    if (term < 1e-17 * (1 - Math.max(ratio, z)) * sum) return sum
  }
  return Number.NaN
}
