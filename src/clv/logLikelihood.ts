import { checkModelAndData } from './checkModel.ts'
import { type CustomerModel, processesOf } from './customerProcesses.ts'
import type { TransactionHistories } from './periodHistories.ts'

/**
 * Log-likelihood of each customer's history under a model, weights not counted. Their weighted sum is what the fit
 * maximises. Linear.
 *
 * @param summary - one row a customer, in the time unit of `model`
 * @throws {ClienteleError} `UNIT_MISMATCH` if the time units differ
 * @see Fader, Hardie & Lee (2005), equation 6
 * @example
 * logLikelihood(model, summary).reduce((sum, value) => sum + value) // -9582.429… for the CDNOW sample in weeks
 */
export function logLikelihood(model: CustomerModel, summary: TransactionHistories): Float64Array {
  checkModelAndData('logLikelihood', model, summary)
  const processes = processesOf('logLikelihood', model, summary)
  const { repeats, ageAtLast, age } = summary
  const { logSpeeds } = processes
  return age.map(
    (T, row) => processes.of(row).logLikelihood(repeats[row]!, ageAtLast[row]!, T) + (logSpeeds?.[row] ?? 0),
  )
}
