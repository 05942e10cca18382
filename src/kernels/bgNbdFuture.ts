import { negativeBinomialBeyond, negativeBinomialInto } from './negativeBinomial.ts'

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
  negativeBinomialInto(r, alpha, t, out)
  let stays = 1
  for (let n = 0; n < top; n++) {
    staying[n] = stays
    // Where hardly anybody leaves, a factor a little below 1 would round the same way time and again.
    stays = a < b + n ? stays - stays * (a / (a + b + n)) : stays * ((b + n) / (a + b + n))
  }
  let reaches = negativeBinomialBeyond(r, alpha, t, top - 1) // P(N ≥ n), here for n = top
  const beyond = staying[top - 1]! * reaches
  for (let n = top - 1; n > 0; n--) {
    reaches += out[n]!
    out[n] = staying[n]! * out[n]! + staying[n - 1]! * (a / (a + b + (n - 1))) * reaches
  }
  return beyond
}
