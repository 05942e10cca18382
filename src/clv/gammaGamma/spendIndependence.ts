import { compensatedSum } from '../../math/compensatedSum.ts'
import type { Expansion } from '../../math/minimizeNewton.ts'
import { normalTail } from '../../math/normal.ts'
import { symmetricEigen } from '../../math/symmetricEigen.ts'
import { checkSummary } from '../../table/checkSummary.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import { minimizeGammaGamma } from './gammaGammaFit.ts'
import { gammaGammaObjective } from './gammaGammaLikelihood.ts'
import { spendCorrelation } from './spendCorrelation.ts'
import { customersByRepeats } from './spendGroups.ts'
import { type SpendHistories, spendHistories } from './spendHistories.ts'

/** Whether who buys more often also spends more, or less, each time. */
export interface SpendIndependence {
  /** Customers with repeats of positive mean value, weights counted. */
  readonly customers: number
  /** Pearson's correlation of `repeats` and `meanRepeatValue`. */
  readonly correlation: number
  /** β where mean spend goes with x^β: at 0.1, twice the purchases go with 7 % more spend. NaN if x does not vary. */
  readonly elasticity: number
  readonly standardError: number
  /** Chance of an elasticity at least as far from 0 if spend does not depend on frequency. */
  readonly pValue: number
}

/**
 * Tests the assumption of Gamma-Gamma that how much customers spend does not depend on how often they buy, by the score
 * test against mean spend that goes with x^β. It compares means that scatter as they should: those of few purchases
 * scatter more and are more skewed, so that their ranks and logarithms do depend on x even where spend does not, and
 * the usual tests of a rank or log correlation would find dependence in any large data set.
 *
 * Costs a Gamma-Gamma fit.
 *
 * @param summary - x = `repeats`, m = `meanRepeatValue`; customers without a positive mean are left out
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` as `fitGammaGamma`
 * @see Rao (1948), "Large sample tests of statistical hypotheses concerning several parameters"; Cox & Hinkley (1974),
 *   "Theoretical Statistics", section 9.3; Fader & Hardie (2013), "The Gamma-Gamma Model of Monetary Value", section 1
 * @example
 * const { elasticity, pValue } = spendIndependence(summary)
 * elasticity // 0.177…, for the CDNOW sample: who buys twice as often spends 13 % more each time
 * pValue < 1e-8 // true, so that it is no chance
 */
export function spendIndependence(summary: CustomerSummary): SpendIndependence {
  checkSummary('spendIndependence', summary)
  const { histories } = spendHistories('spendIndependence', summary)
  const { point } = minimizeGammaGamma(histories)
  // β stands in the likelihood as ln v + β ln x does, so that its derivatives are those by ln v, customer by customer.
  let score = 0
  let information = 0
  const shared = [0, 0, 0]
  const whole = [0, 1, 2].map(() => [0, 0, 0])
  for (const { logRepeats, expansion } of byRepeats(histories, point)) {
    const { gradient, hessian } = expansion
    score -= logRepeats * gradient[2]!
    information += logRepeats * logRepeats * hessian[2]![2]!
    hessian.forEach((row, i) => {
      shared[i]! += logRepeats * row[2]!
      row.forEach((value, j) => {
        whole[i]![j]! += value
      })
    })
  }
  const left = information - explained(whole, shared)
  // Without a second x all of it is explained by v, and what is left is rounding.
  const isKnown = left > 1e-9 * information
  const elasticity = isKnown ? score / left : Number.NaN
  const standardError = isKnown ? 1 / Math.sqrt(left) : Number.NaN
  return {
    customers: compensatedSum(customersByRepeats(histories)),
    correlation: spendCorrelation(histories),
    elasticity,
    standardError,
    pValue: 2 * normalTail(Math.abs(elasticity / standardError)),
  }
}

/** Minus the log-likelihood of all customers of one x, for each x. */
function* byRepeats(
  { repeats, starts, means, weights }: SpendHistories,
  theta: readonly number[],
): Generator<{ logRepeats: number; expansion: Expansion }, void> {
  for (let g = 0; g < repeats.length; g++) {
    const [start, end] = [starts[g]!, starts[g + 1]!]
    const group = {
      repeats: repeats.subarray(g, g + 1),
      starts: Uint32Array.of(0, end - start),
      means: means.subarray(start, end),
      weights: weights?.subarray(start, end),
    }
    yield { logRepeats: Math.log(repeats[g]!), expansion: gammaGammaObjective(group)(theta) }
  }
}

/** bᵀ A⁻¹ b: the information about β that the other parameters take up. */
function explained(a: readonly (readonly number[])[], b: readonly number[]): number {
  const { values, vectors } = symmetricEigen(a)
  return vectors.reduce((sum, vector, k) => {
    const along = vector.reduce((dot, component, i) => dot + component * b[i]!, 0)
    return values[k]! > 0 ? sum + (along * along) / values[k]! : sum
  }, 0)
}
