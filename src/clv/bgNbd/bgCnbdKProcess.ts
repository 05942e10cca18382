import { phaseWeights } from '../../kernels/bgDiscounting.ts'
import { logGammaRatio } from '../../math/logGammaRatio.ts'
import type { PurchaseProcess } from '../purchaseProcess.ts'
import { bgCnbdKFuture, phasesPassed } from './bgCnbdKFuture.ts'
import type { BgNbdParams } from './bgNbdFit.ts'
import { futureOfStaying } from './bgNbdFuture.ts'
import { bgNbdProcess, logBetaRatio } from './bgNbdProcess.ts'
import type { BgVariant } from './bgVariant.ts'
import { drawPurchases } from './drawPurchases.ts'
import { logLikelihoodOfGaps } from './gapLikelihood.ts'

/**
 * The purchases of customers under BG/CNBD-k, or, with one `early` occasion to leave, MBG/CNBD-k; BG/NBD for k = 1.
 *
 * @see Platzer & Reutterer (2016), "Ticking Away the Moments: Timing Regularity Helps to Better Predict Customer
 *   Activity", Marketing Science 35(5), appendix; the forecasts there are approximations, here mixtures over the phases
 */
export function bgCnbdKProcess(params: BgNbdParams, { early, k }: BgVariant): PurchaseProcess {
  if (k === 1) return bgNbdProcess(params, early)
  const { r, alpha, a, b } = params
  const silence = (atLast: number, age: number): number => (age - atLast) / (alpha + age)
  // ln w, w = a / (b + n − 1) · ((α + T) / (α + t_x))^D; P(alive) = E / (E + w) with the weight E of the phases passed.
  const logLeft = (x: number, atLast: number, age: number): number =>
    x + early === 0
      ? Number.NEGATIVE_INFINITY
      : Math.log(a / (b + (x + early - 1))) + (r + k * x) * Math.log1p((age - atLast) / (alpha + atLast))
  const logDropoutOdds = (x: number, atLast: number, age: number): number =>
    logLeft(x, atLast, age) - Math.log(phaseWeights(k, r + k * x, silence(atLast, age)))
  const ifLeft = (x: number, atLast: number, age: number): number => 1 / (1 + Math.exp(-logDropoutOdds(x, atLast, age)))
  const fromNowOn = bgCnbdKFuture(k, r, alpha, 0, a, b + early)
  return {
    logLikelihood: (x, atLast, age) => {
      const D = r + k * x
      const phases = logGammaRatio(r, k * x) - k * x * Math.log(alpha) - D * Math.log1p(age / alpha)
      const logAlive = Math.log(phaseWeights(k, D, silence(atLast, age)))
      const logOdds = logDropoutOdds(x, atLast, age)
      const ends = logAlive + Math.max(logOdds, 0) + Math.log1p(Math.exp(-Math.abs(logOdds)))
      return phases - logBetaRatio(a, b, x + early) + ends + logLikelihoodOfGaps(k, x, atLast)
    },
    logDropoutOdds,
    ifAlive: (x, atLast, age) => bgCnbdKFuture(k, r + k * x, alpha + age, silence(atLast, age), a, b + x + early),
    needsTimeAtLast: true,
    meanRate: (x, atLast, age) => {
      const D = r + k * x
      const left = ifLeft(x, atLast, age)
      const alive = 1 / (1 + Math.exp(logDropoutOdds(x, atLast, age)))
      const phases = phasesPassed(k, D, silence(atLast, age)).reduce((sum, weight, j) => sum + weight * j, 0)
      return ((alive * (D + phases)) / (alpha + age) + (left * D) / (alpha + atLast)) / k
    },
    meanDropout: (x, atLast, age) => (a + ifLeft(x, atLast, age)) / (a + b + (x + early)),
    simulate: (random, age) => drawPurchases(params, { early, k }, random, age),
    ofNewCustomer: early === 0 ? fromNowOn : futureOfStaying(b / (a + b), a / (a + b), fromNowOn),
  }
}
