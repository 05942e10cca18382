import { fitBgNbd } from '../clv/bgNbd/bgNbd.ts'
import type { PurchaseModel } from '../clv/purchaseModel.ts'
import { type ForecastTrack, trackForecast } from '../clv/trackForecast.ts'
import { purchaseIntervals } from '../clv/uncertainty/purchaseIntervals.ts'
import { badOption, checkList, checkNoOthers, checkNumber, checkObject, checkOptions } from '../core/checks.ts'
import { type AsyncOptions, run, runAsync, type Steps } from '../core/steps.ts'
import { type Duration, durationIn, type TimeUnit } from '../core/timeUnit.ts'
import { compensatedSum } from '../math/compensatedSum.ts'
import { type ForecastErrors, forecastErrors } from '../metrics/forecastErrors.ts'
import { rankCorrelation } from '../metrics/rankCorrelation.ts'
import { revenueCaught } from '../metrics/revenueCaught.ts'
import { checkTable } from '../table/checkTable.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import type { EventTable } from '../table/eventTable.ts'
import { type Holdout, holdout } from '../table/holdout.ts'
import { BASELINES, type BaselineName } from './baselines.ts'

/** Options of `backtest`. */
export interface BacktestOptions {
  /** First days of the futures to forecast, `YYYY-MM-DD`. */
  readonly cutoffs: readonly string[]
  /** How far to look ahead from each, in whole days. */
  readonly horizons: readonly Duration[]
  /** How to fit each model to what was known at a cut-off. @default { 'BG/NBD': fitBgNbd } */
  readonly models?: Readonly<Record<string, (before: CustomerSummary) => PurchaseModel>>
  /** Unit in which the models count time. @default 'week' */
  readonly timeUnit?: TimeUnit
  /** Step of the tracks, in whole days. @default { weeks: 1 } */
  readonly step?: Duration
  /** Last day that the data covers, `YYYY-MM-DD`. @default the last day with an event */
  readonly asOf?: string
  /** Probability with which intervals of the customers' counts shall cover, above 0 and below 1. @default 0.9 */
  readonly level?: number
}

/** How one forecast did in one round. */
export interface BacktestScore extends ForecastErrors {
  /** Purchase days expected of all customers together. */
  readonly expected: number
  /** Spearman's rank correlation of forecast and actual purchase days; NaN for a forecast that is equal for all. */
  readonly rankCorrelation: number
  /** Revenue of the tenth of customers forecast to buy most ÷ that of the best tenth with hindsight. */
  readonly topDecileRevenue: number
}

/** How a model did in one round. */
export interface BacktestModel extends BacktestScore {
  readonly name: string
  /** As fitted to what was known at the cut-off. */
  readonly model: PurchaseModel
  /** Share of the customers whose count lay in its interval; being of whole numbers, these cover `level` and more. */
  readonly coverage: number
  /** Expected and actual purchase days step by step, as `forecastPlot` draws them. */
  readonly track: ForecastTrack
}

/** How a baseline did in one round. */
export interface BacktestBaseline extends BacktestScore {
  readonly name: BaselineName
}

/** One cut-off and one horizon. */
export interface BacktestRound {
  /** First day of the future, `YYYY-MM-DD`. */
  readonly cutoff: string
  /** Last day of the future, `YYYY-MM-DD`. */
  readonly until: string
  /** Days of the future. */
  readonly days: number
  /** Customers known at the cut-off. */
  readonly customers: number
  /** Purchase days that they made in the future. */
  readonly actual: number
  readonly models: readonly BacktestModel[]
  readonly baselines: readonly BacktestBaseline[]
}

/**
 * Plays the past through again: at each cut-off fits the models to what was known then, forecasts each horizon, and sets
 * beside each other what models and baselines said and what happened. Without it no forecast deserves belief; one model
 * that is better than the baselines at several cut-offs does. Fits once for each cut-off and model, and costs an
 * interval for each distinct history.
 *
 * Look at all of it: where most customers buy nothing, "nobody buys" has a small mean absolute error and is useless.
 *
 * @returns rounds by cut-off, then horizon
 * @throws {ClienteleError} `BAD_OPTION` without cut-offs, horizons or models, or for a step of a part of a day; as `holdout`
 *   and the fits
 * @see Fader, Hardie & Lee (2005), "Counting Your Customers the Easy Way", section 4 (the holdout of CDNOW)
 * @example
 * const [round] = backtest(table, { cutoffs: ['1997-10-01'], horizons: [{ weeks: 39 }] })
 * round?.models[0]?.mae // 0.785…
 * round?.baselines[3]?.mae // 0.798…, of nobody buys
 */
export function backtest(table: EventTable, options: BacktestOptions): readonly BacktestRound[] {
  return run(backtestSteps('backtest', table, options))
}

/**
 * `backtest` in slices, with progress and a signal to stop it.
 *
 * @throws {ClienteleError} as `backtest`; `ABORTED` by the signal
 * @example
 * const rounds = await backtestAsync(table, { cutoffs: ['1997-10-01'], horizons: [{ weeks: 39 }] })
 * rounds[0]?.actual // 1882
 */
export function backtestAsync(
  table: EventTable,
  options: BacktestOptions & AsyncOptions,
): Promise<readonly BacktestRound[]> {
  return runAsync('backtestAsync', options, (own) => backtestSteps('backtestAsync', table, own))
}

function* backtestSteps(caller: string, table: EventTable, options: BacktestOptions): Steps<readonly BacktestRound[]> {
  checkTable(caller, table)
  const { cutoffs, horizons, models, timeUnit, stepDays, asOf, level } = resolve(caller, options)
  const names = Object.keys(models)
  const total = cutoffs.length * (names.length + horizons.length)
  const rounds: BacktestRound[] = []
  let done = 0
  for (const cutoff of cutoffs) {
    const stretches = horizons.map((horizon) => holdout(table, { cutoff, horizon, timeUnit, ...asOf }))
    const fitted: { name: string; model: PurchaseModel }[] = []
    for (const name of names) {
      yield { task: `fitting ${name} before ${cutoff}`, done: done++, total }
      fitted.push({ name, model: models[name]!(stretches[0]!.before) })
    }
    for (const stretch of stretches) {
      yield { task: `forecasting ${stretch.days} days from ${cutoff}`, done: done++, total }
      rounds.push(roundOf(table, stretch, fitted, stepDays, level))
    }
  }
  return rounds
}

function roundOf(
  table: EventTable,
  { cutoff, until, days, before, after }: Holdout,
  fitted: readonly { readonly name: string; readonly model: PurchaseModel }[],
  stepDays: number,
  level: number,
): BacktestRound {
  const score = (forecast: Float64Array): BacktestScore => ({
    expected: compensatedSum(forecast),
    ...forecastErrors(after.purchaseDays, forecast),
    rankCorrelation: rankCorrelation(after.purchaseDays, forecast),
    topDecileRevenue: revenueCaught(after.total, forecast, 0.1),
  })
  const step = Math.min(stepDays, days)
  const steps = inSteps(after.daily, step)
  const baselines = (Object.keys(BASELINES) as BaselineName[]).flatMap((name) => {
    const forecast = BASELINES[name]({ table, before, days })
    return forecast === undefined ? [] : [{ name, ...score(forecast) }]
  })
  return {
    cutoff,
    until,
    days,
    customers: before.customers.length,
    actual: after.purchaseDays.reduce((sum, count) => sum + count, 0),
    models: fitted.map(({ name, model }) => {
      const horizon = durationIn('backtest', 'horizon', { days }, model.timeUnit)
      const { expected, lower, upper } = purchaseIntervals(model, before, horizon, { level })
      const covered = after.purchaseDays.filter((count, row) => count >= lower[row]! && count <= upper[row]!)
      const track = trackForecast(model, before, steps, { step: { days: step } })
      return { name, model, ...score(expected), coverage: covered.length / expected.length, track }
    }),
    baselines,
  }
}

/** Purchase days in each whole step. */
function inSteps(daily: Uint32Array, step: number): Uint32Array {
  const counts = new Uint32Array(Math.floor(daily.length / step))
  counts.forEach((_, k) => {
    counts[k] = daily.subarray(k * step, (k + 1) * step).reduce((sum, purchases) => sum + purchases, 0)
  })
  return counts
}

interface Resolved extends Required<Omit<BacktestOptions, 'step' | 'asOf'>> {
  readonly stepDays: number
  readonly asOf: { readonly asOf?: string }
}

function resolve(caller: string, options: BacktestOptions): Resolved {
  const {
    cutoffs,
    horizons,
    models = { 'BG/NBD': fitBgNbd },
    timeUnit = 'week',
    step = { weeks: 1 },
    asOf,
    level = 0.9,
    ...others
  } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  if (checkList(caller, 'cutoffs', cutoffs).length === 0)
    throw badOption(caller, 'cutoffs', 'a list of at least one day', cutoffs)
  if (checkList(caller, 'horizons', horizons).length === 0)
    throw badOption(caller, 'horizons', 'a list of at least one duration', horizons)
  if (Object.keys(checkObject(caller, 'models', models)).length === 0)
    throw badOption(caller, 'models', 'at least one fit by name', models)
  const stepDays = durationIn(caller, 'step', step, 'day')
  if (!Number.isInteger(stepDays)) throw badOption(caller, 'step', 'a whole number of days', stepDays)
  checkNumber(caller, 'level', level, 1e-6, 1 - 1e-6)
  return { cutoffs, horizons, models, timeUnit, stepDays, level, asOf: asOf === undefined ? {} : { asOf } }
}
