// AssemblyScript: `npm run wasm` compiles it into orderedSums.wasm.ts. See buckets.as.ts for why. It looks once at purchases
// that stand by customer and day, block by block, and does what `scanIdsInto`, `scanPurchasesInto` and `summariseEventsInto`
// do: the same operations in the same order, so that it gives the same bits. Columns are addresses of numbers of eight bytes
// (`f64`) where nothing else is said. An instance is at work on one table, and these are what it has seen so far.

const DAY_MS: f64 = 86_400_000

/** Earliest and latest time, smallest positive and largest value. */
export let low: f64 = Infinity
export let high: f64 = -Infinity
export let least: f64 = Infinity
export let most: f64 = 0
/** Latest day. */
export let finalDay: f64 = -Infinity
/** Largest (events × sum) of a customer. */
export let largest: f64 = 0
/** Money of all customers: a pair. */
export let gross: f64 = 0
export let grossLost: f64 = 0

// The customer at hand.
let id: f64 = NaN
let start = 0
let firstDay: f64 = 0
let thisDay: f64 = 0
let days = 0
let first: f64 = 0 // money of the first day, once it is over: a pair
let firstLost: f64 = 0
let sum: f64 = 0 //   money of the first day until it is over, then of the later ones: a pair
let lost: f64 = 0

/** Events before this block. */
let before = 0

/** Writes the UTC days of some purchases, and says whether all times and values are what they should be. */
export function checkBlock(
  time: usize,
  value: usize,
  rows: i32, //     an even number
  maxTime: f64, //  largest distance from 0 that a time may have
  day: usize,
): bool {
  const dayMs = f64x2.splat(DAY_MS)
  const infinity = f64x2.splat(Infinity)
  const zero = f64x2.splat(0)
  let lows = f64x2.splat(low)
  let highs = f64x2.splat(high)
  let leasts = f64x2.splat(least)
  let mosts = f64x2.splat(most)
  let isSane = f64x2.eq(zero, zero)
  const end = usize(rows) << 3
  for (let at: usize = 0; at < end; at += 16) {
    const t = v128.load(time + at)
    lows = f64x2.pmin(lows, t)
    highs = f64x2.pmax(highs, t)
    v128.store(day + at, f64x2.floor(f64x2.div(t, dayMs)))
    const v = v128.load(value + at)
    leasts = f64x2.pmin(leasts, v128.bitselect(v, infinity, f64x2.gt(v, zero)))
    mosts = f64x2.pmax(mosts, v)
    // Neither NaN, which the extremes pass over, nor below 0.
    isSane = v128.and(isSane, v128.and(f64x2.eq(t, t), f64x2.ge(v, zero)))
  }
  low = Math.min(f64x2.extract_lane(lows, 0), f64x2.extract_lane(lows, 1))
  high = Math.max(f64x2.extract_lane(highs, 0), f64x2.extract_lane(highs, 1))
  least = Math.min(f64x2.extract_lane(leasts, 0), f64x2.extract_lane(leasts, 1))
  most = Math.max(f64x2.extract_lane(mosts, 0), f64x2.extract_lane(mosts, 1))
  return v128.all_true<i64>(isSane) && low >= -maxTime && high <= maxTime && most <= f64.MAX_VALUE
}

/**
 * Sums up a block of purchases, and writes a row for each customer whom another one follows.
 * Returns the number of rows; or -1, if an id is none, or ids or a customer's days do not ascend.
 */
export function sumBlock(
  ids: usize, // one more than `rows`
  day: usize,
  value: usize,
  rows: i32,
  out: usize, // columns of `room`: ids, totals, means of repeat days; then, of four bytes, starts, repeats, first and last days
  room: i32,
): i32 {
  let found = 0
  let i = 0
  store<f64>(ids + (usize(rows) << 3), NaN) // nobody: the loops below end here
  for (;;) {
    // Ids are compared as bits, which is quicker; those of 0 and -0 differ, and then the ids do not ascend.
    const bits = reinterpret<i64>(id)
    let s = sum // in a register, as all that the loops change
    let l = lost
    if (days === 1) {
      for (; bitsAt(ids, i) === bits && at(day, i) === thisDay; i++) {
        const money = at(value, i)
        const next = s + money
        const shadow = next - s
        l += s - (next - shadow) + (money - shadow)
        s = next
      }
      if (bitsAt(ids, i) === bits) {
        first = s
        firstLost = l
        s = 0
        l = 0
      }
    }
    let count = days
    let d = thisDay
    let doFall = 0
    for (; bitsAt(ids, i) === bits; i++) {
      const nextDay = at(day, i)
      count += i32(nextDay > d)
      doFall |= i32(nextDay < d)
      d = nextDay
      const money = at(value, i)
      const next = s + money
      const shadow = next - s
      l += s - (next - shadow) + (money - shadow)
      s = next
    }
    if (doFall) return -1
    sum = s
    lost = l
    days = count
    thisDay = d
    if (i === rows) break
    const next = at(ids, i)
    if (next <= id) return -1
    if (days > 0) writeCustomer(before + i, out, room, found++)
    if (!(Math.abs(next) <= 9_007_199_254_740_991 && Math.floor(next) === next)) return -1
    id = next
    start = before + i
    days = 1
    firstDay = thisDay = at(day, i)
    first = firstLost = sum = lost = 0
  }
  before += rows
  return found
}

/** Writes the row of the last customer, when there are no more purchases. Returns the number of rows, as `sumBlock` does. */
export function sumRest(out: usize, room: i32): i32 {
  writeCustomer(before, out, room, 0)
  return 1
}

function writeCustomer(end: i32, out: usize, room: i32, row: i32): void {
  const repeatMoney = days > 1 ? sum + lost : 0
  // Both pairs in one; the first is nothing as long as there is one day.
  const all = first + sum
  const part = all - first
  const allLost = first - (all - part) + (sum - part) + (firstLost + lost)
  largest = Math.max(largest, f64(end - start) * all)
  finalDay = Math.max(finalDay, thisDay)
  const total = all + allLost
  const next = gross + total
  const shadow = next - gross
  grossLost += gross - (next - shadow) + (total - shadow) + (all - total + allLost)
  gross = next
  const wide = out + (usize(row) << 3)
  store<f64>(wide, id)
  store<f64>(wide + (usize(room) << 3), total)
  store<f64>(wide + (usize(room) << 4), days > 1 ? repeatMoney / f64(days - 1) : 0)
  const narrow = out + usize(room) * 24 + (usize(row) << 2)
  store<i32>(narrow, start)
  store<i32>(narrow + (usize(room) << 2), days - 1)
  store<i32>(narrow + (usize(room) << 3), i32(firstDay))
  store<i32>(narrow + usize(room) * 12, i32(thisDay))
}

function at(column: usize, i: i32): f64 {
  return load<f64>(column + (usize(i) << 3))
}

function bitsAt(column: usize, i: i32): i64 {
  return load<i64>(column + (usize(i) << 3))
}
