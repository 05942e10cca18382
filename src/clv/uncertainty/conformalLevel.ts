import { compensatedSum } from '../../math/compensatedSum.ts'

/** The level at which intervals cover as they should on a holdout. */
export interface IntervalCalibration {
  /** Share of customers whose interval shall cover. */
  readonly level: number
  /** What to ask for instead; 1, which is every value, where there are too few customers to say more. */
  readonly adjustedLevel: number
  /** Share of the customers whose interval covered at `level` as it was. */
  readonly coverage: number
  /** Customers of the holdout, weights counted. */
  readonly customers: number
}

/** What the quantiles of counts forgive, doubled, and a rounding of the level. */
const HAIR = 4e-14

/**
 * The adjusted level of equal-tailed intervals, which are nested: that at level λ holds a value if neither tail from the
 * value on is below (1 − λ) / 2. A new customer's smaller tail is among the k smallest of n + 1 exchangeable ones with
 * probability k / (n + 1), so that k = ⌊(n + 1)(1 − level)⌋ leaves at least `level` for the rest.
 *
 * @param tails - the smaller of P(≤ y) and P(≥ y), y the value that was observed
 */
export function conformalLevel(level: number, tails: Float64Array, weights: Float64Array): IntervalCalibration {
  const customers = compensatedSum(weights)
  const inside = compensatedSum(weights.map((weight, i) => (2 * tails[i]! > 1 - level - HAIR ? weight : 0)))
  const rank = Math.floor((customers + 1) * (1 - level) + 1e-9)
  const order = Uint32Array.from(tails, (_, i) => i).sort((i, j) => tails[i]! - tails[j]!)
  let counted = 0
  let tail = 0
  for (let k = 0; k < order.length && counted < rank; k++) {
    counted += weights[order[k]!]!
    tail = tails[order[k]!]!
  }
  // A hair wider, so that the customers who decide it lie inside themselves: many share their history and count.
  const alpha = rank < 1 ? 0 : Math.max(0, Math.min(2 * tail, 1) * (1 - 1e-9) - HAIR)
  return { level, adjustedLevel: 1 - alpha, coverage: inside / customers, customers }
}
