import { holdCoordinate } from '../../math/holdCoordinate.ts'
import type { Expansion } from '../../math/minimizeNewton.ts'
import type { ContractHistories } from './contractHistories.ts'
import { CERTAIN, curveObjective } from './curveObjective.ts'

/**
 * The limit of the beta-discrete-Weibull model in which nobody leaves up to the time `onset` τ, and who is left falls off
 * with the power `exponent` κ of time from there: S(t) = min(1, (τ / t)^κ), Pareto's distribution in whole renewals.
 *
 * It is what c → ∞ and α = κ/c → 0 leave of S(t) = [Γ(α + β) / Γ(β)] [Γ(β + t^c) / Γ(α + β + t^c)], which then is
 * (1 + t^c / β)^−α for large β: with β = τ^c, τ > 1, that is 1 before τ and (t / τ)^−κ after it. With β / (α + β) → q, in
 * which both go to 0, S(t) is q t^−κ from the first renewal on, and so τ = q^(1/κ) is below 1.
 */
export interface PowerOfTime {
  readonly onset: number
  readonly exponent: number
}

/** What of it the data determine by a slope: a whole `onset` is at a kink of the likelihood, and as good as known. */
export function powerOfTimeParameters(onset: number): readonly string[] {
  return Number.isInteger(onset) ? ['exponent'] : ['onset', 'exponent']
}

/** What β = τ^c tends to; with τ = 1, any β leads to the limit. */
export function betaInLimit(onset: number): number {
  return onset < 1 ? 0 : onset > 1 ? Number.POSITIVE_INFINITY : 1
}

/** ln (S(to) / S(from)), the share of those that lasted `from` renewals who make all up to the `to`-th, for from ≤ to. */
export function logPowerOfTime({ onset, exponent }: PowerOfTime, from: number, to: number): number {
  if (from > 0 && from >= onset) return -exponent * Math.log1p((to - from) / from)
  return Math.min(0, -exponent * Math.log(to / onset))
}

/**
 * Minus the log-likelihood of contracts in this limit, with its gradient and Hessian in (ln τ, ln κ). It is infinite where
 * somebody left before τ, and has a kink where τ is a whole number; there these are the derivatives of the side above it.
 */
export function powerOfTimeObjective(histories: ContractHistories): (theta: readonly number[]) => Expansion {
  return curveObjective(histories, (theta) => {
    const [logOnset, exponent] = [theta[0]!, Math.exp(theta[1]!)]
    return {
      survival: (t) => {
        const beyond = Math.log(t) - logOnset
        if (!(beyond > 0)) return CERTAIN
        const value = -exponent * beyond
        return {
          value,
          gradient: [exponent, value],
          hessian: [
            [0, exponent],
            [exponent, value],
          ],
        }
      },
      logRetention: (t) =>
        t > 1 && Math.log(t - 1) >= logOnset
          ? -exponent * Math.log1p(1 / (t - 1))
          : Math.min(0, -exponent * (Math.log(t) - logOnset)),
    }
  })
}

/** The same in ln κ alone, for a given τ. */
export function exponentObjective(
  histories: ContractHistories,
  onset: number,
): (theta: readonly number[]) => Expansion {
  return holdCoordinate(powerOfTimeObjective(histories), 0, Math.log(onset))
}
