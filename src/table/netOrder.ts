import { CANCEL, PURCHASE } from './tableDraft.ts'

/** What refunds and cancellations made of events, row by row. */
export interface NettedRows {
  /** What became of each event, as below. */
  readonly fate: Uint8Array
  /** What is left of a purchase; what a refund or cancellation took off its order. */
  readonly value: Float64Array
}

// Fates of events. 1 is what kernels leave out among purchases.
export const PURCHASED = 0
export const TAKEN_BACK = 1
export const OF_ORDER = 2
export const OF_CUSTOMER = 3
export const UNMATCHED = 4
/** An event that moves no money. */
export const NO_MONEY = 5
/** An event after the last day that counts. */
export const AFTER = 6

/** Share of an order below which what refunds left of it is dust of binary fractions and counts as nothing. */
const DUST = 1e-9

/**
 * Takes the refunds and cancellations of one order off its purchases: each off the first purchases first, and what
 * exceeds them all off the customer's total. Without a purchase, a refund is off the customer's total as a whole, and a
 * cancellation has no effect.
 *
 * @param rows - the events of the order by time, ties by type and value; none that moves no money
 * @param netted - holds the money of each event as its value; says afterwards what became of it
 */
export function netOrder(
  rows: ArrayLike<number>,
  type: Uint8Array,
  money: Float64Array,
  { fate, value }: NettedRows,
): void {
  const purchases: number[] = []
  for (let i = 0; i < rows.length; i++) {
    if (type[rows[i]!] !== PURCHASE) continue
    fate[rows[i]!] = PURCHASED
    purchases.push(rows[i]!)
  }
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!
    if (type[row] === PURCHASE) continue
    if (purchases.length > 0) {
      fate[row] = OF_ORDER
      value[row] = takeOff(purchases, money[row]!, money, { fate, value })
    } else {
      fate[row] = type[row] === CANCEL ? UNMATCHED : OF_CUSTOMER
      value[row] = 0
    }
  }
}

/** What a refund or cancellation that was netted took beyond its order, and so off the customer's total. */
export function excessOf(money: number, fate: number, taken: number): number {
  const isNone = fate === UNMATCHED || Number.isNaN(money)
  return isNone ? 0 : money - taken
}

/** Takes `amount` (NaN: all there is) off the purchases of an order, first to last; returns how much was there. */
function takeOff(
  purchases: readonly number[],
  amount: number,
  money: Float64Array,
  { fate, value }: NettedRows,
): number {
  const isWhole = Number.isNaN(amount)
  let left = isWhole ? Number.POSITIVE_INFINITY : amount
  let taken = 0
  for (const row of purchases) {
    const part = Math.min(left, value[row]!)
    value[row]! -= part
    left -= part
    taken += part
    if (isWhole || (part > 0 && value[row]! <= money[row]! * DUST)) fate[row] = TAKEN_BACK
    if (left <= 0) break
  }
  return taken
}
