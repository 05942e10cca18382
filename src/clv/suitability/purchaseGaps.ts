import type { PurchaseDays } from '../../table/purchaseDays.ts'

/** Days between consecutive purchase days of customers, oldest first. Those of customer `c` are `offsets[c]` on. */
export interface PurchaseGaps {
  readonly offsets: Uint32Array
  readonly days: Int32Array
}

/** The gaps between purchase days. Linear. */
export function purchaseGaps({ offsets, day }: PurchaseDays): PurchaseGaps {
  const starts = new Uint32Array(offsets.length)
  const days = new Int32Array(day.length)
  let count = 0
  for (let c = 0; c + 1 < offsets.length; c++) {
    for (let i = offsets[c]! + 1; i < offsets[c + 1]!; i++) days[count++] = day[i]! - day[i - 1]!
    starts[c + 1] = count
  }
  return { offsets: starts, days: days.subarray(0, count) }
}
