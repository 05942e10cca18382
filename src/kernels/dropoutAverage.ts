/**
 * E[(1 + τ p)^−r] over p ~ Beta(a, b), the probability of still being there after t = τ α under BG/NBD(r, α, a, b) for
 * who leaves with probability p after each purchase; or, with `purchases`, E[(1 − (1 + τ p)^−r) / p], what they buy.
 *
 * By the trapezoidal rule over s = ln(p / (1 − p)) less its mode, which converges geometrically. Where p or 1 − p is so
 * small that the integrand is a pure exponential, the rest of the sum is that of a geometric series, so that a = 1e-12
 * costs no more than a = 1.
 */
export function dropoutAverage(
  purchases: boolean,
  r: number, //   above 0
  a: number, //   above 0
  b: number, //   above 0
  tau: number, // at least 0
): number {
  const p0 = a / (a + b)
  const q0 = b / (a + b)
  // Less than half of √(1/a + 1/b), about the standard deviation of the weight: |Γ(a + iω) Γ(b + iω)| / (Γ(a) Γ(b)) at
  // ω = 2π / step, which is what the rule misses, is below 1e-15 then for all a and b. The power acts as more of b.
  const step = Math.min(0.2, 0.45 * Math.sqrt(1 / a + 1 / (purchases ? b : 2 * (b + r))))
  let weights = 1
  let sum = purchases ? -Math.expm1(-r * Math.log1p(tau * p0)) / p0 : Math.exp(-r * Math.log1p(tau * p0))
  for (let side = -1; side <= 1; side += 2) {
    const decay = side < 0 ? a : b
    for (let s = side * step, i = 1; i < 100_000; s = side * step * ++i) {
      const logP = -Math.log1p(q0 * Math.expm1(-s)) // ln(p / p0)
      const logQ = -Math.log1p(p0 * Math.expm1(s)) // ln((1 − p) / (1 − p0))
      const p = p0 * Math.exp(logP)
      const logWeight = a * logP + b * logQ
      const weight = Math.exp(logWeight)
      const logPower = -r * Math.log1p(tau * p)
      const term = purchases ? (weight * -Math.expm1(logPower)) / p : Math.exp(logWeight + logPower)
      weights += weight
      sum += term
      if (weight < 1e-18 * weights && term < 1e-18 * sum) break
      const small = side < 0 ? p * (1 + b + tau * (1 + r)) : q0 * Math.exp(logQ) * (1 + a + r)
      if (small < 1e-17) {
        const rest = 1 / Math.expm1(decay * step)
        weights += weight * rest
        sum += term * rest
        break
      }
    }
  }
  return sum / weights
}
