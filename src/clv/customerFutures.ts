import { groupRows } from './groupRows.ts'
import type { TransactionHistories } from './periodHistories.ts'
import type { FutureProcess, PurchaseProcess } from './purchaseProcess.ts'

/** The futures that customers have if they are still there, one for all who share it. */
export interface CustomerFutures {
  readonly count: number
  /** Future of each row. */
  readonly futureOf: Uint32Array
  /** One row of each future. */
  readonly rowOf: Uint32Array
  readonly future: (index: number) => FutureProcess
}

/** Groups customers by what decides their future: (x, T), under some models t_x too. */
export function customerFutures(process: PurchaseProcess, summary: TransactionHistories): CustomerFutures {
  const { repeats, ageAtLast, age } = summary
  const { count, groupOf, rowOf } = groupRows(process.needsTimeAtLast ? [repeats, age, ageAtLast] : [repeats, age])
  const future = (index: number): FutureProcess => {
    const row = rowOf[index]!
    return process.ifAlive(repeats[row]!, ageAtLast[row]!, age[row]!)
  }
  return { count, futureOf: groupOf, rowOf, future }
}
