import { checkChoice, checkInteger, checkNoOthers, checkNumber } from '../core/checks.ts'
import { checkSeed } from '../core/random.ts'
import type { ScalingRule } from './scaling.ts'

/** Options of k-means apart from the number of clusters. */
export interface ClusterOptions {
  /** Seed of the first centroids, an integer of 32 bits. @default 1 */
  readonly seed?: number
  /** Number of starts, 1 to 1,000; the best is kept. @default 10 */
  readonly restarts?: number
  /** Starts are tried on a sample of at most so many rows, 100 or more; the best is refined on all. @default 5000 */
  readonly startRows?: number
  /** Iterations allowed to each start, and to the refinement of the best, 1 to 1,000,000. @default 300 */
  readonly maxIterations?: number
  /**
   * All rows are reassigned together until no centroid moves more than this share of the spread of the columns, 0 to
   * 1, and one at a time from there until no single move helps. @default 0.03
   */
  readonly tolerance?: number
  /** What is done to columns before distances are measured. @default 'log' */
  readonly scaling?: ScalingRule
}

/** Every option of k-means but `k`, checked. */
export function resolveClusterOptions(caller: string, options: ClusterOptions): Required<ClusterOptions> {
  const {
    seed = 1,
    restarts = 10,
    startRows = 5000,
    maxIterations = 300,
    tolerance = 0.03,
    scaling = 'log',
    ...others
  } = options
  checkNoOthers(caller, others)
  return {
    seed: checkSeed(caller, seed),
    restarts: checkInteger(caller, 'restarts', restarts, 1, 1000),
    startRows: checkInteger(caller, 'startRows', startRows, 100, Number.MAX_SAFE_INTEGER),
    maxIterations: checkInteger(caller, 'maxIterations', maxIterations, 1, 1e6),
    tolerance: checkNumber(caller, 'tolerance', tolerance, 0, 1),
    scaling: checkChoice(caller, 'scaling', scaling, ['log', 'standard', 'none']),
  }
}
