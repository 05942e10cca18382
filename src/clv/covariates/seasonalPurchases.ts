import { checkChoice } from '../../core/checks.ts'
import { checkUnit, daysIn, type TimeUnit } from '../../core/timeUnit.ts'
import { type BgNbdParams, checkBgNbdParams, fitBgVariant } from '../bgNbd/bgNbdFit.ts'
import { BG_NBD, MBG_NBD } from '../bgNbd/bgVariant.ts'
import type { FitDiagnostics } from '../fitDiagnostics.ts'
import { groupRows, valuesOf } from '../groupRows.ts'
import { purchaseHistories } from '../purchaseHistories.ts'
import type { CalendarHistories } from './calendarHistories.ts'
import { covariateBase } from './covariateBase.ts'
import { covariateDesign } from './covariateDesign.ts'
import { type CovariateEffect, checkEffects } from './covariateEffect.ts'
import { linkedEdge, linksOf } from './fitLinked.ts'
import { fitStandardised } from './fitStandardised.ts'
import { operationalSummary, PLAIN_CLOCK } from './operationalSummary.ts'
import { calendarRows, checkCalendar, type PurchaseCalendar } from './purchaseCalendar.ts'
import { type SeasonalHistories, seasonalObjective } from './seasonalLikelihood.ts'

/** A purchase model whose customers buy faster at some times than at others: plain data. */
export interface SeasonalPurchasesModel {
  readonly kind: 'seasonalPurchases'
  readonly version: 1
  readonly timeUnit: TimeUnit
  readonly base: 'bgNbd' | 'mbgNbd'
  /** In times when all covariates of the calendar are 0. */
  readonly params: BgNbdParams
  /** The one effect of the calendar, on `alpha`. */
  readonly effects: readonly CovariateEffect[]
  readonly diagnostics: FitDiagnostics
}

/** Options of `fitSeasonalPurchases`. */
export interface SeasonalPurchasesOptions {
  /** The model that the calendar is added to. @default 'bgNbd' */
  readonly base?: 'bgNbd' | 'mbgNbd'
}

/**
 * Fits BG/NBD or MBG/NBD with covariates that change with time, the same for all customers, by maximum likelihood with
 * exact derivatives: on a day with covariates z everybody buys e^(γ·z) times as fast. Customers leave after purchases, as
 * in the plain model. Distinct histories × covariates².
 *
 * @returns a model in the time unit of the histories; `inOperationalTime` makes forecasts of it
 * @throws {ClienteleError} `BAD_SHAPE` if the calendar does not reach from the day after the first purchase of all to
 *   the last day observed; `NOT_ENOUGH_DATA` without customers or repeats, or for a covariate that does not vary in that
 *   time or follows from the others
 * @see Bachmann, Meierer & Näf (2021), "The Role of Time-Varying Contextual Factors in Latent Attrition Models for
 *   Customer Base Analysis", Marketing Science 40(4), who do so for Pareto/NBD
 * @example
 * fitSeasonalPurchases(histories, calendar).effects[0]?.columns // ['autumn']
 */
export function fitSeasonalPurchases(
  histories: CalendarHistories,
  calendar: PurchaseCalendar,
  options: SeasonalPurchasesOptions = {},
): SeasonalPurchasesModel {
  const caller = 'fitSeasonalPurchases'
  const base = checkChoice(caller, 'base', options.base ?? 'bgNbd', ['bgNbd', 'mbgNbd'])
  const variant = base === 'mbgNbd' ? MBG_NBD : BG_NBD
  const { offsets, day, lastDay } = histories
  // The plain fit words what is wrong with the histories, and is the neighbourhood of the best parameters.
  const plainHistories = purchaseHistories(caller, operationalSummary(histories, PLAIN_CLOCK))
  const plain = fitBgVariant(plainHistories, variant)
  const from = offsets.subarray(0, -1).reduce((earliest, at) => Math.min(earliest, day[at]!), lastDay)
  checkCalendar(caller, calendar, from, lastDay)
  const { seasonal, watched } = seasonalHistories(histories, from)
  const rows = calendarRows(calendar, from, lastDay - from)
  const { groups, columns } = covariateDesign(caller, [calendar.covariates], rows, watched)
  const byDay = columns[0]!.map(({ values }) => Float64Array.from(groups.groupOf, (group) => values[group]!))
  const { edge, parameters, start } = covariateBase(base)
  const calendarEffects = [{ covariates: 'purchases', on: ['alpha'], columns: columns[0]! }] as const
  const isBoundary = plain.diagnostics.verdict === 'boundary'
  const { params, effects, diagnostics } = fitStandardised(caller, {
    parameters,
    effects: calendarEffects,
    objective: seasonalObjective(seasonal, byDay, variant.early),
    start: isBoundary ? start(plainHistories) : Object.values(plain.params).map(Math.log),
    customers: plain.diagnostics.customers,
    edge: linkedEdge(parameters, linksOf(parameters, calendarEffects), groups.count, edge(plainHistories)),
  })
  const [r, alpha, a, b] = params as [number, number, number, number]
  const { timeUnit } = histories
  return { kind: 'seasonalPurchases', version: 1, timeUnit, base, params: { r, alpha, a, b }, effects, diagnostics }
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
  options: Pick<SeasonalPurchasesModel, 'base' | 'params' | 'effects' | 'timeUnit'>,
): SeasonalPurchasesModel {
  const caller = 'seasonalPurchasesModel'
  return {
    kind: 'seasonalPurchases',
    version: 1,
    timeUnit: checkUnit(caller, options.timeUnit),
    base: checkChoice(caller, 'base', options.base, ['bgNbd', 'mbgNbd']),
    params: checkBgNbdParams(caller, options.params),
    effects: checkEffects(caller, options.effects, { purchases: ['alpha'] }),
    diagnostics: { source: 'given' },
  }
}

/** The distinct histories, and how many customers were watched on each day after `from`. */
function seasonalHistories(
  { offsets, day, lastDay, timeUnit }: CalendarHistories,
  from: number,
): { seasonal: SeasonalHistories; watched: Float64Array } {
  const rows = offsets.length - 1
  const repeatsOf = Uint32Array.from({ length: rows }, (_, c) => offsets[c + 1]! - offsets[c]! - 1)
  const firstOf = Uint32Array.from({ length: rows }, (_, c) => day[offsets[c]!]! - from)
  const lastOf = Uint32Array.from({ length: rows }, (_, c) => day[offsets[c + 1]! - 1]! - from)
  const end = lastDay - from
  const repeatsOn = new Float64Array(end)
  const watched = new Float64Array(end)
  for (let c = 0; c < rows; c++) {
    for (let i = offsets[c]! + 1; i < offsets[c + 1]!; i++) repeatsOn[day[i]! - from - 1]!++
    if (firstOf[c]! < end) watched[firstOf[c]!]!++
  }
  for (let d = 1; d < end; d++) watched[d]! += watched[d - 1]!
  const distinct = groupRows([repeatsOf, firstOf, lastOf])
  const weights = new Float64Array(distinct.count)
  for (const history of distinct.groupOf) weights[history]!++
  const seasonal = {
    repeats: Uint32Array.from(valuesOf(distinct, repeatsOf)),
    first: Uint32Array.from(valuesOf(distinct, firstOf)),
    last: Uint32Array.from(valuesOf(distinct, lastOf)),
    weights,
    end,
    repeatsOn,
    unit: daysIn(timeUnit),
  }
  return { seasonal, watched }
}
