import { checkTimeUnit } from '../core/checks.ts'
import { logGammaRatio } from '../math/logGammaRatio.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import type { BgNbdModel } from './bgNbd.ts'
import { bgNbdLogDropoutOdds } from './probabilityAlive.ts'

/**
 * Log-likelihood of each customer's history under a model, weights not counted. Their weighted sum is what the fit
 * maximises. Linear.
 *
 * @param summary - one row a customer, in the time unit of `model`
 * @throws {ClienteleError} `UNIT_MISMATCH` if the time units differ
 * @see Fader, Hardie & Lee (2005), equation 6
 * @example
 * logLikelihood(model, summary).reduce((sum, value) => sum + value) // -9582.429… for the CDNOW sample in weeks
 */
export function logLikelihood(model: BgNbdModel, summary: CustomerSummary): Float64Array {
  checkTimeUnit('logLikelihood', model, summary)
  const { r, alpha, a, b } = model.params
  const { repeats, ageAtLast, age } = summary
  // Many customers share a count, and it decides the two terms that cost most.
  const ofCount = new Map<number, number>()
  return age.map((T, row) => {
    const x = repeats[row]!
    let counted = ofCount.get(x)
    if (counted === undefined) {
      counted = logGammaRatio(r, x) - x * Math.log(alpha) - logBetaRatio(a, b, x)
      ofCount.set(x, counted)
    }
    const purchases = counted - (r + x) * Math.log1p(T / alpha)
    if (x === 0) return purchases
    const logOdds = bgNbdLogDropoutOdds(r, alpha, a, b, x, ageAtLast[row]!, T)
    return purchases + Math.max(logOdds, 0) + Math.log1p(Math.exp(-Math.abs(logOdds)))
  })
}

/** ln B(a, b) − ln B(a, b + x) for whole x: Σ ln(1 + a/(b + j)) while that is short. */
function logBetaRatio(a: number, b: number, x: number): number {
  if (x > 1000) return logGammaRatio(a + b, x) - logGammaRatio(b, x)
  let sum = 0
  for (let j = 0; j < x; j++) sum += Math.log1p(a / (b + j))
  return sum
}
