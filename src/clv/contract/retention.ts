import { checkInteger } from '../../core/checks.ts'
import { type ContractModel, contractCurve, logStaying } from './contractModel.ts'
import { logOneMinusExp } from './contractSurvival.ts'

/** As many renewals as can be told from the next in all of the parameter space. */
const MAX_PERIODS = 1_000_000_000

/**
 * Probability that a new customer under contract makes `periods` renewals and more, to about 1e-15 of itself. Where it
 * is below the smallest double, `logSurvivalProbability` still is not.
 *
 * @param periods - a whole number from 0 to 10^9
 * @throws {ClienteleError} `BAD_OPTION` if it is not
 * @see Fader & Hardie (2007), equation 6; Fader et al. (2018), equation 5
 * @example
 * survivalProbability(contract, 7) // 0.488…, in the eighth year
 */
export function survivalProbability(model: ContractModel, periods: number): number {
  return Math.exp(logSurvivalAt('survivalProbability', model, periods))
}

/**
 * Logarithm of `survivalProbability`, for times when hardly anybody is left.
 *
 * @param periods - a whole number from 0 to 10^9
 * @throws {ClienteleError} `BAD_OPTION` if it is not
 * @example
 * logSurvivalProbability(contract, 1_000_000) // -8.36…
 */
export function logSurvivalProbability(model: ContractModel, periods: number): number {
  return logSurvivalAt('logSurvivalProbability', model, periods)
}

/**
 * Probability that a customer who made all renewals before the `period`-th makes that one too.
 *
 * @param period - a whole number from 1 to 10^9
 * @throws {ClienteleError} `BAD_OPTION` if it is not
 * @see Fader & Hardie (2007), equation 8: (β + t − 1) / (α + β + t − 1) under sBG
 * @example
 * retentionRate(contract, 1) // 0.850…
 * retentionRate(contract, 5) // 0.921…, of those still there
 */
export function retentionRate(model: ContractModel, period: number): number {
  const curve = contractCurve('retentionRate', model)
  checkInteger('retentionRate', 'period', period, 1, MAX_PERIODS)
  return Math.exp(logStaying(curve, period - 1, period))
}

/**
 * Probability that a new customer leaves at the `period`-th renewal, neither before nor after.
 *
 * @param period - a whole number from 1 to 10^9
 * @throws {ClienteleError} `BAD_OPTION` if it is not
 * @see Fader & Hardie (2007), equation 5
 * @example
 * churnProbability(contract, 1) // 0.149…
 */
export function churnProbability(model: ContractModel, period: number): number {
  return Math.exp(logChurnAt('churnProbability', model, period))
}

/**
 * Logarithm of `churnProbability`, for times when hardly anybody is left to leave.
 *
 * @param period - a whole number from 1 to 10^9
 * @throws {ClienteleError} `BAD_OPTION` if it is not
 * @example
 * logChurnProbability(contract, 1) // -1.90…
 */
export function logChurnProbability(model: ContractModel, period: number): number {
  return logChurnAt('logChurnProbability', model, period)
}

function logSurvivalAt(caller: string, model: ContractModel, periods: number): number {
  const curve = contractCurve(caller, model)
  return logStaying(curve, 0, checkInteger(caller, 'periods', periods, 0, MAX_PERIODS))
}

function logChurnAt(caller: string, model: ContractModel, period: number): number {
  const curve = contractCurve(caller, model)
  checkInteger(caller, 'period', period, 1, MAX_PERIODS)
  return logStaying(curve, 0, period - 1) + logOneMinusExp(logStaying(curve, period - 1, period))
}
