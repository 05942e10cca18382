import { spendSumsInto } from '../../kernels/gammaGammaLikelihood.ts'
import { logBeta } from '../../math/logBeta.ts'
import type { Expansion } from '../../math/minimizeNewton.ts'
import { digammaDifference, trigammaDifference } from '../../math/polygammaDifference.ts'
import { trigamma } from '../../math/trigamma.ts'

/** Customers with repeats of positive value, by x, then by money. */
export interface SpendHistories {
  /** x, ascending, above 0. */
  readonly repeats: Uint32Array
  /** y = x m, the money of all repeats, above 0. */
  readonly money: Float64Array
  readonly weights: Float64Array
  /** Σ weight · ln m: the part of the log-likelihood that no parameter moves. */
  readonly logMeans: number
}

/**
 * Minus the Gamma-Gamma log-likelihood, with its gradient and Hessian in (ln p, ln q, ln v), as a function for the
 * minimiser. Linear in the customers: two logarithms each; special functions once for each distinct x.
 *
 * With s = p x and y = x m, a customer's log-likelihood is
 * −ln B(s, q) − s ln((v + y)/y) − q ln((v + y)/v) − ln m.
 *
 * @see Fader & Hardie (2013), "The Gamma-Gamma Model of Monetary Value", equation 1a
 */
export function gammaGammaObjective(histories: SpendHistories): (theta: readonly number[]) => Expansion {
  const { repeats, money, weights, logMeans } = histories
  const sums = new Float64Array(5)
  return (theta) => {
    const [p, q, v] = theta.map(Math.exp) as [number, number, number]
    let value = -logMeans
    let [gP, gQ, gV, pp, pq, pv, qq, qv, vv] = [0, 0, 0, 0, 0, 0, 0, 0, 0]
    for (let start = 0, end = 0; start < repeats.length; start = end) {
      const x = repeats[start]!
      let n = 0
      for (; end < repeats.length && repeats[end] === x; end++) n += weights[end]!
      spendSumsInto(start, end, weights, money, v, sums)
      const [logSpent, logPrior, prior] = [sums[0]!, sums[1]!, sums[2]!]
      const [spent, product] = [sums[3]!, sums[4]!]
      const s = p * x
      const slopeP = s * (n * digammaDifference(s, q) - logSpent)
      const slopeQ = q * (n * digammaDifference(q, s) - logPrior)
      value -= n * logBeta(s, q) + s * logSpent + q * logPrior
      gP += slopeP
      gQ += slopeQ
      gV += q * spent - s * prior
      pp += slopeP - n * s * s * trigammaDifference(s, q)
      qq += slopeQ - n * q * q * trigammaDifference(q, s)
      pq += n * s * q * trigamma(s + q)
      pv -= s * prior
      qv += q * spent
      vv -= (s + q) * product
    }
    const hessian = [
      [-pp, -pq, -pv],
      [-pq, -qq, -qv],
      [-pv, -qv, -vv],
    ]
    return { value: -value, gradient: [-gP, -gQ, -gV], hessian }
  }
}
