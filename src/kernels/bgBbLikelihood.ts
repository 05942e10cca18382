/**
 * Adds the terms j = 0, 1, … of the BG/BB log-likelihood up to each customer's last purchase, and their derivatives in
 * θ = (ln α, ln β, ln γ, ln δ). The counts say how many customers have more than j purchases, more than j opportunities
 * passed over before the last purchase, and more than j opportunities up to it.
 */
export function bgBbActiveSumsInto(
  purchased: Float64Array, // in   customers with x > j
  passed: Float64Array, //    in   customers with t_x − x > j
  active: Float64Array, //    in   customers with t_x > j
  alpha: number,
  beta: number,
  gamma: number,
  delta: number,
  out: Float64Array, //       out  16, added to: value; gradient; Hessian aa, ab, bb, ac, ad, bc, bd, cc, cd, dd; value's rest
): void {
  const both = alpha + beta
  for (let j = 0; j < active.length; j++) {
    const n = active[j]!
    const bought = purchased[j]!
    const other = passed[j]!
    const a = alpha / (alpha + j)
    const b = beta / (beta + j)
    const sum = both + j
    const [sa, sb] = [alpha / sum, beta / sum]
    addValue(bought * Math.log((alpha + j) / both), out)
    addValue(other * Math.log((beta + j) / both), out)
    addValue(-n * Math.log1p(j / both), out)
    out[1]! += bought * a - n * sa
    out[2]! += other * b - n * sb
    out[5]! += bought * a * (j / (alpha + j)) - n * sa * ((beta + j) / sum)
    out[6]! += n * sa * sb
    out[7]! += other * b * (j / (beta + j)) - n * sb * ((alpha + j) / sum)
    // ln S(t) = −Σ ln(1 + γ / (δ + j)).
    const end = gamma + delta + j
    const [dc, dd, d] = [gamma / end, delta / end, delta / (delta + j)]
    addValue(-n * Math.log1p(gamma / (delta + j)), out)
    out[3]! -= n * dc
    out[4]! += n * d * dc
    out[12]! -= n * dc * ((delta + j) / end)
    out[13]! += n * dc * dd
    out[14]! += n * d * dc * (j / (delta + j) - dd)
  }
}

/**
 * Adds ln R and its derivatives, in the order of `bgBbActiveSumsInto`, over the customers with the same x and n, where
 * R is the chance of their silence since the last purchase: R(n) = 1 and, an opportunity further back,
 *
 *   R(t) = d + q R(t + 1),   d = γ/(γ + δ + t),   q = (β + t − x)/(α + β + t) · (δ + t)/(γ + δ + t):
 *
 * left now, or there without buying and silent ever after. One pass back from n serves all t_x. ln R is that of a
 * mixture of two, whose Hessian is the mean of theirs and the spread of their gradients: nothing is subtracted.
 */
export function bgBbSilenceSumsInto(
  start: number, //         first history
  end: number, //           history after the last; their t_x ascend
  x: number,
  n: number,
  last: Float64Array, //    in       t_x
  weight: Float64Array, //  in       customers with the history
  alpha: number,
  beta: number,
  gamma: number,
  delta: number,
  state: Float64Array, //   scratch  15
  out: Float64Array, //     out      16, added to
): void {
  state.fill(0)
  let silent = 1
  let heard = 0
  for (let i = end - 1, t = n; i >= start; i--) {
    while (t > last[i]!) {
      t--
      const sum = alpha + beta + t
      const rest = beta + (t - x)
      const stop = gamma + delta + t
      const stay = delta + t
      const left = gamma / stop
      const there = (rest / sum) * (stay / stop) * silent
      silent = left + there
      heard = (stay / stop) * ((alpha + x) / sum + (rest / sum) * heard)
      const p = left / silent
      const q = there / silent
      const [sa, sb, b] = [alpha / sum, beta / sum, beta / rest]
      const [dc, dd, d] = [gamma / stop, delta / stop, delta / stay]
      // How the gradient differs between having left now and being there: (sa, sb − b, 1, −d) less that of ln R(t + 1).
      const u = sa - state[1]!
      const v = -b * ((alpha + x) / sum) - state[2]!
      const w = 1 - state[3]!
      const z = -d - state[4]!
      const spread = p * q
      state[5] = q * (state[5]! - sa * ((rest + x) / sum)) + spread * u * u
      state[6] = q * (state[6]! + sa * sb) + spread * u * v
      state[7] = q * (state[7]! + b * ((t - x) / rest) - sb * ((alpha + t) / sum)) + spread * v * v
      state[8] = q * state[8]! + spread * u * w
      state[9] = q * state[9]! + spread * u * z
      state[10] = q * state[10]! + spread * v * w
      state[11] = q * state[11]! + spread * v * z
      state[12] = q * state[12]! - dc * (stay / stop) + spread * w * w
      state[13] = q * state[13]! + dc * dd + spread * w * z
      state[14] = q * (state[14]! + d * (t / stay)) - dd * ((gamma + t) / stop) + spread * z * z
      state[1] = q * (state[1]! - sa)
      state[2] = q * (state[2]! + b * ((alpha + x) / sum))
      state[3] = p - dc + q * state[3]!
      state[4] = q * (state[4]! + d) - dd
    }
    const c = weight[i]!
    addValue(c * (heard < 0.5 ? Math.log1p(-heard) : Math.log(silent)), out)
    for (let k = 1; k < 15; k++) out[k]! += c * state[k]!
  }
}

/**
 * Adds to the value, with what rounding loses in out[15]: of many opportunities the value is small beside the sums that
 * it is the difference of, and the minimiser must still see it fall.
 */
function addValue(term: number, out: Float64Array): void {
  const sum = out[0]!
  const next = sum + term
  out[15]! += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum
  out[0] = next
}

/**
 * What the silence of one customer from t_x to n says, by the same recursion: ln R; the logarithm of the odds of having
 * left by n; the posterior means of the chance to buy and of the chance to leave. Linear in n − t_x.
 */
export function bgBbSilenceInto(
  x: number,
  last: number, // t_x
  n: number,
  alpha: number,
  beta: number,
  gamma: number,
  delta: number,
  out: Float64Array, // out  4
): void {
  let silent = 1
  let heard = 0
  let left = 0 // the chance of silence because of having left, over γ
  let stayed = 1 // the chance of silence while there, over e^shift
  let shift = 0
  let buys = (alpha + x) / (alpha + beta + n)
  let leaves = gamma / (gamma + delta + n)
  for (let t = n - 1; t >= last; t--) {
    const sum = alpha + beta + t
    const stop = gamma + delta + t
    const stays = (delta + t) / stop
    const pass = (beta + (t - x)) / sum
    const there = pass * stays * silent
    silent = gamma / stop + there
    const p = gamma / stop / silent
    const q = there / silent
    heard = stays * ((alpha + x) / sum + pass * heard)
    buys = p * ((alpha + x) / sum) + q * buys
    leaves = p * ((gamma + 1) / (stop + 1)) + q * leaves
    left = 1 / stop + pass * stays * left
    stayed *= pass * stays
    if (stayed < 1e-200) {
      stayed *= 1e200
      shift -= LOG_1E200
    }
  }
  out[0] = heard < 0.5 ? Math.log1p(-heard) : Math.log(silent)
  out[1] = left === 0 ? Number.NEGATIVE_INFINITY : Math.log(gamma) + Math.log(left) - (Math.log(stayed) + shift)
  out[2] = buys
  out[3] = leaves
}

const LOG_1E200 = 200 * Math.LN10
