import type { DayColumns } from '../kernels/mergeDays.ts'
import { BUCKET } from './waitingDays.ts'

/**
 * The purchase days of a bucket of customers, in pages. Days only come to a bucket, so that memory, once taken, is
 * written over and over: nothing is left to the garbage collector, which would let much of it pile up.
 */
export interface DayPages {
  /** Length: BUCKET + 1. The days of customer `c` are `offsets[c]` up to `offsets[c + 1]`, through all pages. */
  readonly offsets: Uint32Array
  readonly pages: DayPage[]
}

/** A page of days: `PAGE` of each column. */
type DayPage = Omit<DayColumns, 'offsets'>

/** Days of a page: 48 kB, so that half a page, which stays free on average, is little beside the days of a bucket. */
const PAGE = 2048

/** No days. */
export function dayPages(): DayPages {
  return { offsets: new Uint32Array(BUCKET + 1), pages: [] }
}

/** The days of a bucket in one piece, in the columns of `room`, which are long enough. */
export function readPages({ offsets, pages }: DayPages, room: DayColumns): DayColumns {
  const { day, high, low, orders } = room
  pages.forEach((page, p) => {
    const count = Math.min(PAGE, offsets[BUCKET]! - PAGE * p)
    day.set(count < PAGE ? page.day.subarray(0, count) : page.day, PAGE * p)
    high.set(count < PAGE ? page.high.subarray(0, count) : page.high, PAGE * p)
    low.set(count < PAGE ? page.low.subarray(0, count) : page.low, PAGE * p)
    orders.set(count < PAGE ? page.orders.subarray(0, count) : page.orders, PAGE * p)
  })
  return { offsets, day, high, low, orders }
}

/** Writes the days of a bucket, which are no fewer than before. */
export function writePages({ offsets, pages }: DayPages, days: DayColumns): void {
  offsets.set(days.offsets)
  for (let start = 0, p = 0; start < offsets[BUCKET]!; start += PAGE, p++) {
    const end = Math.min(start + PAGE, offsets[BUCKET]!)
    if (p === pages.length) pages.push(dayPage())
    const page = pages[p]!
    page.day.set(days.day.subarray(start, end))
    page.high.set(days.high.subarray(start, end))
    page.low.set(days.low.subarray(start, end))
    page.orders.set(days.orders.subarray(start, end))
  }
}

/** Room for `length` days of one bucket, all of them nobody's. */
export function dayColumns(length: number): DayColumns {
  return {
    offsets: new Uint32Array(BUCKET + 1),
    day: new Int32Array(length),
    high: new Float64Array(length),
    low: new Float64Array(length),
    orders: new Uint32Array(length),
  }
}

/** Columns with room for `length` days: these, or longer ones. */
export function withRoom(columns: DayColumns, length: number): DayColumns {
  return columns.day.length >= length ? columns : dayColumns(Math.ceil(length * 1.25))
}

function dayPage(): DayPage {
  const memory = new ArrayBuffer(24 * PAGE)
  return {
    high: new Float64Array(memory, 0, PAGE),
    low: new Float64Array(memory, 8 * PAGE, PAGE),
    day: new Int32Array(memory, 16 * PAGE, PAGE),
    orders: new Uint32Array(memory, 20 * PAGE, PAGE),
  }
}
