/**
 * Rows padded with zeros to a multiple of four numbers: the loops over dimensions then go in steps of four without a
 * remainder, which is faster than the wasted additions are slow, and the zeros add nothing to a distance.
 */
export function paddedStride(dimensions: number): number {
  return (dimensions + 3) & ~3
}

/** Copies chosen rows of a column-major matrix into padded row-major order. */
export function gatherRowsInto(
  columns: Float64Array, // in   dimensions × n, column-major
  n: number,
  dimensions: number,
  rows: ArrayLike<number>, // in   m row numbers
  stride: number, //         at least `dimensions`
  out: Float64Array, //      out  m × stride, row-major; padding is left as it is
): void {
  for (let j = 0; j < dimensions; j++) {
    const column = j * n
    for (let i = 0; i < rows.length; i++) out[i * stride + j] = columns[column + rows[i]!]!
  }
}

/** Squared Euclidean distance of two padded rows. */
export function squaredDistance(
  a: Float64Array, // in
  atA: number,
  b: Float64Array, // in
  atB: number,
  stride: number, //  a multiple of 4
): number {
  let sum = 0
  for (let j = 0; j < stride; j += 4) {
    const d0 = a[atA + j]! - b[atB + j]!
    const d1 = a[atA + j + 1]! - b[atB + j + 1]!
    const d2 = a[atA + j + 2]! - b[atB + j + 2]!
    const d3 = a[atA + j + 3]! - b[atB + j + 3]!
    sum += d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3)
  }
  return sum
}
