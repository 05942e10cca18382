import type { Expansion } from '../../math/minimizeNewton.ts'
import type { ContractHistories } from './contractHistories.ts'
import { logOneMinusExp } from './contractSurvival.ts'

/** The share of contracts S(t) that last through t renewals, for some parameters. */
interface SurvivalCurve {
  /** ln S(t) and its derivatives in θ. */
  readonly survival: (t: number) => Expansion
  /** ln (S(t) / S(t − 1)), exact where that is next to 0. */
  readonly logRetention: (t: number) => number
}

/** Minus the log-likelihood of contracts under a family of survival curves, with its gradient and Hessian in θ. */
export function curveObjective(
  { periods, left, stayed }: ContractHistories,
  curveAt: (theta: readonly number[]) => SurvivalCurve,
): (theta: readonly number[]) => Expansion {
  return (theta) => {
    const { survival, logRetention } = curveAt(theta)
    let value = 0
    const gradient = theta.map(() => 0)
    const hessian = theta.map(() => theta.map(() => 0))
    const add = (weight: number, part: Expansion): void => {
      value -= weight * part.value
      theta.forEach((_, i) => {
        gradient[i]! -= weight * part.gradient[i]!
        theta.forEach((_, j) => {
          hessian[i]![j]! -= weight * part.hessian[i]![j]!
        })
      })
    }
    periods.forEach((t, k) => {
      const now = survival(t)
      if (stayed[k]! > 0) add(stayed[k]!, now)
      if (left[k]! > 0) add(left[k]!, departure(now, survival(t - 1), logRetention(t)))
    })
    return { value, gradient, hessian }
  }
}

/** ln S(0) = 0, with its derivatives in up to three parameters. */
export const CERTAIN: Expansion = {
  value: 0,
  gradient: [0, 0, 0],
  hessian: [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ],
}

/** ln (S(t − 1) − S(t)) = ln S(t − 1) + ln(1 − e^g), g = ln (S(t) / S(t − 1)). */
function departure(now: Expansion, before: Expansion, g: number): Expansion {
  const w = 1 / Math.expm1(-g)
  const slope = now.gradient.map((value, i) => value - before.gradient[i]!)
  return {
    value: before.value + logOneMinusExp(g),
    gradient: slope.map((value, i) => before.gradient[i]! - w * value),
    hessian: slope.map((value, i) =>
      slope.map((other, j) => {
        const bend = now.hessian[i]![j]! - before.hessian[i]![j]!
        return before.hessian[i]![j]! - w * bend - (w + w * w) * value * other
      }),
    ),
  }
}
