import { compensatedSum } from '../../math/compensatedSum.ts'
import { logGamma } from '../../math/logGamma.ts'
import { logGammaRatio } from '../../math/logGammaRatio.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'

/**
 * What k phases a gap add to the log-likelihood of x repeats by t_x, beside what rates and dropout have to do with, where
 * only the last time is known: (k − 1) x ln t_x − ln Γ(k x) + ln Γ(x), the density of a sum of x gaps over that for k = 1.
 * So it is 0 for k = 1, and the likelihood is that of (x, t_x, T) on the scale of BG/NBD's, on which models compare.
 */
export function logLikelihoodOfGaps(k: number, x: number, atLast: number): number {
  return k === 1 || x === 0 ? 0 : (k - 1) * x * Math.log(atLast) - logGammaRatio(x, (k - 1) * x)
}

/**
 * The sum of these over the customers of a summary. With the logarithms of their gaps, Σ_x [(k − 1) ln gap − ln Γ(k)] in
 * their place: the likelihood of every purchase time.
 */
export function totalOfGaps(k: number, summary: CustomerSummary, logGaps: Float64Array | undefined): number {
  const { repeats, ageAtLast, weights } = summary
  return compensatedSum(
    weights.map((weight, row) => {
      const x = repeats[row]!
      return weight * (logGaps ? (k - 1) * logGaps[row]! - x * logGamma(k) : logLikelihoodOfGaps(k, x, ageAtLast[row]!))
    }),
  )
}
