import { type SummaryRows, writeRow } from './summaryRows.ts'

// Where `summariseEventsInto` writes what it counted.
export const EVENTS_AFTER = 0
export const PURCHASES = 1
export const TAKEN_BACK = 2
/** Money of all purchases before refunds. */
export const GROSS = 3
export const COUNTS = 4

const DAY_MS = 86_400_000

/**
 * While (events × sum) of positive parts stays below the smallest part times this, the compensated sum loses no bit of
 * any part and so is the same in any order: what roundings take off the sum is then a whole number, below 2^53, of
 * units in the last place of the smallest part.
 */
export const EXACT: number = 2 ** 51

/**
 * Sums up what each customer did up to a day, in one pass over events that stand by customer and day. Returns the number
 * of customers with a purchase that counts, who have a row each; or -1 if a customer's days do not ascend, or if a sum
 * may depend on the order of its parts.
 *
 * Sums are compensated (Neumaier): the money of the first day and that of all later ones are pairs (sum, lost), rounded
 * once, at the end. The error of a sum is taken without a branch (Knuth's TwoSum, the same number).
 */
export function summariseEventsInto(
  offsets: Uint32Array, //     in   customers + 1
  time: Float64Array, //       in   n, ms
  day: Int32Array, //          in   n, local days; or none, if they are those of UTC
  type: Uint8Array, //         in   n, 0 for purchases; or none, if all are
  gross: Float64Array, //      in   n, money before refunds; or none, if that is `value`
  value: Float64Array, //      in   n, money after refunds
  rest: Float64Array, //       in   n, what rounding took off `value`; or none
  takenBack: Uint8Array, //    in   n, 1 for purchases that do not count, other numbers for others; or none
  unassigned: Float64Array, // in   customers, money to take off the total; or none
  least: number, //            in   smallest positive value; Infinity if events stand in the one order that counts
  lastDay: number, //          in   last day that counts
  unit: number, //             in   days in the unit of durations
  out: SummaryRows, //         out  customers
  counts: Float64Array, //     out  COUNTS
): number {
  const hasDays = day.length > 0
  const hasTypes = type.length > 0
  const hasGross = gross.length > 0
  const hasRest = rest.length > 0
  const hasTakenBack = takenBack.length > 0
  const hasUnassigned = unassigned.length > 0
  const most = least < Number.POSITIVE_INFINITY ? Math.min(least * EXACT, Number.MAX_VALUE) : least
  let row = 0
  let after = 0
  let counted = 0
  let back = 0
  let grossSum = 0
  let grossLost = 0
  for (let c = 0; c + 1 < offsets.length; c++) {
    const end = offsets[c + 1]!
    let days = 0
    let orders = 0
    let firstDay = 0
    let thisDay = 0
    let paid = 0 // before refunds
    let paidLost = 0
    let first = 0 // of the first day
    let firstLost = 0
    let sum = 0 // of the first day until it is over, then of the later ones
    let lost = 0
    for (let i = offsets[c]!; i < end; i++) {
      const d = hasDays ? day[i]! : Math.floor(time[i]! / DAY_MS)
      if (d > lastDay) {
        after++
        continue
      }
      if (hasTypes && type[i] !== 0) continue
      if (hasGross) {
        const asPaid = gross[i]!
        const next = paid + asPaid
        const shadow = next - paid
        paidLost += paid - (next - shadow) + (asPaid - shadow)
        paid = next
        if (hasTakenBack && takenBack[i] === 1) {
          back++
          continue
        }
      }
      if (d !== thisDay || days === 0) {
        if (days === 0) firstDay = d
        else if (d < thisDay) return -1
        else if (days === 1) {
          first = sum
          firstLost = lost
          sum = 0
          lost = 0
        }
        days++
        thisDay = d
      }
      orders++
      const money = value[i]!
      const next = sum + money
      const shadow = next - sum
      lost += sum - (next - shadow) + (money - shadow)
      if (hasRest) lost += rest[i]!
      sum = next
    }
    const repeatMoney = days > 1 ? sum + lost : 0
    // Both pairs in one; the first is nothing as long as there is one day.
    const all = first + sum
    const part = all - first
    const allLost = first - (all - part) + (sum - part) + (firstLost + lost)
    if (!((end - offsets[c]!) * all <= most)) return -1
    // What was paid is added to that of the others as it would be had the pair been rounded: in any order the same.
    const high = hasGross ? paid + paidLost : all + allLost
    const low = hasGross ? paid - high + paidLost : all - high + allLost
    const grossNext = grossSum + high
    const grossPart = grossNext - grossSum
    grossLost += grossSum - (grossNext - grossPart) + (high - grossPart) + low
    grossSum = grossNext
    if (days === 0) continue
    const off = hasUnassigned ? unassigned[c]! : 0
    const net = all - off
    const netPart = net - all
    const total = net + (all - (net - netPart) + (-off - netPart) + allLost)
    counted += orders
    writeRow(out, row++, c, orders, days, firstDay, thisDay, lastDay, unit, total, repeatMoney)
  }
  counts[EVENTS_AFTER] = after
  counts[PURCHASES] = counted
  counts[TAKEN_BACK] = back
  counts[GROSS] = grossSum + grossLost
  return row
}
