import type { PurchaseGaps } from './purchaseGaps.ts'

/** How regularly customers buy: their gaps taken as Gamma distributed with this shape, whatever their rates. */
export interface Regularity {
  /** Shape of the gaps: 1 is at random, 2 and more as if by habit, below 1 in bursts. NaN where it cannot be told. */
  readonly k: number
  /** Ends of the 90 % interval of `k`; NaN likewise. */
  readonly low: number
  readonly high: number
  /** Customers with two gaps that were looked at. */
  readonly customers: number
}

/** Two gaps that are together shorter than this say more about the calendar, which has whole days, than about habit. */
const SHORTEST = 10

/** Fewer customers than these have no interval worth its name. */
const FEWEST = 30

/**
 * Regularity by the first of two neighbouring gaps as a share of both, which is Beta(k, k) whatever a customer's rate, so
 * that nothing needs to be known of how customers differ. The last two gaps of each customer count. Linear.
 *
 * @see Wheat & Morrison (1990), "Estimating Purchase Regularity with Two Interpurchase Times", Journal of Marketing
 *   Research 27(1), equation 3
 */
export function regularityOf({ offsets, days }: PurchaseGaps): Regularity {
  let customers = 0
  let squares = 0
  let fourths = 0
  for (let c = 0; c + 1 < offsets.length; c++) {
    const end = offsets[c + 1]!
    if (end - offsets[c]! < 2) continue
    const both = days[end - 1]! + days[end - 2]!
    if (both < SHORTEST) continue
    const square = (days[end - 2]! / both - 0.5) ** 2
    customers++
    squares += square
    fourths += square * square
  }
  if (customers < FEWEST || squares === 0) return { k: Number.NaN, low: Number.NaN, high: Number.NaN, customers }
  const variance = squares / customers
  const error = Math.sqrt((fourths / customers - variance * variance) / customers)
  return {
    k: shapeOf(variance),
    low: shapeOf(variance + Z90 * error),
    high: variance > Z90 * error ? shapeOf(variance - Z90 * error) : Number.POSITIVE_INFINITY,
    customers,
  }
}

/** Normal quantile of a two-sided 90 % interval. */
const Z90 = 1.6448536269514722

/** The k with Var Beta(k, k) = 1 / (4 (2k + 1)). */
function shapeOf(variance: number): number {
  return 1 / (8 * variance) - 0.5
}
