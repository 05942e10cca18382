/**
 * Sums of the BG/NBD log-likelihood and of its derivatives over the customers who all repeated x times, as far as t_x
 * and T matter: of ln(1 + w), with the customer's dropout odds w = a / (b + n − 1) · ((α + T) / (α + t_x))^D after n
 * occasions to leave, D = r + x. The share w / (1 + w) = 1 − P(alive) is `dead` below. With l(t) = ln(1 + t/α),
 * h(t) = t / (α + t), δ = l(T) − l(t_x) and Δ = h(T) − h(t_x), ∇ ln w = (δ, −D Δ, 1) in (D, ln α, ln odds): that is all
 * that the gradient and the Hessian need.
 *
 * An exponential and a logarithm a history would cost more than all the rest. Where there are many histories, powers
 * of all times are tabled first, and most customers share the logarithm of the product of their 1 + w.
 */
export function repeaterSumsInto(
  first: number, //          first run of histories that share x and T
  last: number, //           run after the last
  starts: Uint32Array, //    in   first history of each run, and after the last
  timeAtEnd: Uint32Array, // in   T of each run, as an index into l and h
  weight: Float64Array, //   in   customers with the history
  timeAtLast: Uint32Array, // in  t_x of each history, as an index into l and h
  l: Float64Array, //        in   ln(1 + t/α) of each distinct time t
  h: Float64Array, //        in   t / (α + t) of each distinct time t
  logOdds: number, //        ln a − ln(b + n − 1)
  D: number, //              r + x
  isTabled: boolean, //      whether there are powers
  powers: Float64Array, //   in   as `powersInto` wrote them
  out: Float64Array, //      out  10: value; by D, by ln α, by ln odds; by DD, Dα, αα, D odds, α odds, odds odds
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
  let product = 1
  const times = l.length
  const odds0 = isTabled ? Math.exp(logOdds) : 0
  for (let run = first; run < last; run++) {
    const now = timeAtEnd[run]!
    const lNow = l[now]!
    const hNow = h[now]!
    const power = odds0 * powers[now]!
    const end = starts[run + 1]!
    for (let i = starts[run]!; i < end; i++) {
      const c = weight[i]!
      const before = timeAtLast[i]!
      const hBefore = h[before]!
      const delta = lNow - l[before]!
      const deltaH = hNow - hBefore
      let w = 0
      if (isTabled) {
        w = power * powers[times + before]!
        const odds = 1 + w
        if (c === 1) product *= odds
        else if (c === 2) product *= odds * odds
        else if (c === 3) product *= odds * odds * odds
        else softplus += c * Math.log1p(w)
        if (product > FLUSH) {
          softplus += Math.log(product)
          product = 1
        }
      } else {
        const logW = logOdds + D * delta
        w = Math.exp(Math.min(logW, FARTHEST))
        // What is cut off ln w is all of the rest of ln(1 + w).
        softplus += c * (Math.log1p(w) + Math.max(logW - FARTHEST, 0))
      }
      const alive = 1 / (1 + w)
      const p = c * w * alive
      const q = p * alive
      const pH = p * deltaH
      const qDelta = q * delta
      const qH = q * deltaH
      dead += p
      deadDelta += p * delta
      deadH += pH
      deadCurve += pH * (1 - hNow - hBefore)
      spread += q
      spreadDelta += qDelta
      spreadH += qH
      spreadDeltaDelta += qDelta * delta
      spreadDeltaH += qDelta * deltaH
      spreadHH += qH * deltaH
    }
  }
  out[0] = softplus + Math.log(product)
  out[1] = deadDelta
  out[2] = -D * deadH
  out[3] = dead
  out[4] = spreadDeltaDelta
  out[5] = -deadH - D * spreadDeltaH
  out[6] = D * deadCurve + D * D * spreadHH
  out[7] = spreadDelta
  out[8] = -D * spreadH
  out[9] = spread
}

/** Whether tables of powers are worth it for so many histories, and neither they nor the products overflow. */
export function areTabled(histories: number, logOdds: number, D: number, l: Float64Array): boolean {
  return histories > l.length && D * l[l.length - 1]! < FAR && Math.abs(logOdds) < FAR
}

/** Two powers up to e^FAR, multiplied and cubed, and a factor up to FLUSH, do not overflow. */
const FAR = 70
const FLUSH = 1e100

/** e^FARTHEST is nearly the largest double. */
const FARTHEST = 700

/** Tables the factors of w / odds = ((α + T) / (α + t_x))^D: e^(D l) of every T, then e^(−D l) of every t_x. */
export function powersInto(
  D: number,
  l: Float64Array, //      in   ln(1 + t/α) of each distinct time t
  powers: Float64Array, // out  twice as long as l
): void {
  for (let t = 0; t < l.length; t++) {
    powers[t] = Math.exp(D * l[t]!)
    powers[l.length + t] = Math.exp(-D * l[t]!)
  }
}

/** Turns powers for D into those for D + 1, which loses no more than the exponential of a sum that is not exact. */
export function raisePowersInto(
  times: Float64Array, //  in
  alpha: number, //        above 0
  powers: Float64Array, // in, out  twice as long
): void {
  for (let t = 0; t < times.length; t++) {
    const factor = (alpha + times[t]!) / alpha
    powers[t]! *= factor
    powers[times.length + t]! /= factor
  }
}

/** Sums over all customers of one x that do not touch dropout: of 1, l(T), h(T) and h(T)(1 − h(T)). */
export function exposureSumsInto(
  first: number, //          first run of histories that share x and T
  last: number, //           run after the last
  weight: Float64Array, //   in   customers of each run
  timeAtEnd: Uint32Array, // in   T of each run, as an index into l and h
  l: Float64Array, //        in   ln(1 + t/α) of each distinct time t
  h: Float64Array, //        in   t / (α + t) of each distinct time t
  out: Float64Array, //      out  4
): void {
  let customers = 0
  let sumL = 0
  let sumH = 0
  let curve = 0
  for (let run = first; run < last; run++) {
    const c = weight[run]!
    const now = timeAtEnd[run]!
    customers += c
    sumL += c * l[now]!
    sumH += c * h[now]!
    curve += c * h[now]! * (1 - h[now]!)
  }
  out[0] = customers
  out[1] = sumL
  out[2] = sumH
  out[3] = curve
}
