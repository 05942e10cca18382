import { incompleteBetaFrom } from '../math/incompleteBeta.ts'

/** Counts with less chance than this, of which who buys thousands of times has many, are passed over. */
const NOTHING = 1e-25

/**
 * The distribution of all money of a random number N of purchases under Gamma-Gamma, in units of v: given N = n it is
 * BetaPrime(p n, q). Returns Σ_{n≥1} P(N = n) P(S ≤ e^l), in `out[0]`, and its derivative by l, in `out[1]`.
 */
export function spendMixtureInto(
  l: number, //                 logarithm of the money, in units of v
  p: number,
  q: number,
  chances: Float64Array, //     in   P(N = n), n = 0, 1, …
  logBetas: Float64Array, //    in   ln B(p n, q); that of n = 0 is not read
  out: Float64Array, //         out  2
): void {
  const y = 1 / (1 + Math.exp(-l))
  const logY = -Math.log1p(Math.exp(-l))
  const logRest = -Math.log1p(Math.exp(l))
  let below = 0
  let density = 0
  for (let n = 1; n < chances.length; n++) {
    if (chances[n]! < NOTHING) continue
    const front = Math.exp(n * p * logY + q * logRest - logBetas[n]!)
    const share = incompleteBetaFrom(front, y, n * p, q)
    below += chances[n]! * share
    density += chances[n]! * front
    // The shares fall with n: more purchases cost more. From here on they are all negligible.
    if (share < 1e-14) break
  }
  out[0] = below
  out[1] = density
}

/**
 * The same for what is left of the money when each purchase costs `cost`: Σ_{n≥1} P(N = n) P(S − cost n ≤ net), in
 * `out[0]`, and its derivative by `net`, in `out[1]`.
 */
export function netSpendMixtureInto(
  net: number, //               in units of v; may be negative
  cost: number, //              of a purchase, in units of v; above 0
  p: number,
  q: number,
  chances: Float64Array, //     in   P(N = n), n = 0, 1, …
  logBetas: Float64Array, //    in   ln B(p n, q); that of n = 0 is not read
  out: Float64Array, //         out  2
): void {
  let below = 0
  let density = 0
  for (let n = 1; n < chances.length; n++) {
    const money = net + cost * n
    if (!(money > 0) || chances[n]! < NOTHING) continue
    const front = Math.exp(-n * p * Math.log1p(1 / money) - q * Math.log1p(money) - logBetas[n]!)
    below += chances[n]! * incompleteBetaFrom(front, money / (1 + money), n * p, q)
    density += (chances[n]! * front) / money
  }
  out[0] = below
  out[1] = density
}
