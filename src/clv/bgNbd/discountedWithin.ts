import { GAUSS_NODES, GAUSS_WEIGHTS } from '../../math/gaussLegendre.ts'

/**
 * ∫₀ᵗ e^(−δs) f(s) ds for the purchase rate f of a future, by Gauss's rule with 16 points over panels of equal width in
 * ln(1 + s / scale). Rates of the BG/NBD family have their singularities at s ≤ −scale, far off every panel, and the rule
 * misses less than 1e-15 of each.
 *
 * @param rate - purchases per time unit at s
 * @param scale - within a small multiple of which the rate hardly changes, above 0
 * @param perUnit - panels for each unit of ln(1 + s / scale)
 */
export function discountedWithin(
  rate: (s: number) => number,
  scale: number,
  delta: number,
  t: number,
  perUnit = 1,
): number {
  const start = Math.min(scale, 1 / delta)
  const end = Math.log1p(Math.min(t, WORTHLESS / delta) / start)
  const panels = Math.ceil(perUnit * end)
  const half = end / (2 * panels)
  let sum = 0
  for (let panel = 0; panel < panels; panel++) {
    const middle = (2 * panel + 1) * half
    for (let i = 0; i < GAUSS_NODES.length; i++) {
      for (let side = -1; side <= 1; side += 2) {
        const v = middle + side * half * GAUSS_NODES[i]!
        const s = start * Math.expm1(v)
        sum += GAUSS_WEIGHTS[i]! * Math.exp(v - delta * s) * rate(s)
      }
    }
  }
  return start * half * sum
}

/** Beyond this discount, e^−40, purchases are worth less than rounding. */
export const WORTHLESS = 40
