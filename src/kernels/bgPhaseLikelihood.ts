/**
 * What `repeaterSumsInto` is to BG/NBD, for gaps of k Erlang phases: sums over the customers who all repeated x times of
 * ln(E + w) and of its derivatives. The customer is gone, with weight w = a / (b + n − 1) · ((α + T) / (α + t_x))^D, or
 * has passed j < k phases of the next gap, with weight e_j = (D)_j / j! · u^j, u = (T − t_x) / (α + T), D = r + k x; E is
 * the sum of these. The derivatives of such a mixture are means and covariances of those of its k + 1 parts:
 * ∇ ln w = (δ, −D Δ, 1) in (D, ln α, ln odds) as there, ∇ ln e_j = (Σ_{i<j} 1/(D + i), −j (1 − h(T)), 0).
 *
 * @see Platzer & Reutterer (2016), "Ticking Away the Moments", appendix, for the likelihood
 */
export function phaseSumsInto(
  start: number, //          first history
  end: number, //            history after the last
  weight: Float64Array, //   in   customers with the history
  timeAtLast: Uint32Array, // in   index of t_x in l, h and times
  timeAtEnd: Uint32Array, // in   index of T in l, h and times
  times: Float64Array, //    in   each distinct time t
  l: Float64Array, //        in   ln(1 + t/α)
  h: Float64Array, //        in   t / (α + t)
  alpha: number,
  k: number, //              phases a gap
  logOdds: number, //        ln a − ln(b + n − 1); −∞ for who cannot have left
  D: number, //              r + k x
  out: Float64Array, //      out  10, as of `repeaterSumsInto`
): void {
  out.fill(0)
  for (let i = start; i < end; i++) {
    const c = weight[i]!
    const last = timeAtLast[i]!
    const now = timeAtEnd[i]!
    const delta = l[now]! - l[last]!
    const deltaH = h[now]! - h[last]!
    const u = (times[now]! - times[last]!) / (alpha + times[now]!)
    const rest = 1 - h[now]!
    // Sums over the phases of e_j and of e_j times its derivatives. Twelve phases of D = 1e8 stay below 1e90.
    let e = 1
    let byD = 0
    let bySquares = 0
    let phases = 1
    let first = 0
    let firstA = 0
    let second = 0
    let secondDA = 0
    let secondA = 0
    for (let j = 1; j < k; j++) {
      const step = D + (j - 1)
      e *= (step / j) * u
      byD += 1 / step
      bySquares += 1 / (step * step)
      phases += e
      first += e * byD
      firstA -= e * j * rest
      second += e * (byD * byD - bySquares)
      secondDA -= e * j * rest * byD
      secondA += e * j * rest * (j * rest - (1 - rest))
    }
    const logPhases = Math.log(phases)
    const logW = logOdds + D * delta - logPhases
    const small = Math.exp(-Math.abs(logW))
    const dead = (logW > 0 ? 1 : small) / (1 + small)
    const share = (logW > 0 ? small : 1) / ((1 + small) * phases)
    const meanD = share * first + dead * delta
    const meanA = share * firstA - dead * D * deltaH
    out[0]! += c * (logPhases + Math.max(logW, 0) + Math.log1p(small))
    out[1]! += c * meanD
    out[2]! += c * meanA
    out[3]! += c * dead
    out[4]! += c * (share * second + dead * delta * delta - meanD * meanD)
    out[5]! += c * (share * secondDA - dead * deltaH * (1 + D * delta) - meanD * meanA)
    out[6]! += c * (share * secondA + dead * D * deltaH * (1 - h[now]! - h[last]! + D * deltaH) - meanA * meanA)
    out[7]! += c * dead * (delta - meanD)
    out[8]! -= c * dead * (D * deltaH + meanA)
    out[9]! += c * dead * (1 - dead)
  }
}
