import { badOption, checkInteger, checkNoOthers, checkNumber, checkOptions } from '../../core/checks.ts'
import { discountedForever, discountedPeriods } from '../../kernels/betaGeometric.ts'
import { CONTRACT_KINDS, checkModel } from '../checkModel.ts'
import { type ContractModel, contractCurve, logStaying } from './contractModel.ts'

/** Options of `expectedLifetime` and `expectedResidualLifetime`. */
export interface ContractLifetimeOptions {
  /** What a payment loses for each period that it comes later: 0.1 for 10 %, at least 0. @default 0 */
  readonly discountRate?: number
  /** Periods to count, a whole number of at least 1. @default Infinity */
  readonly horizon?: number
}

/**
 * Expected number of periods that a new customer pays for, the first at once, each discounted by its beginning (DEL of
 * the literature). Multiply by the net payment of a period for a lifetime value.
 *
 * @returns infinity where the mean of contracts is infinite: without discount and horizon, if α ≤ 1
 * @throws {ClienteleError} `BAD_OPTION` for an option out of range, or if a beta-discrete-Weibull model would have to be summed over
 *   more than 10^7 periods
 * @see Fader & Hardie (2010), "Customer-Base Valuation in a Contractual Setting: The Perils of Ignoring Heterogeneity",
 *   Marketing Science 29(1), equation 4
 * @example
 * expectedLifetime(contract, { discountRate: 0.1 }) // 5.92…, payments of today
 */
export function expectedLifetime(model: ContractModel, options: ContractLifetimeOptions = {}): number {
  const caller = 'expectedLifetime'
  checkModel(caller, model, CONTRACT_KINDS)
  const { discountRate, horizon } = resolve(caller, options)
  if (horizon === 1) return 1
  return 1 + renewals(caller, model, 0, discountRate, horizon - 1)
}

/**
 * Expected number of periods that a customer will still pay for, who made `renewalsMade` renewals and faces the next one
 * now; each discounted by its beginning, from that renewal on (DERL of the literature).
 *
 * @param renewalsMade - a whole number from 0 to 10^9
 * @returns infinity as `expectedLifetime`
 * @throws {ClienteleError} `BAD_OPTION` as `expectedLifetime`
 * @see Fader & Hardie (2010), equation 6
 * @example
 * expectedResidualLifetime(contract, 4, { discountRate: 0.1 }) // 6.89…
 */
export function expectedResidualLifetime(
  model: ContractModel,
  renewalsMade: number,
  options: ContractLifetimeOptions = {},
): number {
  const caller = 'expectedResidualLifetime'
  checkModel(caller, model, CONTRACT_KINDS)
  checkInteger(caller, 'renewalsMade', renewalsMade, 0, 1_000_000_000)
  const { discountRate, horizon } = resolve(caller, options)
  return (1 + discountRate) * renewals(caller, model, renewalsMade, discountRate, horizon)
}

/** Terms of a sum, at most. */
const MOST = 10_000_000

function resolve(caller: string, options: ContractLifetimeOptions): Required<ContractLifetimeOptions> {
  const { discountRate = 0, horizon = Number.POSITIVE_INFINITY, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkNumber(caller, 'discountRate', discountRate, 0, Number.POSITIVE_INFINITY)
  if (horizon !== Number.POSITIVE_INFINITY) checkInteger(caller, 'horizon', horizon, 1, MOST)
  return { discountRate, horizon }
}

/** Σ_{k=1}^{horizon} S(made + k) / S(made) / (1 + rate)^k. */
function renewals(caller: string, model: ContractModel, made: number, rate: number, horizon: number): number {
  const curve = contractCurve(caller, model)
  if (curve.limit === undefined && curve.c === 1) {
    return horizon === Number.POSITIVE_INFINITY
      ? discountedForever(curve.alpha, curve.beta + made, rate)
      : discountedPeriods(curve.alpha, curve.beta + made, rate, horizon)
  }
  // S falls with time like a power of it: slower than 1/t its sum has no bound.
  const power = curve.limit === undefined ? curve.c * curve.alpha : curve.limit.exponent
  if (rate === 0 && horizon === Number.POSITIVE_INFINITY && power <= 1) return Number.POSITIVE_INFINITY
  const perStep = Math.log1p(rate)
  let sum = 0
  for (let k = 1; k <= Math.min(horizon, MOST); k++) {
    const term = Math.exp(logStaying(curve, made, made + k) - k * perStep)
    sum += term
    // What is left is at most the geometric series of the discount.
    if (term <= 1e-17 * rate * sum || term === 0) return sum
  }
  if (horizon <= MOST) return sum
  const rule = `given where a discount rate of ${rate} lets more than ${MOST} periods count`
  throw badOption(caller, 'horizon', rule, horizon)
}
