import { FACTS, GROUPS, scanIdsInto } from '../kernels/scanEvents.ts'
import { type GroupedPurchases, groupPurchases, orderPurchases, type TimeSpan } from './groupPurchases.ts'

/**
 * Groups purchases by customers that are numbered in the order of their first appearance. Codes that ascend need no
 * moving.
 */
export function groupCoded(
  codes: Uint32Array,
  customers: number,
  time: Float64Array,
  value: Float64Array,
  span: TimeSpan,
): GroupedPurchases {
  const facts = new Float64Array(FACTS)
  const starts = new Uint32Array(codes.length + 1)
  scanIdsInto(codes, starts, new Float64Array(codes.length), facts)
  if (facts[GROUPS] !== customers) return groupPurchases(codes, customers, time, value, span)
  return orderPurchases({ offsets: starts.slice(0, customers + 1), time, value })
}
