import type { CustomerSummary } from '../../table/customerSummary.ts'
import { groupRows, type RowGroups, valuesOf } from '../groupRows.ts'
import type { PurchaseHistories } from '../purchaseHistories.ts'

/** The distinct histories of each group of customers, of a summary whose histories were found fit to be learnt from. */
export function groupedHistories(
  { repeats, ageAtLast, age, weights }: CustomerSummary,
  { count, groupOf }: RowGroups,
): PurchaseHistories[] {
  const distinct = groupRows([groupOf, repeats, age, ageAtLast])
  const [ofGroup, x, T, tx] = [groupOf, repeats, age, ageAtLast].map((column) => valuesOf(distinct, column)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const customers = new Float64Array(distinct.count)
  distinct.groupOf.forEach((history, row) => {
    customers[history]! += weights[row]!
  })
  const grouped: PurchaseHistories[] = []
  for (let start = 0, end = 0; grouped.length < count; start = end) {
    while (end < distinct.count && ofGroup[end] === ofGroup[start]) end++
    const times = Float64Array.from(new Set([...tx.subarray(start, end), ...T.subarray(start, end)])).sort()
    const placeOf = new Map(Array.from(times, (time, place) => [time, place]))
    const placesOf = (column: Float64Array): Uint32Array =>
      Uint32Array.from(column.subarray(start, end), (time) => placeOf.get(time)!)
    grouped.push({
      count: end - start,
      repeats: Uint32Array.from(x.subarray(start, end)),
      timeAtLast: placesOf(tx),
      timeAtEnd: placesOf(T),
      weights: customers.subarray(start, end),
      times,
    })
  }
  return grouped
}
