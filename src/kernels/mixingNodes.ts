/**
 * Writes nodes and weights of a rule for averages over p ~ Beta(a, b) of functions that vary on the scale of ln p and
 * grow at most as 1/p towards p = 0: the trapezoidal rule over ln(p / (1 − p)), as `dropoutAverage` has it. Returns how
 * many there are, about 60 to 500; the weights add up to 1.
 */
export function betaNodesInto(
  a: number, //       above 0
  b: number, //       above 0
  least: number, //   the functions are constant to 1e-17 below this p
  p: Float64Array, // out  BETA_NODES
  w: Float64Array, // out  BETA_NODES
): number {
  const p0 = a / (a + b)
  const q0 = b / (a + b)
  // Wider than there: poles lie at a distance of π from the real line.
  const step = Math.min(0.3, 0.45 * Math.sqrt(1 / a + 1 / b))
  let count = 1
  let weights = 1
  p[0] = p0
  w[0] = 1
  for (let side = -1; side <= 1; side += 2) {
    for (let s = side * step, i = 1; count < p.length; s = side * step * ++i) {
      const logP = -Math.log1p(q0 * Math.expm1(-s))
      const logQ = -Math.log1p(p0 * Math.expm1(s))
      let weight = Math.exp(a * logP + b * logQ)
      const value = p0 * Math.exp(logP)
      const isEnd = side < 0 ? value < least && value * (1 + b) < 1e-17 : q0 * Math.exp(logQ) * (1 + a) < 1e-17
      // The rest of a geometric series has the same value of the function.
      if (isEnd) weight *= 1 + 1 / Math.expm1((side < 0 ? a : b) * step)
      p[count] = value
      w[count++] = weight
      weights += weight
      if (isEnd || weight * Math.max(1, p0 / value) < 1e-18 * weights) break
    }
  }
  for (let i = 0; i < count; i++) w[i]! /= weights
  return count
}

/**
 * Writes nodes and weights of a rule for averages over λ ~ Gamma(r, 1) of functions that vary on the scale of ln λ,
 * vanish at least in proportion to λ below `scale`, and grow with at most the `power`th power. As above, over ln λ.
 */
export function gammaNodesInto(
  r: number, //            above 0
  scale: number, //        above 0
  power: number, //        at least 1
  lambda: Float64Array, // out  GAMMA_NODES
  w: Float64Array, //      out  GAMMA_NODES
): number {
  const step = Math.min(0.2, 0.5 / Math.sqrt(r + power))
  let count = 1
  let weights = 1
  lambda[0] = r
  w[0] = 1
  for (let side = -1; side <= 1; side += 2) {
    for (let s = side * step, i = 1; count < lambda.length; s = side * step * ++i) {
      const rise = Math.expm1(s)
      const weight = Math.exp(r * (s - rise))
      const value = r * Math.exp(s)
      lambda[count] = value
      w[count++] = weight
      weights += weight
      const share = side < 0 ? weight * Math.min(1, value * (1 / scale + 1 / r)) : weight * Math.exp(power * s)
      if (share < 1e-18 * weights) {
        // What is below still counts as a chance, though of a function that is as good as 0.
        if (side < 0) weights += weight / Math.expm1(r * step)
        break
      }
    }
  }
  for (let i = 0; i < count; i++) w[i]! /= weights
  return count
}

/** Room that the rules need, for any parameters. */
export const BETA_NODES = 1024
export const GAMMA_NODES = 1024
