/** Σ weight · ln value. Values that count once share logarithms. */
export function logSum(
  start: number, //                     first row
  end: number, //                       row after the last
  weights: Float64Array | undefined, // in  at least 0; undefined where all are 1
  values: Float64Array, //              in  above 0
): number {
  if (weights === undefined) {
    const shared = sharedLogSum(start, end, values)
    if (!Number.isNaN(shared)) return shared
  }
  let sum = 0
  for (let i = start; i < end; i++) sum += (weights === undefined ? 1 : weights[i]!) * Math.log(values[i]!)
  return sum
}

/** How far from 1 a product of two values may be, and one of many, so that none gets near over- or underflow. */
const FAR = 1e36
const FULL = 1e200

/** NaN where values are too far from 1. */
function sharedLogSum(start: number, end: number, values: Float64Array): number {
  let sum = 0
  let product = 1
  let i = start
  for (const fours = end - 3; i < fours; i += 4) {
    const one = values[i]! * values[i + 1]!
    const other = values[i + 2]! * values[i + 3]!
    if (!(one < FAR && one > 1 / FAR && other < FAR && other > 1 / FAR)) return Number.NaN
    product *= one * other
    if (product < FULL && product > 1 / FULL) continue
    sum += Math.log(product)
    product = 1
  }
  for (; i < end; i++) sum += Math.log(values[i]!)
  return sum + Math.log(product)
}
