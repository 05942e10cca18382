import { parseDay } from '../core/calendar.ts'
import { checkNoOthers, checkOptions } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkUnit, daysIn, type TimeUnit } from '../core/timeUnit.ts'
import { checkTable } from '../table/checkTable.ts'
import { EVENT_TYPES } from '../table/customerEvent.ts'
import { type CustomerSummary, summarise } from '../table/customerSummary.ts'
import type { EventTable } from '../table/eventTable.ts'
import { type FeatureMatrix, featureMatrix } from '../table/featureMatrix.ts'
import { type PurchaseDays, purchaseDays } from '../table/purchaseDays.ts'
import { checkChurnColumns, defaultChurnColumns, EVENT_COLUMNS } from './churnColumns.ts'

/** What is known of each customer on a day, as numbers that a learner can use. */
export interface ChurnFeatures {
  /** One row a customer with a purchase by then. */
  readonly summary: CustomerSummary
  /** The same rows; durations in the summary's time unit. */
  readonly matrix: FeatureMatrix
  readonly timeUnit: TimeUnit
}

/** Options of `churnFeatures`. */
export interface ChurnFeaturesOptions {
  /** Last day that counts, inclusive, `YYYY-MM-DD`. */
  readonly asOf: string
  /** Unit of the durations. @default 'week' */
  readonly timeUnit?: TimeUnit
  /** Names of the columns, in the order wanted. @default `defaultChurnColumns(table)` */
  readonly columns?: readonly string[]
}

/** Days of the windows `4w`, `13w` and `26w`. */
const SHORT_WINDOW_DAYS = 28
const WINDOW_DAYS = 91
const LONG_WINDOW_DAYS = 182

/**
 * What is known of each customer on a day: how long ago, how often, how regularly and for how much they bought, and what
 * else they did of late. Events after that day are not looked at, so the same function serves snapshots and the present.
 *
 * Linear in the events of the table.
 *
 * @throws {ClienteleError} `BAD_OPTION` if `asOf` is no day, or for an unknown unit or column; `NOT_ENOUGH_DATA` if nobody
 *   had bought by then
 * @example
 * const { summary, matrix } = churnFeatures(table, { asOf: '1998-06-30' })
 * matrix.columns[0] // 'sinceLast'
 * summary.customers.length === matrix.rows // true
 */
export function churnFeatures(table: EventTable, options: ChurnFeaturesOptions): ChurnFeatures {
  const caller = 'churnFeatures'
  checkTable(caller, table)
  const { asOf, timeUnit = 'week', columns = defaultChurnColumns(table), ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkUnit(caller, timeUnit)
  const lastDay = parseDay(caller, 'asOf', asOf)
  checkChurnColumns(caller, columns)
  const days = purchaseDays(table, lastDay)
  const summary = summarise(table, days.net, lastDay, timeUnit)
  if (summary.customers.length === 0) {
    throw new ClienteleError('NOT_ENOUGH_DATA', `${caller}: nobody had bought by ${asOf}`)
  }
  const known: Record<string, ArrayLike<number>> = {
    ...summaryColumns(summary),
    ...purchaseColumns(summary, days, lastDay),
    ...eventColumns(table, summary, lastDay),
  }
  return { summary, matrix: featureMatrix(Object.fromEntries(columns.map((name) => [name, known[name]!]))), timeUnit }
}

type Columns = Record<string, ArrayLike<number>>

function summaryColumns(summary: CustomerSummary): Columns {
  const { sinceLast, age, ageAtLast, repeats, purchases, total, meanRepeatValue } = summary
  return { sinceLast, age, ageAtLast, repeats, purchases, total, meanRepeatValue }
}

function purchaseColumns(summary: CustomerSummary, days: PurchaseDays, lastDay: number): Columns {
  const { tableRows, ageAtLast, sinceLast, repeats } = summary
  const rows = tableRows.length
  const unit = daysIn(summary.timeUnit)
  const missing = (): Float64Array => new Float64Array(rows).fill(Number.NaN)
  const column = (): Float64Array => new Float64Array(rows)
  const lastValue = column()
  const meanGap = missing()
  const gapSpread = missing()
  const sinceLastInGaps = missing()
  const [days4, days13, days26, money4, money13, money26] = Array.from({ length: 6 }, column) as Six<Float64Array>
  for (let row = 0; row < rows; row++) {
    const c = tableRows[row]!
    const start = days.offsets[c]!
    const end = days.offsets[c + 1]!
    lastValue[row] = days.value[end - 1]!
    if (repeats[row]! > 0) {
      meanGap[row] = ageAtLast[row]! / repeats[row]!
      sinceLastInGaps[row] = sinceLast[row]! / meanGap[row]!
    }
    if (repeats[row]! > 1) gapSpread[row] = spreadOfGaps(days.day, start, end, meanGap[row]! * unit) / unit
    for (let i = end - 1; i >= start; i--) {
      const ago = lastDay - days.day[i]!
      if (ago >= LONG_WINDOW_DAYS) break
      days26[row]!++
      money26[row]! += days.value[i]!
      if (ago >= WINDOW_DAYS) continue
      days13[row]!++
      money13[row]! += days.value[i]!
      if (ago >= SHORT_WINDOW_DAYS) continue
      days4[row]!++
      money4[row]! += days.value[i]!
    }
  }
  return {
    lastValue,
    meanGap,
    gapSpread,
    sinceLastInGaps,
    purchaseDays4w: days4,
    purchaseDays13w: days13,
    purchaseDays26w: days26,
    money4w: money4,
    money13w: money13,
    money26w: money26,
  }
}

type Six<T> = [T, T, T, T, T, T]

/** Standard deviation, in days, of the gaps between the purchase days `start` up to `end`, whose mean is known. */
function spreadOfGaps(day: Int32Array, start: number, end: number, mean: number): number {
  let squares = 0
  for (let i = start + 1; i < end; i++) squares += (day[i]! - day[i - 1]! - mean) ** 2
  return Math.sqrt(squares / (end - start - 2))
}

function eventColumns(table: EventTable, summary: CustomerSummary, lastDay: number): Columns {
  const { offsets, day, type } = table
  const columns: Columns = {}
  for (const [name, kind] of Object.entries(EVENT_COLUMNS)) {
    const code = EVENT_TYPES.indexOf(kind)
    const counts = new Float64Array(summary.tableRows.length)
    summary.tableRows.forEach((c, row) => {
      for (let i = offsets[c]!; i < offsets[c + 1]! && day[i]! <= lastDay; i++) {
        if (type[i] === code && lastDay - day[i]! < WINDOW_DAYS) counts[row]!++
      }
    })
    columns[name] = counts
  }
  return columns
}
