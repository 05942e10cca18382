/**
 * Writes the slot of each value of one column into a row-major matrix of slots: `base` plus the number of `cuts`
 * below the value, so that a cut belongs to the slot that it closes. NaN gets the slot `missing`.
 */
export function slotColumnInto(
  values: Float64Array, // in   n
  cuts: Float64Array, //   in   2^k - 1, ascending, filled up with Infinity
  base: number,
  missing: number,
  out: Uint16Array, //     out  n × width, of which this writes column `at`
  width: number,
  at: number,
): void {
  const half = (cuts.length + 1) >> 1
  for (let i = 0, to = at; i < values.length; i++, to += width) {
    const v = values[i]!
    // A search without an early end has no branch to predict. Invariant: `bin` cuts at least lie below v.
    let bin = 0
    for (let step = half; step >= 1; step >>= 1) bin += step * Number(cuts[bin + step - 1]! < v)
    // biome-ignore lint/suspicious/noSelfCompare: the test for NaN that costs no call
    out[to] = v === v ? base + bin : missing
  }
}
