import { dropoutFirstInto } from './dropoutFirst.ts'

/**
 * Numbers that stand for a function of θ = (ln r, ln α, ln s, ln β) at a place: its value, its gradient, and its second
 * derivatives rr, rα, rs, rβ, αα, αs, αβ, ss, sβ, ββ.
 */
export const CURVES = 15

/**
 * Writes one side of the silence of customers with x repeats, as a function of θ: ln P(leaves before buying again) at
 * age y, or ln P(buys before leaving), plus the logarithm of (1 + y/α)^−(r+x) (1 + y/β)^−s.
 */
export function silentSideInto(
  isThere: boolean, //      whether the purchase comes first
  r: number, //             above 0
  x: number, //             repeats
  alpha: number, //         above 0
  s: number, //             above 0
  beta: number, //          above 0
  y: number, //             age, at least 0
  scratch: Float64Array, // 10
  out: Float64Array, //     out  CURVES numbers
  at: number, //            from here on
): void {
  const n = r + x
  const A = alpha + y
  const B = beta + y
  if (isThere) dropoutFirstInto(s, B, n, A, scratch)
  else dropoutFirstInto(n, A, s, B, scratch)
  // By n, s and κ = ln(A/B). With the roles exchanged, κ changes its sign.
  const k = isThere ? -1 : 1
  const byN = scratch[isThere ? 2 : 1]!
  const byS = scratch[isThere ? 1 : 2]!
  const byK = k * scratch[3]!
  const byNN = scratch[isThere ? 7 : 4]!
  const byNS = scratch[5]!
  const byNK = k * scratch[isThere ? 8 : 6]!
  const bySS = scratch[isThere ? 4 : 7]!
  const bySK = k * scratch[isThere ? 6 : 8]!
  const byKK = scratch[9]!
  // dκ/d ln α = α/A and dκ/d ln β = −β/B, which change by themselves as α/A · y/A and −β/B · y/B.
  const a = alpha / A
  const b = beta / B
  const ay = y / A
  const by = y / B
  const logA = Math.log1p(y / alpha)
  const logB = Math.log1p(y / beta)
  out[at] = scratch[0]! - n * logA - s * logB
  out[at + 1] = r * (byN - logA)
  out[at + 2] = a * byK + n * ay
  out[at + 3] = s * (byS - logB)
  out[at + 4] = -b * byK + s * by
  out[at + 5] = r * (r * byNN + byN - logA)
  out[at + 6] = r * (a * byNK + ay)
  out[at + 7] = r * s * byNS
  out[at + 8] = -r * b * byNK
  out[at + 9] = a * (a * byKK + ay * byK - n * ay)
  out[at + 10] = s * a * bySK
  out[at + 11] = -a * b * byKK
  out[at + 12] = s * (s * bySS + byS - logB)
  out[at + 13] = s * (-b * bySK + by)
  out[at + 14] = b * (b * byKK - by * byK - s * by)
}

/**
 * Adds up ln(e^a + e^d) over all histories, with its derivatives, a being the side of who is still there and d that of
 * who has left. With p = e^d / (e^a + e^d): ∇ = (1 − p) ∇a + p ∇d, and the Hessian likewise plus
 * p (1 − p) (∇d − ∇a)(∇d − ∇a)ᵀ.
 */
export function silenceSumsInto(
  weight: Float64Array, //    in   customers with the history
  endOf: Uint32Array, //      in   which a
  lastOf: Uint32Array, //     in   which d
  ofEnd: Float64Array, //     in   CURVES numbers for each a
  ofLast: Float64Array, //    in   CURVES numbers for each d
  endShare: Float64Array, //  scratch  for each a, zeros
  lastShare: Float64Array, // scratch  for each d, zeros
  out: Float64Array, //       out  CURVES, added to
): void {
  // The value is compensated: the minimiser compares values that differ by less than thousands of roundings.
  let value = 0
  let lost = 0
  for (let i = 0; i < weight.length; i++) {
    const c = weight[i]!
    const e = CURVES * endOf[i]!
    const l = CURVES * lastOf[i]!
    const difference = ofLast[l]! - ofEnd[e]!
    const small = Math.exp(-Math.abs(difference))
    const isLeft = difference > 0
    const term = c * ((isLeft ? ofLast[l]! : ofEnd[e]!) + Math.log1p(small))
    const next = value + term
    lost += Math.abs(value) >= Math.abs(term) ? value - next + term : term - next + value
    value = next
    const left = (c * (isLeft ? 1 : small)) / (1 + small)
    const there = (c * (isLeft ? small : 1)) / (1 + small)
    lastShare[lastOf[i]!]! += left
    endShare[endOf[i]!]! += there
    const spread = (left * there) / c
    let to = 5
    for (let j = 1; j < 5; j++) {
      const step = spread * (ofLast[l + j]! - ofEnd[e + j]!)
      for (let k = j; k < 5; k++) out[to++]! += step * (ofLast[l + k]! - ofEnd[e + k]!)
    }
  }
  out[0]! += value + lost
  addWeighted(endShare, ofEnd, out)
  addWeighted(lastShare, ofLast, out)
}

/** Adds the derivatives, but not the values, of all places, each as often as its share says. */
function addWeighted(
  share: Float64Array, //  in
  curves: Float64Array, // in   CURVES numbers for each share
  out: Float64Array, //    out  added to
): void {
  for (let i = 0; i < share.length; i++) {
    for (let j = 1; j < CURVES; j++) out[j]! += share[i]! * curves[CURVES * i + j]!
  }
}
