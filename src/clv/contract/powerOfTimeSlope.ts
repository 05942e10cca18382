import { digamma } from '../../math/digamma.ts'
import { trigamma } from '../../math/trigamma.ts'
import type { ContractHistories } from './contractHistories.ts'
import { logPowerOfTime, type PowerOfTime } from './powerOfTime.ts'

/** How the log-likelihood goes on from the best power of time into the beta-discrete-Weibull model. */
export interface PowerOfTimeSlope {
  /**
   * Its derivative by ε = 1/c at ε = 0, along the best way there: where it is below 0, the limit is a maximum. Where the
   * likelihood differs from the limit's by powers of e^−c only, their factor; its sign says the same.
   */
  readonly slope: number
  /** On that way, ln β less c ln τ, or for τ < 1 less ln α. */
  readonly logBeta: number
}

/**
 * The slope at the best τ and κ. Let A and B be the derivatives of the log-likelihood by ln S(first − 1) alone and by all
 * later ln S(t) together, which the limit has moved to their best; with α = κε, to first order in ε:
 *
 *   τ < 1: β = α q/(1 − q) keeps S(1), and the later ln S fall by γκε, γ Euler's constant;
 *   τ = 1: ln S(1) = −κε/β, and the later ones rise by κε ψ(β): κ max_β [−A/β + B ψ(β)];
 *   τ = 2, 3, …: β = η τ^c, ln S(τ) = −κε ln(1 + 1/η), and the later ones rise by κε ln η, which is best where 1/(1 + η) =
 *     w = −B/A, and is κ A [w ln w + (1 − w) ln(1 − w)] there, never above 0;
 *   between: ln S(first − 1) = −α ((first − 1)/τ)^c and ln S(first) falls by α (τ/first)^c, and the larger one decides.
 */
export function slopeFromPowerOfTime(histories: ContractHistories, limit: PowerOfTime): PowerOfTimeSlope {
  const { onset, exponent } = limit
  const first = Math.max(1, Math.floor(onset) + 1)
  const share = Math.exp(logPowerOfTime(limit, 0, first))
  const left = (t: number): number => countAt(histories, histories.left, t)
  const stayed = (t: number): number => countAt(histories, histories.stayed, t)
  if (onset < 1) {
    // At the best q, what raises S(1) lowers the others as much.
    const byLater = -fallsOf(limit, 1) * left(2) + after(histories, 2)
    return { slope: -EULER * exponent * byLater, logBeta: Math.log(share) - Math.log1p(-share) }
  }
  const lasting = after(histories, first)
  const byBefore = left(first) / (1 - share) + stayed(first - 1)
  const byAfter = lasting - (left(first) * share) / (1 - share)
  if (onset !== first - 1) {
    const early = Math.log((first - 1) / onset)
    const late = Math.log(onset / first)
    const next = 1 / -Math.expm1(logPowerOfTime(limit, first, first + 1))
    const byFirst = stayed(first) + left(first + 1) * next - (left(first) * share) / (1 - share)
    return { slope: -Number(early >= late) * byBefore - Number(late >= early) * byFirst, logBeta: 0 }
  }
  const w = Math.min(Math.max(-byAfter / byBefore, 0), 1)
  if (onset > 1) {
    const logOdds = Math.log1p(-w) - Math.log(w)
    const loss = w === 0 || w === 1 ? 0 : w * Math.log(w) + (1 - w) * Math.log1p(-w)
    return { slope: exponent * byBefore * loss, logBeta: Math.min(Math.max(logOdds, -WIDE), WIDE) }
  }
  const logBeta = spreadAtOne(w)
  const beta = Math.exp(logBeta)
  return { slope: exponent * (-byBefore / beta + byAfter * digamma(beta)), logBeta }
}

/** Euler's constant γ. */
const EULER = 0.5772156649015329

/** Powers of e within which the best β is sought. */
const WIDE = 30

/** ln β where β² ψ′(β) = 1/w, which rises with β from 1. */
function spreadAtOne(w: number): number {
  let [low, high] = [-WIDE, WIDE]
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2
    const beta = Math.exp(middle)
    if (beta * beta * trigamma(beta) * w < 1) low = middle
    else high = middle
  }
  return low
}

/** S(t + 1) / (S(t) − S(t + 1)): by how much those who leave at t + 1 are more when all S from there on fall. */
function fallsOf(limit: PowerOfTime, t: number): number {
  return 1 / Math.expm1(-logPowerOfTime(limit, t, t + 1))
}

/** Customers who lasted through renewal `t` for sure, less those who left at it. */
function after({ periods, left, stayed }: ContractHistories, t: number): number {
  let sum = 0
  periods.forEach((end, k) => {
    sum += (end > t ? left[k]! : 0) + (end >= t ? stayed[k]! : 0)
  })
  return sum
}

function countAt({ periods }: ContractHistories, counts: Float64Array, t: number): number {
  const k = periods.indexOf(t)
  return k < 0 ? 0 : counts[k]!
}
