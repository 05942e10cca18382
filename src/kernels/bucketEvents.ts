import type { AddedDays } from './mergeDays.ts'

const DAY_MS = 86_400_000

/** Counts the rows of each bucket of 2^shift codes; bucket `b` will hold `starts[b]` up to `starts[b + 1]`. */
export function countBucketsInto(
  codes: Uint32Array, //  in   n
  shift: number, //       in
  first: number, //       in   row where the first bucket begins
  starts: Uint32Array, // out  buckets + 1
): void {
  starts.fill(0)
  starts[0] = first
  for (let i = 0; i < codes.length; i++) starts[(codes[i]! >>> shift) + 1]!++
  for (let b = 1; b < starts.length; b++) starts[b]! += starts[b - 1]!
}

/**
 * Moves events into their buckets, in their order of arrival. A few hundred streams of writing, each in sequence, are
 * what the caches can follow; a write for each customer is not.
 */
export function scatterToBucketsInto(
  codes: Uint32Array, //        in   n
  time: Float64Array, //        in   n
  value: Float64Array, //       in   n
  shift: number, //             in   16 at most
  cursors: Uint32Array, //      in, out  first row of each bucket; afterwards its end
  codeInBucket: Uint16Array, // out  n
  toTime: Float64Array, //      out  n
  toValue: Float64Array, //     out  n
): void {
  const mask = (1 << shift) - 1
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!
    const to = cursors[code >>> shift]!++
    codeInBucket[to] = code & mask
    toTime[to] = time[i]!
    toValue[to] = value[i]!
  }
}

/**
 * Moves what a summary needs of the events up to a day into their buckets, in their order of arrival: 12 bytes an event
 * instead of 18, for fresh memory is what costs most here.
 */
export function scatterDaysInto(
  codes: Uint32Array, //   in   n
  time: Float64Array, //   in   n, ms
  day: Int32Array, //      in   n, local days; or none, if they are those of UTC
  value: Float64Array, //  in   n
  shift: number, //        in
  lowDay: number, //       in   the first day
  lastDay: number, //      in   last day that counts; less than 2^dayBits days after `lowDay`
  dayBits: number, //      in   32 - shift at most
  cursors: Uint32Array, // in, out  first row of each bucket; afterwards its end
  keys: Uint32Array, //    out  n, (code in the bucket) << dayBits | (day - lowDay)
  toValue: Float64Array, // out n
): void {
  const hasDays = day.length > 0
  const mask = (1 << shift) - 1
  for (let i = 0; i < codes.length; i++) {
    const d = hasDays ? day[i]! : Math.floor(time[i]! / DAY_MS)
    if (d > lastDay) continue
    const code = codes[i]!
    const to = cursors[code >>> shift]!++
    keys[to] = ((code & mask) << dayBits) | (d - lowDay)
    toValue[to] = value[i]!
  }
}

/** Moves rows that are to be added to purchase days into their buckets, in their order of arrival. */
export function scatterRowsInto(
  codes: Uint32Array, //        in   n
  rows: AddedDays, //           in   n
  shift: number, //             in
  cursors: Uint32Array, //      in, out  first row of each bucket; afterwards its end
  codeInBucket: Uint32Array, // out  n
  out: AddedDays, //            out  n
): void {
  const { day, value, orders } = rows
  const { day: toDay, value: toValue, orders: toOrders } = out
  const mask = (1 << shift) - 1
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!
    const to = cursors[code >>> shift]!++
    codeInBucket[to] = code & mask
    toDay[to] = day[i]!
    toValue[to] = value[i]!
    toOrders[to] = orders[i]!
  }
}
