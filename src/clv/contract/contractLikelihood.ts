import { digamma } from '../../math/digamma.ts'
import { logBetaRatio } from '../../math/logBetaRatio.ts'
import type { Expansion } from '../../math/minimizeNewton.ts'
import { digammaDifference, trigammaDifference } from '../../math/polygammaDifference.ts'
import { trigamma } from '../../math/trigamma.ts'
import type { ContractHistories } from './contractHistories.ts'
import { logLasting, logSurvival } from './contractSurvival.ts'
import { CERTAIN, curveObjective } from './curveObjective.ts'

/**
 * Minus the log-likelihood of contracts under the beta-discrete-Weibull model, with its gradient and Hessian in
 * θ = (ln α, ln β, ln c), or in (ln α, ln β) with c = 1, which is the shifted beta-geometric model. Linear in the
 * distinct numbers of periods.
 *
 * @see Fader & Hardie (2007), "How to Project Customer Retention", equation 7; Fader et al. (2018), equation 5
 */
export function contractObjective(histories: ContractHistories): (theta: readonly number[]) => Expansion {
  return curveObjective(histories, (theta) => {
    const [alpha, beta, c] = [Math.exp(theta[0]!), Math.exp(theta[1]!), Math.exp(theta[2] ?? 0)]
    return {
      survival: (t) => survival(alpha, beta, c, t),
      logRetention: (t) => logLasting(alpha, beta, c, t - 1, t),
    }
  })
}

/** ln S(t) and its derivatives in (ln α, ln β, ln c). */
function survival(alpha: number, beta: number, c: number, t: number): Expansion {
  if (t === 0) return CERTAIN
  if (Math.max(c * Math.log(t), Math.log(beta)) > FAR) return farSurvival(alpha, beta, c, t)
  const u = t ** c
  const both = alpha + beta
  const byAlpha = -alpha * digammaDifference(both, u)
  const byBeta = beta * rise(alpha, beta, u)
  const curve = trigammaDifference(both, u)
  const bent =
    alpha < u
      ? trigammaDifference(beta + u, alpha) - trigammaDifference(beta, alpha)
      : curve - trigammaDifference(beta, u)
  // By u = t^c, and by ln c through it.
  const end = digammaDifference(beta + u, alpha)
  const bend = trigammaDifference(beta + u, alpha)
  const shape = u * c * Math.log(t)
  const alphaC = -alpha * trigamma(both + u) * shape
  const betaC = beta * bend * shape
  return {
    value: logBetaRatio(alpha, beta, u),
    gradient: [byAlpha, byBeta, -end * shape],
    hessian: [
      [byAlpha + alpha * alpha * curve, alpha * beta * curve, alphaC],
      [alpha * beta * curve, byBeta + beta * beta * bent, betaC],
      [alphaC, betaC, bend * shape * shape - end * shape * (1 + c * Math.log(t))],
    ],
  }
}

/** [ψ(β + α) − ψ(β)] − [ψ(β + u + α) − ψ(β + u)], which α and u may change places in. */
function rise(alpha: number, beta: number, u: number): number {
  if (beta < LARGE) {
    // Differences over the smaller of α and u, which the sum of the others may not know of.
    return alpha < u
      ? digammaDifference(beta, alpha) - digammaDifference(beta + u, alpha)
      : digammaDifference(beta, u) - digammaDifference(alpha + beta, u)
  }
  // These would cancel; so would ψ(z) = ln z − 1/(2z) − …, but not when written out.
  const all = beta + u + alpha
  const share = (alpha / beta) * (u / all)
  return Math.log1p(share) + (share / 2) * (1 / (beta + alpha) + 1 / (beta + u))
}

/** From here on the next term of ψ, 1/(12 z²), is below the rounding of the first. */
const LARGE = 1e8

/** ln t^c or ln β from which on products of these would not be doubles. */
const FAR = 230

/** The same where t^c, β or both are huge beside α: B(α, β + u) / B(α, β) is [Γ(α + β) / Γ(β)] (β + u)^−α. */
function farSurvival(alpha: number, beta: number, c: number, t: number): Expansion {
  const L = c * Math.log(t)
  const logBeta = Math.log(beta)
  const value = logSurvival(alpha, beta, c, t)
  const share = 1 / (1 + Math.exp(logBeta - L)) // u / (β + u)
  const spread = alpha * share * (1 - share)
  const isBetaHuge = logBeta > FAR / 2
  // What Γ(α + β) / Γ(β) adds where β is not huge too.
  const byAlpha = isBetaHuge ? value : alpha * (digamma(alpha + beta) - L)
  const byBeta = isBetaHuge ? alpha * share : beta * digammaDifference(beta, alpha)
  const curve = isBetaHuge ? 0 : trigamma(alpha + beta)
  const alphaBeta = isBetaHuge ? alpha * share : alpha * beta * curve
  const betaBeta = isBetaHuge ? -spread : byBeta - beta * beta * trigammaDifference(beta, alpha)
  return {
    value,
    gradient: [byAlpha, byBeta, -alpha * share * L],
    hessian: [
      [byAlpha + alpha * alpha * curve, alphaBeta, -alpha * share * L],
      [alphaBeta, betaBeta, spread * L],
      [-alpha * share * L, spread * L, -spread * L * L - alpha * share * L],
    ],
  }
}
