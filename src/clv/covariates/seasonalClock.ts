import { dayText, parseDay } from '../../core/calendar.ts'
import { badOption, checkTimeUnit } from '../../core/checks.ts'
import { checkColumns, columnOf } from '../../table/featureMatrix.ts'
import type { CalendarHistories } from './calendarHistories.ts'
import { calendarRows, checkCalendar, type PurchaseCalendar } from './purchaseCalendar.ts'
import type { SeasonalPurchasesModel } from './seasonalPurchases.ts'

/** How fast everybody buys from the first purchase of all to the end of a forecast. Days are since 1970-01-01. */
export interface SeasonalClock {
  /** Day of the first purchase of all. */
  readonly from: number
  /** Last day of the forecast. */
  readonly until: number
  /** γ·z of each day after `from`. */
  readonly scores: Float64Array
  /** Σ e^(γ·z) over the days after `from`, to the end of each; 0 first. */
  readonly elapsed: Float64Array
}

/** Checks what a forecast is asked for, and winds up the clock; see `inOperationalTime` for what is thrown. */
export function seasonalClock(
  caller: string,
  model: SeasonalPurchasesModel,
  histories: CalendarHistories,
  calendar: PurchaseCalendar,
  until: number,
): SeasonalClock {
  checkTimeUnit(caller, model, histories)
  const { offsets, day, lastDay } = histories
  const from = offsets.subarray(0, -1).reduce((earliest, at) => Math.min(earliest, day[at]!), lastDay)
  checkCalendar(caller, calendar, from, Math.max(until, lastDay))
  const scores = new Float64Array(until - from)
  const rows = calendarRows(calendar, from, until - from)
  for (const { columns, coefficients } of model.effects) {
    checkColumns(caller, calendar.covariates, columns)
    coefficients.forEach((coefficient, j) => {
      const column = columnOf(calendar.covariates, j)
      for (let d = 0; d < scores.length; d++) scores[d]! += coefficient * column[rows[d]!]!
    })
  }
  return { from, until, scores, elapsed: elapsedTimes(scores) }
}

/** The last day of a forecast, which must come after the last one observed. */
export function forecastEnd(caller: string, { lastDay }: CalendarHistories, untilText: string): number {
  const until = parseDay(caller, 'until', untilText)
  if (until > lastDay) return until
  throw badOption(caller, 'until', `a day after ${dayText(lastDay)}`, untilText)
}

/** Running sums of e^score. In a period all days add the same, and errors of the same sign: they are made good. */
function elapsedTimes(scores: Float64Array): Float64Array {
  const elapsed = new Float64Array(scores.length + 1)
  for (let d = 0, sum = 0, lost = 0; d < scores.length; d++) {
    const term = Math.exp(scores[d]!)
    const next = sum + term
    lost += sum >= term ? sum - next + term : term - next + sum
    sum = next
    elapsed[d + 1] = sum + lost
  }
  return elapsed
}

/** Σ γ·z over the days of the repeat purchases of each customer. */
export function purchaseScores(
  { offsets, day, customers }: CalendarHistories,
  from: number,
  scores: Float64Array,
): Float64Array {
  const sums = new Float64Array(customers.length)
  for (let row = 0; row < sums.length; row++) {
    for (let i = offsets[row]! + 1; i < offsets[row + 1]!; i++) sums[row]! += scores[day[i]! - from - 1]!
  }
  return sums
}
