/** Purchase days of customers, oldest first: those of customer `c` are `offsets[c]` up to `offsets[c + 1]`. */
export interface DayColumns {
  /** Length: customers + 1. */
  readonly offsets: Uint32Array
  /** Days since 1970-01-01. */
  readonly day: Int32Array
  /** Money: `high + low` without the rounding of that sum. */
  readonly high: Float64Array
  readonly low: Float64Array
  /** Orders of the day. */
  readonly orders: Uint32Array
}

/** Rows to add to purchase days, in any order. */
export interface AddedDays {
  /** Whole numbers; floats, because the kernel that sorts them sorts floats. */
  readonly day: Float64Array
  readonly value: Float64Array
  readonly orders: Uint32Array
}

/**
 * Merges rows into the purchase days of some customers; rows of one customer and day become one day, their money added
 * without rounding. Returns the number of days written. Linear.
 */
export function mergeDaysInto(
  base: DayColumns, //           in   customers
  added: AddedDays, //           in   rows
  addedOffsets: Uint32Array, //  in   customers + 1, into addedRows
  addedRows: Uint32Array, //     in   rows of each customer, their days ascending
  out: DayColumns, //            out  room for the days of `base` and all added rows
): number {
  const customers = addedOffsets.length - 1
  let to = 0
  out.offsets[0] = 0
  for (let c = 0; c < customers; c++) {
    let i = base.offsets[c]!
    let j = addedOffsets[c]!
    const baseEnd = base.offsets[c + 1]!
    const addedEnd = addedOffsets[c + 1]!
    const first = to
    while (i < baseEnd || j < addedEnd) {
      const row = j < addedEnd ? addedRows[j]! : 0
      const isBase = j === addedEnd || (i < baseEnd && base.day[i]! <= added.day[row]!)
      const day = isBase ? base.day[i]! : added.day[row]!
      const high = isBase ? base.high[i]! : added.value[row]!
      const low = isBase ? base.low[i]! : 0
      const orders = isBase ? base.orders[i++]! : added.orders[row]!
      if (!isBase) j++
      if (to === first || out.day[to - 1] !== day) {
        out.day[to] = day
        out.high[to] = high
        out.low[to] = low
        out.orders[to++] = orders
        continue
      }
      // Knuth's two-sum: what rounding takes off `sum` is found exactly and kept in `low`.
      const before = out.high[to - 1]!
      const sum = before + high
      const part = sum - before
      out.high[to - 1] = sum
      out.low[to - 1]! += before - (sum - part) + (high - part) + low
      out.orders[to - 1]! += orders
    }
    out.offsets[c + 1] = to
  }
  return to
}
