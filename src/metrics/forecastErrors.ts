import { checkFinite, checkLength, checkList } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { compensatedSum } from '../math/compensatedSum.ts'

/** How far forecasts of counts or of money lie from what happened. */
export interface ForecastErrors {
  /** Mean absolute error. Smallest for the median: where most customers buy nothing, "nobody buys" does well by it. */
  readonly mae: number
  /** Root of the mean squared error. Smallest for the mean. */
  readonly rmse: number
  /** Mean of forecast − actual: above 0 if too much was forecast. */
  readonly bias: number
}

/**
 * Errors of forecasts, one a customer. Linear.
 *
 * @throws {ClienteleError} `BAD_SHAPE` if the lengths differ; `BAD_OPTION` for a value that is not finite;
 *   `NOT_ENOUGH_DATA` without customers
 * @example
 * forecastErrors([0, 2], [1, 4]) // { mae: 1.5, rmse: 1.5811…, bias: 1.5 }
 */
export function forecastErrors(actual: ArrayLike<number>, forecast: ArrayLike<number>): ForecastErrors {
  const caller = 'forecastErrors'
  checkLength(caller, 'forecast', forecast, checkList(caller, 'actual', actual).length)
  checkFinite(caller, 'actual', actual)
  checkFinite(caller, 'forecast', forecast)
  const customers = actual.length
  if (customers === 0) throw new ClienteleError('NOT_ENOUGH_DATA', `${caller}: there are no customers`)
  const errors = Float64Array.from({ length: customers }, (_, i) => forecast[i]! - actual[i]!)
  return {
    mae: compensatedSum(errors.map(Math.abs)) / customers,
    rmse: Math.sqrt(compensatedSum(errors.map((error) => error * error)) / customers),
    bias: compensatedSum(errors) / customers,
  }
}
