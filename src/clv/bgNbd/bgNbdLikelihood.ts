import { countSumsInto, exposureSumsInto, repeaterSumsInto } from '../../kernels/bgNbdLikelihood.ts'
import type { Expansion } from '../../math/minimizeNewton.ts'
import type { PurchaseHistories } from '../purchaseHistories.ts'

/**
 * Minus the BG/NBD log-likelihood of all customers, with its gradient and Hessian in θ = (ln r, ln α, ln a, ln b), as
 * a function for the minimiser. Linear in the distinct histories, plus a walk to the largest x.
 *
 * With l(t) = ln(1 + t/α) and w the odds of having dropped out, a customer's log-likelihood is
 * Σ_{j<x} ln((r + j)/α) − (r + x) l(T) − Σ_{j<x} ln(1 + a/(b + j)) + [x > 0] ln(1 + w),
 * which subtracts nothing large from anything large at either end of any parameter, and takes times in any unit.
 *
 * @see Fader, Hardie & Lee (2005), "Counting Your Customers the Easy Way: An Alternative to the Pareto/NBD Model",
 *   equation 6
 */
export function bgNbdObjective(histories: PurchaseHistories): (theta: readonly number[]) => Expansion {
  const { count, repeats, timeAtLast, timeAtEnd, weights, times } = histories
  const l = new Float64Array(times.length)
  const h = new Float64Array(times.length)
  const exposure = new Float64Array(4)
  const counted = new Float64Array(9)
  const repeated = new Float64Array(11)
  return (theta) => {
    const [r, alpha, a, b] = theta.map(Math.exp) as [number, number, number, number]
    for (let i = 0; i < times.length; i++) {
      l[i] = Math.log1p(times[i]! / alpha)
      h[i] = times[i]! / (alpha + times[i]!)
    }
    counted.fill(0)
    let value = 0
    let [gR, gAlpha, gA, gB] = [0, 0, 0, 0]
    let [rr, rAlpha, rA, rB, alphaAlpha, alphaA, alphaB, aa, ab, bb] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    for (let start = 0, end = 0, previous = 0; start < count; start = end) {
      const x = repeats[start]!
      while (end < count && repeats[end] === x) end++
      countSumsInto(previous, x, r, alpha, a, b, counted)
      previous = x
      exposureSumsInto(start, end, weights, timeAtEnd, l, h, exposure)
      const [n, L, H, curve] = [exposure[0]!, exposure[1]!, exposure[2]!, exposure[3]!]
      const D = r + x
      value += n * (counted[0]! - counted[3]!) - D * L
      gR += n * counted[1]! - r * L
      gAlpha += D * H - n * x
      gA -= n * counted[4]!
      gB += n * counted[5]!
      rr += n * counted[2]! - r * L
      rAlpha += r * H
      alphaAlpha -= D * curve
      aa -= n * counted[6]!
      ab += n * counted[7]!
      bb += n * counted[8]!
      if (x === 0) continue

      const e = b / (b + (x - 1))
      const logOdds = theta[2]! - Math.log(b + (x - 1))
      repeaterSumsInto(start, end, weights, timeAtLast, timeAtEnd, l, h, logOdds, D, repeated)
      // ∇ ln w = (r δ, −(r + x) Δ, 1, −e); `dead` weighs second derivatives of ln w, `spread` products of first ones.
      const [softplus, dead, deadDelta] = [repeated[0]!, repeated[1]!, repeated[2]!]
      const [deadH, deadCurve] = [repeated[3]!, repeated[4]!]
      const [spread, spreadDelta, spreadH] = [repeated[5]!, repeated[6]!, repeated[7]!]
      value += softplus
      gR += r * deadDelta
      gAlpha -= D * deadH
      gA += dead
      gB -= e * dead
      rr += r * deadDelta + r * r * repeated[8]!
      rAlpha -= r * deadH + r * D * repeated[9]!
      rA += r * spreadDelta
      rB -= r * e * spreadDelta
      alphaAlpha += D * deadCurve + D * D * repeated[10]!
      alphaA -= D * spreadH
      alphaB += D * e * spreadH
      aa += spread
      ab -= e * spread
      bb += e * e * spread - ((e * (x - 1)) / (b + (x - 1))) * dead
    }
    const gradient = [-gR, -gAlpha, -gA, -gB]
    const hessian = [
      [-rr, -rAlpha, -rA, -rB],
      [-rAlpha, -alphaAlpha, -alphaA, -alphaB],
      [-rA, -alphaA, -aa, -ab],
      [-rB, -alphaB, -ab, -bb],
    ]
    return { value: -value, gradient, hessian }
  }
}
