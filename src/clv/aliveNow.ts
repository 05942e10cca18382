import type { TransactionHistories } from './periodHistories.ts'
import type { CustomerProcesses } from './purchaseProcess.ts'

/** Probability that each customer is still active at the end of their history, by the process of each. */
export function aliveNow(
  processes: CustomerProcesses,
  { repeats, ageAtLast, age }: TransactionHistories,
): Float64Array<ArrayBuffer> {
  const now = new Float64Array(age.length)
  const { aliveInto } = processes.apart.length === 0 ? processes.of(0) : {}
  if (aliveInto !== undefined) aliveInto(repeats, ageAtLast, age, now)
  else {
    for (let row = 0; row < now.length; row++) {
      now[row] = 1 / (1 + Math.exp(processes.of(row).logDropoutOdds(repeats[row]!, ageAtLast[row]!, age[row]!)))
    }
  }
  return now
}
