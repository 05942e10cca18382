/**
 * Sums over customers with the same number of repeats that the Gamma-Gamma likelihood and its derivatives need: with
 * y = x m the money of the repeats, of ln((v + y)/y), ln((v + y)/v), v/(v + y), y/(v + y) and the product of the last
 * two, times the weights.
 *
 * A logarithm costs more than all the rest, so eight customers share one: ln ∏ (1 + u), u = y/v. That is as exact as
 * their sum while no u is so far from 1 that a factor rounds away; where one is, and for weights other than 1, each has
 * its own.
 */
export function spendSumsInto(
  start: number, //         first customer
  end: number, //           customer after the last
  weight: Float64Array, //  in   customers that the row stands for
  money: Float64Array, //   in   y, above 0
  v: number,
  out: Float64Array, //     out  5
): void {
  let logSpent = 0
  let logPrior = 0
  let prior = 0
  let spent = 0
  let product = 0
  for (let from = start; from < end; from += SHARED) {
    const to = Math.min(from + SHARED, end)
    let grown = 1 // ∏ (1 + u)
    let ratios = 1 // ∏ u
    let isPlain = true
    for (let i = from; i < to; i++) {
      const w = weight[i]!
      const u = money[i]! / v
      const share = 1 / (1 + u)
      const rest = u * share
      grown *= 1 + u
      ratios *= u
      isPlain = isPlain && w === 1 && u > NEAR && u < 1 / NEAR
      prior += w * share
      spent += w * rest
      product += w * share * rest
    }
    if (isPlain) {
      const logGrown = Math.log(grown)
      logPrior += logGrown
      logSpent += logGrown - Math.log(ratios)
      continue
    }
    for (let i = from; i < to; i++) {
      logPrior += weight[i]! * Math.log1p(money[i]! / v)
      logSpent += weight[i]! * Math.log1p(v / money[i]!)
    }
  }
  out[0] = logSpent
  out[1] = logPrior
  out[2] = prior
  out[3] = spent
  out[4] = product
}

/** Customers who share a logarithm. */
const SHARED = 8

/** How near to 0, or in the reciprocal to infinity, u may come where it shares: (1/NEAR)^SHARED is far from overflow. */
const NEAR = 1e-3
