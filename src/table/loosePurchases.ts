import type { Zone } from '../core/calendar.ts'
import { FACTS, GROUPS, scanIdsInto, type WholeNumbers } from '../kernels/scanEvents.ts'
import type { CustomerSums } from './customerSums.ts'
import type { EventTable } from './eventTable.ts'
import { type GroupedPurchases, groupPurchases, orderPurchases } from './groupPurchases.ts'
import type { PurchaseSpan } from './purchaseSpan.ts'

/**
 * Purchases whose customers are known, not put in order yet. A summary needs no order, and making one costs more than
 * the summary; so a table waits with it until somebody reads its times or values.
 */
export interface LoosePurchases {
  /** Customers are numbers below this; each has an event. */
  readonly customers: number
  /** Customer of each event, in the order of arrival; or none, if events stand by customer. */
  readonly codes: Uint32Array
  /** Length: customers + 1; or none, if events do not stand by customer. */
  readonly offsets: Uint32Array
  readonly time: Float64Array
  readonly value: Float64Array
  readonly span: PurchaseSpan
  readonly zone: Zone
  /** What customers did, if it is known already. */
  readonly sums?: CustomerSums
}

/** What is known of purchases before their customers are. */
export type PurchaseFacts = Pick<LoosePurchases, 'time' | 'value' | 'span' | 'zone' | 'sums'>

/** Purchases of customers that are numbered in the order of their first appearance. */
export function looseByCodes(codes: Uint32Array, customers: number, facts: PurchaseFacts): LoosePurchases {
  const offsets = offsetsOf(codes, customers)
  if (offsets !== undefined) return looseByOffsets(offsets, facts)
  return { ...facts, customers, codes, offsets: new Uint32Array(0) }
}

/** Purchases that stand by customer: those of `c` are `offsets[c]` up to `offsets[c + 1]`. */
export function looseByOffsets(offsets: Uint32Array, facts: PurchaseFacts): LoosePurchases {
  return { ...facts, customers: offsets.length - 1, codes: new Uint32Array(0), offsets }
}

/** Rows that nearly always tell columns that do not ascend. */
const FIRST_ROWS = 1024

/** The most groups that `scanIdsInto` can come to find: not worth room for all rows, if the first do not ascend. */
export function groupRoom(ids: WholeNumbers): number {
  return mayAscend(ids) ? ids.length : Math.min(ids.length, FIRST_ROWS)
}

/** Whether the first ids ascend. */
export function mayAscend(ids: WholeNumbers): boolean {
  const rows = Math.min(ids.length, FIRST_ROWS)
  for (let i = 1; i < rows; i++) if (ids[i]! < ids[i - 1]!) return false
  return true
}

function offsetsOf(codes: Uint32Array, customers: number): Uint32Array | undefined {
  if (!mayAscend(codes)) return undefined
  const facts = new Float64Array(FACTS)
  const starts = new Uint32Array(codes.length + 1)
  scanIdsInto(codes, starts, new Float64Array(codes.length), facts)
  return facts[GROUPS] === customers ? starts.slice(0, customers + 1) : undefined
}

/** Groups purchases by customer, oldest first, ties by value. */
export function putInOrder({ customers, codes, offsets, time, value, span }: LoosePurchases): GroupedPurchases {
  if (offsets.length > 0) return orderPurchases({ offsets, time, value })
  return groupPurchases(codes, customers, time, value, span)
}

/** Where a table keeps what it has not put in order: a property that no copy of the table has. */
const LOOSE = 'loosePurchases'

/** How a table holds on to its purchases until they are in order. */
export function looseProperty(get: () => LoosePurchases | undefined): PropertyDescriptorMap {
  return { [LOOSE]: { enumerable: false, get } }
}

/** The purchases of a table that has not put them in order yet. */
export function loosePurchases(table: EventTable & { readonly [LOOSE]?: LoosePurchases }): LoosePurchases | undefined {
  return table[LOOSE]
}

/** Local day of each time. */
export function localDays(time: Float64Array, zone: Zone): Int32Array {
  const day = new Int32Array(time.length)
  for (let i = 0; i < time.length; i++) day[i] = zone.dayOf(time[i]!)
  return day
}
