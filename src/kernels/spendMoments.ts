/**
 * Sums, times the weights, of how far the means of customers with the same number of repeats lie from `about`, and of the
 * squares of these distances.
 */
export function spendMomentsInto(
  start: number, //                     first customer
  end: number, //                       customer after the last
  weights: Float64Array | undefined, // in   undefined where all are 1
  means: Float64Array, //               in
  about: number,
  out: Float64Array, //                 out  2
): void {
  let sum = 0
  let squares = 0
  if (weights === undefined) {
    for (let i = start; i < end; i++) {
      const distance = means[i]! - about
      sum += distance
      squares += distance * distance
    }
  } else {
    for (let i = start; i < end; i++) {
      const distance = means[i]! - about
      sum += weights[i]! * distance
      squares += weights[i]! * distance * distance
    }
  }
  out[0] = sum
  out[1] = squares
}
