import { logSum } from '../../kernels/logSum.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import { type SpendHistories, unlessOnes } from './spendHistories.ts'

/** What no parameter moves of each group of customers with the same number of repeats. */
export interface SpendGroups {
  /** Σ weight. */
  readonly customers: Float64Array
  /** Σ weight · ln m. */
  readonly logMeans: Float64Array
  /** Of each customer; undefined where all are 1. */
  readonly weights: Float64Array | undefined
}

/** The sums of each group. Linear. */
export function spendGroups(histories: SpendHistories): SpendGroups {
  const { repeats, starts, means } = histories
  const weights = histories.weights && unlessOnes(histories.weights)
  const logMeans = new Float64Array(repeats.length)
  for (let g = 0; g < repeats.length; g++) logMeans[g] = logSum(starts[g]!, starts[g + 1]!, weights, means)
  return { customers: customersByRepeats({ ...histories, weights }), logMeans, weights }
}

/** Σ weight of each group. */
export function customersByRepeats({ repeats, starts, weights }: SpendHistories): Float64Array {
  const customers = new Float64Array(repeats.length)
  for (let g = 0; g < repeats.length; g++) {
    const [start, end] = [starts[g]!, starts[g + 1]!]
    customers[g] = weights === undefined ? end - start : compensatedSum(weights, start, end)
  }
  return customers
}
