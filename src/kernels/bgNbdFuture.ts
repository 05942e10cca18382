import { incompleteBeta } from '../math/incompleteBeta.ts'
import { negativeBinomialInto } from './negativeBinomial.ts'

/**
 * Writes P(X(t) = n), n = 0, 1, …, of a customer who starts now under BG/NBD(r, α, a, b), and returns the probability
 * of more purchases than `out` has room for. For a customer with a history who is still there, this is the future with
 * r + x, α + T and b + x.
 *
 * With N negative binomial, the purchases of a customer who cannot leave, and S_n = B(a, b+n)/B(a, b), the probability
 * of staying through n purchases: P(X = n) = S_n P(N = n) + a/(a+b+n−1) S_{n−1} P(N ≥ n). P(N ≥ n) is summed from
 * the far end, so that every probability keeps its relative accuracy.
 *
 * @see Fader, Hardie & Lee (2005), equation 8
 */
export function bgNbdPmfInto(
  r: number, //             above 0
  alpha: number, //         above 0
  a: number, //             above 0
  b: number, //             above 0
  t: number, //             above 0, in the unit of α
  out: Float64Array, //     out      most n + 1
  staying: Float64Array, // scratch  as long as `out`
): number {
  const top = out.length
  const z = t / (alpha + t)
  negativeBinomialInto(r, z, -r * Math.log1p(t / alpha), out)
  let stays = 1
  for (let n = 0; n < top; n++) {
    staying[n] = stays
    stays *= (b + n) / (a + b + n)
  }
  let reaches = incompleteBeta(z, top, r) // P(N ≥ n), here for n = top
  const beyond = staying[top - 1]! * reaches
  for (let n = top - 1; n > 0; n--) {
    reaches += out[n]!
    out[n] = staying[n]! * out[n]! + staying[n - 1]! * (a / (a + b + (n - 1))) * reaches
  }
  return beyond
}

/**
 * The least n with P(X(t) > n) = S_n P(N > n) below `tail`, or `most`, whichever is less: how much room `bgNbdPmfInto`
 * needs, less one.
 */
export function bgNbdReach(
  r: number, //     above 0
  alpha: number, // above 0
  a: number, //     above 0
  b: number, //     above 0
  t: number, //     above 0, in the unit of α
  tail: number, //  above the rounding error, say 1e-15
  most: number,
): number {
  const z = t / (alpha + t)
  let logMass = -r * Math.log1p(t / alpha)
  let more = 1
  let stays = 1
  for (let n = 0; n < most; n++) {
    more -= Math.exp(logMass)
    if (stays * more < tail) return n
    logMass += Math.log(((r + n) / (n + 1)) * z)
    stays *= (b + n) / (a + b + n)
  }
  return most
}
