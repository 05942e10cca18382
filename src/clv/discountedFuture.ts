import type { DiscountSteps } from './discounting.ts'
import type { FutureProcess } from './purchaseProcess.ts'

/** What a customer who is still there may be expected to do within a horizon. */
export interface DiscountedFuture {
  /** Expected purchases. */
  readonly plain: number
  /** The same, each discounted by the end of its step. */
  readonly discounted: number
}

/** Expected purchases of a future within the steps of a horizon. One expectation a step. */
export function discountedFuture(future: FutureProcess, { ends, factors }: DiscountSteps): DiscountedFuture {
  let plain = 0
  let discounted = 0
  for (let k = 0; k < ends.length; k++) {
    const upTo = future.expected(ends[k]!)
    // Expectations grow with time; where they have stopped growing, rounding must not make a step negative.
    discounted += factors[k]! * Math.max(upTo - plain, 0)
    plain = upTo
  }
  return { plain, discounted }
}

/**
 * Expected time that the customer is kept, in time units, discounted: at the beginning of each step, its length if the
 * customer is still there then. One probability a step.
 *
 * @param survival - P(still there after t)
 */
export function discountedStay(survival: (t: number) => number, { ends, factors }: DiscountSteps): number {
  let kept = 0
  for (let k = 0; k < ends.length; k++) {
    const start = k > 0 ? ends[k - 1]! : 0
    const factor = k > 0 ? factors[k - 1]! : 1
    kept += factor * (ends[k]! - start) * (start > 0 ? survival(start) : 1)
  }
  return kept
}
