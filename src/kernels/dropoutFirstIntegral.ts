/**
 * The same as `dropoutFirstInto`, for all parameters: D = s ∫ e^ψ dq over v = B e^q, with
 *
 *   ψ(q) = q − (s + 1) ln(1 + e^q) − n ln(1 + e^(q−κ)),   κ = ln(A/B),
 *
 * by the trapezoidal rule, whose error falls geometrically with the step: e^ψ is analytic and does not grow within π/2
 * of the real line, for any parameters. Derivatives of ln D are means and covariances of those of ψ under e^ψ.
 *
 * @see Trefethen & Weideman (2014), "The Exponentially Convergent Trapezoidal Rule", theorem 5.1
 */
export function dropoutFirstIntegralInto(
  n: number, //         above 0
  A: number, //         above 0
  s: number, //         above 0
  B: number, //         above 0
  out: Float64Array, // out  10, as of `dropoutFirstInto`
): void {
  const kappa = Math.log(A) - Math.log(B) // A / B itself may overflow
  const middle = -Math.log(n * (B / A) + s + 1)
  // Under e^ψ: a = ln(1 + e^(q−κ)), b = ln(1 + e^q), σ = d a/d q.
  let [mass, a1, b1, s1, aa, ab, as, bb, bs, ss] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  const flatFrom = Math.max(0, kappa) + 38
  for (let i = 0; ; i++) {
    const q = middle - LEFT + i * STEP
    const v = Math.exp(q)
    const inA = v * (B / A)
    const a = Math.log1p(inA)
    const b = Math.log1p(v)
    const sigma = 1 / (1 + 1 / inA)
    let weight = Math.exp(q - middle - (s + 1) * b - n * a)
    // To the left of the first node e^ψ is e^q, whose sum is that of a geometric series.
    if (i === 0) weight /= -Math.expm1(-STEP)
    mass += weight
    a1 += weight * a
    b1 += weight * b
    s1 += weight * sigma
    aa += weight * a * a
    ab += weight * a * b
    as += weight * a * sigma
    bb += weight * b * b
    bs += weight * b * sigma
    ss += weight * sigma * sigma
    if (i * STEP > LEFT && !(weight * (1 + a * a + b * b) >= 1e-18 * mass)) break
    if (q > flatFrom) {
      // From here on e^ψ falls by the same factor each step, a and b grow by a step, and σ is 1: sums of j^k f^j.
      const fall = Math.exp(-(n + s) * STEP)
      const s0 = (weight * fall) / -Math.expm1(-(n + s) * STEP)
      const sj = (s0 / -Math.expm1(-(n + s) * STEP)) * STEP
      const sjj = ((sj * (1 + fall)) / -Math.expm1(-(n + s) * STEP)) * STEP
      mass += s0
      a1 += a * s0 + sj
      b1 += b * s0 + sj
      s1 += s0
      aa += a * a * s0 + 2 * a * sj + sjj
      ab += a * b * s0 + (a + b) * sj + sjj
      as += a * s0 + sj
      bb += b * b * s0 + 2 * b * sj + sjj
      bs += b * s0 + sj
      ss += s0
      break
    }
  }
  const [a, b, sigma] = [a1 / mass, b1 / mass, s1 / mass]
  out[0] = Math.log(s * STEP * mass) + middle
  out[1] = -a
  out[2] = 1 / s - b
  out[3] = n * sigma
  out[4] = aa / mass - a * a
  out[5] = ab / mass - a * b
  out[6] = sigma - n * (as / mass - a * sigma)
  out[7] = bb / mass - b * b - 1 / (s * s)
  out[8] = -n * (bs / mass - b * sigma)
  out[9] = n * (n * (ss / mass - sigma * sigma) - (s1 - ss) / mass)
}

/** What the rule misses is below e^(−π²/STEP), relative to the integral of |e^ψ| on the lines at ±iπ/2: 1e-17. */
const STEP = 0.25
/** How far to the left of the mode e^ψ is e^q to less than a rounding error of the whole. */
const LEFT = 20
