/** Writes the expected money of a future purchase day under Gamma-Gamma; a negative mean counts as 0. */
export function expectedSpendInto(
  repeats: Uint32Array, //  in   n, x
  means: Float64Array, //   in   n, m
  p: number,
  q: number, //             above 1
  v: Float64Array, //       in   n
  out: Float64Array, //     out  n; may be `v`
): void {
  for (let row = 0; row < out.length; row++) {
    const x = repeats[row]!
    const mean = means[row]!
    out[row] = (p * (v[row]! + (mean > 0 ? x * mean : 0))) / (p * x + (q - 1))
  }
}
