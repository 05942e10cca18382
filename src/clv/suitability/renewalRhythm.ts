import type { PurchaseGaps } from './purchaseGaps.ts'

/** Whether purchases come as renewals of a contract do: at one fixed distance. */
export interface RenewalRhythm {
  /** Days of the commonest fixed distance, in words: `'month'`, `'week'`. */
  readonly period: RenewalPeriod
  /** Share of the customers' gaps that are of that length, every customer with gaps counting once. NaN without gaps. */
  readonly share: number
  /** Customers with gaps. */
  readonly customers: number
}

/** Usual lengths of a paid period. */
export type RenewalPeriod = 'week' | 'two weeks' | 'four weeks' | 'month' | 'quarter' | 'half year' | 'year'

/** Lengths in days, from and to: as the calendar has them, and a day of delay. */
const PERIODS: readonly (readonly [RenewalPeriod, number, number])[] = [
  ['week', 7, 7],
  ['two weeks', 14, 14],
  ['four weeks', 28, 28],
  ['month', 28, 32],
  ['quarter', 89, 93],
  ['half year', 180, 185],
  ['year', 364, 367],
]

/** The period that most gaps have. Linear. */
export function renewalRhythm({ offsets, days }: PurchaseGaps): RenewalRhythm {
  const hits = PERIODS.map(() => 0)
  let customers = 0
  for (let c = 0; c + 1 < offsets.length; c++) {
    const own = days.subarray(offsets[c]!, offsets[c + 1]!)
    if (own.length === 0) continue
    customers++
    PERIODS.forEach(([, from, to], k) => {
      hits[k]! += own.reduce((count, gap) => count + (gap >= from && gap <= to ? 1 : 0), 0) / own.length
    })
  }
  const best = hits.reduce((top, hit, k) => (hit > hits[top]! ? k : top), 0)
  return { period: PERIODS[best]![0], share: hits[best]! / customers, customers }
}
