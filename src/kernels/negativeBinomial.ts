/**
 * Writes P(N = n), n = 0, 1, …, of the purchases in a time t of a customer who cannot leave and whose rate is
 * Gamma(r, α): Γ(r + n) / (Γ(r) n!) (1 − z)^r z^n with z = t / (α + t).
 */
export function negativeBinomialInto(
  r: number, //         above 0
  z: number, //         t / (α + t)
  logNone: number, //   r ln(1 − z), for a caller who knows 1 − z better than z tells
  out: Float64Array, // out  n + 1 probabilities
): void {
  if (logNone > -600) {
    out[0] = Math.exp(logNone)
    for (let n = 1; n < out.length; n++) out[n] = ((out[n - 1]! * (r + n - 1)) / n) * z
    return
  }
  // P(N = 0) is below the smallest double although the later ones are not: the same recursion in logarithms.
  let logMass = logNone
  for (let n = 0; n < out.length; n++) {
    out[n] = Math.exp(logMass)
    logMass += Math.log(((r + n) / (n + 1)) * z)
  }
}

/** The least n with P(N > n) below `tail`, or `most`, whichever is less. */
export function negativeBinomialReach(
  r: number, //     above 0
  alpha: number, // above 0
  t: number, //     above 0, in the unit of α
  tail: number, //  above the rounding error, say 1e-15
  most: number,
): number {
  const z = t / (alpha + t)
  let logMass = -r * Math.log1p(t / alpha)
  let more = 1
  for (let n = 0; n < most; n++) {
    more -= Math.exp(logMass)
    if (more < tail) return n
    logMass += Math.log(((r + n) / (n + 1)) * z)
  }
  return most
}

/**
 * Adds the terms j = from .. to − 1 of Σ_{j<x} ln((r + j)/α), which stands in place of ln Γ(r + x) − ln Γ(r) − x ln α,
 * and of its derivatives in ln r, for all customers who have them. No term is a difference, so that r = 1e14 leaves no
 * noise, and the sum is compensated.
 */
export function rateSumsInto(
  from: number,
  to: number,
  customers: number, // with at least `to` repeats
  r: number, //         above 0
  alpha: number, //     above 0
  out: Float64Array, // out  4, added to: value, what its rounding lost, first and second derivative in ln r
): void {
  for (let j = from; j < to; j++) {
    const rj = r + j
    const value = customers * Math.log(rj / alpha)
    const sum = out[0]! + value
    out[1]! += Math.abs(out[0]!) >= Math.abs(value) ? out[0]! - sum + value : value - sum + out[0]!
    out[0] = sum
    out[2]! += customers * (r / rj)
    out[3]! += customers * (r / rj) * (j / rj)
  }
}
