/**
 * Groups one bucket by code with two counting sorts, the first by cells of time, so that each group is almost sorted.
 * The scratch holds a copy of the bucket: as long as that fits into a cache, reads out of order cost little.
 */
export function sortBucketInto(
  start: number, //            in       the bucket is row `start`
  end: number, //              in       up to `end`
  codes: Uint16Array, //       in       n, codes within the bucket
  time: Float64Array, //       in, out  n
  value: Float64Array, //      in, out  n
  lowTime: number, //          in
  cellsPerMs: number, //       in       so that the last cell is that of the latest time
  ends: Uint32Array, //        out      one for each code of the bucket: the end of its group
  cells: Uint32Array, //       scratch  number of cells + 1
  byTime: Uint32Array, //      scratch  rows of the bucket, as below
  fromTime: Float64Array, //   in       the times of the bucket
  fromValue: Float64Array, //  in       the values of the bucket
): void {
  countInto(start, end, codes, time, lowTime, cellsPerMs, ends, cells)
  placeByTime(start, end, time, lowTime, cellsPerMs, cells, byTime)
  placeByCode(end - start, byTime, codes, start, fromTime, fromValue, ends, time, value)
}

/** Counts rows by cell and by code, and turns the counts into the first place of each. */
function countInto(
  start: number,
  end: number,
  codes: Uint16Array,
  time: Float64Array,
  lowTime: number,
  cellsPerMs: number,
  ends: Uint32Array,
  cells: Uint32Array,
): void {
  ends.fill(0)
  cells.fill(0)
  for (let i = start; i < end; i++) {
    cells[(((time[i]! - lowTime) * cellsPerMs) | 0) + 1]!++
    ends[codes[i]!]!++
  }
  for (let cell = 1; cell < cells.length; cell++) cells[cell]! += cells[cell - 1]!
  let next = start
  for (let code = 0; code < ends.length; code++) {
    const count = ends[code]!
    ends[code] = next
    next += count
  }
}

/** Each cell's first place serves as its cursor. */
function placeByTime(
  start: number,
  end: number,
  time: Float64Array,
  lowTime: number,
  cellsPerMs: number,
  cells: Uint32Array,
  byTime: Uint32Array,
): void {
  for (let i = start; i < end; i++) byTime[cells[((time[i]! - lowTime) * cellsPerMs) | 0]!++] = i - start
}

/** Each group's first place serves as its cursor, which ends where the group does. */
function placeByCode(
  rows: number,
  byTime: Uint32Array,
  codes: Uint16Array,
  start: number,
  fromTime: Float64Array,
  fromValue: Float64Array,
  ends: Uint32Array,
  time: Float64Array,
  value: Float64Array,
): void {
  for (let k = 0; k < rows; k++) {
    const i = byTime[k]!
    const to = ends[codes[start + i]!]!++
    time[to] = fromTime[i]!
    value[to] = fromValue[i]!
  }
}
