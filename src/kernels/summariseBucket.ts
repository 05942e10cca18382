import { EXACT } from './summariseEvents.ts'
import { type SummaryRows, writeRow } from './summaryRows.ts'

/** Counts the events of each customer of a bucket, on top of what was counted before. */
export function countKeysInto(
  start: number, //       in       rows of the bucket from `start`
  end: number, //         in       up to `end`
  keys: Uint32Array, //   in       n, (customer in the bucket) << dayBits | day
  dayBits: number, //     in
  counts: Uint32Array, // in, out  customers of the bucket
): void {
  for (let i = start; i < end; i++) counts[keys[i]! >>> dayBits]!++
}

/** Turns counts into the first place of each group. */
export function placesInto(
  counts: Uint32Array, // in, out
): void {
  let next = 0
  for (let c = 0; c < counts.length; c++) {
    const count = counts[c]!
    counts[c] = next
    next += count
  }
}

/**
 * Moves the events of a bucket to their customers, in their order of arrival: into scratch that fits a cache, where
 * writes to a place for each customer cost little.
 */
export function placeKeysInto(
  start: number, //        in       rows of the bucket from `start`
  end: number, //          in       up to `end`
  keys: Uint32Array, //    in       n, (customer in the bucket) << dayBits | day
  value: Float64Array, //  in       n
  dayBits: number, //      in
  cursors: Uint32Array, // in, out  customers of the bucket: next place of each; in the end, the end of each group
  day: Int32Array, //      out      the bucket's events
  money: Float64Array, //  out      the bucket's events
): void {
  const mask = 2 ** dayBits - 1
  for (let i = start; i < end; i++) {
    const key = keys[i]!
    const to = cursors[key >>> dayBits]!++
    day[to] = key & mask
    money[to] = value[i]!
  }
}

/**
 * Sums up purchases that are grouped by customer, in any order within the group. Returns the next free row; or -1 if a
 * sum may depend on the order of its parts, for which somebody must then put them.
 *
 * First and last day and the number of different days are found without branches, which chance would decide: half of
 * the time of the loop.
 */
export function summariseBucketInto(
  ends: Uint32Array, //   in       customers of the bucket: the end of each one's events
  day: Int32Array, //     in       events; days from 0 to `seen.length - 1`
  money: Float64Array, // in       events; at least 0
  seen: Uint32Array, //   scratch  days; no number of a customer of the bucket, plus 1, at first
  first: number, //       in       number of the bucket's first customer
  least: number, //       in       smallest positive value
  lastDay: number, //     in       last day that counts
  unit: number, //        in       days in the unit of durations
  start: number, //       in       first free row
  out: SummaryRows, //    out
  dust: Float64Array, //  out      what rounding took off `out.total`
): number {
  const most = Math.min(least * EXACT, Number.MAX_VALUE)
  let row = start
  let i = 0
  for (let c = 0; c < ends.length; c++) {
    const begin = i
    const end = ends[c]!
    if (begin === end) continue
    const mark = (first + c + 1) | 0
    let firstDay = day[begin]!
    let finalDay = firstDay
    let days = 0
    let sum = 0
    let lost = 0
    for (; i < end; i++) {
      const d = day[i]!
      const early = d - firstDay
      firstDay += early & (early >> 31)
      const late = d - finalDay
      finalDay += late & ~(late >> 31)
      const other = (seen[d]! | 0) ^ mark
      days += (other | -other) >>> 31
      seen[d] = mark
      const part = money[i]!
      const next = sum + part
      const shadow = next - sum
      lost += sum - (next - shadow) + (part - shadow)
      sum = next
    }
    if (!((end - begin) * sum <= most)) return -1
    let ofFirst = 0
    let lostOfFirst = 0
    for (let j = begin; j < end; j++) {
      if (day[j] !== firstDay) continue
      const part = money[j]!
      const next = ofFirst + part
      const shadow = next - ofFirst
      lostOfFirst += ofFirst - (next - shadow) + (part - shadow)
      ofFirst = next
    }
    const later = sum - ofFirst
    const shadow = later - sum
    const repeatMoney = later + (sum - (later - shadow) + (-ofFirst - shadow) + (lost - lostOfFirst))
    const total = sum + lost
    dust[row] = sum - total + lost
    writeRow(out, row++, first + c, end - begin, days, firstDay, finalDay, lastDay, unit, total, repeatMoney)
  }
  return row
}

/** Sum of money that is kept as pairs, as `summariseEventsInto` adds up what was paid. */
export function sumOfPairs(
  high: Float64Array, // in  n, rounded
  low: Float64Array, //  in  at least n, what rounding took off
): number {
  let sum = 0
  let lost = 0
  for (let i = 0; i < high.length; i++) {
    const part = high[i]!
    const next = sum + part
    const shadow = next - sum
    lost += sum - (next - shadow) + (part - shadow) + low[i]!
    sum = next
  }
  return sum + lost
}
