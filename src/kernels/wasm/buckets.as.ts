// AssemblyScript: `npm run wasm` compiles it into buckets.wasm.ts. The kernels of bucketEvents.ts and summariseBucket.ts
// once more, operation by operation, so that they give the same bits: V8 looks at the kind, length and place of each typed
// array anew for every element it touches in a loop, which takes these loops longer than what they are for. Columns are
// addresses in one memory; the caller sees to it that they do not overlap.

const DAY_MS: f64 = 86_400_000
const EXACT: f64 = 2_251_799_813_685_248 // as in summariseEvents.ts

/** The UTC day of each time. */
export function daysOfTimes(time: usize, rows: i32, day: usize): void {
  for (let i = 0; i < rows; i++) store<i32>(at4(day, i), i32(Math.floor(load<f64>(at8(time, i)) / DAY_MS)))
}

/** Moves events up to a day into their buckets, in their order of arrival: as `scatterDaysInto`. */
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
  keys: usize,
  money: usize,
): void {
  const mask = (1 << shift) - 1
  for (let i = 0; i < rows; i++) {
    const d = load<i32>(at4(day, i))
    if (d > lastDay) continue
    const code = load<u32>(at4(codes, i))
    const to = addOne(cursors, code >>> shift)
    store<u32>(at4(keys, to), ((code & mask) << dayBits) | (d - lowDay))
    store<f64>(at8(money, to), load<f64>(at8(value, i)))
  }
}

/**
 * Sums up the customers of a bucket, whose events are rows `start` up to `end`: as `countKeysInto`, `placesInto`,
 * `placeKeysInto` and `summariseBucketInto` one after the other. Returns the number of rows written, or -1.
 */
export function summariseBucket(
  start: i32,
  end: i32,
  keys: usize,
  value: usize,
  dayBits: i32,
  customers: i32,
  groups: usize, // one for each customer
  day: usize, //    the bucket's events
  money: usize, //  the bucket's events
  seen: usize, //   days
  first: i32,
  least: f64,
  lastDay: i32,
  unit: f64,
  out: usize, //    columns of `room` rows: 6 of eight bytes, then 3 of four
  room: i32,
): i32 {
  memory.fill(groups, 0, usize(customers) << 2)
  for (let i = start; i < end; i++) addOne(groups, load<u32>(at4(keys, i)) >>> dayBits)
  let next = 0
  for (let c = 0; c < customers; c++) {
    const count = load<i32>(at4(groups, c))
    store<i32>(at4(groups, c), next)
    next += count
  }
  const mask = (1 << dayBits) - 1
  for (let i = start; i < end; i++) {
    const key = load<u32>(at4(keys, i))
    const to = addOne(groups, key >>> dayBits)
    store<i32>(at4(day, to), key & mask)
    store<f64>(at8(money, to), load<f64>(at8(value, i)))
  }
  const most = Math.min(least * EXACT, f64.MAX_VALUE)
  let row = 0
  let begin = 0
  for (let c = 0; c < customers; c++) {
    const stop = load<i32>(at4(groups, c))
    if (begin === stop) continue
    const mark = first + c + 1
    let firstDay = load<i32>(at4(day, begin))
    let finalDay = firstDay
    let days = 0
    let sum: f64 = 0
    let lost: f64 = 0
    for (let i = begin; i < stop; i++) {
      const d = load<i32>(at4(day, i))
      firstDay = select(d, firstDay, d < firstDay)
      finalDay = select(d, finalDay, d > finalDay)
      days += i32(load<i32>(at4(seen, d)) !== mark)
      store<i32>(at4(seen, d), mark)
      const part = load<f64>(at8(money, i))
      const next = sum + part
      const shadow = next - sum
      lost += sum - (next - shadow) + (part - shadow)
      sum = next
    }
    if (!(f64(stop - begin) * sum <= most)) return -1
    let ofFirst: f64 = 0
    let lostOfFirst: f64 = 0
    for (let i = begin; i < stop; i++) {
      if (load<i32>(at4(day, i)) !== firstDay) continue
      const part = load<f64>(at8(money, i))
      const next = ofFirst + part
      const shadow = next - ofFirst
      lostOfFirst += ofFirst - (next - shadow) + (part - shadow)
      ofFirst = next
    }
    const later = sum - ofFirst
    const shadow = later - sum
    const repeatMoney = later + (sum - (later - shadow) + (-ofFirst - shadow) + (lost - lostOfFirst))
    const total = sum + lost
    store<f64>(at8(out, row), f64(lastDay - finalDay) / unit)
    store<f64>(at8(out, room + row), total)
    store<f64>(at8(out, 2 * room + row), f64(finalDay - firstDay) / unit)
    store<f64>(at8(out, 3 * room + row), f64(lastDay - firstDay) / unit)
    store<f64>(at8(out, 4 * room + row), days > 1 ? repeatMoney / f64(days - 1) : 0)
    store<f64>(at8(out, 5 * room + row), sum - total + lost)
    store<i32>(at4(out, 12 * room + row), first + c)
    store<i32>(at4(out, 13 * room + row), stop - begin)
    store<i32>(at4(out, 14 * room + row), days - 1)
    row++
    begin = stop
  }
  return row
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
