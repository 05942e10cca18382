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
  const { offsets: baseOffsets, day: baseDay, high: baseHigh, low: baseLow, orders: baseOrders } = base
  const { offsets, day, high, low, orders } = out
  const customers = addedOffsets.length - 1
  let to = 0
  let i = baseOffsets[0]!
  let j = addedOffsets[0]!
  offsets[0] = 0
  for (let c = 0; c < customers; c++) {
    const baseEnd = baseOffsets[c + 1]!
    const addedEnd = addedOffsets[c + 1]!
    while (j < addedEnd) {
      let row = addedRows[j]!
      const d = added.day[row]!
      // Days up to that of the row, as they are: most days are not added to.
      for (; i < baseEnd && baseDay[i]! <= d; i++, to++) {
        day[to] = baseDay[i]!
        high[to] = baseHigh[i]!
        low[to] = baseLow[i]!
        orders[to] = baseOrders[i]!
      }
      let sum = 0
      let lost = 0
      let count = 0
      if (to > offsets[c]! && day[to - 1] === d) {
        to--
        sum = high[to]!
        lost = low[to]!
        count = orders[to]!
      }
      do {
        // Knuth's two-sum: what rounding takes off `sum` is found exactly and kept in `lost`.
        const before = sum
        const value = added.value[row]!
        sum = before + value
        const part = sum - before
        lost += before - (sum - part) + (value - part)
        count += added.orders[row]!
        if (++j === addedEnd) break
        row = addedRows[j]!
      } while (added.day[row] === d)
      day[to] = d
      high[to] = sum
      low[to] = lost
      orders[to++] = count
    }
    for (; i < baseEnd; i++, to++) {
      day[to] = baseDay[i]!
      high[to] = baseHigh[i]!
      low[to] = baseLow[i]!
      orders[to] = baseOrders[i]!
    }
    offsets[c + 1] = to
  }
  return to
}
