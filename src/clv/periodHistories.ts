import { parseDay } from '../core/calendar.ts'
import {
  checkLength,
  checkList,
  checkNoOthers,
  checkObject,
  checkOptions,
  checkTimeUnit,
  show,
} from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkForm, type Form } from '../core/form.ts'
import { type Duration, durationIn } from '../core/timeUnit.ts'
import { checkTable } from '../table/checkTable.ts'
import { columnOf } from '../table/columnOf.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import type { EventTable } from '../table/eventTable.ts'
import { purchaseDays } from '../table/purchaseDays.ts'

/**
 * What each customer did at a row of opportunities to buy, such as years, renewals or newsletters, after the first
 * purchase: the data of the BG/BB model. One row a customer, or a history shared by many.
 */
export interface PeriodHistories {
  /** Ids, in row order. */
  readonly customers: readonly string[]
  readonly timeUnit: 'period'
  /** Opportunities at which the customer bought; x. */
  readonly repeats: Uint32Array
  /** The last opportunity at which the customer bought, counted from 1; t_x. 0 without repeats. */
  readonly ageAtLast: Float64Array
  /** Opportunities up to now; n. */
  readonly age: Float64Array
  /** How many customers the row stands for. */
  readonly weights: Float64Array
}

const PERIOD_HISTORIES: Form = {
  is: 'period histories, as periodHistories makes them',
  fields: {
    repeats: 'typed array',
    ageAtLast: 'typed array',
    age: 'typed array',
    weights: 'typed array',
    customers: 'list',
    timeUnit: 'text',
  },
}

/** Throws unless `histories` are period histories (`BAD_OPTION`; `UNIT_MISMATCH` for a customer summary). */
export function checkPeriodHistories(caller: string, histories: PeriodHistories, name = 'histories'): void {
  checkForm(caller, name, histories, PERIOD_HISTORIES)
  checkTimeUnit(caller, { timeUnit: 'period' }, histories)
}

/** What the models of purchases ask about: a summary in days or weeks, or histories in periods. */
export type TransactionHistories = CustomerSummary | PeriodHistories

/** Histories made elsewhere, as columns of equal length. */
export interface PeriodColumns {
  /** Opportunities at which the customer bought again; whole numbers. */
  readonly repeats?: ArrayLike<number>
  /** Another name of `repeats`. */
  readonly frequency?: ArrayLike<number>
  /** The last opportunity at which the customer bought, counted from 1; 0 without repeats. */
  readonly lastPeriod?: ArrayLike<number>
  /** Another name of `lastPeriod`. */
  readonly recency?: ArrayLike<number>
  /** Opportunities up to now, at most 100,000. */
  readonly periods: ArrayLike<number>
  /** @default '1', '2', … */
  readonly customers?: readonly string[]
  /** How many customers each row stands for, above 0. @default 1 */
  readonly weights?: ArrayLike<number>
}

/** Options of `periodHistories`. */
export interface PeriodHistoriesOptions {
  /** Last day that counts, inclusive, `YYYY-MM-DD`. */
  readonly asOf: string
  /** Length of a period: one opportunity to buy. */
  readonly period: Duration
}

/**
 * Counts for each customer the periods in which there was a purchase. Periods run from the day after the customer's
 * first purchase; the last one, where it is not over yet, is left out with what was bought in it. Linear in the events.
 *
 * @throws {ClienteleError} `BAD_OPTION` if `asOf` is no day or `period` no length of time; `BAD_SHAPE` if a customer had more than
 *   100,000 periods
 * @see Fader, Hardie & Shang (2010), section 2, for x, t_x and n
 * @example
 * periodHistories(table, { asOf: '1998-06-30', period: { weeks: 13 } }).age[0] // 5 whole quarters since the first purchase
 */
export function periodHistories(table: EventTable, options: PeriodHistoriesOptions): PeriodHistories {
  const caller = 'periodHistories'
  checkTable(caller, table)
  const { asOf, period: length, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  const lastDay = parseDay(caller, 'asOf', asOf)
  const days = durationIn(caller, 'period', length, 'day')
  const { offsets, day } = purchaseDays(table, lastDay)
  const customers: string[] = []
  const repeats: number[] = []
  const lastPeriod: number[] = []
  const periods: number[] = []
  table.customers.forEach((customer, c) => {
    const [from, to] = [offsets[c]!, offsets[c + 1]!]
    if (from === to) return
    const n = Math.floor((lastDay - day[from]!) / days)
    let last = 0
    let x = 0
    for (let i = from + 1; i < to; i++) {
      const period = periodAfter(day[i]! - day[from]!, days)
      if (period === last || period > n) continue
      last = period
      x++
    }
    customers.push(customer)
    repeats.push(x)
    lastPeriod.push(last)
    periods.push(n)
  })
  return checked(caller, { customers, repeats, lastPeriod, periods })
}

/** The period of a purchase so many days after the first: periods begin on the day after it. */
export function periodAfter(days: number, length: number): number {
  return Math.ceil(days / length)
}

/**
 * Period histories from columns that another program made, such as a table with `frequency`, `recency` and `periods`.
 * Linear; copies the columns.
 *
 * @throws {ClienteleError} `BAD_SHAPE` if a column is missing, there twice or of another length; `BAD_EVENT`, with the row, unless the numbers
 *   are whole, repeats ≤ lastPeriod ≤ periods ≤ 100,000, and lastPeriod is 0 where repeats is
 * @example
 * periodHistoriesFromColumns({ repeats: [2, 0], lastPeriod: [5, 0], periods: [6, 6] }).age[0] // 6
 */
export function periodHistoriesFromColumns(columns: PeriodColumns): PeriodHistories {
  return checked('periodHistoriesFromColumns', columns)
}

function checked(caller: string, columns: PeriodColumns): PeriodHistories {
  checkObject(caller, 'columns', columns)
  const repeats = columnOf(caller, columns, 'repeats', 'frequency')
  const last = columnOf(caller, columns, 'lastPeriod', 'recency')
  if (repeats === undefined || last === undefined || columns.periods === undefined) {
    throw new ClienteleError('BAD_SHAPE', `${caller}: columns "repeats", "lastPeriod" and "periods" are needed`)
  }
  const rows = checkList(caller, 'repeats', repeats).length
  const weights = columns.weights ?? new Float64Array(rows).fill(1)
  const customers = columns.customers ?? Array.from({ length: rows }, (_, row) => String(row + 1))
  for (const [name, column] of Object.entries({ lastPeriod: last, periods: columns.periods, weights, customers })) {
    checkLength(caller, name, column, rows)
  }
  for (let row = 0; row < rows; row++) {
    const problem = rowProblem(repeats[row]!, last[row]!, columns.periods[row]!, weights[row]!)
    if (problem === '') continue
    throw new ClienteleError('BAD_EVENT', `${caller}: row ${row} (customer "${customers[row]}"): ${problem}`)
  }
  return {
    customers,
    timeUnit: 'period',
    repeats: Uint32Array.from(repeats),
    ageAtLast: Float64Array.from(last),
    age: Float64Array.from(columns.periods),
    weights: Float64Array.from(weights),
  }
}

/** So long a history takes as many steps to weigh. */
const MAX_PERIODS = 100_000

function rowProblem(repeats: number, last: number, periods: number, weight: number): string {
  if (!(Number.isInteger(periods) && periods >= 0 && periods <= MAX_PERIODS))
    return `"periods" must be a whole number from 0 to ${MAX_PERIODS}, got ${show(periods)}`
  if (!(Number.isInteger(last) && last >= 0 && last <= periods))
    return `"lastPeriod" must be a whole number from 0 to ${periods}, the periods, got ${show(last)}`
  if (!(Number.isInteger(repeats) && repeats >= 0 && repeats <= last))
    return `"repeats" must be a whole number from 0 to ${last}, the last period, got ${show(repeats)}`
  if (repeats === 0 && last !== 0) return `"lastPeriod" must be 0 without repeats, got ${show(last)}`
  if (!(weight > 0 && Number.isFinite(weight))) return `"weights" must be a finite number above 0, got ${show(weight)}`
  return ''
}
