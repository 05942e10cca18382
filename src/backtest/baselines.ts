import { dayText, parseDay } from '../core/calendar.ts'
import { daysIn } from '../core/timeUnit.ts'
import { fitRfm, rfmCodes, scoreRfm } from '../rfm/rfmScores.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import { customerSummary } from '../table/customerSummary.ts'
import type { EventTable } from '../table/eventTable.ts'
import { holdout } from '../table/holdout.ts'

/** What somebody without a model would expect. A model has to be better than these. */
export type BaselineName = 'same count as before' | 'rate so far' | 'RFM-cell mean' | 'nobody buys'

/** What is known at a cut-off, and how far to look ahead. */
export interface BaselineQuestion {
  readonly table: EventTable
  readonly before: CustomerSummary
  /** Days of the future. */
  readonly days: number
}

/** The baselines, each with its forecast of purchase days for the customers of `before`; nothing if it cannot say. */
export const BASELINES: Readonly<Record<BaselineName, (question: BaselineQuestion) => Float64Array | undefined>> = {
  'same count as before': sameCount,
  'rate so far': ({ before, days }) => {
    const horizon = days / daysIn(before.timeUnit)
    return before.age.map((age, row) => (age > 0 ? (before.repeats[row]! / age) * horizon : 0))
  },
  'RFM-cell mean': rfmCellMean,
  'nobody buys': ({ before }) => new Float64Array(before.repeats.length),
}

/** As many repeats as in as many days before the cut-off; of all the time, scaled up, where that is shorter. */
function sameCount({ table, before, days }: BaselineQuestion): Float64Array {
  const scale = Math.max(1, days / daysObserved(before))
  const counts = Float64Array.from(before.repeats)
  const start = parseDay('backtest', 'asOf', before.asOf) + 1 - days
  const earlier = customerSummary(table, { asOf: dayText(start - 1), timeUnit: before.timeUnit })
  const rowOf = rowsByCustomer(before, table.customers.length)
  earlier.tableRows.forEach((customer, row) => {
    counts[rowOf[customer]!]! -= earlier.repeats[row]!
  })
  return counts.map((count) => scale * count)
}

/** Days from the first purchase of anybody to the cut-off. */
function daysObserved({ age, timeUnit }: CustomerSummary): number {
  return Math.round(age.reduce((most, own) => Math.max(most, own), 0) * daysIn(timeUnit)) + 1
}

/**
 * The mean of the customers who stood in the same RFM cell one horizon earlier, learnt in the time before the cut-off; of
 * at most half of that time, scaled up, so that there is something to score by. An empty cell has the mean of all.
 */
function rfmCellMean({ table, before, days }: BaselineQuestion): Float64Array | undefined {
  const end = parseDay('backtest', 'asOf', before.asOf) + 1
  const learnt = Math.min(days, Math.floor(daysObserved(before) / 2))
  if (learnt < 1) return undefined
  const past = holdout(table, {
    cutoff: dayText(end - learnt),
    horizon: { days: learnt },
    timeUnit: before.timeUnit,
    asOf: before.asOf,
  })
  const cells = rfmCodes(scoreRfm(fitRfm(past.before), past.before))
  const sums = new Map<number, { customers: number; purchases: number }>()
  const all = { customers: 0, purchases: 0 }
  cells.forEach((cell, row) => {
    const own = sums.get(cell) ?? { customers: 0, purchases: 0 }
    sums.set(cell, own)
    for (const sum of [own, all]) {
      sum.customers++
      sum.purchases += past.after.purchaseDays[row]!
    }
  })
  const scale = days / learnt
  return Float64Array.from(rfmCodes(scoreRfm(fitRfm(before), before)), (cell) => {
    const { customers, purchases } = sums.get(cell) ?? all
    return (scale * purchases) / customers
  })
}

/** Row in the summary of each customer of the table. */
function rowsByCustomer({ tableRows }: CustomerSummary, customers: number): Int32Array {
  const rowOf = new Int32Array(customers).fill(-1)
  tableRows.forEach((customer, row) => {
    rowOf[customer] = row
  })
  return rowOf
}
