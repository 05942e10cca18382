import { normalQuantile } from '../math/normal.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import type { DiscountSteps } from './discounting.ts'
import type { ExpectedValue } from './expectedValue.ts'
import { moneyIntervals } from './moneyIntervals.ts'
import type { CustomerProcesses } from './purchaseProcess.ts'
import type { SpendPosterior } from './uncertainty/spendPosterior.ts'

/** Intervals of the money of customers in a horizon, by row; NaN if they were left out. */
export interface ValueIntervals {
  /** The money stays below this with probability (1 − level) / 2 at most; without costs it is at least 0. */
  readonly lower: Float64Array
  /** The money exceeds this with probability (1 − level) / 2 at most; 0 if buying nothing is likelier than the rest. */
  readonly upper: Float64Array
  /** The expected money lies above this with probability (1 + level) / 2, the parameters being uncertain. */
  readonly meanLower: Float64Array
  readonly meanUpper: Float64Array
}

/** What stands for intervals that were not asked for: one column of NaN. */
export function noIntervals(customers: number): ValueIntervals {
  const unknown = new Float64Array(customers).fill(Number.NaN)
  return { lower: unknown, upper: unknown, meanLower: unknown, meanUpper: unknown }
}

/** Terms of the intervals. */
export interface IntervalTerms {
  readonly steps: DiscountSteps
  readonly level: number
  readonly margin: number
  readonly serviceCost: number
  /** Whether there is a retention cost. */
  readonly keeps: boolean
}

/**
 * Intervals about expected values.
 *
 * @param models - what equally likely ones say, which stand for what is known of the parameters of the purchase model
 * @param p - of the spend model
 */
export function valueIntervals(
  models: readonly CustomerProcesses[],
  p: number,
  posterior: SpendPosterior,
  summary: CustomerSummary,
  { value, parts, discountFactor }: ExpectedValue,
  { steps, level, margin, serviceCost, keeps }: IntervalTerms,
): ValueIntervals {
  const ofGroups = moneyIntervals(models, p, posterior, summary, {
    steps,
    level,
    serviceCost: serviceCost / margin,
    keeps,
  })
  const z = level === 1 ? Number.POSITIVE_INFINITY : normalQuantile((1 + level) / 2)
  const costs = serviceCost > 0 || keeps
  const column = (): Float64Array => new Float64Array(value.length)
  const [lower, upper, meanLower, meanUpper] = [column(), column(), column(), column()]
  for (let row = 0; row < value.length; row++) {
    const group = ofGroups.groupOf[row]!
    const scale = margin * discountFactor[row]! * posterior.scale(row)
    const kept = parts.retentionCost[row]!
    lower[row] = scale * ofGroups.lower[group]! - kept
    upper[row] = scale * ofGroups.upper[group]! - kept

    const mean = value[row]!
    const spendVariance = posterior.logSpread(row) ** 2
    if (costs) {
      const earned = parts.margin[row]! - parts.serviceCost[row]!
      const variance =
        earned * earned * ofGroups.purchasesVariance[group]! -
        2 * earned * kept * ofGroups.covariance[group]! +
        kept * kept * ofGroups.stayVariance[group]! +
        parts.margin[row]! ** 2 * spendVariance
      const reach = variance > 0 ? z * Math.sqrt(variance) : 0
      meanLower[row] = mean - reach
      meanUpper[row] = mean + reach
    } else {
      const variance = ofGroups.purchasesVariance[group]! + spendVariance
      const factor = mean > 0 && variance > 0 ? Math.exp(z * Math.sqrt(variance)) : 1
      meanLower[row] = mean / factor
      meanUpper[row] = mean * factor
    }
  }
  return { lower, upper, meanLower, meanUpper }
}
