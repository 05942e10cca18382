import type { CustomerSummary } from '../table/customerSummary.ts'
import { groupRows, type RowGroups } from './groupRows.ts'
import type { FutureProcess, PurchaseProcess } from './purchaseProcess.ts'

/** Distinct histories that share a future, if they are still there: groups `start` up to `end`. */
export interface HistoryRun {
  readonly start: number
  readonly end: number
  readonly repeats: number
  /** The future under each process. */
  readonly futures: readonly FutureProcess[]
}

/** The distinct histories (x, t_x, T) of a summary, in the order of x, then T, then t_x. */
export function distinctHistories({ repeats, age, ageAtLast }: CustomerSummary): RowGroups {
  return groupRows([repeats, age, ageAtLast])
}

/**
 * Walks through distinct histories in runs that share a future, which does not depend on t_x under most models.
 *
 * @param processes - of one kind of model
 */
export function* historyRuns(
  { count, rowOf }: RowGroups,
  processes: readonly PurchaseProcess[],
  { repeats, ageAtLast, age }: CustomerSummary,
): Generator<HistoryRun, void> {
  for (let start = 0, end = 0; start < count; start = end) {
    const row = rowOf[start]!
    const [x, T] = [repeats[row]!, age[row]!]
    do end++
    while (!processes[0]!.needsTimeAtLast && end < count && repeats[rowOf[end]!] === x && age[rowOf[end]!] === T)
    const futures = processes.map((process) => process.ifAlive(x, ageAtLast[row]!, T))
    yield { start, end, repeats: x, futures }
  }
}

/** Writes P(alive) of a history under each process. */
export function aliveInto(
  processes: readonly PurchaseProcess[],
  x: number,
  atLast: number,
  age: number,
  out: Float64Array,
): void {
  processes.forEach(({ logDropoutOdds }, k) => {
    out[k] = 1 / (1 + Math.exp(logDropoutOdds(x, atLast, age)))
  })
}
