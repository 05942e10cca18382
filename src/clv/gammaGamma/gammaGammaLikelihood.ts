import { balancedSpendSumsInto, spendSumsInto } from '../../kernels/gammaGammaLikelihood.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import { logBeta } from '../../math/logBeta.ts'
import { STIRLING_FROM, stirlingCorrection } from '../../math/logGamma.ts'
import type { Expansion } from '../../math/minimizeNewton.ts'
import {
  digammaDifference,
  digammaExcess,
  trigammaBeyondInverse,
  trigammaDifference,
  trigammaExcess,
} from '../../math/polygammaDifference.ts'
import { trigamma } from '../../math/trigamma.ts'
import { inTheta, pointAt, type SpendAxes } from './spendAxes.ts'
import { type SpendGroups, spendGroups } from './spendGroups.ts'
import type { SpendHistories } from './spendHistories.ts'

/**
 * Minus the Gamma-Gamma log-likelihood, with its gradient and Hessian in (ln p, ln q, ln v), as a function for the
 * minimiser. Linear in the customers; special functions once for each distinct x.
 *
 * @see Fader & Hardie (2013), "The Gamma-Gamma Model of Monetary Value", equation 1a
 */
export function gammaGammaObjective(histories: SpendHistories): (theta: readonly number[]) => Expansion {
  const groups = spendGroups(histories)
  const axes = { centre: Math.exp(meanOfLogs(groups)), unit: 1 }
  const objective = objectiveOf(histories, groups, axes)
  return (theta) => inTheta(objective(pointAt(theta, axes)), axes)
}

/** The same function of coordinates in which it is well scaled. */
export function spendObjective(histories: SpendHistories, axes: SpendAxes): (point: readonly number[]) => Expansion {
  return objectiveOf(histories, spendGroups(histories), axes)
}

/** The mean of ln m. */
export function meanOfLogs({ customers, logMeans }: SpendGroups): number {
  return compensatedSum(logMeans) / compensatedSum(customers)
}

function objectiveOf(
  histories: SpendHistories,
  groups: SpendGroups,
  axes: SpendAxes,
): (point: readonly number[]) => Expansion {
  const logMeans = compensatedSum(groups.logMeans)
  const sums = new Float64Array(6)
  const terms = new Float64Array(TERMS)
  return (point) => expansionAt(point, histories, groups, axes, logMeans, sums, terms)
}

/** No closure: its compiled code would be collected as garbage with every fit, and compiled anew for the next. */
function expansionAt(
  [lnP, lnQ, shift]: readonly number[],
  { repeats, starts, means }: SpendHistories,
  { customers, logMeans, weights }: SpendGroups,
  { centre, unit }: SpendAxes,
  allLogMeans: number,
  sums: Float64Array,
  terms: Float64Array,
): Expansion {
  const [p, q, logShift] = [Math.exp(lnP!), Math.exp(lnQ!), unit * shift!]
  const v = centre * Math.exp(logShift + lnQ! - lnP!)
  terms.fill(0)
  for (let group = 0; group < repeats.length; group++) {
    const n = customers[group]!
    if (n === 0) continue
    const [start, end] = [starts[group]!, starts[group + 1]!]
    const s = p * repeats[group]!
    if (cancels(s, q)) {
      balancedSpendSumsInto(start, end, weights, means, centre, logShift, s, q, sums)
      addBalancedTerms(n, s, q, sums, terms)
    } else {
      spendSumsInto(start, end, weights, means, logMeans[group]!, repeats[group]! / v, sums)
      addTerms(n, s, q, sums, terms)
    }
  }
  const [value, gP, gQ, gM, pp, pq, pm, qq, qm, mm] = Array.from(terms)
  return {
    value: allLogMeans - value!,
    gradient: [-gP!, -gQ!, -unit * gM!],
    hessian: [
      [-pp!, -pq!, -unit * pm!],
      [-pq!, -qq!, -unit * qm!],
      [-unit * pm!, -unit * qm!, -unit * unit * mm!],
    ],
  }
}

/** The log-likelihood but for Σ ln m, and its derivatives by ln p, ln q, ln μ: p, q, μ, pp, pq, pμ, qq, qμ, μμ. */
const TERMS = 10

/** Whether terms of the formula are so large that it would show what is lost where they cancel. */
function cancels(s: number, q: number): boolean {
  const least = Math.min(s, q)
  return least >= STIRLING_FROM && least * (1 + Math.abs(Math.log(s / q))) > LARGE
}

const LARGE = 1e3

/**
 * Customers of one x: with s = p x and y = x m, a customer's log-likelihood is
 * −ln B(s, q) − s ln((v + y)/y) − q ln((v + y)/v) − ln m.
 */
function addTerms(n: number, s: number, q: number, sums: Float64Array, terms: Float64Array): void {
  const logSpent = sums[0]!
  const logPrior = sums[1]!
  const ofPrior = s * sums[2]!
  const ofSpent = q * sums[3]!
  const acrossV = (s + q) * sums[4]!
  // By ln p and ln q with v held, and by ln v; ln v = ln μ + ln q − ln p then turns them.
  const byP = s * (n * digammaDifference(s, q) - logSpent)
  const byQ = q * (n * digammaDifference(q, s) - logPrior)
  const byV = ofSpent - ofPrior
  terms[0]! -= n * logBeta(s, q) + s * logSpent + q * logPrior
  terms[1]! += byP - byV
  terms[2]! += byQ + byV
  terms[3]! += byV
  terms[4]! += byP - n * s * s * trigammaDifference(s, q) + 2 * ofPrior - acrossV
  terms[5]! += n * s * q * trigamma(s + q) - ofPrior - ofSpent + acrossV
  terms[6]! += acrossV - ofPrior
  terms[7]! += byQ - n * q * q * trigammaDifference(q, s) + 2 * ofSpent - acrossV
  terms[8]! += ofSpent - acrossV
  terms[9]! -= acrossV
}

/**
 * The same where s and q are large, about the peak of the density: ln of [s/(s + q)]^s [q/(s + q)]^q / B(s, q), and what
 * the imbalances E take off. With Q = E²/(s + q), the second derivatives of that part by ln s, s; ln s, ln q; ln q, ln q are
 * those that are there anyway and Q, −Q, Q.
 */
function addBalancedTerms(n: number, s: number, q: number, sums: Float64Array, terms: Float64Array): void {
  const ofS = sums[0]!
  const ofQ = sums[1]!
  const imbalance = sums[2]!
  const timesRest = sums[4]!
  const sum = s + q
  const spread = sums[3]! / sum
  const correction = stirlingCorrection(sum) - stirlingCorrection(s) - stirlingCorrection(q)
  const byP = ofS + n * s * digammaExcess(s, q)
  const byQ = ofQ + n * q * digammaExcess(q, s)
  terms[0]! += ofS + ofQ + n * (0.5 * Math.log((s / sum) * (q / (2 * Math.PI))) + correction)
  terms[1]! += byP
  terms[2]! += byQ
  terms[3]! -= imbalance
  terms[4]! += byP + spread - n * s * s * trigammaExcess(s, q)
  terms[5]! += n * s * q * trigammaBeyondInverse(sum) - spread
  terms[6]! += timesRest - imbalance
  terms[7]! += byQ + spread - n * q * q * trigammaExcess(q, s)
  terms[8]! -= timesRest
  terms[9]! -= sum * sums[5]!
}
