/**
 * Writes P(X(t) = n), n = 0, 1, …, of a customer who starts now under Pareto/NBD(r, α, s, β), and returns the
 * probability of more purchases than `out` has room for.
 *
 * With N(u) negative binomial, the purchases until u of a customer who cannot leave, and S(u) = (1 + u/β)^−s:
 *
 *   P(X = n) = ∫₀ᵗ P(N(u) = n) d(1 − S(u)) + S(t) P(N(t) = n),
 *   P(X > m) = ∫₀ᵗ S(u) dP(N(u) > m),   dP(N(u) > m)/du = P(N(u) = m) (r + m)/(α + u),
 *
 * all terms positive. The integrals are taken by the trapezoidal rule over q, u = t (1 − e^(−e^q)), as those of
 * `math/integrateDecay.ts`, for all n at once. The closed form of the literature subtracts nearly equal sums.
 *
 * @see Fader & Hardie (2020), "Deriving the Conditional PMF of the Pareto/NBD Model", equations 6 to 8
 */
export function paretoNbdPmfInto(
  r: number, //         above 0
  alpha: number, //     above 0
  s: number, //         above 0
  beta: number, //      above 0
  t: number, //         above 0, in the unit of α and β
  out: Float64Array, // out  most n + 1
): number {
  const most = out.length - 1
  const step = Math.min(STEP / Math.sqrt(1 + Math.log1p(most)), BELL / Math.sqrt(1 + Math.min(r, most)))
  const from = -LEFT - Math.log1p(Math.min(t * (r / alpha + (s + 1) / beta), Number.MAX_VALUE))
  let beyond = 0
  out.fill(0)
  for (let i = 0; from + i * step < RIGHT; i++) {
    const w = Math.exp(from + i * step)
    const u = -t * Math.expm1(-w)
    const stays = Math.exp(-s * Math.log1p(u / beta))
    // To the left of the first node all is constant but the length of time: the sum of a geometric series.
    const length = t * w * Math.exp(-w) * (i === 0 ? step / -Math.expm1(-step) : step)
    const atMost = addNegativeBinomial(r, alpha, u, ((length * s) / (beta + u)) * stays, out)
    beyond += length * stays * (atMost * ((r + most) / (alpha + u)))
  }
  addNegativeBinomial(r, alpha, t, Math.exp(-s * Math.log1p(t / beta)), out)
  return beyond
}

/** Adds share · P(N(u) = n) to out[n], and returns the last of these probabilities. */
export function addNegativeBinomial(
  r: number, //         above 0
  alpha: number, //     above 0
  u: number, //         above 0
  share: number,
  out: Float64Array, // out  added to
): number {
  const z = u / (alpha + u)
  let logScale = -r * Math.log1p(u / alpha)
  let scale = Math.exp(logScale)
  let mass = 1
  for (let n = 0; ; n++) {
    out[n]! += share * (scale * mass)
    if (n === out.length - 1) return scale * mass
    mass *= ((r + n) / (n + 1)) * z
    // P(N = 0) may be below the smallest double although the later ones are not.
    if (mass > 1e200) {
      mass *= 1e-200
      logScale += 200 * Math.LN10
      scale = Math.exp(logScale)
    }
  }
}

/**
 * What is missed is of the order of e^(−2πd/step), 1e-17, the integrand not growing within d of the real line: d = π/2
 * at n = 0, and about √(2 / ln n) for the steep end of z^n near t, where a power of n stands in the exponent.
 */
const STEP = 0.25
/** P(N(u) = n) is a bell over ln u of a standard deviation of at least 1/√min(r, n), and e^(−2π²/0.7²) is 1e-17. */
const BELL = 0.7
const LEFT = 20
/** e^(−e^q) is 1e-20 here. */
const RIGHT = 3.83
