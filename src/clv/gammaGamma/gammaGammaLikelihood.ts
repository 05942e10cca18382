import { spendSumsInto } from '../../kernels/gammaGammaLikelihood.ts'
import { logBeta } from '../../math/logBeta.ts'
import type { Expansion } from '../../math/minimizeNewton.ts'
import { digammaDifference, trigammaDifference } from '../../math/polygammaDifference.ts'
import { trigamma } from '../../math/trigamma.ts'
import { logMeansOf, type SpendGroups, spendGroups } from './spendGroups.ts'
import type { SpendHistories } from './spendHistories.ts'

/**
 * Minus the Gamma-Gamma log-likelihood, with its gradient and Hessian in (ln p, ln q, ln v), as a function for the
 * minimiser. Linear in the customers; special functions once for each distinct x.
 *
 * With s = p x and y = x m, a customer's log-likelihood is
 * −ln B(s, q) − s ln((v + y)/y) − q ln((v + y)/v) − ln m.
 *
 * @see Fader & Hardie (2013), "The Gamma-Gamma Model of Monetary Value", equation 1a
 */
export function gammaGammaObjective(histories: SpendHistories): (theta: readonly number[]) => Expansion {
  const groups = spendGroups(histories)
  const logMeans = logMeansOf(groups)
  const sums = new Float64Array(5)
  return (theta) => expansionAt(theta, histories, groups, logMeans, sums)
}

/** No closure: its compiled code would be collected as garbage with every fit, and compiled anew for the next. */
function expansionAt(
  theta: readonly number[],
  { money, weights }: SpendHistories,
  { repeats, starts, customers, logMoney, isUnit }: SpendGroups,
  logMeans: number,
  sums: Float64Array,
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
