import { checkInteger, checkNoOthers, checkNumber, checkOptions } from '../../core/checks.ts'
import { aliveNow } from '../aliveNow.ts'
import { checkModelAndData } from '../checkModel.ts'
import { customerFutures } from '../customerFutures.ts'
import { processesOf } from '../customerProcesses.ts'
import type { PeriodHistories } from '../periodHistories.ts'
import type { FutureProcess } from '../purchaseProcess.ts'
import type { BgBbModel } from './bgBb.ts'

/** Options of `discountedPurchases`. */
export interface DiscountedPurchasesOptions {
  /** What a purchase loses for each period that it comes later: 0.1 for 10 %, at least 0. */
  readonly discountRate: number
  /** Opportunities to count, a whole number of at least 1. @default Infinity */
  readonly horizon?: number
}

const MOST = 10_000_000

/**
 * Probability that each customer is still there `periods` opportunities from now. Linear.
 *
 * @param periods - a whole number of at least 0
 * @throws {ClienteleError} `UNIT_MISMATCH` if the histories are not in periods; `BAD_OPTION` for periods that are no such number
 * @see Fader, Hardie & Shang (2010), equation 11
 * @example
 * probabilityAliveAfter(donations1995, donors, 1)[0] // 0.108…
 */
export function probabilityAliveAfter(model: BgBbModel, histories: PeriodHistories, periods: number): Float64Array {
  const caller = 'probabilityAliveAfter'
  checkModelAndData(caller, model, histories, ['bgBb'], ['model', 'histories'])
  checkInteger(caller, 'periods', periods, 0, MOST)
  return ofFutures(caller, model, histories, (future) => future.survival(periods))
}

/**
 * Expected purchases of each customer at the opportunities to come, each discounted by (1 + rate)^−k at the k-th from
 * now: the discounted expected residual transactions (DERT) of the literature. There is no other step and no continuous form,
 * as nothing is bought between opportunities; times margin and expected spend it is residual value, for which
 * `lifetimeValue` would have to know how long a period is. A short quadrature for each distinct
 * (x, n) without a horizon, as many steps as opportunities with one.
 *
 * @returns infinity without horizon and rate where γ ≤ 1: then customers stay for ever so long
 * @throws {ClienteleError} `UNIT_MISMATCH` if the histories are not in periods; `BAD_OPTION` for an option out of range
 * @see Fader, Hardie & Shang (2010), equation 14
 * @example
 * discountedPurchases(donations1995, donors, { discountRate: 0.1 })[0] // 0.114…
 */
export function discountedPurchases(
  model: BgBbModel,
  histories: PeriodHistories,
  options: DiscountedPurchasesOptions,
): Float64Array {
  const caller = 'discountedPurchases'
  checkModelAndData(caller, model, histories, ['bgBb'], ['model', 'histories'])
  const { discountRate, horizon = Number.POSITIVE_INFINITY, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  if (horizon !== Number.POSITIVE_INFINITY) checkInteger(caller, 'horizon', horizon, 1, MOST)
  checkNumber(caller, 'discountRate', discountRate, 0, Number.POSITIVE_INFINITY)
  const delta = Math.log1p(discountRate)
  return ofFutures(caller, model, histories, (future) => future.discounted(delta, horizon))
}

/** P(still there) times what the future of who is still there says. */
function ofFutures(
  caller: string,
  model: BgBbModel,
  histories: PeriodHistories,
  say: (future: FutureProcess) => number,
): Float64Array {
  const processes = processesOf(caller, model, histories)
  const { count, futureOf, future } = customerFutures(processes, histories)
  const ifAlive = Float64Array.from({ length: count }, (_, index) => say(future(index)))
  return aliveNow(processes, histories).map((alive, row) => alive * ifAlive[futureOf[row]!]!)
}
