import { rateSumsInto } from '../../kernels/negativeBinomial.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import type { Expansion } from '../../math/minimizeNewton.ts'
import type { PurchaseHistories } from '../purchaseHistories.ts'

/**
 * Minus the NBD log-likelihood of all customers, with its gradient and Hessian in θ = (ln r, ln α), as a function for
 * the minimiser. A customer's log-likelihood is Σ_{j<x} ln((r + j)/α) − (r + x) ln(1 + T/α). Linear in the distinct
 * histories, plus a walk to the largest x.
 *
 * @see Ehrenberg (1959), "The Pattern of Consumer Purchases", Applied Statistics 8(1); Fader & Hardie (2020),
 *   "Deriving the Conditional PMF of the Pareto/NBD Model", equation 3, for the times of the purchases as well
 */
export function nbdObjective(histories: PurchaseHistories): (theta: readonly number[]) => Expansion {
  const scratch = {
    customers: compensatedSum(histories.weights),
    silences: new Float64Array(histories.count),
    counted: new Float64Array(4),
  }
  return (theta) => expansionAt(theta, histories, scratch)
}

interface Scratch {
  readonly customers: number
  readonly silences: Float64Array
  readonly counted: Float64Array
}

/** No closure: its compiled code would be collected as garbage with every fit, and compiled anew for the next. */
function expansionAt(
  theta: readonly number[],
  { count, repeats, timeAtEnd, weights, times }: PurchaseHistories,
  { customers, silences, counted }: Scratch,
): Expansion {
  const [r, alpha] = theta.map(Math.exp) as [number, number]
  counted.fill(0)
  let [gR, gAlpha, rr, rAlpha, alphaAlpha] = [0, 0, 0, 0, 0]
  for (let i = 0, previous = 0, waiting = customers; i < count; i++) {
    const x = repeats[i]!
    const c = weights[i]!
    rateSumsInto(previous, x, waiting, r, alpha, counted)
    previous = x
    waiting -= c
    const T = times[timeAtEnd[i]!]!
    const l = Math.log1p(T / alpha)
    const h = T / (alpha + T)
    const n = r + x
    silences[i] = -c * n * l
    gR -= c * r * l
    gAlpha += c * (n * h - x)
    rr -= c * r * l
    rAlpha += c * r * h
    alphaAlpha -= c * n * h * (1 - h)
  }
  const value = counted[0]! + (counted[1]! + compensatedSum(silences))
  gR += counted[2]!
  rr += counted[3]!
  return {
    value: -value,
    gradient: [-gR, -gAlpha],
    hessian: [
      [-rr, -rAlpha],
      [-rAlpha, -alphaAlpha],
    ],
  }
}

/** Rates with a coefficient of variation of √2 about the observed mean. */
export function startingPoint({ repeats, weights, times, timeAtEnd }: PurchaseHistories): number[] {
  let purchases = 0
  let exposure = 0
  for (let i = 0; i < repeats.length; i++) {
    purchases += weights[i]! * repeats[i]!
    exposure += weights[i]! * times[timeAtEnd[i]!]!
  }
  return [0.5, (0.5 * exposure) / purchases].map(Math.log)
}
