import { GAUSS_NODES, GAUSS_WEIGHTS } from '../math/gaussLegendre.ts'
import { addNegativeBinomial } from './paretoNbdFuture.ts'

/**
 * Writes P(X(t) = n), n = 0, 1, …, of a customer who buys in operational time g at a rate that is Gamma(r, α), and leaves
 * in plain time u at a rate that is Gamma(s, β), from u = g = 0 on; returns the probability of more purchases than `out`
 * has room for. With N(g) negative binomial and S(u) = (1 + u/β)^−s, as in `paretoNbdPmfInto`:
 *
 *   P(X = n) = ∫₀ᵗ P(N(g(u)) = n) d(1 − S(u)) + S(t) P(N(g(t)) = n),
 *   P(X > m) = ∫₀ᵗ S(u) P(N(g(u)) = m) (r + m)/(α + g(u)) dg(u),
 *
 * all terms positive. Within a period g is linear, and the integrands are analytic: 16 Gauss–Legendre nodes a panel, which
 * is no longer than the distance of a pole, nor than any of the integrands takes to change by e^±4.
 *
 * @see Trefethen (2008), "Is Gauss Quadrature Better than Clenshaw–Curtis?", theorem 4.5, as in `seasonalSilenceInto`
 */
export function seasonalParetoPmfInto(
  r: number, //            above 0
  alpha: number, //        above 0
  s: number, //            above 0
  beta: number, //         above 0
  ends: Float64Array, //   in   u at the end of each period, ascending; the last is t
  clock: Float64Array, //  in   g at these ends
  out: Float64Array, //    out  most n + 1
): number {
  const most = out.length - 1
  let beyond = 0
  let [u, g] = [0, 0]
  out.fill(0)
  for (let period = 0; period < ends.length; period++) {
    const end = ends[period]!
    const speed = (clock[period]! - g) / (end - u)
    while (u < end) {
      // P(N = n) grows like g^n. On the first panel, where N is 32 with a chance below 1e-16, those are polynomials.
      const byCount = g > 0 ? (most * speed) / (MOST_CHANGE * g) : speed * Math.max(2.5 / alpha, r / alpha)
      const byRate = ((1 + r / MOST_CHANGE) * speed) / (alpha + g)
      const byAge = (1 + (s + 1) / MOST_CHANGE) / (beta + u)
      const panel = 1 / Math.max(byCount, byRate, byAge)
      const stop = panel < end - u ? u + panel : end
      const half = (stop - u) / 2
      for (let side = -1; side <= 1; side += 2) {
        for (let i = 0; i < GAUSS_NODES.length; i++) {
          const into = half * (1 + side * GAUSS_NODES[i]!)
          const stays = Math.exp(-s * Math.log1p((u + into) / beta))
          const bought = g + speed * into
          const share = half * GAUSS_WEIGHTS[i]! * stays
          const atMost = addNegativeBinomial(r, alpha, bought, (share * s) / (beta + u + into), out)
          beyond += share * speed * (atMost * ((r + most) / (alpha + bought)))
        }
      }
      g = stop === end ? clock[period]! : g + speed * (stop - u)
      u = stop
    }
  }
  addNegativeBinomial(r, alpha, g, Math.exp(-s * Math.log1p(u / beta)), out)
  return beyond
}

/** ln of what an integrand may change by on a panel, at its pace. */
const MOST_CHANGE = 4
