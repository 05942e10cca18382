// The logistic loss has the gradient p - y, from -1 to 1, and the Hessian p (1 - p), from 0 to 1/4. Both are rounded to
// integers, 13 and 12 bits, and travel in one double: gradient · 2^26 + Hessian. Sums of up to 8,192 rows stay below 2^53
// and are exact, so a histogram does not depend on the order of rows, a sibling by subtraction is exact, and one addition
// does the work of two.

/** Units of the gradient in one. */
export const GRADIENT_UNITS = 8192
/** Units of the Hessian in one. */
export const HESSIAN_UNITS = 16_384
const PACK = 2 ** 26
const UNPACK = 2 ** -26
const CHUNK = 8192

/** Units of `leafSums`. */
const FINE_UNITS = 2 ** 30

/** Writes the probability and the packed derivatives of the logistic loss of some rows. */
export function gradientsInto(
  rows: Uint32Array, //         in   count, rows to look at
  count: number,
  scores: Float64Array, //      in   n, log-odds
  labels: Uint8Array, //        in   n, 0 or 1
  probability: Float64Array, // out  n
  packed: Float64Array, //      out  n
): void {
  for (let i = 0; i < count; i++) {
    const row = rows[i]!
    const p = 1 / (1 + Math.exp(-scores[row]!))
    probability[row] = p
    // Math.floor is one instruction; Math.round costs more than the exponential.
    const gradient = Math.floor((p - labels[row]!) * GRADIENT_UNITS + 0.5)
    packed[row] = gradient * PACK + Math.floor(p * (1 - p) * HESSIAN_UNITS + 0.5)
  }
}

/**
 * Sums the derivatives of the rows `rows[start..end - 1]` in each slot: the gradient histogram of one node.
 * Reads the slots of a row side by side, which is why they are stored so: one cache line serves four or more features.
 */
export function gradientHistogramInto(
  slots: Uint16Array, //    in       n × width, row by row
  width: number, //         in       a multiple of 4
  rows: Uint32Array,
  start: number,
  end: number,
  packed: Float64Array, //  in       n
  sums: Float64Array, //    scratch  number of slots, all zero before and after
  gradient: Float64Array, // out     number of slots
  hessian: Float64Array, //  out     number of slots
): void {
  gradient.fill(0)
  hessian.fill(0)
  for (let from = start; from < end; from += CHUNK) {
    const to = Math.min(from + CHUNK, end)
    for (let i = from; i < to; i++) {
      const row = rows[i]!
      const derivatives = packed[row]!
      const last = row * width + width
      for (let at = row * width; at < last; at += 4) {
        sums[slots[at]!]! += derivatives
        sums[slots[at + 1]!]! += derivatives
        sums[slots[at + 2]!]! += derivatives
        sums[slots[at + 3]!]! += derivatives
      }
    }
    for (let s = 0; s < sums.length; s++) {
      const both = sums[s]!
      if (both === 0) continue
      // The Hessian is never negative, so rounding down takes it off whatever the sign of the gradient.
      const g = Math.floor(both * UNPACK)
      gradient[s]! += g
      hessian[s]! += both - g * PACK
      sums[s] = 0
    }
  }
}

/** Turns the histogram of a parent into that of one child by taking off the other child's. */
export function siblingInto(
  gradient: Float64Array, //      in, out  number of slots
  hessian: Float64Array, //       in, out
  otherGradient: Float64Array, // in
  otherHessian: Float64Array, //  in
): void {
  for (let s = 0; s < gradient.length; s++) {
    gradient[s]! -= otherGradient[s]!
    hessian[s]! -= otherHessian[s]!
  }
}

/**
 * Newton's step for the rows of a leaf, -G / (H + l2), or 0 where both are. The sums are of integers of 30 bits, exact for up to 2^23 rows:
 * finer than the histogram's, because this number is what the model says, and as independent of the rows' order.
 */
export function leafStep(
  rows: Uint32Array,
  start: number,
  end: number,
  probability: Float64Array, // in  n
  labels: Uint8Array, //        in  n
  l2: number,
): number {
  let expected = 0
  let positives = 0
  let curvature = 0
  for (let i = start; i < end; i++) {
    const row = rows[i]!
    const p = probability[row]!
    expected += Math.floor(p * FINE_UNITS + 0.5)
    curvature += Math.floor(p * (1 - p) * FINE_UNITS + 0.5)
    positives += labels[row]!
  }
  const weight = curvature / FINE_UNITS + l2
  return weight > 0 ? (positives - expected / FINE_UNITS) / weight : 0
}
