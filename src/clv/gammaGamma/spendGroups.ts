import { logSum } from '../../kernels/logSum.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import type { SpendHistories } from './spendHistories.ts'

/** What no parameter moves of each group of customers with the same number of repeats. */
export interface SpendGroups {
  /** Σ weight. */
  readonly customers: Float64Array
  /** Σ weight · ln m. */
  readonly logMeans: Float64Array
  /** Whether all weights are 1. */
  readonly isUnit: boolean
}

/** The sums of each group. Linear. */
export function spendGroups({ starts, means, weights }: SpendHistories): SpendGroups {
  const isUnit = areOnes(weights)
  const ofGroups = (sum: (start: number, end: number) => number): Float64Array =>
    Float64Array.from(starts.subarray(1), (end, group) => sum(starts[group]!, end))
  return {
    customers: ofGroups((start, end) => (isUnit ? end - start : compensatedSum(weights, start, end))),
    logMeans: ofGroups((start, end) => logSum(start, end, weights, isUnit, means)),
    isUnit,
  }
}

function areOnes(weights: Float64Array): boolean {
  for (let i = 0; i < weights.length; i++) if (weights[i] !== 1) return false
  return true
}
