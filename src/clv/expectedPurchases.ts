import { checkNoOthers, checkNumber, checkOptions } from '../core/checks.ts'
import { expectedInto } from '../kernels/futureColumns.ts'
import { aliveNow } from './aliveNow.ts'
import { CUSTOMER_KINDS, checkModel, checkModelAndData } from './checkModel.ts'
import { customerFutures } from './customerFutures.ts'
import { type CustomerModel, processesOf } from './customerProcesses.ts'
import { type OneCustomer, processOfOne } from './oneCustomer.ts'
import type { TransactionHistories } from './periodHistories.ts'

/**
 * Expected purchase days of each customer in the next `horizon`, to about 1e-14 of itself in all of the parameter
 * space. Costs one short series for each distinct (x, T).
 *
 * @param summary - one row a customer, in the time unit of `model`
 * @param horizon - length of the future after the as-of day, in the time unit of `model`, at least 0
 * @returns an expected count for each customer, in row order
 * @throws {ClienteleError} `UNIT_MISMATCH` if the time units differ; `BAD_OPTION` for a negative horizon
 * @see Fader, Hardie & Lee (2005), equation 10
 * @example
 * expectedPurchases(model, summary, 39)[0] // 1.225…, purchase days in 39 weeks
 */
export function expectedPurchases(model: CustomerModel, summary: TransactionHistories, horizon: number): Float64Array {
  const caller = 'expectedPurchases'
  checkModelAndData(caller, model, summary)
  checkNumber(caller, 'horizon', horizon, 0, Number.POSITIVE_INFINITY)
  const processes = processesOf(caller, model, summary)
  const { count, futureOf, future } = customerFutures(processes, summary)
  const ifAlive = Float64Array.from({ length: count }, (_, index) => future(index).expected(horizon))
  const expected = aliveNow(processes, summary)
  expectedInto(expected, futureOf, ifAlive, expected)
  return expected
}

/**
 * Expected repeat purchase days of a customer in the first `horizon` after the first purchase. A model with covariates must
 * know those of the customer, and a seasonal one its calendar and the day of the first purchase. One short series.
 *
 * @param horizon - in the time unit of `model`, at least 0
 * @throws {ClienteleError} `BAD_OPTION` for a negative horizon, or where covariates, calendar or first day are missing;
 *   `BAD_SHAPE` if the calendar has other covariates than the model, or does not reach from the first purchase to the
 *   horizon
 * @see Fader, Hardie & Lee (2005), equation 9
 * @example
 * expectedPurchasesOfNewCustomer(model, 52) // 1.44…
 */
export function expectedPurchasesOfNewCustomer(
  model: CustomerModel,
  horizon: number,
  options: OneCustomer = {},
): number {
  const caller = 'expectedPurchasesOfNewCustomer'
  checkModel(caller, model, CUSTOMER_KINDS)
  checkNumber(caller, 'horizon', horizon, 0, Number.POSITIVE_INFINITY)
  const { covariates, firstPurchase, calendar, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  return processOfOne(caller, model, { covariates, firstPurchase, calendar }).ofNewCustomer.expected(horizon)
}
