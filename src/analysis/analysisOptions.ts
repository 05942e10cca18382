import { type DiscountRate, discountPerUnit } from '../clv/discounting.ts'
import { parseDay } from '../core/calendar.ts'
import { badOption, checkInteger, checkNoOthers, checkPositive, isObject } from '../core/checks.ts'
import { checkSeed } from '../core/random.ts'
import { type Duration, durationIn } from '../core/timeUnit.ts'
import { defaultSegmentMap } from '../rfm/defaultSegmentMap.ts'
import type { SegmentMap } from '../rfm/segmentMap.ts'

/** Options of `analyzeCustomers`. */
export interface AnalysisOptions {
  /** Last day that counts, inclusive, `YYYY-MM-DD`. */
  readonly asOf: string
  /** IANA time zone whose days count, for events; a table has its own. @default 'UTC' */
  readonly timeZone?: string
  /** How far lifetime values and expected purchases look ahead. @default { weeks: 52 } */
  readonly horizon?: Duration
  /** What future money loses. @default 10 % a year */
  readonly discountRate?: DiscountRate
  /** Share of the money that is kept. @default 1 */
  readonly margin?: number
  /** How long customers must stay away to count as churned, in whole days. @default { weeks: 13 } */
  readonly churnHorizon?: Duration
  /** Segments by RFM scores. @default 11 segments from Champions to Lost */
  readonly segments?: SegmentMap
  /** Most clusters tried, 2 to 100. @default 8 */
  readonly maxClusters?: number
  /** Seed of everything drawn by chance. @default 1 */
  readonly seed?: number
}

/** The options of an analysis, complete and checked. */
export type ResolvedAnalysisOptions = Required<AnalysisOptions>

/** Fills in the defaults and checks what has no door of its own further down. */
export function resolveAnalysisOptions(caller: string, options: AnalysisOptions): ResolvedAnalysisOptions {
  if (!isObject(options)) {
    throw badOption(caller, 'options', "an object with at least the last day, such as { asOf: '2024-06-30' }", options)
  }
  const {
    asOf,
    timeZone = 'UTC',
    horizon = { weeks: 52 },
    discountRate = { rate: 0.1, per: 'year' },
    margin = 1,
    churnHorizon = { weeks: 13 },
    segments = defaultSegmentMap(),
    maxClusters = 8,
    seed = 1,
    ...others
  } = options as AnalysisOptions
  checkNoOthers(caller, others)
  parseDay(caller, 'asOf', asOf)
  durationIn(caller, 'horizon', horizon, 'week')
  const churnDays = durationIn(caller, 'churnHorizon', churnHorizon, 'day')
  if (!Number.isInteger(churnDays)) throw badOption(caller, 'churnHorizon', 'a whole number of days', churnDays)
  checkPositive(caller, 'margin', margin)
  discountPerUnit(caller, discountRate, 'week')
  checkInteger(caller, 'maxClusters', maxClusters, 2, 100)
  checkSeed(caller, seed)
  return { asOf, timeZone, horizon, discountRate, margin, churnHorizon, segments, maxClusters, seed }
}
