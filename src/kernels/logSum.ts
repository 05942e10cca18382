/** Σ weight · ln value. Values that count once share logarithms. */
export function logSum(
  start: number, //         first row
  end: number, //           row after the last
  weight: Float64Array, //  in  at least 0
  isUnit: boolean, //       whether all weights are 1
  values: Float64Array, //  in  above 0
): number {
  if (isUnit) {
    const shared = sharedLogSum(start, end, values)
    if (!Number.isNaN(shared)) return shared
  }
  let sum = 0
  for (let i = start; i < end; i++) sum += weight[i]! * Math.log(values[i]!)
  return sum
}

/** Values that share a logarithm, and how far from 1 they may be, so that no product gets near over- or underflow. */
const SHARED = 16
const FAR = 1e18

/** NaN where a value is too far from 1. */
function sharedLogSum(start: number, end: number, values: Float64Array): number {
  let sum = 0
  for (let from = start; from < end; from += SHARED) {
    const to = Math.min(from + SHARED, end)
    let product = 1
    for (let i = from; i < to; i++) {
      const value = values[i]!
      if (!(value < FAR && value > 1 / FAR)) return Number.NaN
      product *= value
    }
    sum += Math.log(product)
  }
  return sum
}
