import type { CalendarHistories } from '../../../src/clv/covariates/calendarHistories.ts'
import { type PurchaseCalendar, purchaseCalendar } from '../../../src/clv/covariates/purchaseCalendar.ts'
import { featureMatrix } from '../../../src/table/featureMatrix.ts'

/** Histories of purchase days, a list a customer. */
export function historiesOf(days: readonly (readonly number[])[], lastDay: number): CalendarHistories {
  const offsets = new Uint32Array(days.length + 1)
  days.forEach((own, c) => {
    offsets[c + 1] = offsets[c]! + own.length
  })
  const customers = days.map((_, c) => `${c}`)
  return { customers, timeUnit: 'day', offsets, day: Int32Array.from(days.flat()), lastDay }
}

/** A calendar from 1970-01-01 on, day 0. */
export function calendarOf(columns: Record<string, ArrayLike<number>>, periodDays = 1): PurchaseCalendar {
  return purchaseCalendar({ from: '1970-01-01', covariates: featureMatrix(columns), periodDays })
}
