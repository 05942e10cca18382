/**
 * Writes P(X = k), k = 0, 1, …, of purchases at `periods` opportunities to come, of a customer who buys at each with a
 * Beta(α, β) chance as long as there, and leaves before each with a Beta(γ, δ) chance. Returns the probability of more
 * than `out` has room for.
 *
 * The purchases at i opportunities while there are those of a Pólya urn, which goes one opportunity on with positive
 * terms alone; who leaves stops the urn. O(periods × room).
 *
 * @see Fader, Hardie & Shang (2010), equation 8
 */
export function bgBbPmfInto(
  alpha: number,
  beta: number,
  gamma: number,
  delta: number,
  periods: number,
  out: Float64Array, // out      P(X = k)
  urn: Float64Array, // scratch  as long as `out`
): number {
  const top = out.length - 1
  urn.fill(0)
  out.fill(0)
  urn[0] = 1
  let above = 0 // the urn's chance of more than `top`
  let beyond = 0
  let there = 1
  for (let i = 0; i <= periods; i++) {
    const stop = gamma + delta + i
    const share = i === periods ? there : there * (gamma / stop)
    const reached = Math.min(i, top)
    for (let k = 0; k <= reached; k++) out[k]! += share * urn[k]!
    beyond += share * above
    there *= (delta + i) / stop
    const sum = alpha + beta + i
    if (i >= top) above += urn[top]! * ((alpha + top) / sum)
    for (let k = Math.min(i + 1, top); k > 0; k--) {
      urn[k] = urn[k]! * Math.max(0, (beta + (i - k)) / sum) + urn[k - 1]! * ((alpha + (k - 1)) / sum)
    }
    urn[0]! *= (beta + i) / sum
  }
  return beyond
}

/** Σ_{k=1}^{periods} S(k) / (1 + rate)^k, where S(k) = B(a, b + k) / B(a, b). Linear in `periods`. */
export function discountedPeriods(a: number, b: number, rate: number, periods: number): number {
  let weight = 1
  let sum = 0
  for (let k = 0; k < periods; k++) {
    weight *= (b + k) / (a + b + k) / (1 + rate)
    sum += weight
    if (weight === 0) break
  }
  return sum
}

/**
 * The same without end, E[(1 − θ) / (rate + θ)] over θ ~ Beta(a, b); infinite for a ≤ 1 and no rate. The trapezoidal
 * rule over the logit of θ about its mode converges geometrically: some 100 to 600 points at any rate.
 *
 * @see Fader & Hardie (2010), "Customer-Base Valuation in a Contractual Setting", equation 6: ₂F₁(1, b; a + b; 1/(1 + d))
 */
export function discountedForever(a: number, b: number, rate: number): number {
  if (rate === 0) return a > 1 ? b / (a - 1) : Number.POSITIVE_INFINITY
  const p0 = a / (a + b)
  const q0 = b / (a + b)
  // What the rule misses is |Γ(a + iω) Γ(b + iω)| / (Γ(a) Γ(b)) at ω = 2π / step, below 1e-15 for all a and b.
  const step = Math.min(0.2, 0.45 * Math.sqrt(1 / a + 1 / b))
  let weights = 1
  let sum = q0 / (rate + p0)
  for (let side = -1; side <= 1; side += 2) {
    for (let s = side * step, i = 1; i < 1_000_000; s = side * step * ++i) {
      const logP = -Math.log1p(q0 * Math.expm1(-s)) // ln(θ / p0)
      const logQ = -Math.log1p(p0 * Math.expm1(s)) // ln((1 − θ) / (1 − p0))
      const p = p0 * Math.exp(logP)
      const q = q0 * Math.exp(logQ)
      const weight = Math.exp(a * logP + b * logQ)
      const term = (weight * q) / (rate + p)
      weights += weight
      sum += term
      if (weight < 1e-18 * weights && term < 1e-18 * sum) break
      // Far out the integrand is a pure exponential, and the rest of the sum that of a geometric series.
      if (side < 0 ? p * (1 + b + 1 / rate) < 1e-17 : q * (1 + a + 1 / (1 + rate)) < 1e-17) {
        weights += weight / Math.expm1((side < 0 ? a : b) * step)
        sum += term / Math.expm1((side < 0 ? a : b + 1) * step)
        break
      }
    }
  }
  return sum / weights
}
