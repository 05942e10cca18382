/**
 * Sums over customers with the same number of repeats that the Gamma-Gamma likelihood and its derivatives need: with
 * y = x m the money of the repeats, of ln((v + y)/y), ln((v + y)/v), v/(v + y), y/(v + y) and the product of the last
 * two, times the weights.
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
  for (let i = start; i < end; i++) {
    const w = weight[i]!
    const y = money[i]!
    const share = v / (v + y)
    const rest = y / (v + y)
    logSpent += w * Math.log1p(v / y)
    logPrior += w * Math.log1p(y / v)
    prior += w * share
    spent += w * rest
    product += w * share * rest
  }
  out[0] = logSpent
  out[1] = logPrior
  out[2] = prior
  out[3] = spent
  out[4] = product
}
