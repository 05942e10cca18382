import { GAUSS_NODES, GAUSS_WEIGHTS } from '../math/gaussLegendre.ts'
import { addPlace, finishMoments } from './silenceMoments.ts'

/**
 * Writes the probability S of the silence after the last purchase, given that the customer was there at t_x, who buys in
 * operational time at a rate that is Gamma(r, α), and leaves in plain time at a rate that is Gamma(s, β). With n = r + x
 * and the operational age τ(y) at age y,
 *
 *   S = e^−λ(T) + ∫ s/(β + y) e^−λ(y) dy,   λ(y) = n ln ((α + τ(y))/(α + τ(t_x))) + s ln ((β + y)/(β + t_x)),
 *
 * over y from t_x to T. Derivatives are those of ln (S times the probability of being there and silent until t_x), by
 * θ = (ln r, ln α, ln s, ln β, γ).
 *
 * Within a period τ is linear in y, and the integrand is analytic but for poles at α + τ = 0 and β + y = 0. It is taken
 * by 16 Gauss–Legendre nodes a panel, no longer than the distance of either pole, nor than it takes to fall by e^−4.
 *
 * @see Trefethen (2008), "Is Gauss Quadrature Better than Clenshaw–Curtis?", theorem 4.5: with the ellipse of ρ = 4,
 *   which stays 0.44 of a panel from the poles, the rule misses less than 1e-16 of the panel
 */
export function seasonalSilenceInto(
  clock: Float64Array, //     in   of `clockInto`
  width: number, //           1 + covariates
  periodEnd: Uint32Array, //  in   for each day, the last day of the period of the day after
  first: number, //           day
  last: number, //            day
  end: number, //             day
  unit: number, //            days in a time unit
  x: number,
  params: Float64Array, //    in   r, α, s, β
  clockAt: Float64Array, //   scratch  2 width², zeros before the first call
  scratch: Float64Array, //   4 + 2 width + width²
  out: Float64Array, //       out  2 + size + size², size = 3 + width: S, of it who is there; gradient; Hessian by rows
): void {
  const [n, alpha, s, beta] = [params[0]! + x, params[1]!, params[2]!, params[3]!]
  const stride = width * width
  const [birth, silent] = [first * stride, last * stride]
  const A = alpha + (clock[silent]! - clock[birth]!)
  const lived = (last - first) / unit
  const age = (end - first) / unit
  out.fill(0)
  for (let k = 0; k < stride; k++) clockAt[stride + k] = clock[end * stride + k]! - clock[birth + k]!
  const waited = clock[end * stride]! - clock[silent]!
  const stays = Math.exp(-n * Math.log1p(waited / A) - s * Math.log1p((age - lived) / (beta + lived)))
  addPlace(0, stays, age, width, x, params, clockAt, scratch, out)
  out[1] = stays
  let rest = Number.POSITIVE_INFINITY
  for (let from = last, to = 0; from < end && rest > NEGLIGIBLE * out[0]!; from = to) {
    to = Math.min(periodEnd[from]!, end)
    const [start, stop] = [from * stride, to * stride]
    const y0 = (from - first) / unit
    const length = (to - from) / unit
    const passed = clock[start]! - clock[silent]!
    const speed = (clock[stop]! - clock[start]!) / length
    for (let u = 0, panel = 0; u < length && rest > NEGLIGIBLE * out[0]!; u += panel) {
      const byTau = speed / (A + passed + speed * u)
      const byAge = 1 / (beta + y0 + u)
      panel = Math.min(length - u, 1 / Math.max(byTau, byAge, (n * byTau + (s + 1) * byAge) / MOST_FALL))
      for (let side = -1; side <= 1; side += 2) {
        for (let i = 0; i < GAUSS_NODES.length; i++) {
          const v = u + (panel / 2) * (1 + side * GAUSS_NODES[i]!)
          const share = v / length
          for (let k = 0; k < stride; k++) {
            const here = clock[start + k]!
            clockAt[stride + k] = here - clock[birth + k]! + share * (clock[stop + k]! - here)
          }
          const y = y0 + v
          const lambda = n * Math.log1p((passed + speed * v) / A) + s * Math.log1p((y - lived) / (beta + lived))
          const density = Math.exp(-lambda) * (s / (beta + y))
          addPlace(1, (panel / 2) * GAUSS_WEIGHTS[i]! * density, y, width, x, params, clockAt, scratch, out)
          // The integrand falls, and the last node is the one to the right.
          rest = density * (age - y)
        }
      }
    }
  }
  finishMoments(3 + width, out)
}

/** ln of what the integrand may lose on a panel, at the pace of its beginning. */
const MOST_FALL = 4
/** What is left may be forgotten below this share: its derivatives are some thousands of times as large. */
const NEGLIGIBLE = 1e-22
