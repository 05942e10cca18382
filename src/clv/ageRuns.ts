import { ageRunsInto, countAgeRuns } from '../kernels/ageRuns.ts'
import type { PurchaseHistories } from './purchaseHistories.ts'

/** Distinct histories in runs that share x and T. */
export interface AgeRuns {
  readonly count: number
  /** x of each run, ascending. */
  readonly repeats: Uint32Array
  /** T of each run, as an index into the times of the histories; ascending where x is the same. */
  readonly timeAtEnd: Uint32Array
  /** Customers of each run. */
  readonly weights: Float64Array
  /** First history of each run, and the number of histories. */
  readonly starts: Uint32Array
}

/** The runs of histories that share x and T. Linear. */
export function ageRuns({ repeats, timeAtEnd, weights }: PurchaseHistories): AgeRuns {
  const count = countAgeRuns(repeats, timeAtEnd)
  const runs = {
    count,
    repeats: new Uint32Array(count),
    timeAtEnd: new Uint32Array(count),
    weights: new Float64Array(count),
    starts: new Uint32Array(count + 1),
  }
  ageRunsInto(repeats, timeAtEnd, weights, runs.starts, runs.repeats, runs.timeAtEnd, runs.weights)
  return runs
}
