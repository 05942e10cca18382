import type { TransactionHistories } from './periodHistories.ts'
import type { CustomerProcesses } from './purchaseProcess.ts'

/** From here on, 1 − P(alive) would show what P(alive) has rounded away. */
const NEARLY_SURE = 0.9

/**
 * 1 − P(alive) of each customer with all its digits: from the odds where hardly a doubt is left that the customer is there.
 *
 * @param alive - P(alive) of each
 */
export function probabilityGone(
  processes: CustomerProcesses,
  { repeats, ageAtLast, age }: TransactionHistories,
  alive: Float64Array,
): Float64Array {
  return alive.map((share, row) => {
    if (share < NEARLY_SURE) return 1 - share
    return 1 / (1 + Math.exp(-processes.of(row).logDropoutOdds(repeats[row]!, ageAtLast[row]!, age[row]!)))
  })
}
