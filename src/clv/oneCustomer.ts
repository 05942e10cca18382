import { parseDay } from '../core/calendar.ts'
import { badOption } from '../core/checks.ts'
import { type CovariateValues, modelWithCovariates } from './covariates/customerModels.ts'
import { checkPurchaseCalendar, type PurchaseCalendar } from './covariates/purchaseCalendar.ts'
import { seasonalProcesses } from './covariates/seasonalProcesses.ts'
import type { CustomerModel } from './customerProcesses.ts'
import { processOf } from './purchaseModel.ts'
import type { PurchaseProcess } from './purchaseProcess.ts'

/**
 * What models must know of one customer who stands in no summary. A model without covariates or seasons needs nothing,
 * and does not mind.
 */
export interface OneCustomer {
  /** The customer's covariates, for a model with covariates: a number for each of its columns. @default none */
  readonly covariates?: CovariateValues
  /** Day of the first purchase, `YYYY-MM-DD`, for a seasonal model. @default none */
  readonly firstPurchase?: string
  /**
   * The calendar of a seasonal model, with the covariates of the fit, from the first purchase as far as it is asked.
   * @default none
   */
  readonly calendar?: PurchaseCalendar
}

/**
 * The process of one customer.
 *
 * @throws {ClienteleError} `BAD_OPTION` if the model must know what is missing; `BAD_SHAPE` for a calendar with other
 *   covariates, or that begins after the first purchase
 */
export function processOfOne(
  caller: string,
  model: CustomerModel,
  customer: { readonly [Field in keyof OneCustomer]: OneCustomer[Field] | undefined },
): PurchaseProcess {
  const { covariates, firstPurchase, calendar } = customer
  if (model.kind === 'purchaseCovariates') {
    if (covariates === undefined) throw badOption(caller, 'covariates', 'those of the customer', covariates)
    return processOf(modelWithCovariates(caller, model, covariates))
  }
  if (model.kind !== 'seasonalPurchases') return processOf(model)
  if (calendar === undefined) throw badOption(caller, 'calendar', 'that of the seasonal model', calendar)
  checkPurchaseCalendar(caller, calendar)
  const first = parseDay(caller, 'firstPurchase', firstPurchase!)
  const histories = {
    customers: [''],
    timeUnit: model.timeUnit,
    offsets: Uint32Array.of(0, 1),
    day: Int32Array.of(first),
    lastDay: first,
  }
  return seasonalProcesses(caller, model, { histories, calendar }).of(0)
}
