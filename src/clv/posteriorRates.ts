import { checkModelAndData } from './checkModel.ts'
import { type CustomerModel, processesOf } from './customerProcesses.ts'
import type { TransactionHistories } from './periodHistories.ts'

/** What the histories of customers say about how they buy and leave, by row. */
export interface PosteriorRates {
  /** Expected purchases a time unit of the model, while the customer stays; under BG/BB the chance of one a period. */
  readonly rate: Float64Array
  /** Expected dropout: a probability a purchase, or a rate a time unit, as the model has it. */
  readonly dropout: Float64Array
}

/**
 * Posterior means of each customer's purchase rate and dropout, given the history and averaged over whether the
 * customer is still there. Linear.
 *
 * @param summary - one row a customer, in the time unit of `model`
 * @throws {ClienteleError} `UNIT_MISMATCH` if the time units differ
 * @see Fader, Hardie & Lee (2005), equation 3: given p and λ the likelihood is that of a gamma and a beta, mixed
 * @example
 * const { rate, dropout } = posteriorRates(model, summary)
 * rate[0] // 0.0552…
 */
export function posteriorRates(model: CustomerModel, summary: TransactionHistories): PosteriorRates {
  checkModelAndData('posteriorRates', model, summary)
  const processes = processesOf('posteriorRates', model, summary)
  const { repeats, ageAtLast, age } = summary
  return {
    rate: age.map((T, row) => processes.of(row).meanRate(repeats[row]!, ageAtLast[row]!, T)),
    dropout: age.map((T, row) => processes.of(row).meanDropout(repeats[row]!, ageAtLast[row]!, T)),
  }
}
