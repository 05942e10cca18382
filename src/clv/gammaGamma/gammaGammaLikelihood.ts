import { balancedSpendSumsInto, spendSumsInto } from '../../kernels/gammaGammaLikelihood.ts'
import { logBeta } from '../../math/logBeta.ts'
import { stirlingCorrection } from '../../math/logGamma.ts'
import type { Expansion } from '../../math/minimizeNewton.ts'
import { digammaDifference, digammaExcess, trigammaDifference } from '../../math/polygammaDifference.ts'
import { trigamma } from '../../math/trigamma.ts'
import { logMeansOf, type SpendGroups, spendGroups } from './spendGroups.ts'
import type { SpendHistories } from './spendHistories.ts'

/**
 * Minus the Gamma-Gamma log-likelihood, with its gradient and Hessian in (ln p, ln q, ln v), as a function for the
 * minimiser. Linear in the customers; special functions once for each distinct x.
 *
 * With s = p x and y = x m, a customer's log-likelihood is
 * −ln B(s, q) − s ln((v + y)/y) − q ln((v + y)/v) − ln m, taken about its peak where s and q are large.
 *
 * @see Fader & Hardie (2013), "The Gamma-Gamma Model of Monetary Value", equation 1a
 */
export function gammaGammaObjective(histories: SpendHistories): (theta: readonly number[]) => Expansion {
  const groups = spendGroups(histories)
  const logMeans = logMeansOf(groups)
  const sums = new Float64Array(5)
  const balanced = new Float64Array(4)
  return (theta) => expansionAt(theta, histories, groups, logMeans, sums, balanced)
}

/** No closure: its compiled code would be collected as garbage with every fit, and compiled anew for the next. */
function expansionAt(
  theta: readonly number[],
  { money, weights }: SpendHistories,
  { repeats, starts, customers, logMoney, isUnit }: SpendGroups,
  logMeans: number,
  sums: Float64Array,
  balanced: Float64Array,
): Expansion {
  const [p, q, v] = theta.map(Math.exp) as [number, number, number]
  let value = -logMeans
  let [gP, gQ, gV, pp, pq, pv, qq, qv, vv] = [0, 0, 0, 0, 0, 0, 0, 0, 0]
  for (let group = 0; group < repeats.length; group++) {
    const n = customers[group]!
    spendSumsInto(starts[group]!, starts[group + 1]!, weights, isUnit, money, logMoney[group]!, v, sums)
    const [logSpent, logPrior, prior] = [sums[0]!, sums[1]!, sums[2]!]
    const [spent, product] = [sums[3]!, sums[4]!]
    const s = p * repeats[group]!
    let slopeP = s * (n * digammaDifference(s, q) - logSpent)
    let slopeQ = q * (n * digammaDifference(q, s) - logPrior)
    let slopeV = q * spent - s * prior
    if (Math.min(s, q) < LARGE) value -= n * logBeta(s, q) + s * logSpent + q * logPrior
    else {
      balancedSpendSumsInto(starts[group]!, starts[group + 1]!, weights, money, s, q, v, balanced)
      value += balanced[0]! + n * logPeak(s, q)
      slopeP = s * (balanced[1]! + n * digammaExcess(s, q))
      slopeQ = q * (balanced[2]! + n * digammaExcess(q, s))
      slopeV = -balanced[3]!
    }
    gP += slopeP
    gQ += slopeQ
    gV += slopeV
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

/** From here on, what cancels between terms of the size of min(s, q) would show. */
const LARGE = 1e3

/** ln of [s/(s + q)]^s [q/(s + q)]^q / B(s, q), the likelihood of y / (v + y) without imbalance, for large s and q. */
function logPeak(s: number, q: number): number {
  const sum = s + q
  const correction = stirlingCorrection(sum) - stirlingCorrection(s) - stirlingCorrection(q)
  return 0.5 * Math.log((s / sum) * (q / (2 * Math.PI))) + correction
}
