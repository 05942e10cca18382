import { groupRows, type RowGroups } from './groupRows.ts'
import type { TransactionHistories } from './periodHistories.ts'
import type { CustomerProcesses, FutureProcess, PurchaseProcess } from './purchaseProcess.ts'

/** Distinct histories that share a future, if they are still there: groups `start` up to `end`. */
export interface HistoryRun {
  readonly start: number
  readonly end: number
  readonly repeats: number
  /** What each model says of these customers. */
  readonly processes: readonly PurchaseProcess[]
  /** The future under each of them. */
  readonly futures: readonly FutureProcess[]
}

/**
 * The distinct histories of a summary, customers with different processes apart, in the order of x, then T, then t_x.
 *
 * @param processes - under models of one kind, at least one
 * @param more - columns that tell customers apart beside those
 */
export function distinctHistories(
  [processes]: readonly CustomerProcesses[],
  { repeats, age, ageAtLast }: TransactionHistories,
  more: readonly ArrayLike<number>[] = [],
): RowGroups {
  return groupRows([...processes!.apart, repeats, age, ageAtLast, ...more])
}

/** Walks through distinct histories in runs that share a future, which does not depend on t_x under most models. */
export function* historyRuns(
  { count, rowOf }: RowGroups,
  models: readonly CustomerProcesses[],
  { repeats, ageAtLast, age }: TransactionHistories,
): Generator<HistoryRun, void> {
  const { apart, needsTimeAtLast } = models[0]!
  for (let start = 0, end = 0; start < count; start = end) {
    const row = rowOf[start]!
    const [x, T] = [repeats[row]!, age[row]!]
    const isShared = (other: number): boolean =>
      repeats[other] === x && age[other] === T && apart.every((column) => column[other] === column[row])
    do end++
    while (!needsTimeAtLast && end < count && isShared(rowOf[end]!))
    const processes = models.map((model) => model.of(row))
    const futures = processes.map((process) => process.ifAlive(x, ageAtLast[row]!, T))
    yield { start, end, repeats: x, processes, futures }
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
