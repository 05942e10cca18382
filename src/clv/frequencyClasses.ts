import { checkInteger, checkLength, checkNoOthers, checkOptions } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkSummary } from '../table/checkSummary.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'

/** Customers who repeated equally often before, and what they did next beside what was expected of them. */
export interface FrequencyClass {
  /** Repeats before; the last class also holds the customers with more. */
  readonly repeats: number
  readonly isLast: boolean
  readonly customers: number
  /** Mean expected purchase days of one of them. */
  readonly expected: number
  /** Mean purchase days that one of them made. */
  readonly actual: number
}

/** Options of `frequencyClasses`. */
export interface FrequencyClassesOptions {
  /** Repeats of the last class, which holds the customers with more as well, 1 to 100. @default 7 */
  readonly last?: number
}

/**
 * Calibration of a forecast by how often customers repeated before: the classical second look at a purchase model, after
 * tracking. Classes without customers are left out. Linear.
 *
 * @param before - the calibration period, one row a customer
 * @param expected - purchase days expected of each customer in the time after it
 * @param actual - purchase days made by each
 * @returns classes, ascending
 * @throws {ClienteleError} `BAD_SHAPE` if the columns differ in length; `NOT_ENOUGH_DATA` without customers
 * @see Fader, Hardie & Lee (2005), "Counting Your Customers the Easy Way", figure 5
 * @example
 * frequencyClasses(summary, expectedPurchases(model, summary, 39), after.purchaseDays)[0]?.actual // 0.2367…
 */
export function frequencyClasses(
  before: CustomerSummary,
  expected: ArrayLike<number>,
  actual: ArrayLike<number>,
  options: FrequencyClassesOptions = {},
): readonly FrequencyClass[] {
  const caller = 'frequencyClasses'
  checkSummary(caller, before, 'before')
  const { last: most = 7, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  const { repeats, weights } = before
  checkLength(caller, 'expected', expected, repeats.length)
  checkLength(caller, 'actual', actual, repeats.length)
  const last = checkInteger(caller, 'last', most, 1, 100)
  if (repeats.length === 0) throw new ClienteleError('NOT_ENOUGH_DATA', `${caller}: the summary has no customers`)
  const sums = Array.from({ length: last + 1 }, () => ({ customers: 0, expected: 0, actual: 0 }))
  repeats.forEach((x, row) => {
    const sum = sums[Math.min(x, last)]!
    sum.customers += weights[row]!
    sum.expected += weights[row]! * expected[row]!
    sum.actual += weights[row]! * actual[row]!
  })
  return sums.flatMap((sum, x) => {
    if (sum.customers === 0) return []
    const means = { expected: sum.expected / sum.customers, actual: sum.actual / sum.customers }
    return [{ repeats: x, isLast: x === last, customers: sum.customers, ...means }]
  })
}
