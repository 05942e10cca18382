import {
  areTabled,
  exposureSumsInto,
  powersInto,
  raisePowersInto,
  repeaterSumsInto,
} from '../../kernels/bgNbdLikelihood.ts'
import { phaseSumsInto } from '../../kernels/bgPhaseLikelihood.ts'
import { dropoutSumsInto, rateSumsInto } from '../../kernels/occasionSums.ts'
import type { Expansion } from '../../math/minimizeNewton.ts'
import { type AgeRuns, ageRuns } from '../ageRuns.ts'
import type { PurchaseHistories } from '../purchaseHistories.ts'
import { BG_NBD, type BgVariant } from './bgVariant.ts'

/**
 * Minus the log-likelihood of all customers under a model of the BG/NBD family, with its gradient and Hessian in
 * θ = (ln r, ln α, ln a, ln b), as a function for the minimiser; without the terms that depend on data and k alone.
 * Linear in the distinct histories, plus a walk to the largest x.
 *
 * With l(t) = ln(1 + t/α), n = x occasions to leave (x + 1 under MBG) and w the odds of having dropped out, a customer's
 * log-likelihood under (M)BG/NBD is
 * Σ_{j<x} ln((r + j)/α) − (r + x) l(T) − Σ_{j<n} ln(1 + a/(b + j)) + [n > 0] ln(1 + w),
 * which subtracts nothing large from anything large at either end of any parameter, and takes times in any unit. With
 * gaps of k phases, k x stands for x in the first two terms, and the weights of the phases passed for the 1 in the last.
 *
 * @see Fader, Hardie & Lee (2005), "Counting Your Customers the Easy Way: An Alternative to the Pareto/NBD Model",
 *   equation 6; Batislam, Denizel & Filiztekin (2007); Platzer & Reutterer (2016)
 */
export function bgNbdObjective(
  histories: PurchaseHistories,
  variant: BgVariant = BG_NBD,
): (theta: readonly number[]) => Expansion {
  const runs = ageRuns(histories)
  const scratch = scratchFor(histories.times.length)
  return (theta) => expansionAt(theta, histories, runs, variant, scratch)
}

interface Scratch {
  /** ln(1 + t/α) and t / (α + t) of each distinct time. */
  readonly l: Float64Array
  readonly h: Float64Array
  readonly powers: Float64Array
  readonly exposure: Float64Array
  readonly rates: Float64Array
  readonly dropouts: Float64Array
  readonly mixed: Float64Array
}

function scratchFor(times: number): Scratch {
  return {
    l: new Float64Array(times),
    h: new Float64Array(times),
    powers: new Float64Array(2 * times),
    exposure: new Float64Array(4),
    rates: new Float64Array(3),
    dropouts: new Float64Array(6),
    mixed: new Float64Array(10),
  }
}

/** No closure: its compiled code would be collected as garbage with every fit, and compiled anew for the next. */
function expansionAt(
  theta: readonly number[],
  { timeAtLast, timeAtEnd, weights, times }: PurchaseHistories,
  runs: AgeRuns,
  { early, k }: BgVariant,
  { l, h, powers, exposure, rates, dropouts, mixed }: Scratch,
): Expansion {
  const [r, alpha, a, b] = theta.map(Math.exp) as [number, number, number, number]
  for (let i = 0; i < times.length; i++) {
    l[i] = Math.log1p(times[i]! / alpha)
    h[i] = times[i]! / (alpha + times[i]!)
  }
  rates.fill(0)
  dropouts.fill(0)
  let value = 0
  let [gR, gAlpha, gA, gB] = [0, 0, 0, 0]
  let [rr, rAlpha, rA, rB, alphaAlpha, alphaA, alphaB, aa, ab, bb] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  let raised = Number.NaN // the x that powers are tabled for
  for (let first = 0, last = 0, phases = 0, chances = 0; first < runs.count; first = last) {
    const x = runs.repeats[first]!
    while (last < runs.count && runs.repeats[last] === x) last++
    rateSumsInto(phases, k * x, r, alpha, rates)
    dropoutSumsInto(chances, x + early, a, b, dropouts)
    phases = k * x
    chances = x + early
    exposureSumsInto(first, last, runs.weights, runs.timeAtEnd, l, h, exposure)
    const [n, L, H, curve] = [exposure[0]!, exposure[1]!, exposure[2]!, exposure[3]!]
    const D = r + phases
    value += n * (rates[0]! - dropouts[0]!) - D * L
    gR += n * rates[1]! - r * L
    gAlpha += D * H - n * phases
    gA -= n * dropouts[1]!
    gB += n * dropouts[2]!
    rr += n * rates[2]! - r * L
    rAlpha += r * H
    alphaAlpha -= D * curve
    aa -= n * dropouts[3]!
    ab += n * dropouts[4]!
    bb += n * dropouts[5]!
    if (chances === 0 && k === 1) continue

    // ∇ ln w = (…, 1, −e) in (ln a, ln b).
    const before = chances - 1
    const e = chances > 0 ? b / (b + before) : 0
    const logOdds = chances > 0 ? theta[2]! - Math.log(b + before) : Number.NEGATIVE_INFINITY
    const [start, end] = [runs.starts[first]!, runs.starts[last]!]
    if (k > 1) phaseSumsInto(start, end, weights, timeAtLast, timeAtEnd, times, l, h, alpha, k, logOdds, D, mixed)
    else {
      const isTabled = areTabled(end - start, logOdds, D, l)
      if (isTabled && raised === x - 1) raisePowersInto(times, alpha, powers)
      else if (isTabled) powersInto(D, l, powers)
      if (isTabled) raised = x
      const { starts, timeAtEnd: ages } = runs
      repeaterSumsInto(first, last, starts, ages, weights, timeAtLast, l, h, logOdds, D, isTabled, powers, mixed)
    }
    const [byD, byAlpha, dead] = [mixed[1]!, mixed[2]!, mixed[3]!]
    const [spreadD, spreadAlpha, spread] = [mixed[7]!, mixed[8]!, mixed[9]!]
    value += mixed[0]!
    gR += r * byD
    gAlpha += byAlpha
    gA += dead
    gB -= e * dead
    rr += r * byD + r * r * mixed[4]!
    rAlpha += r * mixed[5]!
    rA += r * spreadD
    rB -= r * e * spreadD
    alphaAlpha += mixed[6]!
    alphaA += spreadAlpha
    alphaB -= e * spreadAlpha
    aa += spread
    ab -= e * spread
    bb += e * e * spread - (chances > 0 ? e * (before / (b + before)) * dead : 0)
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
