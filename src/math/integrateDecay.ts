/**
 * ∫₀ᵗ f(u) du of a function that falls with u, t > 0, such as a product of powers (1 + u/α)^−n and exponentials: one
 * that is analytic, and does not grow, where Re u ≥ 0. Infinite t needs an f that falls exponentially. About a hundred
 * values of f make about 1e-15 of the result, whether f falls over 1e-9 of the interval or over all of it.
 *
 * With u = t (1 − e^(−e^q / t)) the interval becomes the whole line, and the trapezoidal rule converges geometrically.
 *
 * @param rate - not below −f′/f at 0: how fast f falls at first
 * @see Trefethen & Weideman (2014), "The Exponentially Convergent Trapezoidal Rule", theorem 5.1
 * @example
 * integrateDecay((u) => Math.exp(-u), 1, 1) // 0.6321…, 1 − 1/e
 */
export function integrateDecay(f: (u: number) => number, t: number, rate: number): number {
  const from = -LEFT - Math.log(rate + 1 / t)
  let sum = 0
  for (let i = 0; ; i++) {
    const w = Math.exp(from + i * STEP)
    let term = w * Math.exp(-w / t) * f(t === Number.POSITIVE_INFINITY ? w : -t * Math.expm1(-w / t))
    // To the left of the first node f is constant, and the terms are a geometric series.
    if (i === 0) term /= -Math.expm1(-STEP)
    sum += term
    if (i * STEP > LEFT && !(term > 1e-18 * sum)) return STEP * sum
  }
}

/** What the rule misses is of the order of e^(−π²/STEP), 1e-17. */
const STEP = 0.25
const LEFT = 20
