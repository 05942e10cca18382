import { badOption, checkChoice, checkNoOthers, checkOptions } from '../../core/checks.ts'
import { checkUnit, type TimeUnit } from '../../core/timeUnit.ts'
import type { Expansion } from '../../math/minimizeNewton.ts'
import { purchaseHistories } from '../distinctPurchases.ts'
import type { FitDiagnostics } from '../fitDiagnostics.ts'
import { hasRepeats } from '../noRepeats.ts'
import { type CalendarHistories, checkCalendarHistories } from './calendarHistories.ts'
import { type CovariateBaseName, covariateBase, startWithout } from './covariateBase.ts'
import { covariateDesign } from './covariateDesign.ts'
import { type CovariateEffect, checkEffects } from './covariateEffect.ts'
import { type CovariateParams, checkCovariateParams, covariateParams } from './covariateParams.ts'
import { linkedEdge, linksOf } from './fitLinked.ts'
import { fitStandardised } from './fitStandardised.ts'
import { fitWithoutRepeats } from './fitWithoutRepeats.ts'
import { operationalSummary, PLAIN_CLOCK } from './operationalSummary.ts'
import { calendarRows, checkCalendar, checkPurchaseCalendar, type PurchaseCalendar } from './purchaseCalendar.ts'
import { type SeasonalHistories, seasonalHistories } from './seasonalHistories.ts'
import { seasonalObjective } from './seasonalLikelihood.ts'
import { seasonalParetoObjective } from './seasonalPareto.ts'

/** A purchase model whose customers buy faster at some times than at others: plain data. */
export type SeasonalPurchasesModel = CovariateParams & {
  readonly kind: 'seasonalPurchases'
  readonly version: 1
  readonly timeUnit: TimeUnit
  /** The one effect of the calendar, on `alpha`. */
  readonly effects: readonly CovariateEffect[]
  readonly diagnostics: FitDiagnostics
}

/** Options of `fitSeasonalPurchases`. */
export interface SeasonalPurchasesOptions {
  /** The model that the calendar is added to. @default 'bgNbd' */
  readonly base?: CovariateBaseName
}

/**
 * Fits BG/NBD, MBG/NBD or Pareto/NBD with covariates that change with time, the same for all customers, by maximum
 * likelihood with exact derivatives: on a day with covariates z everybody buys e^(γ·z) times as fast. Customers leave as
 * in the plain model: after purchases, or under Pareto/NBD at a rate that knows no season. Distinct histories ×
 * covariates², under Pareto/NBD × periods.
 *
 * @returns a model in the time unit of the histories; `seasonalForecast` makes forecasts of it
 * @throws {ClienteleError} `BAD_SHAPE` if the calendar does not reach from the day after the first purchase of all to
 *   the last day observed; `NOT_ENOUGH_DATA` without customers, or for a covariate that does not vary in that
 *   time or follows from the others
 * @see Bachmann, Meierer & Näf (2021), "The Role of Time-Varying Contextual Factors in Latent Attrition Models for
 *   Customer Base Analysis", Marketing Science 40(4)
 * @example
 * fitSeasonalPurchases(histories, calendar).effects[0]?.columns // ['autumn']
 */
export function fitSeasonalPurchases(
  histories: CalendarHistories,
  calendar: PurchaseCalendar,
  options: SeasonalPurchasesOptions = {},
): SeasonalPurchasesModel {
  const caller = 'fitSeasonalPurchases'
  checkCalendarHistories(caller, histories)
  checkPurchaseCalendar(caller, calendar)
  const { base = 'bgNbd', ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkChoice(caller, 'base', base, ['bgNbd', 'mbgNbd', 'paretoNbd'])
  const { offsets, day, lastDay, customers } = histories
  // The plain histories word what is wrong with these.
  const plainHistories = purchaseHistories(caller, operationalSummary(histories, PLAIN_CLOCK))
  const plain = covariateBase(base)
  const { parameters } = plain
  const from = offsets.subarray(0, -1).reduce((earliest, at) => Math.min(earliest, day[at]!), lastDay)
  checkCalendar(caller, calendar, from, lastDay)
  const { seasonal, watched } = seasonalHistories(histories, from)
  const rows = calendarRows(calendar, from, lastDay - from)
  const { groups, columns } = covariateDesign(caller, [calendar.covariates], rows, watched, 'periods')
  const byDay = columns[0]!.map(({ values }) => Float64Array.from(groups.groupOf, (group) => values[group]!))
  const calendarEffects = [{ covariates: 'purchases', on: ['alpha'], columns: columns[0]! }] as const
  const { params, effects, diagnostics } = hasRepeats(plainHistories)
    ? fitStandardised(caller, {
        parameters,
        effects: calendarEffects,
        objective: seasonalObjectiveOf(base, seasonal, byDay),
        start: startWithout(plain, plainHistories),
        customers: customers.length,
        edge: linkedEdge(parameters, linksOf(parameters, calendarEffects), groups.count, plain.edge(plainHistories)),
      })
    : fitWithoutRepeats(parameters, calendarEffects, plainHistories)
  const fit = covariateParams(base, params)
  return { kind: 'seasonalPurchases', version: 1, timeUnit: histories.timeUnit, ...fit, effects, diagnostics }
}

/** Minus the log-likelihood of histories whose days have these covariates, of (θ, γ). */
export function seasonalObjectiveOf(
  base: CovariateBaseName,
  histories: SeasonalHistories,
  byDay: readonly Float64Array[],
): (point: readonly number[]) => Expansion {
  if (base === 'paretoNbd') return seasonalParetoObjective(histories, byDay)
  return seasonalObjective(histories, byDay, base === 'mbgNbd' ? 1 : 0)
}

/**
 * A seasonal purchase model from known parameters and coefficients.
 *
 * @throws {ClienteleError} `BAD_OPTION` unless every parameter is a finite number above 0, and the effects are of
 *   `purchases` on `alpha` with finite coefficients
 * @example
 * seasonalPurchasesModel({
 *   base: 'bgNbd',
 *   params: { r: 0.24, alpha: 4.4, a: 0.8, b: 2.4 },
 *   effects: [{ covariates: 'purchases', on: ['alpha'], columns: ['autumn'], coefficients: [0.2] }],
 *   timeUnit: 'week',
 * })
 */
export function seasonalPurchasesModel(
  options: CovariateParams & Pick<SeasonalPurchasesModel, 'effects' | 'timeUnit'>,
): SeasonalPurchasesModel {
  const caller = 'seasonalPurchasesModel'
  const { effects: given, timeUnit, ...params } = checkOptions(caller, options)
  const fit = checkCovariateParams(caller, params)
  if ('leavingOdds' in fit.params) {
    throw badOption(caller, 'params.leavingOdds', 'left out, as seasons have no such limit', fit.params.leavingOdds)
  }
  if ('customersPerStayer' in fit.params) {
    const { customersPerStayer } = fit.params
    throw badOption(caller, 'params.customersPerStayer', 'left out, as seasons have no such limit', customersPerStayer)
  }
  const effects = checkEffects(caller, given, { purchases: ['alpha'] })
  checkUnit(caller, timeUnit)
  return { kind: 'seasonalPurchases', version: 1, timeUnit, ...fit, effects, diagnostics: { source: 'given' } }
}
