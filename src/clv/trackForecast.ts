import { checkList, checkNoOthers, checkOptions } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { type Duration, durationIn, type TimeUnit } from '../core/timeUnit.ts'
import { compensatedSum } from '../math/compensatedSum.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import { aliveNow } from './aliveNow.ts'
import { checkModelAndData, DESCRIBED_KINDS } from './checkModel.ts'
import type { PurchaseCovariatesModel } from './covariates/purchaseCovariates.ts'
import { customerFutures } from './customerFutures.ts'
import { processesOf } from './customerProcesses.ts'
import type { PurchaseModel } from './purchaseModel.ts'

/** Options of `trackForecast`. */
export interface TrackForecastOptions {
  /** Length of a step. @default { weeks: 1 } */
  readonly step?: Duration
}

/** What a model expected of its customers after the calibration period, beside what they did, step by step. */
export interface ForecastTrack {
  /** Time unit of the model, in which steps are counted. */
  readonly unit: TimeUnit
  /** End of each step, since the as-of day. */
  readonly steps: Float64Array
  /** `steps`, by its name in 0.1.0. */
  readonly ends: Float64Array
  /** Expected purchase days of all customers in each step. */
  readonly expected: Float64Array
  readonly expectedCumulative: Float64Array
  /** Purchase days observed in each step. */
  readonly actual: Float64Array
  readonly actualCumulative: Float64Array
}

/**
 * Follows a forecast through the time after the calibration period: expected purchase days of the given customers, all
 * together, beside the actual ones. The usual first look at a purchase model: `forecastPlot` draws it.
 * Costs one expectation for each distinct (x, T) and step.
 *
 * @param before - the calibration period, one row a customer, in the time unit of `model`
 * @param actual - purchase days of the same customers in each step after it, at least one step; with `step: { days: 1 }` the `daily` of a holdout
 * @throws {ClienteleError} `UNIT_MISMATCH` if the time units differ; `BAD_SHAPE` if `actual` is empty or holds what is
 *   no count
 * @see Fader, Hardie & Lee (2005), figure 3
 * @example
 * trackForecast(model, summary, Float64Array.of(41, 37, 52)).expectedCumulative // [52.1…, 103.5…, 154.3…]
 */
export function trackForecast(
  model: PurchaseModel | PurchaseCovariatesModel,
  before: CustomerSummary,
  actual: ArrayLike<number>,
  options: TrackForecastOptions = {},
): ForecastTrack {
  const caller = 'trackForecast'
  checkModelAndData(caller, model, before, DESCRIBED_KINDS, ['model', 'before'])
  const { step = { weeks: 1 }, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  const length = durationIn(caller, 'step', step, model.timeUnit)
  const observed = checkedCounts(caller, actual)
  const processes = processesOf(caller, model, before)
  const { count, futureOf, future } = customerFutures(processes, before)
  const stillThere = new Float64Array(count)
  aliveNow(processes, before).forEach((alive, row) => {
    stillThere[futureOf[row]!]! += before.weights[row]! * alive
  })
  const steps = observed.map((_, k) => (k + 1) * length)
  const futures = Array.from(stillThere, (_, index) => future(index))
  const expectedCumulative = steps.map((end) =>
    compensatedSum(stillThere.map((customers, index) => customers * futures[index]!.expected(end))),
  )
  return {
    unit: model.timeUnit,
    steps,
    ends: steps,
    expected: expectedCumulative.map((total, k) => total - (k > 0 ? expectedCumulative[k - 1]! : 0)),
    expectedCumulative,
    actual: observed,
    actualCumulative: observed.map((_, k) => compensatedSum(observed, 0, k + 1)),
  }
}

function checkedCounts(caller: string, actual: ArrayLike<number>): Float64Array {
  if (checkList(caller, 'actual', actual).length === 0)
    throw new ClienteleError('BAD_SHAPE', `${caller}: "actual" must have at least one step`)
  const counts = Float64Array.from(actual)
  const wrong = counts.findIndex((purchases) => !(Number.isFinite(purchases) && purchases >= 0))
  if (wrong < 0) return counts
  throw new ClienteleError(
    'BAD_SHAPE',
    `${caller}: "actual" must hold counts of at least 0, got ${counts[wrong]} in step ${wrong}`,
  )
}
