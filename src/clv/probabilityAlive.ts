import { badOption, checkNoOthers, checkOptions } from '../core/checks.ts'
import { type Duration, durationIn } from '../core/timeUnit.ts'
import { expectedInto } from '../kernels/futureColumns.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import { aliveNow } from './aliveNow.ts'
import { checkModelAndData } from './checkModel.ts'
import { customerFutures } from './customerFutures.ts'
import { type CustomerModel, processesOf, type SummaryModel } from './customerProcesses.ts'
import type { TransactionHistories } from './periodHistories.ts'

/** Options of `probabilityAlive`. */
export interface ProbabilityAliveOptions {
  /** How long after the as-of day. @default at the as-of day itself */
  readonly after?: Duration
}

/**
 * Probability that each customer is still active at the as-of date, or some time `after` it. This is no churn score:
 * under BG/NBD a customer who bought once has not had an occasion to leave. Use `probabilityOfNoPurchase` for that.
 * Linear; with `after`, plus one short series for each distinct (x, T).
 *
 * @param summary - one row a customer, in the time unit of `model`
 * @returns a probability for each customer, in row order; under BG/NBD 1 for customers without a repeat purchase
 * @throws {ClienteleError} `UNIT_MISMATCH` if the time units differ; `BAD_OPTION` for an `after` that is no duration
 * @see Fader, Hardie & Lee (2008), "Computing P(alive) Using the BG/NBD Model"
 * @example
 * probabilityAlive(model, summary)[0] // 0.7266…
 * probabilityAlive(model, summary, { after: { weeks: 52 } })[0] // 0.5317…
 */
export function probabilityAlive(
  model: SummaryModel,
  summary: CustomerSummary,
  options?: ProbabilityAliveOptions,
): Float64Array
export function probabilityAlive(model: CustomerModel, summary: TransactionHistories): Float64Array
export function probabilityAlive(
  model: CustomerModel,
  summary: TransactionHistories,
  options: ProbabilityAliveOptions = {},
): Float64Array {
  checkModelAndData('probabilityAlive', model, summary)
  const { after, ...others } = checkOptions('probabilityAlive', options)
  checkNoOthers('probabilityAlive', others)
  const processes = processesOf('probabilityAlive', model, summary)
  const now = aliveNow(processes, summary)
  if (after === undefined) return now
  if (model.timeUnit === 'period')
    throw badOption('probabilityAlive', 'after', 'left to probabilityAliveAfter in periods', after)
  const t = durationIn('probabilityAlive', 'after', after, model.timeUnit)
  const { count, futureOf, future } = customerFutures(processes, summary)
  const stays = Float64Array.from({ length: count }, (_, index) => future(index).survival(t))
  expectedInto(now, futureOf, stays, now)
  return now
}

/**
 * ln P(alive) of each customer at the as-of date, which keeps its digits where the probability is below the smallest
 * double, as that of a customer who bought daily and then fell silent for years. Linear.
 *
 * @param summary - one row a customer, in the time unit of `model`
 * @throws {ClienteleError} `UNIT_MISMATCH` if the time units differ
 * @see Fader, Hardie & Lee (2008), "Computing P(alive) Using the BG/NBD Model"
 * @example
 * logProbabilityAlive(model, summary)[0] // -0.319…, the logarithm of 0.7266…
 */
export function logProbabilityAlive(model: CustomerModel, summary: TransactionHistories): Float64Array {
  checkModelAndData('logProbabilityAlive', model, summary)
  const processes = processesOf('logProbabilityAlive', model, summary)
  const { repeats, ageAtLast, age } = summary
  return age.map((T, row) => {
    const logOdds = processes.of(row).logDropoutOdds(repeats[row]!, ageAtLast[row]!, T)
    return -Math.max(logOdds, 0) - Math.log1p(Math.exp(-Math.abs(logOdds)))
  })
}
