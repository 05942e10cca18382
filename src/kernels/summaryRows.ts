/** What customers did up to a day, one row each; durations in one unit, money net. */
export interface SummaryRows {
  /** Customer of the row. */
  readonly tableRows: Uint32Array
  readonly purchases: Uint32Array
  readonly sinceLast: Float64Array
  readonly total: Float64Array
  readonly repeats: Uint32Array
  readonly ageAtLast: Float64Array
  readonly age: Float64Array
  readonly meanRepeatValue: Float64Array
}

/** Writes the row of one customer, of whom the kernels have counted the rest. Small, so that it is inlined. */
export function writeRow(
  out: SummaryRows,
  row: number,
  customer: number,
  orders: number,
  days: number, //        different days with an order
  firstDay: number,
  finalDay: number, //    the last one of them
  lastDay: number, //     the last day that counts
  unit: number, //        days in the unit of durations
  total: number,
  repeatMoney: number, // money of the days after the first
): void {
  out.tableRows[row] = customer
  out.purchases[row] = orders
  out.repeats[row] = days - 1
  out.sinceLast[row] = (lastDay - finalDay) / unit
  out.ageAtLast[row] = (finalDay - firstDay) / unit
  out.age[row] = (lastDay - firstDay) / unit
  out.meanRepeatValue[row] = days > 1 ? repeatMoney / (days - 1) : 0
  out.total[row] = total
}

/** Writes durations and numbers of purchases of neighbouring customers, each of whom has a row. */
export function writeDurationsInto(
  offsets: Uint32Array, // in   customers + 1: the first event of each
  firstDay: Int32Array, // in   some of the customers
  finalDay: Int32Array, // in   the same
  start: number, //        in   number and row of the first of these
  lastDay: number, //      in   the last day that counts
  unit: number, //         in   days in the unit of durations
  out: SummaryRows, //     out
): void {
  let begin = offsets[start]!
  for (let k = 0; k < firstDay.length; k++) {
    const row = start + k
    const end = offsets[row + 1]!
    const first = firstDay[k]!
    const final = finalDay[k]!
    out.tableRows[row] = row
    out.purchases[row] = end - begin
    out.sinceLast[row] = (lastDay - final) / unit
    out.ageAtLast[row] = (final - first) / unit
    out.age[row] = (lastDay - first) / unit
    begin = end
  }
}
