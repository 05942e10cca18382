import { checkTimeUnit } from '../core/checks.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import type { BgNbdModel, BgNbdParams } from './bgNbd.ts'

/**
 * Probability that each customer is still active at the as-of date. This is no churn score: under BG/NBD a customer
 * who bought once has not had an occasion to leave. Use `probabilityOfNoPurchase` for that. Linear.
 *
 * @param summary - one row a customer, in the time unit of `model`
 * @returns a probability for each customer, in row order; 1 for customers without a repeat purchase
 * @throws {ClienteleError} `UNIT_MISMATCH` if the time units differ
 * @see Fader, Hardie & Lee (2008), "Computing P(alive) Using the BG/NBD Model"
 * @example
 * probabilityAlive(model, summary)[0] // 0.7266…
 */
export function probabilityAlive(model: BgNbdModel, summary: CustomerSummary): Float64Array {
  checkTimeUnit('probabilityAlive', model, summary)
  const { repeats, ageAtLast, age } = summary
  return age.map((T, row) => bgNbdAlive(model.params, repeats[row]!, ageAtLast[row]!, T))
}

/** P(alive) of one history: 1 / (1 + w), with w = a / (b + x − 1) · ((α + T) / (α + t_x))^(r + x). */
export function bgNbdAlive({ r, alpha, a, b }: BgNbdParams, x: number, atLast: number, age: number): number {
  if (x === 0) return 1
  return 1 / (1 + Math.exp(bgNbdLogDropoutOdds(r, alpha, a, b, x, atLast, age)))
}

/** ln w: the logarithm of the odds that a customer with x > 0 repeats left at the last of them. */
export function bgNbdLogDropoutOdds(
  r: number,
  alpha: number,
  a: number,
  b: number,
  x: number,
  atLast: number,
  age: number,
): number {
  return Math.log(a / (b + (x - 1))) + (r + x) * Math.log1p((age - atLast) / (alpha + atLast))
}
