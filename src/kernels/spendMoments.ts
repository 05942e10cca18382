/**
 * Sums by group of the weights and of how far the means lie from `about`, times the weights; returns the sum of the squares
 * of these distances over all groups.
 */
export function spendMomentsInto(
  starts: Uint32Array, //     in   groups + 1, first row of each and the number of rows
  weights: Float64Array, //   in   rows
  means: Float64Array, //     in   rows
  about: number,
  customers: Float64Array, // out  groups
  apart: Float64Array, //     out  groups
): number {
  let squares = 0
  for (let group = 0; group < customers.length; group++) {
    const end = starts[group + 1]!
    let count = 0
    let sum = 0
    for (let i = starts[group]!; i < end; i++) {
      const weight = weights[i]!
      const distance = means[i]! - about
      count += weight
      sum += weight * distance
      squares += weight * distance * distance
    }
    customers[group] = count
    apart[group] = sum
  }
  return squares
}
