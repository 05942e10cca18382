import { daysIn } from '../../core/timeUnit.ts'
import { groupRows, valuesOf } from '../groupRows.ts'
import type { CalendarHistories } from './calendarHistories.ts'

/** Distinct histories on the calendar, by x. Days are counted from the first day of any, 0. */
export interface SeasonalHistories {
  /** x, ascending. */
  readonly repeats: Uint32Array
  readonly first: Uint32Array
  readonly last: Uint32Array
  readonly weights: Float64Array
  /** Last day observed; the same for all. */
  readonly end: number
  /** Repeat purchases on each of the days 1 to `end`. */
  readonly repeatsOn: Float64Array
  /** Days in a time unit. */
  readonly unit: number
}

/** The histories of all customers, row by row, on a calendar that starts on the day `from`. */
export function rowHistories(
  { offsets, day, lastDay, timeUnit }: CalendarHistories,
  from: number,
): Pick<SeasonalHistories, 'repeats' | 'first' | 'last' | 'end' | 'unit'> {
  const length = offsets.length - 1
  return {
    repeats: Uint32Array.from({ length }, (_, c) => offsets[c + 1]! - offsets[c]! - 1),
    first: Uint32Array.from({ length }, (_, c) => day[offsets[c]!]! - from),
    last: Uint32Array.from({ length }, (_, c) => day[offsets[c + 1]! - 1]! - from),
    end: lastDay - from,
    unit: daysIn(timeUnit),
  }
}

/** The distinct histories, and how many customers were watched on each day after `from`. */
export function seasonalHistories(
  histories: CalendarHistories,
  from: number,
): { seasonal: SeasonalHistories; watched: Float64Array } {
  const { offsets, day } = histories
  const { repeats, first, last, end, unit } = rowHistories(histories, from)
  const repeatsOn = new Float64Array(end)
  const watched = new Float64Array(end)
  for (let c = 0; c < repeats.length; c++) {
    for (let i = offsets[c]! + 1; i < offsets[c + 1]!; i++) repeatsOn[day[i]! - from - 1]!++
    if (first[c]! < end) watched[first[c]!]!++
  }
  for (let d = 1; d < end; d++) watched[d]! += watched[d - 1]!
  const distinct = groupRows([repeats, first, last])
  const weights = new Float64Array(distinct.count)
  for (const history of distinct.groupOf) weights[history]!++
  const seasonal = {
    repeats: Uint32Array.from(valuesOf(distinct, repeats)),
    first: Uint32Array.from(valuesOf(distinct, first)),
    last: Uint32Array.from(valuesOf(distinct, last)),
    weights,
    end,
    repeatsOn,
    unit,
  }
  return { seasonal, watched }
}
