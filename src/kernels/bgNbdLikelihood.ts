/**
 * Sums of the BG/NBD log-likelihood and of its derivatives over the customers who all repeated `x` > 0 times, as far
 * as t_x and T matter. The customer's dropout odds are w = a / (b + x − 1) · ((α + T) / (α + t_x))^(r + x); the share
 * w / (1 + w) = 1 − P(alive) is `dead` below. With l(t) = ln(1 + t/α), h(t) = t / (α + t), δ = l(T) − l(t_x) and
 * Δ = h(T) − h(t_x), eleven sums are all that the gradient and the Hessian need.
 */
export function repeaterSumsInto(
  start: number, //          first history
  end: number, //            history after the last
  weight: Float64Array, //   in   customers with the history
  timeAtLast: Uint32Array, // in   index of t_x in l and h
  timeAtEnd: Uint32Array, // in   index of T in l and h
  l: Float64Array, //        in   ln(1 + t/α) of each distinct time t
  h: Float64Array, //        in   t / (α + t) of each distinct time t
  logOdds: number, //        ln a − ln(b + x − 1)
  exponent: number, //       r + x
  out: Float64Array, //      out  11: of ln(1 + w); of dead × 1, δ, Δ, Δ (1 − h − h); of dead × alive × 1, δ, Δ, δδ, δΔ, ΔΔ
): void {
  let softplus = 0
  let dead = 0
  let deadDelta = 0
  let deadH = 0
  let deadCurve = 0
  let spread = 0
  let spreadDelta = 0
  let spreadH = 0
  let spreadDeltaDelta = 0
  let spreadDeltaH = 0
  let spreadHH = 0
  for (let i = start; i < end; i++) {
    const c = weight[i]!
    const last = timeAtLast[i]!
    const now = timeAtEnd[i]!
    const delta = l[now]! - l[last]!
    const deltaH = h[now]! - h[last]!
    const logW = logOdds + exponent * delta
    // e^-|ln w| cannot overflow, whatever the customer's silence.
    const small = Math.exp(-Math.abs(logW))
    softplus += c * (Math.max(logW, 0) + Math.log1p(small))
    const share = (logW > 0 ? 1 : small) / (1 + small)
    const p = c * share
    const q = (c * small) / ((1 + small) * (1 + small))
    dead += p
    deadDelta += p * delta
    deadH += p * deltaH
    deadCurve += p * deltaH * (1 - h[now]! - h[last]!)
    spread += q
    spreadDelta += q * delta
    spreadH += q * deltaH
    spreadDeltaDelta += q * delta * delta
    spreadDeltaH += q * delta * deltaH
    spreadHH += q * deltaH * deltaH
  }
  out[0] = softplus
  out[1] = dead
  out[2] = deadDelta
  out[3] = deadH
  out[4] = deadCurve
  out[5] = spread
  out[6] = spreadDelta
  out[7] = spreadH
  out[8] = spreadDeltaDelta
  out[9] = spreadDeltaH
  out[10] = spreadHH
}

/** Sums over all customers of one x that do not touch dropout: of 1, l(T), h(T) and h(T)(1 − h(T)). */
export function exposureSumsInto(
  start: number, //         first history
  end: number, //           history after the last
  weight: Float64Array, //  in   customers with the history
  timeAtEnd: Uint32Array, // in  index of T in l and h
  l: Float64Array, //       in   ln(1 + t/α) of each distinct time t
  h: Float64Array, //       in   t / (α + t) of each distinct time t
  out: Float64Array, //     out  4
): void {
  out.fill(0)
  for (let i = start; i < end; i++) {
    const c = weight[i]!
    const now = timeAtEnd[i]!
    out[0]! += c
    out[1]! += c * l[now]!
    out[2]! += c * h[now]!
    out[3]! += c * h[now]! * (1 - h[now]!)
  }
}

/**
 * Adds the terms j = from .. to − 1 of the sums over j < x that stand in place of ln Γ(r + x) − ln Γ(r) and
 * ln B(a, b + x) − ln B(a, b), and of their derivatives in the logarithms of r, a and b. No term is a difference, so
 * that even a = 1e-12 or b = 1e12 leaves no noise.
 */
export function countSumsInto(
  from: number,
  to: number,
  r: number,
  alpha: number,
  a: number,
  b: number,
  out: Float64Array, // out  9, added to: value, first, second of r; value, first of a, first of b, second aa, ab, bb
): void {
  for (let j = from; j < to; j++) {
    const rj = r + j
    const bj = b + j
    const abj = a + bj
    const both = a / (bj * abj)
    out[0]! += Math.log(rj / alpha)
    out[1]! += r / rj
    out[2]! += (r / rj) * (j / rj)
    out[3]! += Math.log1p(a / bj)
    out[4]! += a / abj
    out[5]! += b * both
    out[6]! += (a / abj) * (bj / abj)
    out[7]! += (a / abj) * (b / abj)
    out[8]! += b * both * (1 - (b / bj) * (1 + bj / abj))
  }
}
