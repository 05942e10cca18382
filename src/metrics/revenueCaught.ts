import { checkFinite, checkLength, checkList, checkNumber, checkPositive } from '../core/checks.ts'
import { compensatedSum } from '../math/compensatedSum.ts'

/**
 * How much of the revenue of the best customers a ranking finds: revenue of the `share` of customers that it puts on top,
 * divided by the revenue of as many customers picked with hindsight. 1 is perfect. Customers with equal scores at the
 * border count in proportion.
 *
 * Sorts: n log n.
 *
 * @param revenue - money of each customer in the time that was forecast
 * @param scores - what the customers were ranked by, highest first
 * @param share - share of the customers that is on top, above 0 to 1, rounded up to whole customers
 * @returns NaN if the best customers brought no money
 * @throws {ClienteleError} `BAD_SHAPE` if the lengths differ; `BAD_OPTION` for a value that is not finite or a share
 *   outside its range
 * @example
 * revenueCaught([90, 10, 60, 0], [3, 9, 8, 1], 0.5) // 0.4666…
 */
export function revenueCaught(revenue: ArrayLike<number>, scores: ArrayLike<number>, share: number): number {
  const caller = 'revenueCaught'
  checkLength(caller, 'scores', scores, checkList(caller, 'revenue', revenue).length)
  checkFinite(caller, 'revenue', revenue)
  checkFinite(caller, 'scores', scores)
  checkNumber(caller, 'share', checkPositive(caller, 'share', share), 0, 1)
  // The dust of a binary fraction, as in 0.07 · 100, must not take one customer more.
  const top = Math.max(1, Math.ceil(share * revenue.length - 1e-9))
  const best = Float64Array.from(revenue).sort().slice(-top)
  const most = compensatedSum(best)
  return most > 0 ? revenueOfTop(revenue, scores, top) / most : Number.NaN
}

function revenueOfTop(revenue: ArrayLike<number>, scores: ArrayLike<number>, top: number): number {
  const border = Float64Array.from(scores).sort()[scores.length - top]!
  const above: number[] = []
  const tied: number[] = []
  for (let i = 0; i < scores.length; i++) {
    if (scores[i]! > border) above.push(revenue[i]!)
    else if (scores[i] === border) tied.push(revenue[i]!)
  }
  const shareOfTied = (top - above.length) / tied.length
  return compensatedSum(Float64Array.from(above)) + shareOfTied * compensatedSum(Float64Array.from(tied))
}
