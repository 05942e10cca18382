import { logSum } from '../../kernels/logSum.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import type { SpendHistories } from './spendHistories.ts'

/** What no parameter moves of each group of customers with the same number of repeats. */
export interface SpendGroups {
  /** Σ weight. */
  readonly customers: Float64Array
  /** Σ weight · ln m. */
  readonly logMeans: Float64Array
}

/** The sums of each group. Linear. */
export function spendGroups(histories: SpendHistories): SpendGroups {
  const { starts, means, weights } = histories
  const logMeans = Float64Array.from(starts.subarray(1), (end, group) => logSum(starts[group]!, end, weights, means))
  return { customers: customersByRepeats(histories), logMeans }
}

/** Σ weight of each group. */
export function customersByRepeats({ starts, weights }: SpendHistories): Float64Array {
  return Float64Array.from(starts.subarray(1), (end, group) =>
    weights === undefined ? end - starts[group]! : compensatedSum(weights, starts[group]!, end),
  )
}
