/**
 * The walk through the phases of a customer who is still there under BG/CNBD-k, purchase by purchase. The customer has
 * passed j < k phases since the last purchase with probability π_j, at rates that are Gamma(D + j, α) then, and passes M
 * more within t, M negative binomial; N = ⌊(j + M) / k⌋ are purchases, if the customer cannot leave. `terms[j]` holds
 * P(j, j + M = m) as m grows, in units of (1 − z)^D, z = t / (α + t), which `rescaled` keeps inside a double.
 */

/** P(N = n), to be called for n = 0, 1, …; leaves P(j + M = k (n + 1) − 1) in `terms[k]`. Same units as `terms`. */
export function phaseMass(
  n: number,
  k: number, //            phases a gap
  passed: Float64Array, // in   k: π_j
  D: number, //            above 0
  z: number,
  terms: Float64Array, //  k + 1, in and out
): number {
  let mass = 0
  for (let m = k * n; m < k * (n + 1); m++) {
    if (m < k) terms[m] = passed[m]! * (1 - z) ** m
    const active = Math.min(m, k - 1)
    const growth = (D + m) * z
    let sum = 0
    for (let j = 0; j <= active; j++) {
      sum += terms[j]!
      terms[j]! *= growth / (m + 1 - j)
    }
    terms[k] = sum
    mass += sum
  }
  return mass
}

/** Divides `terms` by 2^800 if they have grown beyond it, and returns what they were divided by. */
export function rescaled(terms: Float64Array): number {
  let most = 0
  for (let j = 0; j < terms.length; j++) most = Math.max(most, terms[j]!)
  if (most < HUGE) return 1
  for (let j = 0; j < terms.length; j++) terms[j]! /= HUGE
  return HUGE
}

const HUGE = 2 ** 800

/**
 * Writes E[X(t)], P(still there after t) and the purchase rate dE[X(t)]/dt. With S_n = B(a, b+n)/B(a, b), the probability
 * of staying through n purchases, E = Σ P(N = n) Σ_{i<n} S_i and P = Σ P(N = n) S_n; the density of the purchase n + 1 is
 * S_n (D + m) / (α + t) times the probability of having passed m = k (n + 1) − 1 phases. Every term is positive, and that
 * all masses add up to 1 gives the unit.
 *
 * Linear in k times the phases within reach, some (1 + t/α)(D + 9 √D + 40).
 */
export function phaseMomentsInto(
  k: number, //            phases a gap
  passed: Float64Array, // in   k: π_j
  D: number, //            above 0
  alpha: number, //        above 0
  a: number, //            above 0
  b: number, //            above 0
  t: number, //            above 0
  terms: Float64Array, //  scratch  k + 1
  out: Float64Array, //    out  3
): void {
  const z = t / (alpha + t)
  let total = 0
  let purchases = 0
  let stays = 0
  let rate = 0
  let stay = 1 // S_n
  let before = 0 // Σ_{i<n} S_i
  for (let n = 0; n < MOST; n++) {
    const mass = phaseMass(n, k, passed, D, z, terms)
    total += mass
    purchases += mass * before
    stays += mass * stay
    rate += stay * (D + (k * (n + 1) - 1)) * terms[k]!
    before += stay
    stay *= (b + n) / (a + b + n)
    // A bound of the ratio of later masses by phase.
    const ratio = (z * (D + k * (n + 1))) / (k * n + 1)
    const rest = 1 - ratio
    const isNegligible = mass * before < 1e-17 * rest * rest * purchases && mass < 1e-17 * rest * total
    if (rest > 0 && n > 0 && (isNegligible || mass === 0)) break
    const scale = rescaled(terms)
    total /= scale
    purchases /= scale
    stays /= scale
    rate /= scale
  }
  out[0] = purchases / total
  out[1] = stays / total
  out[2] = rate / total / (alpha + t)
}

const MOST = 100_000_000

/** Writes P(N = n) for n = 0, 1, …, `out.length` − 1. */
export function phaseCountsInto(
  k: number, //            phases a gap
  passed: Float64Array, // in   k: π_j
  D: number, //            above 0
  alpha: number, //        above 0
  t: number, //            above 0
  terms: Float64Array, //  scratch  k + 1
  out: Float64Array, //    out
): void {
  const z = t / (alpha + t)
  let logUnit = -D * Math.log1p(t / alpha)
  for (let n = 0; n < out.length; n++) {
    const mass = phaseMass(n, k, passed, D, z, terms)
    // Neither factor need be a double although the product is.
    out[n] = mass > 0 ? Math.exp(logUnit + Math.log(mass)) : 0
    logUnit += Math.log(rescaled(terms))
  }
}
