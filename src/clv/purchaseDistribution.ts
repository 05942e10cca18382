import { checkInteger, checkNoOthers, checkOptions, checkPositive } from '../core/checks.ts'
import { aliveNow } from './aliveNow.ts'
import { CUSTOMER_KINDS, checkModel, checkModelAndData } from './checkModel.ts'
import { customerFutures } from './customerFutures.ts'
import { type CustomerModel, processesOf } from './customerProcesses.ts'
import { type OneCustomer, processOfOne } from './oneCustomer.ts'
import type { TransactionHistories } from './periodHistories.ts'
import { probabilityGone } from './probabilityGone.ts'

/** Options of `purchaseDistribution`. */
export interface PurchaseDistributionOptions {
  /** Largest count with a probability of its own, 0 to 100,000. @default 20 */
  readonly max?: number
}

/** Options of `purchaseDistributionOfNewCustomer`. */
export interface NewCustomerDistributionOptions extends PurchaseDistributionOptions, OneCustomer {}

/** For each customer, the probability of each count of purchase days in the horizon. */
export interface PurchaseDistribution {
  readonly customers: number
  readonly max: number
  /** `customers × (max + 1)`, row by row: customer `c` buys n times with `probabilities[c * (max + 1) + n]`. */
  readonly probabilities: Float64Array
  /** For each customer, the probability of more than `max`. */
  readonly beyond: Float64Array
}

/**
 * Distribution of each customer's purchase days in the next `horizon`. Exact: still there at T, a customer has the
 * future of a new one under (r + x, α + T, a, b + x). Linear in customers × `max`.
 *
 * @param summary - one row a customer, in the time unit of `model`
 * @param horizon - in the time unit of `model`, above 0
 * @throws {ClienteleError} `UNIT_MISMATCH` if the time units differ; `BAD_OPTION` for a horizon or `max` out of range
 * @see Fader, Hardie & Lee (2005), equation 8, with the posterior in place of the prior
 * @example
 * purchaseDistribution(model, summary, 39, { max: 3 }).probabilities[0] // 0.44…, of no purchase
 */
export function purchaseDistribution(
  model: CustomerModel,
  summary: TransactionHistories,
  horizon: number,
  options: PurchaseDistributionOptions = {},
): PurchaseDistribution {
  const caller = 'purchaseDistribution'
  checkModelAndData(caller, model, summary)
  checkPositive(caller, 'horizon', horizon)
  const { max = 20, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkInteger(caller, 'max', max, 0, MAX_COUNT)
  const customers = summary.repeats.length
  const processes = processesOf(caller, model, summary)
  const { count, futureOf, future } = customerFutures(processes, summary)
  const width = max + 1
  const ofFutures = new Float64Array(count * width)
  const beyondFutures = Float64Array.from({ length: count }, (_, index) =>
    future(index).pmfInto(horizon, ofFutures.subarray(index * width, (index + 1) * width)),
  )
  const alive = aliveNow(processes, summary)
  const gone = probabilityGone(processes, summary, alive)
  const probabilities = new Float64Array(customers * width)
  for (let row = 0; row < customers; row++) {
    const from = futureOf[row]! * width
    for (let n = 0; n < width; n++) probabilities[row * width + n] = alive[row]! * ofFutures[from + n]!
    probabilities[row * width]! += gone[row]!
  }
  const beyond = alive.map((share, row) => share * beyondFutures[futureOf[row]!]!)
  return { customers, max, probabilities, beyond }
}

/**
 * Distribution of the repeat purchase days of a customer in the first `horizon` after the first purchase. A model with
 * covariates must know those of the customer, and a seasonal one its calendar and the day of the first purchase. Linear in
 * `max`.
 *
 * @param horizon - in the time unit of `model`, above 0
 * @returns max + 1 probabilities, of 0, 1, … `max` repeats; what is missing to 1 is the probability of more
 * @throws {ClienteleError} `BAD_OPTION` for a horizon or `max` out of range, or where covariates, calendar or first day are
 *   missing; `BAD_SHAPE` if the calendar has other covariates than the model, or does not reach from the first purchase to
 *   the horizon
 * @see Fader, Hardie & Lee (2005), equation 8
 * @example
 * purchaseDistributionOfNewCustomer(model, 39)[0] // 0.574…
 */
export function purchaseDistributionOfNewCustomer(
  model: CustomerModel,
  horizon: number,
  options: NewCustomerDistributionOptions = {},
): Float64Array {
  const caller = 'purchaseDistributionOfNewCustomer'
  checkModel(caller, model, CUSTOMER_KINDS)
  checkPositive(caller, 'horizon', horizon)
  const { max = 20, covariates, firstPurchase, calendar, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkInteger(caller, 'max', max, 0, MAX_COUNT)
  const probabilities = new Float64Array(max + 1)
  processOfOne(caller, model, { covariates, firstPurchase, calendar }).ofNewCustomer.pmfInto(horizon, probabilities)
  return probabilities
}

/**
 * Probability that each customer buys nothing in the next `horizon`: gone already, or still there without a purchase.
 * A churn score under the model. Linear.
 *
 * @param summary - one row a customer, in the time unit of `model`
 * @param horizon - in the time unit of `model`, above 0
 * @throws {ClienteleError} `UNIT_MISMATCH` if the time units differ; `BAD_OPTION` for a horizon out of range
 * @see Fader, Hardie & Lee (2005), equation 8 at x = 0, with the posterior in place of the prior
 * @example
 * probabilityOfNoPurchase(model, summary, 39)[0] // 0.445…
 */
export function probabilityOfNoPurchase(
  model: CustomerModel,
  summary: TransactionHistories,
  horizon: number,
): Float64Array {
  const caller = 'probabilityOfNoPurchase'
  checkModelAndData(caller, model, summary)
  checkPositive(caller, 'horizon', horizon)
  const processes = processesOf(caller, model, summary)
  const { count, futureOf, future } = customerFutures(processes, summary)
  const noneIfAlive = new Float64Array(count)
  for (let index = 0; index < count; index++) future(index).pmfInto(horizon, noneIfAlive.subarray(index, index + 1))
  const alive = aliveNow(processes, summary)
  const gone = probabilityGone(processes, summary, alive)
  return gone.map((share, row) => share + alive[row]! * noneIfAlive[futureOf[row]!]!)
}

const MAX_COUNT = 100_000
