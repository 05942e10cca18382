import { checkNoOthers, checkNumber, checkOptions, checkPositive } from '../../core/checks.ts'
import { normalQuantile } from '../../math/normal.ts'
import { checkModelAndData } from '../checkModel.ts'
import { countMixture, countQuantile } from '../countMixture.ts'
import { type CustomerModel, processesOf } from '../customerProcesses.ts'
import { expectedPurchases } from '../expectedPurchases.ts'
import { aliveInto, distinctHistories, historyRuns } from '../historyRuns.ts'
import type { TransactionHistories } from '../periodHistories.ts'
import type { ParameterCovariance } from './parameterCovariance.ts'
import { secantSpread, sigmaPoints } from './sigmaPoints.ts'

/** Options of `purchaseIntervals`. */
export interface PurchaseIntervalsOptions {
  /**
   * Probability that an interval covers, 0 to 1; at 1 every count is covered. That of `calibratePurchaseIntervals`
   * makes it true on a holdout. @default 0.9
   */
  readonly level?: number
  /**
   * How uncertain the parameters are, as `parameterCovariance` says.
   * @default what the model's own diagnostics say; parameters that were given are known
   */
  readonly covariance?: ParameterCovariance
}

/** Purchase days of customers in a horizon, by row. */
export interface PurchaseIntervals {
  /** Expected count, as `expectedPurchases` has it. */
  readonly expected: Float64Array
  /** The expected count lies above this with probability (1 + level) / 2, the parameters being uncertain. */
  readonly meanLower: Float64Array
  readonly meanUpper: Float64Array
  /** The count itself stays below this with probability (1 − level) / 2 at most. */
  readonly lower: Float64Array
  /** The count itself exceeds this with probability (1 − level) / 2 at most. */
  readonly upper: Float64Array
  readonly horizon: number
  readonly level: number
}

/**
 * How many purchase days each customer may have in the next `horizon`: an interval for the mean, which narrows as the
 * model learns from more customers, and one for the count itself, which does not, because customers differ by chance.
 *
 * The mean's is that of the delta method on the logarithm of the mean, which keeps it positive. The count's are
 * quantiles of the exact predictive distribution, averaged over the uncertainty of the parameters by 2 d sigma points.
 * Counts are whole, so that these cover more often than `level`, never less. More than a million purchases are not told
 * apart: there `lower` is a million and `upper` infinite.
 *
 * Costs 2 d distributions for each distinct (x, T), d the number of parameters and coefficients.
 *
 * @param summary - one row a customer, in the time unit of `model`; not necessarily those that the model learnt from. With
 *   covariates of `withCovariates` or `withCalendar` where the model has them; period histories for BG/BB
 * @param horizon - in the time unit of `model`, above 0
 * @throws {ClienteleError} `UNIT_MISMATCH` if the time units differ; `BAD_OPTION` for a horizon or level out of range,
 *   or for a model of contracts or spend
 * @see Oehlert (1992), "A Note on the Delta Method"; Julier & Uhlmann (1997), section 3 (sigma points); Lawless & Fredette
 *   (2005), "Frequentist prediction intervals and predictive distributions", Biometrika 92(3)
 * @example
 * const { meanLower, meanUpper, lower, upper } = purchaseIntervals(model, summary, 39)
 * meanLower[0] // 1.154…, where expectedPurchases says 1.225…
 * meanUpper[0] // 1.302…
 * lower[0] // 0
 * upper[0] // 4
 */
export function purchaseIntervals(
  model: CustomerModel,
  summary: TransactionHistories,
  horizon: number,
  options: PurchaseIntervalsOptions = {},
): PurchaseIntervals {
  const caller = 'purchaseIntervals'
  checkModelAndData(caller, model, summary)
  checkPositive(caller, 'horizon', horizon)
  const { level = 0.9, covariance, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkNumber(caller, 'level', level, 0, 1)
  const models = sigmaPoints(caller, model, covariance).map((point) => processesOf(caller, point, summary))
  const { repeats, ageAtLast, age } = summary
  const groups = distinctHistories(models, summary)
  const spread = new Float64Array(groups.count)
  const lower = new Float64Array(groups.count)
  const upper = new Float64Array(groups.count).fill(Number.POSITIVE_INFINITY)
  const alive = new Float64Array(models.length)
  for (const { start, end, processes, futures } of historyRuns(groups, models, summary)) {
    const logIfAlive = futures.map((future) => Math.log(future.expected(horizon)))
    const { size, chancesInto } = countMixture(futures, horizon)
    const chances = new Float64Array(size)
    for (let group = start; group < end; group++) {
      const row = groups.rowOf[group]!
      aliveInto(processes, repeats[row]!, ageAtLast[row]!, age[row]!, alive)
      spread[group] = secantSpread(alive.map((share, k) => Math.log(share) + logIfAlive[k]!))
      if (level === 1) continue
      chancesInto(alive, chances)
      lower[group] = Math.min(countQuantile(chances, (1 + level) / 2), size - 1)
      upper[group] = countQuantile(chances, (1 - level) / 2)
    }
  }
  const expected = expectedPurchases(model, summary, horizon)
  const z = level === 1 ? Number.POSITIVE_INFINITY : normalQuantile((1 + level) / 2)
  const meanEnd = (side: -1 | 1): Float64Array =>
    expected.map((mean, row) => {
      const sd = spread[groups.groupOf[row]!]!
      return mean > 0 && sd > 0 ? mean * Math.exp(side * z * sd) : mean
    })
  const ofRows = (column: Float64Array): Float64Array => expected.map((_, row) => column[groups.groupOf[row]!]!)
  return {
    expected,
    meanLower: meanEnd(-1),
    meanUpper: meanEnd(1),
    lower: ofRows(lower),
    upper: ofRows(upper),
    horizon,
    level,
  }
}
