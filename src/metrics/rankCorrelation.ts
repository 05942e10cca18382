import { sampleCorrelation } from 'simple-statistics'
import { checkFinite, checkLength, checkList } from '../core/checks.ts'

/**
 * Spearman's rank correlation: how well the order of one column tells that of another, from −1 to 1. Equal values share
 * the mean of their ranks. NaN if a column has fewer than two different values.
 *
 * Sorts: n log n.
 *
 * @throws {ClienteleError} `BAD_SHAPE` if the lengths differ; `BAD_OPTION` for a value that is not finite
 * @see Kendall & Gibbons (1990), "Rank Correlation Methods", chapter 3 (ties)
 * @example
 * rankCorrelation([1, 2, 3, 4], [10, 20, 20, 90]) // 0.9486…
 */
export function rankCorrelation(left: ArrayLike<number>, right: ArrayLike<number>): number {
  const caller = 'rankCorrelation'
  checkLength(caller, 'right', right, checkList(caller, 'left', left).length)
  checkFinite(caller, 'left', left)
  checkFinite(caller, 'right', right)
  if (left.length < 2) return Number.NaN
  return sampleCorrelation(midRanks(left), midRanks(right))
}

/** Rank of each value, from 1; equal values share the mean of theirs. */
function midRanks(values: ArrayLike<number>): number[] {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort((i, j) => values[i]! - values[j]!)
  const ranks = new Array<number>(values.length)
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++
    for (let k = start; k < end; k++) ranks[order[k]!] = (start + end + 1) / 2
  }
  return ranks
}
