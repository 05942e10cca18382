// Where `summariseEventsInto` writes what it counted.
export const EVENTS_AFTER = 0
export const PURCHASES = 1
export const TAKEN_BACK = 2
/** Money of all purchases before refunds. */
export const GROSS = 3
/** Money of all rows. */
export const TOTAL = 4
export const COUNTS = 5

const DAY_MS = 86_400_000

/**
 * Sums up what each customer did up to a day, in one pass over events that stand by customer and time. Returns the
 * number of customers with a purchase that counts, who have a row each.
 *
 * Sums are compensated (Neumaier); the error of a sum is taken without a branch (Knuth's TwoSum, the same number).
 */
export function summariseEventsInto(
  offsets: Uint32Array, //         in   customers + 1
  time: Float64Array, //           in   n, ms
  day: Int32Array, //              in   n, local days; or none, if they are those of UTC
  type: Uint8Array, //             in   n, 0 for purchases; or none, if all are
  gross: Float64Array, //          in   n, money before refunds
  value: Float64Array, //          in   n, money after refunds
  takenBack: Uint8Array, //        in   n, 1 for purchases that do not count; other numbers for others; or none
  unassigned: Float64Array, //     in   customers, money to take off the total; or none
  lastDay: number, //              in   last day that counts
  unit: number, //                 in   days in the unit of durations
  tableRows: Uint32Array, //       out  customers, as all below
  purchases: Uint32Array, //       out
  sinceLast: Float64Array, //      out
  total: Float64Array, //          out
  repeats: Uint32Array, //         out
  ageAtLast: Float64Array, //      out
  age: Float64Array, //            out
  meanRepeatValue: Float64Array, // out
  counts: Float64Array, //         out  COUNTS
): number {
  const hasDays = day.length > 0
  const hasTypes = type.length > 0
  const hasTakenBack = takenBack.length > 0
  const hasUnassigned = unassigned.length > 0
  let row = 0
  let after = 0
  let counted = 0
  let back = 0
  let grossSum = 0
  let grossLost = 0
  let totalSum = 0
  let totalLost = 0
  for (let c = 0; c + 1 < offsets.length; c++) {
    const end = offsets[c + 1]!
    let days = 0
    let orders = 0
    let firstDay = 0
    let thisDay = 0
    let firstMoney = 0
    // Of the first day, and from the second day on of all days after it: a day is never rounded by itself.
    let sum = 0
    let lost = 0
    for (let i = offsets[c]!; i < end; i++) {
      const d = hasDays ? day[i]! : Math.floor(time[i]! / DAY_MS)
      if (d > lastDay) {
        after++
        continue
      }
      if (hasTypes && type[i] !== 0) continue
      const asPaid = gross[i]!
      const next = grossSum + asPaid
      const shadow = next - grossSum
      grossLost += grossSum - (next - shadow) + (asPaid - shadow)
      grossSum = next
      if (hasTakenBack && takenBack[i] === 1) {
        back++
        continue
      }
      orders++
      if (days === 0 || d !== thisDay) {
        if (days === 0) firstDay = d
        if (days === 1) {
          firstMoney = sum + lost
          sum = 0
          lost = 0
        }
        days++
        thisDay = d
      }
      const money = value[i]!
      const longer = sum + money
      const part = longer - sum
      lost += sum - (longer - part) + (money - part)
      sum = longer
    }
    if (days === 0) continue
    if (days === 1) {
      firstMoney = sum + lost
      sum = 0
      lost = 0
    }
    const repeatMoney = sum + lost
    const net = firstMoney + repeatMoney - (hasUnassigned ? unassigned[c]! : 0)
    counted += orders
    tableRows[row] = c
    purchases[row] = orders
    repeats[row] = days - 1
    sinceLast[row] = (lastDay - thisDay) / unit
    ageAtLast[row] = (thisDay - firstDay) / unit
    age[row] = (lastDay - firstDay) / unit
    meanRepeatValue[row] = days > 1 ? repeatMoney / (days - 1) : 0
    total[row] = net
    const next = totalSum + net
    const shadow = next - totalSum
    totalLost += totalSum - (next - shadow) + (net - shadow)
    totalSum = next
    row++
  }
  counts[EVENTS_AFTER] = after
  counts[PURCHASES] = counted
  counts[TAKEN_BACK] = back
  counts[GROSS] = grossSum + grossLost
  counts[TOTAL] = totalSum + totalLost
  return row
}
