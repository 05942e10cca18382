/** Writes the bin of each value: how many `cuts` lie below it, so that a cut belongs to the bin that it closes. */
export function digitizeInto(
  values: ArrayLike<number>, // in   n, no NaN
  cuts: Float64Array, //        in   bins - 1, ascending
  out: Uint8Array, //           out  n
): void {
  for (let i = 0; i < out.length; i++) {
    const v = values[i]!
    // Counting without an early end has no branch to predict, which beats a search for the few bins that people use.
    let bin = 0
    for (let b = 0; b < cuts.length; b++) bin += cuts[b]! < v ? 1 : 0
    out[i] = bin
  }
}

/** Like `digitizeInto`, but a value on a cut belongs to the bin that the cut opens: `lower <= value < upper`. */
export function digitizeHalfOpenInto(
  values: ArrayLike<number>, // in   n, no NaN
  cuts: Float64Array, //        in   bins - 1, ascending
  out: Uint8Array, //           out  n
): void {
  for (let i = 0; i < out.length; i++) {
    const v = values[i]!
    let bin = 0
    for (let b = 0; b < cuts.length; b++) bin += cuts[b]! <= v ? 1 : 0
    out[i] = bin
  }
}
