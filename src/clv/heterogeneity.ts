import { checkInteger, checkNoOthers, checkOptions } from '../core/checks.ts'
import { logBeta } from '../math/logBeta.ts'
import { logGamma } from '../math/logGamma.ts'
import { checkModel, TRANSACTION_KINDS } from './checkModel.ts'
import type { TransactionModel } from './purchaseModel.ts'

/** How a quantity is spread over the customers of a model, as `densityPlot` draws it. */
export interface Spread {
  /** What the quantity is, with its unit: `'purchases a week'`. */
  readonly of: string
  /** Values of the quantity, ascending, at the middles of equal steps. */
  readonly at: Float64Array
  /** Density at each. */
  readonly density: Float64Array
  readonly mean: number
}

/** How customers differ under a model, before anything is known of them. */
export interface Heterogeneity {
  /**
   * Purchases a time unit; with gaps of k phases, of purchases and not of phases. Under BG/BB, the probability to buy at an
   * opportunity. Empty where nobody buys again.
   */
  readonly rate: Spread
  /**
   * Probability to leave at each occasion or opportunity, or the rate of leaving a time unit where `dropoutIs` says so; empty where
   * nobody leaves, or whoever does so does it at once.
   */
  readonly dropout: Spread
  readonly dropoutIs: 'probability' | 'rate' | 'none'
}

/** Options of `heterogeneity`. */
export interface HeterogeneityOptions {
  /** Points of each curve, 10 to 10,000. @default 200 */
  readonly points?: number
}

/**
 * Densities of purchase rate and dropout over customers, for pictures: Gamma(r, alpha) and, for the BG family, Beta(a, b),
 * for Pareto/NBD Gamma(s, beta); for BG/BB Beta(alpha, beta) and Beta(gamma, delta). They run from 0 to five times the
 * mean, and probabilities to 1 at most, or where some customers are near it (b at most 1). Of a model with covariates, ask
 * `modelOfCustomer` for that of customers with given ones. Linear in the points.
 *
 * @throws {ClienteleError} `BAD_OPTION` for a model with covariates or seasons, or points out of range
 * @see Fader, Hardie & Lee (2005), section 3; Schmittlein, Morrison & Colombo (1987), assumptions 3 to 5; Fader, Hardie &
 *   Shang (2010), assumptions 3 and 4
 * @example
 * heterogeneity(model).rate.mean // 0.0549…, r / alpha purchases a week
 */
export function heterogeneity(model: TransactionModel, options: HeterogeneityOptions = {}): Heterogeneity {
  checkModel('heterogeneity', model, TRANSACTION_KINDS)
  const { points = 200, ...others } = checkOptions('heterogeneity', options)
  checkNoOthers('heterogeneity', others)
  checkInteger('heterogeneity', 'points', points, 10, 10_000)
  const { kind, timeUnit } = model
  const rateOf = (shape: number, rate: number): Spread => gammaSpread(`purchases a ${timeUnit}`, shape, rate, points)
  switch (kind) {
    case 'nbd':
      return { rate: rateOf(model.params.r, model.params.alpha), dropout: nobodyLeaves(), dropoutIs: 'none' }
    case 'paretoNbd': {
      const { r, alpha, s, beta, leavingOdds } = model.params
      // Rates of leaving are 0 or infinite in the limit: no density.
      if (leavingOdds !== undefined) return { rate: rateOf(r, alpha), dropout: nobodyLeaves(), dropoutIs: 'none' }
      const dropout = gammaSpread(`departures a ${timeUnit}`, s, beta, points)
      return { rate: rateOf(r, alpha), dropout, dropoutIs: 'rate' }
    }
    case 'bgBb': {
      const { alpha, beta, gamma, delta } = model.params
      const rate = betaSpread('probability to buy', alpha, beta, points)
      return { rate, dropout: betaSpread('probability to leave', gamma, delta, points), dropoutIs: 'probability' }
    }
    default: {
      const { r, alpha, a, b } = model.params
      // A purchase takes k phases, so that its rate is a k-th of theirs.
      const k = kind === 'bgCnbdK' ? model.params.k : 1
      const dropout = betaSpread('probability to leave', a, b, points)
      return { rate: rateOf(r, k * alpha), dropout, dropoutIs: 'probability' }
    }
  }
}

function nobodyLeaves(): Spread {
  return { of: 'departures', at: new Float64Array(0), density: new Float64Array(0), mean: 0 }
}

function gammaSpread(of: string, shape: number, rate: number, points: number): Spread {
  if (shape === 0) return { of, at: new Float64Array(0), density: new Float64Array(0), mean: 0 }
  const mean = shape / rate
  const at = middles(5 * mean, points)
  const front = shape * Math.log(rate) - logGamma(shape)
  return { of, at, density: at.map((x) => Math.exp(front + (shape - 1) * Math.log(x) - rate * x)), mean }
}

function betaSpread(of: string, a: number, b: number, points: number): Spread {
  const mean = a / (a + b)
  const at = middles(b > 1 ? Math.min(5 * mean, 1) : 1, points)
  const front = -logBeta(a, b)
  const density = at.map((p) => Math.exp(front + (a - 1) * Math.log(p) + (b - 1) * Math.log1p(-p)))
  return { of, at, density, mean }
}

/** The middles of equal steps from 0, where a density may be infinite, to `end`. */
function middles(end: number, points: number): Float64Array {
  return Float64Array.from({ length: points }, (_, i) => ((i + 0.5) / points) * end)
}
