import { rateSumsInto } from '../../kernels/negativeBinomial.ts'
import { CURVES, silenceSumsInto, silentSideInto } from '../../kernels/paretoNbdLikelihood.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import type { Expansion } from '../../math/minimizeNewton.ts'
import { groupRows, type RowGroups } from '../groupRows.ts'
import type { PurchaseHistories } from '../purchaseHistories.ts'

/**
 * Minus the Pareto/NBD log-likelihood of all customers, with its exact gradient and Hessian in θ = (ln r, ln α, ln s,
 * ln β), as a function for the minimiser.
 *
 * A customer's likelihood is Π_{j<x} (r + j)/α times the probability of the silence after the last purchase, which has
 * two sides: e^a, still there at T and the next event a purchase, and e^d, left before buying again, seen from t_x:
 *
 *   a = ln(1 − D(T)) − (r + x) ln(1 + T/α) − s ln(1 + T/β),   d = ln D(t_x) − (r + x) ln(1 + t_x/α) − s ln(1 + t_x/β)
 *
 * with D as in `dropoutFirstInto`. So series are summed for the distinct (x, T) and (x, t_x) only, and the distinct
 * (x, t_x, T) cost an exponential and a logarithm each.
 *
 * @see Schmittlein, Morrison & Colombo (1987), "Counting Your Customers: Who Are They and What Will They Do Next?",
 *   Management Science 33(1), equations A1 to A24; Fader & Hardie (2005), "A Note on Deriving the Pareto/NBD Model and
 *   Related Expressions", equation 22
 */
export function paretoNbdObjective(histories: PurchaseHistories): (theta: readonly number[]) => Expansion {
  const scratch = scratchFor(histories)
  return (theta) => expansionAt(theta, histories, scratch)
}

interface Scratch {
  /** The histories by (x, T), and by (x, t_x). */
  readonly atEnd: RowGroups
  readonly atLast: RowGroups
  /** Curves and shares of each of these. */
  readonly ofEnd: Float64Array
  readonly ofLast: Float64Array
  readonly endShares: Float64Array
  readonly lastShares: Float64Array
  readonly customers: number
  readonly side: Float64Array
  readonly counted: Float64Array
  readonly sums: Float64Array
}

function scratchFor({ repeats, timeAtLast, timeAtEnd, weights }: PurchaseHistories): Scratch {
  const atEnd = groupRows([repeats, timeAtEnd])
  const atLast = groupRows([repeats, timeAtLast])
  return {
    atEnd,
    atLast,
    ofEnd: new Float64Array(CURVES * atEnd.count),
    ofLast: new Float64Array(CURVES * atLast.count),
    endShares: new Float64Array(atEnd.count),
    lastShares: new Float64Array(atLast.count),
    customers: compensatedSum(weights),
    side: new Float64Array(10),
    counted: new Float64Array(4),
    sums: new Float64Array(CURVES),
  }
}

/** No closure: its compiled code would be collected as garbage with every fit, and compiled anew for the next. */
function expansionAt(
  theta: readonly number[],
  { count, repeats, timeAtLast, timeAtEnd, weights, times }: PurchaseHistories,
  { atEnd, atLast, ofEnd, ofLast, endShares, lastShares, customers, side, counted, sums }: Scratch,
): Expansion {
  const [r, alpha, s, beta] = theta.map(Math.exp) as [number, number, number, number]
  for (let pair = 0; pair < atEnd.count; pair++) {
    const i = atEnd.rowOf[pair]!
    silentSideInto(true, r, repeats[i]!, alpha, s, beta, times[timeAtEnd[i]!]!, side, ofEnd, CURVES * pair)
  }
  for (let pair = 0; pair < atLast.count; pair++) {
    const i = atLast.rowOf[pair]!
    silentSideInto(false, r, repeats[i]!, alpha, s, beta, times[timeAtLast[i]!]!, side, ofLast, CURVES * pair)
  }
  sums.fill(0)
  endShares.fill(0)
  lastShares.fill(0)
  silenceSumsInto(weights, atEnd.groupOf, atLast.groupOf, ofEnd, ofLast, endShares, lastShares, sums)
  counted.fill(0)
  for (let i = 0, previous = 0, waiting = customers; i < count; i++) {
    const x = repeats[i]!
    rateSumsInto(previous, x, waiting, r, alpha, counted)
    previous = x
    waiting -= weights[i]!
    sums[2]! -= weights[i]! * x
  }
  sums[0]! += counted[0]! + counted[1]!
  sums[1]! += counted[2]!
  sums[5]! += counted[3]!
  const [value, gR, gAlpha, gS, gBeta, rr, rAlpha, rS, rBeta, aa, aS, aBeta, ss, sBeta, bb] =
    sums as unknown as number[]
  return {
    value: -value!,
    gradient: [-gR!, -gAlpha!, -gS!, -gBeta!],
    hessian: [
      [-rr!, -rAlpha!, -rS!, -rBeta!],
      [-rAlpha!, -aa!, -aS!, -aBeta!],
      [-rS!, -aS!, -ss!, -sBeta!],
      [-rBeta!, -aBeta!, -sBeta!, -bb!],
    ],
  }
}
