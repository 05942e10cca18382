import { logExcess } from '../math/logExcess.ts'

/**
 * Sums over customers with the same number of repeats that the Gamma-Gamma likelihood and its derivatives need: with
 * u = x m / v, of ln((1 + u)/u), ln(1 + u), 1/(1 + u), u/(1 + u) and the product of the last two, times the weights.
 *
 * Logarithms and divisions cost more than all the rest, so customers who count once share them: ln ∏ (1 + u), from which
 * Σ ln u is subtracted for the other sum, and one division for four. That is as exact as their sums while neither of
 * these is small beside the rounding of 1 + u, and no product overflows; else, and for other weights, each customer has
 * logarithms of their own.
 */
export function spendSumsInto(
  start: number, //                     first customer
  end: number, //                       customer after the last
  weights: Float64Array | undefined, // in   undefined where all are 1
  means: Float64Array, //               in   m, above 0
  logMeans: number, //                  Σ weight · ln m
  scale: number, //                     x/v
  out: Float64Array, //                 out  5
): void {
  if (weights === undefined) {
    sharedSumsInto(start, end, means, logMeans, scale, out)
    const least = NEAR * (end - start)
    if (out[0]! > least && out[1]! > least && out[0]! + out[1]! < Number.POSITIVE_INFINITY) return
  }
  ownSumsInto(start, end, weights, means, scale, out)
}

/** How near to 0 the means of ln(1 + u) and of ln(1 + 1/u) may come, so that 1 + u has not rounded too much away. */
const NEAR = 1e-2

/** Up to here, a product may grow by four more: 1 + u may be up to 1e27. */
const FULL = 1e200

function sharedSumsInto(
  start: number,
  end: number,
  means: Float64Array,
  logMeans: number,
  scale: number,
  out: Float64Array,
): void {
  let logPrior = 0
  let prior = 0
  let squares = 0
  let grown = 1
  let i = start
  for (const fours = end - 3; i < fours; i += 4) {
    // Σ 1/a and Σ 1/a² of four numbers, by their elementary symmetric polynomials.
    const a = 1 + means[i]! * scale
    const b = 1 + means[i + 1]! * scale
    const c = 1 + means[i + 2]! * scale
    const d = 1 + means[i + 3]! * scale
    const ab = a * b
    const cd = c * d
    const product = ab * cd
    const inverse = 1 / product
    const share = (ab * (c + d) + cd * (a + b)) * inverse
    const pairs = (ab + cd + (a + b) * (c + d)) * inverse
    prior += share
    squares += share * share - 2 * pairs
    grown *= product
    if (grown < FULL) continue
    logPrior += Math.log(grown)
    grown = 1
  }
  for (; i < end; i++) {
    const a = 1 + means[i]! * scale
    const share = 1 / a
    prior += share
    squares += share * share
    grown *= a
  }
  logPrior += Math.log(grown)
  const n = end - start
  out[0] = logPrior - (logMeans + n * Math.log(scale))
  out[1] = logPrior
  out[2] = prior
  out[3] = n - prior
  out[4] = prior - squares
}

function ownSumsInto(
  start: number,
  end: number,
  weights: Float64Array | undefined,
  means: Float64Array,
  scale: number,
  out: Float64Array,
): void {
  out.fill(0, 0, 5)
  for (let i = start; i < end; i++) {
    const w = weights === undefined ? 1 : weights[i]!
    const u = means[i]! * scale
    const share = 1 / (1 + u)
    const rest = u * share
    out[0]! += w * Math.log1p(1 / u)
    out[1]! += w * Math.log1p(u)
    out[2]! += w * share
    out[3]! += w * rest
    out[4]! += w * share * rest
  }
}

/**
 * What customers with the same number of repeats add to the Gamma-Gamma likelihood where s = p x and q are both large, and
 * the terms of the formula are so too but nearly cancel. All of it depends on how far m lies from the population's
 * μ = p v / q, t = m/μ − 1, by the imbalance E = −s q t / (q + s + s t), whose mean is about 0: the sums of
 * s (ln(1 − E/s) + E/s), q (ln(1 + E/q) − E/q), E, E², E r and r (1 − r), where r = (s + s t) / (q + s + s t), times
 * the weights.
 */
export function balancedSpendSumsInto(
  start: number, //                     first customer
  end: number, //                       customer after the last
  weights: Float64Array | undefined, // in   undefined where all are 1
  means: Float64Array, //               in   m, above 0
  centre: number, //                    money amid the means, from which they are measured without a rounding
  logShift: number, //                  ln(μ / centre)
  s: number,
  q: number,
  out: Float64Array, //                 out  6
): void {
  const slope = Math.exp(-logShift) / centre
  const shift = Math.expm1(-logShift)
  out.fill(0, 0, 6)
  for (let i = start; i < end; i++) {
    const w = weights === undefined ? 1 : weights[i]!
    const t = (means[i]! - centre) * slope + shift
    const spent = s * (1 + t)
    const inverse = 1 / (q + spent)
    const ofS = q * t * inverse // −E/s
    const ofQ = -s * t * inverse // E/q
    const imbalance = q * ofQ
    const rest = spent * inverse
    out[0]! += w * (s * logExcess(ofS))
    out[1]! += w * (q * logExcess(ofQ))
    out[2]! += w * imbalance
    out[3]! += w * imbalance * imbalance
    out[4]! += w * imbalance * rest
    out[5]! += w * rest * (q * inverse)
  }
}
