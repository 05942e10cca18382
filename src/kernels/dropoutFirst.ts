import { dropoutFirstIntegralInto } from './dropoutFirstIntegral.ts'

/**
 * Writes ln D and its derivatives, D being the probability that a customer leaves before the next purchase, with a
 * purchase rate that is Gamma(n, A) and a dropout rate that is Gamma(s, B), both in the same unit of time. All of
 * Pareto/NBD comes from it. That the purchase comes first, 1 − D, is the same with the roles exchanged.
 *
 *   D = s ∫₀^∞ (1 + v/A)^−n (1 + v/B)^−(s+1) dv/B
 *     = s/(n + s) ₂F₁(1, n; n + s + 1; 1 − B/A)                where A ≥ B,
 *     = s/(n + s) (A/B) ₂F₁(1, s + 1; n + s + 1; 1 − A/B)      where B > A,
 *
 * series of positive terms, derived term by term. Where they converge slowly, because A and B are far apart, the
 * integral is taken.
 *
 * @see Fader & Hardie (2005), "A Note on Deriving the Pareto/NBD Model and Related Expressions", appendix; Abramowitz
 *   & Stegun (1964), 15.3.4 (Pfaff's transform)
 */
export function dropoutFirstInto(
  n: number, //         above 0
  A: number, //         above 0
  s: number, //         above 0
  B: number, //         above 0
  out: Float64Array, // out  10: of ln D the value; by n, s, κ; by nn, ns, nκ, ss, sκ, κκ, where κ = ln(A/B)
): void {
  const purchasesOwn = A >= B
  const own = purchasesOwn ? n : s + 1 // first parameter of the series that counts up, a part of the other one as well
  const c = n + s + 1
  const z = purchasesOwn ? (A - B) / A : (B - A) / B
  // Term k is at least z^k (own/(own + k))^(c−own): where that is too much even at the last one, the series is in vain.
  if (MAX_TERMS * Math.log(z) + (c - own) * Math.log(own / (own + MAX_TERMS)) > LOG_LAST) {
    dropoutFirstIntegralInto(n, A, s, B, out)
    return
  }
  // Term k, the same divided by z, and by z²: z may be 0.
  let term = 1
  let overZ = 0
  let overZZ = 0
  // Logarithmic derivatives of the term in `own`, which is in c as well, and in the other parameter, in c only.
  let [up, upUp, down, downDown] = [0, 0, 0, 0]
  let [S, So, Sp, Soo, Sop, Spp, Sz, Szz, Szo, Szp] = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  for (let k = 1; ; k++) {
    const [ownRate, cRate] = [1 / (own + (k - 1)), 1 / (c + (k - 1))]
    const ratio = (own + (k - 1)) * cRate
    overZZ = overZ * ratio
    overZ = k === 1 ? ratio : overZZ * z
    term = overZ * z
    up += ownRate
    upUp += ownRate * ownRate
    down += cRate
    downDown += cRate * cRate
    const o = up - down
    S += term
    So += term * o
    Sp -= term * down
    Soo += term * (o * o + downDown - upUp)
    Sop += term * (downDown - o * down)
    Spp += term * (down * down + downDown)
    Sz += k * overZ
    Szo += k * overZ * o
    Szp -= k * overZ * down
    Szz += k * (k - 1) * overZZ
    if (k > 2 && k * k * overZZ < 1e-17) break
    if (k === MAX_TERMS) {
      dropoutFirstIntegralInto(n, A, s, B, out)
      return
    }
  }
  // dz/dκ = ±(1 − z), d²z/dκ² = −(1 − z).
  const sign = purchasesOwn ? 1 : -1
  const [o, p, zz] = [So / S, Sp / S, (sign * (1 - z) * Sz) / S]
  const oo = Soo / S - o * o
  const op = Sop / S - o * p
  const pp = Spp / S - p * p
  const zo = (sign * (1 - z) * Szo) / S - zz * o
  const zp = (sign * (1 - z) * Szp) / S - zz * p
  const one = 1 / (n + s)
  out[0] = Math.log(s / (n + s)) + (purchasesOwn ? 0 : Math.log(A / B)) + Math.log(S)
  out[1] = -one + (purchasesOwn ? o : p)
  out[2] = (n / s) * one + (purchasesOwn ? p : o)
  out[3] = (purchasesOwn ? 0 : 1) + zz
  out[4] = one * one + (purchasesOwn ? oo : pp)
  out[5] = one * one + op
  out[6] = purchasesOwn ? zo : zp
  out[7] = one * one - 1 / (s * s) + (purchasesOwn ? pp : oo)
  out[8] = purchasesOwn ? zp : zo
  out[9] = ((1 - z) * ((1 - z) * Szz - Sz)) / S - zz * zz
}

/** Beyond so many terms the integral is cheaper. */
const MAX_TERMS = 300
/** ln of 1e-17 / 3²: below it some term would end the series. */
const LOG_LAST = -41
