import { groupRows } from './groupRows.ts'
import type { TransactionHistories } from './periodHistories.ts'
import type { CustomerProcesses, FutureProcess } from './purchaseProcess.ts'

/** The futures that customers have if they are still there, one for all who share it. */
export interface CustomerFutures {
  readonly count: number
  /** Future of each row. */
  readonly futureOf: Uint32Array
  /** One row of each future. */
  readonly rowOf: Uint32Array
  readonly future: (index: number) => FutureProcess
}

/** Groups customers by what decides their future: (x, T), under some models t_x and covariates too. */
export function customerFutures(processes: CustomerProcesses, summary: TransactionHistories): CustomerFutures {
  const { repeats, ageAtLast, age } = summary
  const { count, groupOf, rowOf } = groupRows([
    ...processes.apart,
    repeats,
    age,
    ...(processes.needsTimeAtLast ? [ageAtLast] : []),
  ])
  const future = (index: number): FutureProcess => {
    const row = rowOf[index]!
    return processes.of(row).ifAlive(repeats[row]!, ageAtLast[row]!, age[row]!)
  }
  return { count, futureOf: groupOf, rowOf, future }
}
