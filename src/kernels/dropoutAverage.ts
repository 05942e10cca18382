/**
 * E[(1 + u)^−r], u = p t/α, over p ~ Beta(a, b), the probability of still being there after t under BG/NBD(r, α, a, b) for
 * who leaves with probability p after each purchase; or, with `purchases`, E[(1 − (1 + u)^−r) / p], what they buy.
 *
 * By the trapezoidal rule over s = ln(p / (1 − p)) less its mode, which converges geometrically. Where p or 1 − p is so
 * small that the integrand is a pure exponential, the rest of the sum is that of a geometric series, so that a = 1e-12
 * costs no more than a = 1.
 */
export function dropoutAverage(
  purchases: boolean,
  r: number, //     above 0
  alpha: number, // above 0
  a: number, //     above 0
  b: number, //     above 0
  t: number, //     at least 0, in the unit of α
): number {
  const p0 = a / (a + b)
  const q0 = b / (a + b)
  // Less than half of √(1/a + 1/b), about the standard deviation of the weight: |Γ(a + iω) Γ(b + iω)| / (Γ(a) Γ(b)) at
  // ω = 2π / step, which is what the rule misses, is below 1e-15 then for all a and b. The power acts as more of b.
  const step = Math.min(0.2, 0.45 * Math.sqrt(1 / a + 1 / (purchases ? b : 2 * (b + r))))
  // Purchases near the largest double are summed in units that leave room for the sum.
  const unit = purchases && t / alpha > 1e150 ? 1e150 : 1
  const logU0 = Math.log(t) + Math.log(p0) - Math.log(alpha)
  const logPower0 = -r * (logU0 < FAR ? Math.log1p((t / alpha) * p0) : logU0)
  let weights = 1
  let sum = purchases ? -Math.expm1(logPower0) / p0 / unit : Math.exp(logPower0)
  for (let side = -1; side <= 1; side += 2) {
    const decay = side < 0 ? a : b
    for (let s = side * step, i = 1; i < 100_000; s = side * step * ++i) {
      const logQ = -Math.log1p(p0 * Math.expm1(s)) // ln((1 − p) / (1 − p0))
      const logP = s > -700 ? -Math.log1p(q0 * Math.expm1(-s)) : s + logQ // ln(p / p0)
      // After a very long t, u is still to be reckoned with where p is too small for a double: its root is not.
      const root = Math.exp(0.5 * logP)
      const u = t * root * ((p0 / alpha) * root)
      const logWeight = a * logP + b * logQ
      const weight = Math.exp(logWeight)
      const logPower = -r * (logU0 + logP < FAR ? Math.log1p(u) : logU0 + logP)
      const rootShare = purchases ? Math.exp(0.5 * (logWeight - logP)) : 0
      const term = purchases
        ? ((rootShare * -Math.expm1(logPower)) / unit / p0) * rootShare
        : Math.exp(logWeight + logPower)
      weights += weight
      sum += term
      if (weight < 1e-18 * weights && term < 1e-18 * sum) break
      const small = side < 0 ? p0 * root * root * (1 + b) + u * (1 + r) : q0 * Math.exp(logQ) * (1 + a + r)
      if (small < 1e-17) {
        const rest = 1 / Math.expm1(decay * step)
        weights += weight * rest
        sum += term * rest
        break
      }
    }
  }
  return (sum / weights) * unit
}

/** From e^FAR on, a number may be too large for a double before long, and 1 more is nothing. */
const FAR = 600
