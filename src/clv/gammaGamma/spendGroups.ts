import { logSum } from '../../kernels/logSum.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import type { SpendHistories } from './spendHistories.ts'

/** Customers with the same number of repeats, and what no parameter moves. */
export interface SpendGroups {
  /** x of each group, ascending. */
  readonly repeats: Uint32Array
  /** First customer of each group, and the number of customers. */
  readonly starts: Uint32Array
  /** Σ weight of each group. */
  readonly customers: Float64Array
  /** Σ weight · ln y of each group. */
  readonly logMoney: Float64Array
  /** Whether all weights are 1. */
  readonly isUnit: boolean
}

/** The groups of customers with the same number of repeats. Linear. */
export function spendGroups({ repeats, money, weights }: SpendHistories): SpendGroups {
  const isUnit = areOnes(weights)
  const starts = startsOf(repeats)
  const ends = [...starts.slice(1), repeats.length]
  const customers = (start: number, end: number): number => (isUnit ? end - start : compensatedSum(weights, start, end))
  return {
    repeats: Uint32Array.from(starts, (start) => repeats[start]!),
    starts: Uint32Array.from([...starts, repeats.length]),
    customers: Float64Array.from(starts, (start, group) => customers(start, ends[group]!)),
    logMoney: Float64Array.from(starts, (start, group) => logSum(start, ends[group]!, weights, isUnit, money)),
    isUnit,
  }
}

function areOnes(weights: Float64Array): boolean {
  for (let i = 0; i < weights.length; i++) if (weights[i] !== 1) return false
  return true
}

function startsOf(repeats: Uint32Array): number[] {
  const starts: number[] = []
  for (let i = 0, last = -1; i < repeats.length; i++) {
    if (repeats[i] === last) continue
    last = repeats[i]!
    starts.push(i)
  }
  return starts
}

/** Σ weight · ln m: the part of the log-likelihood that no parameter moves. */
export function logMeansOf({ repeats, customers, logMoney }: SpendGroups): number {
  return compensatedSum(logMoney.map((sum, group) => sum - customers[group]! * Math.log(repeats[group]!)))
}
