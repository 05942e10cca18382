/**
 * Expected purchases within `t` of a customer who starts now, under BG/NBD(r, α, a, b): E[X(t)]. For a customer with a
 * history who is still there, this is the future with r + x, α + T and b + x.
 *
 * The textbook's difference, C/(a−1) · [1 − (1−z)^r ₂F₁(r, b; C; z)] with C = a + b − 1 and z = t/(α + t), cancels at
 * short times, at a = 1 and at large b. Euler's transform, with (1−z)^(a−1) taken out of both of its terms, makes them
 * one series whose terms need no difference:
 *
 *   E = (1−z)^(a−1) Σ_{k≥1} (a)_{k−1}/k! z^k c_k,   c_k = C · [1 − (C−r)_k/(C)_k],
 *   c_1 = r,   c_{k+1} = c_k + g_k r/(C + k),   g_1 = C − r,   g_{k+1} = g_k (C − r + k)/(C + k).
 *
 * All terms are positive while C ≥ r. Where they are not, or where there would be too many of them, the expectation
 * over the dropout probability is integrated.
 *
 * @see Fader, Hardie & Lee (2005), equation 9; Abramowitz & Stegun (1964), 15.3.3 (Euler's transform)
 */
export function bgNbdExpected(
  r: number, // above 0
  alpha: number, // above 0
  a: number, // above 0
  b: number, // above 0
  t: number, // at least 0, in the unit of α
): number {
  if (t === 0) return 0
  const logRest = -Math.log1p(t / alpha)
  const z = t / (alpha + t)
  const sum = z < 0.9 && -a * logRest < 30 ? series(r, a, b, z) : Number.NaN
  return sum > 0 ? sum * Math.exp((a - 1) * logRest) : integral(r, a, b, t / alpha)
}

/** The sum over k; NaN where its terms cancel by more than a factor of three, as they may where C < r. */
function series(r: number, a: number, b: number, z: number): number {
  // C + k as (a + b) + (k − 1): C itself is near −1 where a and b are small, and its rounding would show.
  const ab = a + b
  let g = ab - 1 - r
  let c = r
  let size = r
  let power = z
  let sum = c * power
  let sizes = sum
  for (let k = 1; k < 5000; k++) {
    const change = (g * r) / (ab + (k - 1))
    c += change
    size += Math.abs(change)
    g *= (ab - r + (k - 1)) / (ab + (k - 1))
    power *= (z * (a + k - 1)) / (k + 1)
    sum += c * power
    sizes += size * power
    // Beyond a, later terms fall by at least nearly z each, so that all of them are at most size · power / (1 − z).
    if (k > a && size * power < 1e-17 * (1 - z) * sum) return sizes < 3 * sum ? sum : Number.NaN
  }
  return Number.NaN
}

/**
 * E[(1 − (1 + τ p)^−r) / p] over p ~ Beta(a, b), with τ = t/α: what a customer buys who leaves with probability p after
 * each purchase. By the trapezoidal rule over s = ln(p / (1 − p)) less its mode, which converges geometrically. Where p
 * or 1 − p is so small that the integrand is a pure exponential, the rest of the sum is that of a geometric series, so
 * that a = 1e-12 costs no more than a = 1.
 */
function integral(r: number, a: number, b: number, tau: number): number {
  const p0 = a / (a + b)
  const q0 = b / (a + b)
  // Less than half of √(1/a + 1/b), about the standard deviation of the weight: |Γ(a + iω) Γ(b + iω)| / (Γ(a) Γ(b)) at
  // ω = 2π / step, which is what the rule misses, is below 1e-15 then for all a and b.
  const step = Math.min(0.2, 0.45 * Math.sqrt(1 / a + 1 / b))
  let weights = 1
  let sum = -Math.expm1(-r * Math.log1p(tau * p0)) / p0
  for (let side = -1; side <= 1; side += 2) {
    const decay = side < 0 ? a : b
    for (let s = side * step, i = 1; i < 100_000; s = side * step * ++i) {
      const logP = -Math.log1p(q0 * Math.expm1(-s)) // ln(p / p0)
      const logQ = -Math.log1p(p0 * Math.expm1(s)) // ln((1 − p) / (1 − p0))
      const p = p0 * Math.exp(logP)
      const weight = Math.exp(a * logP + b * logQ)
      const term = (weight * -Math.expm1(-r * Math.log1p(tau * p))) / p
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
