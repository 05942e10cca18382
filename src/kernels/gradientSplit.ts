import { GRADIENT_UNITS, HESSIAN_UNITS } from './gradientHistogram.ts'

/** Fields of the split that `gradientSplitInto` writes. */
export const SPLIT_FEATURE = 0
export const SPLIT_SLOT = 1
export const SPLIT_MISSING_LEFT = 2

/** Relative size below which a gain is a rounding of nothing. */
const NOTHING = 1e-12

/**
 * Finds the split of a node that lowers the loss most, and returns its gain: half the sum over both sides of
 * G² / (H + l2), less the same of the whole; 0 if none is allowed. Slots up to the one written go left; missing values,
 * in the last slot of each feature, go where the gain is larger. Ties go to the first feature, the lower cut.
 *
 * @see Chen & Guestrin (2016), "XGBoost: A Scalable Tree Boosting System", equation 7 and algorithm 3
 */
export function gradientSplitInto(
  gradient: Float64Array, //  in   number of slots, in units
  hessian: Float64Array, //   in   number of slots, in units
  offsets: Uint32Array, //    in   features + 1: first slot of each
  minChildWeight: number, //  in   least sum of Hessians of a side
  l2: number,
  split: Uint32Array, //      out  3
): number {
  const units = (GRADIENT_UNITS * GRADIENT_UNITS) / HESSIAN_UNITS
  const least = minChildWeight * HESSIAN_UNITS
  const ridge = l2 * HESSIAN_UNITS
  // Every row stands in one slot of every feature, so the first feature's sums are the node's.
  let G = 0
  let H = 0
  for (let s = offsets[0]!; s < offsets[1]!; s++) {
    G += gradient[s]!
    H += hessian[s]!
  }
  const whole = (G * G) / (H + ridge)
  let best = whole + whole * NOTHING
  let found = false
  for (let f = 0; f + 1 < offsets.length; f++) {
    const missing = offsets[f + 1]! - 1
    const missingG = gradient[missing]!
    const missingH = hessian[missing]!
    const hasMissing = missingH > 0 || missingG !== 0
    let left = 0
    let leftH = 0
    for (let s = offsets[f]!; s < missing; s++) {
      if (hessian[s] === 0 && gradient[s] === 0) continue
      left += gradient[s]!
      leftH += hessian[s]!
      const rightH = H - leftH
      if (leftH >= least && rightH >= least && leftH > 0 && rightH > 0) {
        const right = G - left
        const score = (left * left) / (leftH + ridge) + (right * right) / (rightH + ridge)
        if (score > best) {
          best = score
          found = true
          split[SPLIT_FEATURE] = f
          // Where only missing values go right, all other values go left, even those that this node has not seen.
          split[SPLIT_SLOT] = hasMissing && rightH === missingH ? missing - 1 : s
          split[SPLIT_MISSING_LEFT] = 0
        }
      }
      const fullH = leftH + missingH
      if (hasMissing && fullH >= least && H - fullH >= least && fullH > 0 && H > fullH) {
        const full = left + missingG
        const rest = G - full
        const score = (full * full) / (fullH + ridge) + (rest * rest) / (H - fullH + ridge)
        if (score > best) {
          best = score
          found = true
          split[SPLIT_FEATURE] = f
          split[SPLIT_SLOT] = s
          split[SPLIT_MISSING_LEFT] = 1
        }
      }
    }
  }
  return found ? (0.5 * (best - whole)) / units : 0
}
