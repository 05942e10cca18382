import { logAgeInto } from './operationalClock.ts'

/**
 * Adds a place of the silence, those who are still there at age y or those who leave then, to what is gathered in `out`
 * of φ = −(r + x) ln(1 + τ/α) − s ln(1 + y/β), for those who leave with ln s − ln(β + y): the sum of the masses e^φ, the
 * mean of ∇φ, and the sums of ∇∇φ and of the products of ∇φ about its mean, all under these masses. Means are moved
 * along, so that no covariance is a difference of two large sums.
 */
export function addPlace(
  leaving: 0 | 1,
  mass: number, //           e^φ times anything, 0 if it underflows
  y: number, //              age
  width: number, //          1 + covariates
  x: number,
  params: Float64Array, //   in   r, α, s, β
  clockAt: Float64Array, //  in   2 width²: zeros; the clock at age y, as of `clockInto`
  scratch: Float64Array, //  4 + 2 width + width²
  out: Float64Array, //      added to: mass at 0, gradient from 2, Hessian after it, in and below its diagonal
): void {
  if (mass === 0) return
  const [r, alpha, s, beta] = [params[0]!, params[1]!, params[2]!, params[3]!]
  const size = 3 + width
  const n = r + x
  const before = out[0]!
  out[0] = before + mass
  const part = mass / out[0]!
  // ln(1 + τ/α), its first and its second derivatives; then ∇φ.
  logAgeInto(clockAt, width, 0, 1, alpha, scratch)
  const second = 1 + width
  const slopes = second + width * width
  const h = y / (beta + y)
  const l = Math.log1p(y / beta)
  scratch[slopes] = -r * scratch[0]!
  scratch[slopes + 2] = leaving - s * l
  scratch[slopes + 3] = (s + leaving) * h - leaving
  for (let k = 0; k < width; k++) scratch[slopes + placeOf(k)] = -n * scratch[1 + k]!

  const hessian = 2 + size
  for (let i = 0; i < size; i++) {
    const apart = scratch[slopes + i]! - out[2 + i]!
    scratch[slopes + i] = apart
    out[2 + i]! += part * apart
    for (let j = 0; j <= i; j++) out[hessian + i * size + j]! += part * before * apart * scratch[slopes + j]!
  }
  out[hessian]! -= mass * r * scratch[0]!
  out[hessian + 2 * size + 2]! -= mass * s * l
  out[hessian + 3 * size + 2]! += mass * s * h
  out[hessian + 3 * size + 3]! -= mass * (s + leaving) * h * (1 - h)
  for (let k = 0; k < width; k++) {
    const row = hessian + placeOf(k) * size
    out[row]! -= mass * r * scratch[1 + k]!
    for (let m = 0; m <= k; m++) out[row + placeOf(m)]! -= mass * n * scratch[second + k * width + m]!
  }
}

/** Makes the sums that `addPlace` has gathered the Hessian of the logarithm of all mass. */
export function finishMoments(
  size: number,
  out: Float64Array, // in, out  as of `addPlace`; then the Hessian row by row
): void {
  const hessian = 2 + size
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      const value = out[hessian + i * size + j]! / out[0]!
      out[hessian + i * size + j] = value
      out[hessian + j * size + i] = value
    }
  }
}

/** The coordinate of the k-th derivative of an age: ln α first, then γ. */
function placeOf(k: number): number {
  return k === 0 ? 1 : 3 + k
}
