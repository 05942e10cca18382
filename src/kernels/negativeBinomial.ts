import { incompleteBeta, logBetaFront } from '../math/incompleteBeta.ts'
import { logBetaRatio } from '../math/logBetaRatio.ts'

/** Below this, ln P(N = 0) is told from the other end, because the double would have few digits or none. */
const FAINT = -600

/**
 * Writes P(N = n), n = 0, 1, …, of the purchases in a time t of a customer who cannot leave and whose rate is
 * Gamma(r, α): Γ(r + n) / (Γ(r) n!) (1 − z)^r z^n with z = t / (α + t). From 0 upwards, or where that would underflow, up
 * and down from the likeliest count: the rounding of logarithms, which are large there, would add up.
 */
export function negativeBinomialInto(
  r: number, //         above 0
  alpha: number, //     above 0
  t: number, //         above 0, in the unit of α
  out: Float64Array, // out  n + 1 probabilities
): void {
  const z = t / (alpha + t)
  const rest = alpha / (alpha + t)
  const logNone = -r * Math.log1p(t / alpha)
  const likeliest = logNone > FAINT ? 0 : Math.min(Math.floor(Math.max(r - 1, 0) * (t / alpha)), out.length - 1)
  // P(N = n) is the front of the incomplete beta function, z^n (1 − z)^r / B(n, r), divided by n.
  out[likeliest] = likeliest === 0 ? Math.exp(logNone) : Math.exp(logBetaFront(z, likeliest, r, rest)) / likeliest
  for (let n = likeliest + 1; n < out.length; n++) {
    const mass = (out[n - 1]! * (r + (n - 1))) / n
    // What z rounds next to 1 would show after some 10^5 times.
    out[n] = rest < z ? mass - mass * rest : mass * z
  }
  for (let n = likeliest; n > 0; n--) {
    const mass = out[n]! * (n / (r + (n - 1)))
    out[n - 1] = rest < z ? mass + mass * (alpha / t) : mass / z
  }
}

/** P(N > n) of the same customer. */
export function negativeBinomialBeyond(r: number, alpha: number, t: number, n: number): number {
  return incompleteBeta(t / (alpha + t), n + 1, r, alpha / (alpha + t))
}

/** Counts that are walked through one by one; beyond, the reach is bracketed. */
const WALK = 256

/**
 * The least n with S_n P(N > n) below `tail`, or `most`, whichever is less: how many purchases to expect at most of a
 * customer who stays through n purchases with probability S_n = B(a, b + n) / B(a, b), and always for a = 0.
 */
export function negativeBinomialReach(
  r: number, //     above 0
  alpha: number, // above 0
  t: number, //     above 0, in the unit of α
  tail: number, //  above the rounding error, say 1e-15
  most: number,
  a: number = 0, // at least 0
  b: number = 1, // above 0
): number {
  const z = t / (alpha + t)
  const logNone = -r * Math.log1p(t / alpha)
  let low = -1 // P(X > low) is not below the tail
  if (logNone > FAINT) {
    let mass = Math.exp(logNone)
    let more = 1
    let stays = 1
    for (let n = 0; n < Math.min(most, WALK); n++) {
      more -= mass
      if (stays * more < tail) return n
      mass *= ((r + n) / (n + 1)) * z
      stays *= (b + n) / (a + b + n)
      low = n
    }
  }
  let high = Math.min(Math.max(2 * low, WALK), most)
  for (; high < most && !isBelow(high, r, alpha, t, tail, a, b); high = Math.min(4 * high, most)) low = high
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2)
    if (isBelow(middle, r, alpha, t, tail, a, b)) high = middle
    else low = middle
  }
  return high
}

function isBelow(n: number, r: number, alpha: number, t: number, tail: number, a: number, b: number): boolean {
  return Math.exp(logBetaRatio(a, b, n)) * negativeBinomialBeyond(r, alpha, t, n) < tail
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
