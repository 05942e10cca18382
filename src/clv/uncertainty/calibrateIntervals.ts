import { checkLength, checkNoOthers, checkNumber, checkObject, checkOptions } from '../../core/checks.ts'
import { ClienteleError } from '../../core/errors.ts'
import { type Duration, durationIn } from '../../core/timeUnit.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import { checkModelAndData, SUMMARY_KINDS } from '../checkModel.ts'
import { countMixture, countTails } from '../countMixture.ts'
import { processesOf, type SummaryModel } from '../customerProcesses.ts'
import { logBetasOfCounts, moneyTails } from '../futureMoney.ts'
import { checkSpendModel, type SpendModel } from '../gammaGamma/gammaGamma.ts'
import type { RowGroups } from '../groupRows.ts'
import { aliveInto, distinctHistories, historyRuns } from '../historyRuns.ts'
import { conformalLevel, type IntervalCalibration } from './conformalLevel.ts'
import type { ParameterCovariance } from './parameterCovariance.ts'
import { sigmaPoints } from './sigmaPoints.ts'
import { spendPosterior } from './spendPosterior.ts'

/** Options of `calibratePurchaseIntervals`. */
export interface PurchaseCalibrationOptions {
  /** How long the customers were watched after the as-of day. */
  readonly horizon: Duration
  /** Share of customers whose interval shall cover, above 0 and below 1. @default 0.9 */
  readonly level?: number
  /** As for `purchaseIntervals`, and to be given to it likewise. @default that of the model's diagnostics */
  readonly covariance?: ParameterCovariance
}

/** Options of `calibrateValueIntervals`. */
export interface ValueCalibrationOptions {
  /** How long the customers were watched after the as-of day. */
  readonly horizon: Duration
  /** Share of customers whose interval shall cover, above 0 and below 1. @default 0.9 */
  readonly level?: number
  /** As for `lifetimeValue`, and to be given to it likewise. @default those of the models' diagnostics */
  readonly covariance?: { readonly purchases?: ParameterCovariance; readonly spend?: ParameterCovariance }
}

/**
 * Finds the level at which `purchaseIntervals` covers as often as it should, by what customers did on a holdout: split
 * conformal prediction. Whatever is wrong with the model, the intervals of a new customer at the adjusted level cover
 * with probability `level` at least, if that customer is exchangeable with those of the holdout: drawn from the same
 * population, and their time after the as-of day no less usual than the time to be forecast. It wants customers that the
 * model did not learn from; a model that learnt from a few thousand others hardly sees the difference.
 *
 * Costs as `purchaseIntervals`.
 *
 * @param before - the customers of the holdout at its cut-off, in the time unit of `model`
 * @param counts - purchase days of each of them in the horizon, as `after.purchaseDays` of a holdout
 * @throws {ClienteleError} `UNIT_MISMATCH` if the time units differ; `BAD_SHAPE` unless there is a count of at least 0 a
 *   customer; `NOT_ENOUGH_DATA` without customers; `BAD_OPTION` for a level or horizon out of range
 * @see Vovk, Gammerman & Shafer (2005), "Algorithmic Learning in a Random World", section 4.1; Gupta, Kuchibhotla & Ramdas
 *   (2022), "Nested conformal prediction and quantile out-of-bag ensemble methods", section 2, for nested intervals
 * @example
 * const { adjustedLevel } = calibratePurchaseIntervals(model, summary, after.purchaseDays, { horizon: { weeks: 39 } })
 * purchaseIntervals(model, summary, 39, { level: adjustedLevel }).upper[0] // 3, at level 0.9 it is 4
 */
export function calibratePurchaseIntervals(
  model: SummaryModel,
  before: CustomerSummary,
  counts: ArrayLike<number>,
  options: PurchaseCalibrationOptions,
): IntervalCalibration {
  const caller = 'calibratePurchaseIntervals'
  checkModelAndData(caller, model, before, SUMMARY_KINDS, ['model', 'before'])
  const { horizon: length, level = 0.9, covariance, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkNumber(caller, 'level', level, 1e-6, 1 - 1e-6)
  const horizon = durationIn(caller, 'horizon', length, model.timeUnit)
  const observed = checkedOutcomes(caller, 'counts', counts, before, Number.isInteger)
  const { repeats, age, ageAtLast } = before
  const models = sigmaPoints(caller, model, covariance).map((point) => processesOf(caller, point, before))
  const groups = distinctHistories(models, before, [observed])
  const tails = new Float64Array(groups.count)
  const alive = new Float64Array(models.length)
  for (const { start, end, processes, futures } of historyRuns(groups, models, before)) {
    const { size, chancesInto } = countMixture(futures, horizon)
    const chances = new Float64Array(size)
    for (let group = start; group < end; group++) {
      const row = groups.rowOf[group]!
      aliveInto(processes, repeats[row]!, ageAtLast[row]!, age[row]!, alive)
      chancesInto(alive, chances)
      tails[group] = countTails(chances, observed[row]!)
    }
  }
  return conformalLevel(level, tails, weightsOf(groups, before))
}

/**
 * The same for the money of `lifetimeValue`, its `lower` and `upper`. Money of 0 or less counts as none.
 *
 * Costs a distribution for each distinct history, and one evaluation of it for each customer.
 *
 * @param before - the customers of the holdout at its cut-off, in the time unit of `purchaseModel`
 * @param money - net revenue from each of them in the horizon, as `after.total` of a holdout
 * @throws {ClienteleError} as `calibratePurchaseIntervals`, and as `lifetimeValue` for the spend model
 * @see Vovk, Gammerman & Shafer (2005), section 4.1
 * @example
 * const { adjustedLevel } = calibrateValueIntervals(model, spend, summary, after.total, { horizon: { weeks: 39 } })
 * adjustedLevel // 0.8217…, as intervals at 0.9 cover more often than they need to
 */
export function calibrateValueIntervals(
  purchaseModel: SummaryModel,
  spendModel: SpendModel,
  before: CustomerSummary,
  money: ArrayLike<number>,
  options: ValueCalibrationOptions,
): IntervalCalibration {
  const caller = 'calibrateValueIntervals'
  checkModelAndData(caller, purchaseModel, before, SUMMARY_KINDS, ['purchaseModel', 'before'])
  const { p } = checkSpendModel(caller, spendModel, before, ['spendModel', 'before'])
  const { horizon: length, level = 0.9, covariance = {}, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkObject(caller, 'covariance', covariance)
  checkNumber(caller, 'level', level, 1e-6, 1 - 1e-6)
  const horizon = durationIn(caller, 'horizon', length, purchaseModel.timeUnit)
  const observed = checkedOutcomes(caller, 'money', money, before, Number.isFinite)
  const { age, ageAtLast, meanRepeatValue } = before
  const models = sigmaPoints(caller, purchaseModel, covariance.purchases).map((point) =>
    processesOf(caller, point, before),
  )
  const posterior = spendPosterior(caller, spendModel, before, covariance.spend)
  const groups = distinctHistories(models, before, [meanRepeatValue, ...posterior.apart, observed])
  const tails = new Float64Array(groups.count)
  const alive = new Float64Array(models.length)
  for (const { start, end, repeats: x, processes, futures } of historyRuns(groups, models, before)) {
    const { size, chancesInto } = countMixture(futures, horizon)
    const q = posterior.shape(x)
    const ahead = { p, q, chances: new Float64Array(size), logBetas: logBetasOfCounts(p, q, size) }
    for (let group = start; group < end; group++) {
      const row = groups.rowOf[group]!
      aliveInto(processes, x, ageAtLast[row]!, age[row]!, alive)
      chancesInto(alive, ahead.chances)
      tails[group] = moneyTails(ahead, observed[row]! / posterior.scale(row))
    }
  }
  return conformalLevel(level, tails, weightsOf(groups, before))
}

function checkedOutcomes(
  caller: string,
  name: string,
  outcomes: ArrayLike<number>,
  { repeats }: CustomerSummary,
  isGood: (value: number) => boolean,
): Float64Array {
  checkLength(caller, name, outcomes, repeats.length)
  if (outcomes.length === 0) throw new ClienteleError('NOT_ENOUGH_DATA', `${caller}: the summary has no customers`)
  const values = Float64Array.from(outcomes)
  const wrong = values.findIndex((value) => !isGood(value) || (name === 'counts' && value < 0))
  if (wrong < 0) return values
  throw new ClienteleError(
    'BAD_SHAPE',
    `${caller}: "${name}" must hold ${name === 'counts' ? 'counts of at least 0' : 'finite numbers'}, got ${values[wrong]} in row ${wrong}`,
  )
}

function weightsOf({ count, groupOf }: RowGroups, { weights }: CustomerSummary): Float64Array {
  const sums = new Float64Array(count)
  for (let row = 0; row < groupOf.length; row++) sums[groupOf[row]!]! += weights[row]!
  return sums
}
