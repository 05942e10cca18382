import { logExcess } from '../math/logExcess.ts'

/**
 * Sums over customers with the same number of repeats that the Gamma-Gamma likelihood and its derivatives need: with
 * y = x m the money of the repeats, of ln((v + y)/y), ln((v + y)/v), v/(v + y), y/(v + y) and the product of the last
 * two, times the weights.
 *
 * A logarithm costs more than all the rest, so customers who count once share one: ln ∏ (1 + u), u = y/v, from which
 * Σ ln u is subtracted for the other sum. That is as exact as their sums while neither of these is small beside the
 * rounding of 1 + u, and no product overflows; else, and for other weights, each customer has logarithms of their own.
 */
export function spendSumsInto(
  start: number, //         first customer
  end: number, //           customer after the last
  weight: Float64Array, //  in   customers that the row stands for
  isUnit: boolean, //       whether all weights are 1
  money: Float64Array, //   in   y, above 0
  logMoney: number, //      Σ weight · ln y
  v: number,
  out: Float64Array, //     out  5
): void {
  if (isUnit) {
    sharedSumsInto(start, end, money, logMoney, v, out)
    const least = NEAR * (end - start)
    if (out[0]! > least && out[1]! > least && out[0]! + out[1]! < Number.POSITIVE_INFINITY) return
  }
  ownSumsInto(start, end, weight, money, v, out)
}

/** Customers who share a logarithm: 1 + u may be up to 1e19. */
const SHARED = 16

/** How near to 0 the means of ln(1 + u) and of ln(1 + 1/u) may come, so that 1 + u has not rounded too much away. */
const NEAR = 1e-2

function sharedSumsInto(
  start: number,
  end: number,
  money: Float64Array,
  logMoney: number,
  v: number,
  out: Float64Array,
): void {
  const inverse = 1 / v
  let logPrior = 0
  let prior = 0
  let spent = 0
  let product = 0
  for (let from = start; from < end; from += SHARED) {
    const to = Math.min(from + SHARED, end)
    let grown = 1
    for (let i = from; i < to; i++) {
      const u = money[i]! * inverse
      const share = 1 / (1 + u)
      const rest = u * share
      grown *= 1 + u
      prior += share
      spent += rest
      product += share * rest
    }
    logPrior += Math.log(grown)
  }
  out[0] = logPrior - (logMoney - (end - start) * Math.log(v))
  out[1] = logPrior
  out[2] = prior
  out[3] = spent
  out[4] = product
}

function ownSumsInto(
  start: number,
  end: number,
  weight: Float64Array,
  money: Float64Array,
  v: number,
  out: Float64Array,
): void {
  out.fill(0)
  for (let i = start; i < end; i++) {
    const w = weight[i]!
    const u = money[i]! / v
    const share = 1 / (1 + u)
    const rest = u * share
    out[0]! += w * Math.log1p(v / money[i]!)
    out[1]! += w * Math.log1p(u)
    out[2]! += w * share
    out[3]! += w * rest
    out[4]! += w * share * rest
  }
}

/**
 * What customers with the same number of repeats add to the Gamma-Gamma likelihood where s = p x and q are both large, and
 * the terms of the formula are so too but nearly cancel: with the imbalance E = (s v − q y) / (v + y), whose mean is about
 * 0, the sums of s (ln(1 − E/s) + E/s) + q (ln(1 + E/q) − E/q), ln(1 − E/s), ln(1 + E/q) and E, times the weights.
 */
export function balancedSpendSumsInto(
  start: number, //         first customer
  end: number, //           customer after the last
  weight: Float64Array, //  in   customers that the row stands for
  money: Float64Array, //   in   y, above 0
  s: number,
  q: number,
  v: number,
  out: Float64Array, //     out  4
): void {
  out.fill(0, 0, 4)
  for (let i = start; i < end; i++) {
    const w = weight[i]!
    const y = money[i]!
    const imbalance = (s * v - q * y) / (v + y)
    out[0]! += w * (s * logExcess(-imbalance / s) + q * logExcess(imbalance / q))
    out[1]! += w * Math.log1p(-imbalance / s)
    out[2]! += w * Math.log1p(imbalance / q)
    out[3]! += w * imbalance
  }
}
