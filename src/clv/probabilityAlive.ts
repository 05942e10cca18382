import { checkTimeUnit } from '../core/checks.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import { type PurchaseModel, processOf } from './purchaseModel.ts'

/**
 * Probability that each customer is still active at the as-of date. This is no churn score: under BG/NBD a customer
 * who bought once has not had an occasion to leave. Use `probabilityOfNoPurchase` for that. Linear.
 *
 * @param summary - one row a customer, in the time unit of `model`
 * @returns a probability for each customer, in row order; under BG/NBD 1 for customers without a repeat purchase
 * @throws {ClienteleError} `UNIT_MISMATCH` if the time units differ
 * @see Fader, Hardie & Lee (2008), "Computing P(alive) Using the BG/NBD Model"
 * @example
 * probabilityAlive(model, summary)[0] // 0.7266…
 */
export function probabilityAlive(model: PurchaseModel, summary: CustomerSummary): Float64Array {
  checkTimeUnit('probabilityAlive', model, summary)
  const { logDropoutOdds } = processOf(model)
  const { repeats, ageAtLast, age } = summary
  return age.map((T, row) => 1 / (1 + Math.exp(logDropoutOdds(repeats[row]!, ageAtLast[row]!, T))))
}
