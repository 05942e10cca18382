/**
 * P(Z > z) of a standard normal variable, to about 1e-15 of itself on either side.
 *
 * @see Abramowitz & Stegun (1964), 26.2.11 (series), 26.2.14 (continued fraction)
 * @example
 * normalTail(1.959963984540054) // 0.025
 */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z)
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)
  if (z > 1) {
    let fraction = z
    for (let k = 200; k > 0; k--) fraction = z + k / fraction
    return density / fraction
  }
  let term = z
  let sum = z
  for (let k = 3; term > 1e-18 * sum; k += 2) {
    term *= (z * z) / k
    sum += term
  }
  return 0.5 - density * sum
}

/**
 * z with P(Z < z) = `below`, for 0 < below < 1.
 *
 * @example
 * normalQuantile(0.95) // 1.644853…
 */
export function normalQuantile(below: number): number {
  if (!(below > 0 && below < 1)) return Number.NaN
  if (below < 0.5) return -quantileAbove(below)
  return below === 0.5 ? 0 : quantileAbove(1 - below)
}

/**
 * z > 0 with P(Z > z) = `tail` < 1/2, by Newton's method on ln P(Z > z), which is concave: from a point beyond the root,
 * as P(Z > z) ≤ e^(−z²/2) / 2 gives, the steps come down to it and never pass it.
 */
function quantileAbove(tail: number): number {
  let z = Math.sqrt(-2 * Math.log(2 * tail))
  for (let i = 0; i < 50; i++) {
    const above = normalTail(z)
    const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)
    const step = (Math.log(above / tail) * above) / density
    z += step
    if (!(Math.abs(step) > 1e-15 * z)) break
  }
  return z
}
