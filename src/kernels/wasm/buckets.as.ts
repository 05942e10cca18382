// AssemblyScript: `npm run wasm` compiles it into buckets.wasm.ts. The kernels of bucketEvents.ts and summariseBucket.ts
// once more, operation by operation, so that they give the same bits: V8 looks at the kind, length and place of each typed
// array anew for every element it touches in a loop, which takes these loops longer than what they are for. Columns are
// addresses in one memory; the caller sees to it that they do not overlap. What a bucket holds stands in rows, so that an
// event is written to one place and not to two.

const DAY_MS: f64 = 86_400_000
const EXACT: f64 = 2_251_799_813_685_248 // as in summariseEvents.ts

/** The UTC day of each time, two at once: of one more than `rows` where these are odd. */
export function daysOfTimes(time: usize, rows: i32, day: usize): void {
  const dayMs = f64x2.splat(DAY_MS)
  for (let i = 0; i < rows; i += 2) {
    const days = f64x2.floor(f64x2.div(v128.load(at8(time, i)), dayMs))
    v128.store64_lane(at4(day, i), i32x4.trunc_sat_f64x2_s_zero(days), 0)
  }
}

/** Moves events up to a day into their buckets, in their order of arrival: as `scatterDaysInto`, but into rows. */
export function scatter(
  codes: usize,
  day: usize,
  value: usize,
  rows: i32,
  shift: i32,
  lowDay: i32,
  lastDay: i32,
  dayBits: i32,
  cursors: usize,
  to: usize, // rows: a key of four bytes and money
): void {
  const mask = (1 << shift) - 1
  for (let i = 0; i < rows; i++) {
    const d = load<i32>(at4(day, i))
    if (d > lastDay) continue
    const code = load<u32>(at4(codes, i))
    const place = row(to, addOne(cursors, code >>> shift))
    store<u32>(place, ((code & mask) << dayBits) | (d - lowDay))
    store<f64>(place, load<f64>(at8(value, i)), MONEY)
  }
}

/** Counts the events of each customer of a bucket on top of those before: as `countKeysInto`. */
export function countKeys(start: i32, end: i32, from: usize, dayBits: i32, groups: usize): void {
  for (let i = start; i < end; i++) addOne(groups, load<u32>(row(from, i)) >>> dayBits)
}

/** Turns counts into first places: as `placesInto`. */
export function placesOf(groups: usize, customers: i32): void {
  let next = 0
  for (let c = 0; c < customers; c++) {
    const count = load<i32>(at4(groups, c))
    store<i32>(at4(groups, c), next)
    next += count
  }
}

/** Moves the events of a bucket to their customers: as `placeKeysInto`, but into rows of a day and money. */
export function placeKeys(start: i32, end: i32, from: usize, dayBits: i32, groups: usize, to: usize): void {
  const mask = (1 << dayBits) - 1
  for (let i = start; i < end; i++) {
    const event = row(from, i)
    const key = load<u32>(event)
    const place = row(to, addOne(groups, key >>> dayBits))
    store<i32>(place, key & mask)
    store<f64>(place, load<f64>(event, MONEY), MONEY)
  }
}

/**
 * Sums up the customers of a bucket: as `summariseBucketInto`, in one look, for what the first day so far brought is
 * dropped where an earlier one comes. Returns the number of rows written, or -1.
 */
export function sumCustomers(
  customers: i32,
  groups: usize, // the end of each one's events
  events: usize, // rows of a day and money
  seen: usize, //   days
  first: i32,
  least: f64,
  lastDay: i32,
  unit: f64,
  out: usize, //    columns of `room` rows: 6 of eight bytes, then 3 of four
  room: i32,
): i32 {
  const most = Math.min(least * EXACT, f64.MAX_VALUE)
  let found = 0
  let begin = 0
  for (let c = 0; c < customers; c++) {
    const end = load<i32>(at4(groups, c))
    if (begin === end) continue
    const mark = first + c + 1
    let firstDay = i32.MAX_VALUE
    let finalDay = 0
    let days = 0
    let sum: f64 = 0
    let lost: f64 = 0
    let ofFirst: f64 = 0
    let lostOfFirst: f64 = 0
    for (let i = begin; i < end; i++) {
      const event = row(events, i)
      const d = load<i32>(event)
      const isEarlier = d < firstDay
      firstDay = select(d, firstDay, isEarlier)
      finalDay = select(d, finalDay, d > finalDay)
      days += i32(load<i32>(at4(seen, d)) !== mark)
      store<i32>(at4(seen, d), mark)
      const part = load<f64>(event, MONEY)
      const next = sum + part
      const shadow = next - sum
      lost += sum - (next - shadow) + (part - shadow)
      sum = next
      ofFirst = select<f64>(0, ofFirst, isEarlier)
      lostOfFirst = select<f64>(0, lostOfFirst, isEarlier)
      const own = select<f64>(part, 0, d === firstDay)
      const nextOfFirst = ofFirst + own
      const shadowOfFirst = nextOfFirst - ofFirst
      lostOfFirst += ofFirst - (nextOfFirst - shadowOfFirst) + (own - shadowOfFirst)
      ofFirst = nextOfFirst
    }
    if (!(f64(end - begin) * sum <= most)) return -1
    const later = sum - ofFirst
    const shadow = later - sum
    const repeatMoney = later + (sum - (later - shadow) + (-ofFirst - shadow) + (lost - lostOfFirst))
    const total = sum + lost
    store<f64>(at8(out, found), f64(lastDay - finalDay) / unit)
    store<f64>(at8(out, room + found), total)
    store<f64>(at8(out, 2 * room + found), f64(finalDay - firstDay) / unit)
    store<f64>(at8(out, 3 * room + found), f64(lastDay - firstDay) / unit)
    store<f64>(at8(out, 4 * room + found), days > 1 ? repeatMoney / f64(days - 1) : 0)
    store<f64>(at8(out, 5 * room + found), sum - total + lost)
    store<i32>(at4(out, 12 * room + found), first + c)
    store<i32>(at4(out, 13 * room + found), end - begin)
    store<i32>(at4(out, 14 * room + found), days - 1)
    found++
    begin = end
  }
  return found
}

/** Bytes of a row of a bucket, of which the first four are whole numbers and the rest is money. */
const ROW: usize = 12
const MONEY: usize = 4

function row(rows: usize, i: i32): usize {
  return rows + usize(i) * ROW
}

function at4(column: usize, i: i32): usize {
  return column + (usize(i) << 2)
}

function at8(column: usize, i: i32): usize {
  return column + (usize(i) << 3)
}

/** Adds 1 to a count and returns what it was. */
function addOne(counts: usize, i: i32): i32 {
  const at = at4(counts, i)
  const count = load<i32>(at)
  store<i32>(at, count + 1)
  return count
}
