// Formulas as the papers print them, slow and plain: what answers are checked by. Nothing of the library is used here.
import gammaln from '@stdlib/math-base-special-gammaln'

/** Log-likelihood of histories under BG/NBD: Fader, Hardie & Lee (2005), equation 6, summed over the customers. */
export function bgNbdLogLikelihood({ r, alpha, a, b }, { repeats, ageAtLast, age }) {
  let sum = 0
  for (let c = 0; c < repeats.length; c++) {
    const x = repeats[c]
    const a1 = gammaln(r + x) - gammaln(r) + r * Math.log(alpha)
    const a2 = gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
    const a3 = -(r + x) * Math.log(alpha + age[c])
    const a4 = x > 0 ? Math.log(a / (b + x - 1)) - (r + x) * Math.log(alpha + ageAtLast[c]) : Number.NEGATIVE_INFINITY
    sum += a1 + a2 + Math.max(a3, a4) + Math.log1p(Math.exp(-Math.abs(a3 - a4)))
  }
  return sum
}

/** Purchases that a customer of BG/NBD is expected to make in a time `t` to come: the same paper, equation 10. */
export function bgNbdExpectedPurchases({ r, alpha, a, b }, x, tx, T, t) {
  const z = t / (alpha + T + t)
  let term = 1
  let series = 1
  // 2F1(r + x, b + x; a + b + x − 1; z), whose terms fall like z^k in the end.
  for (let k = 0; term > 1e-17 * series && k < 100_000; k++) {
    term *= (((r + x + k) * (b + x + k)) / ((a + b + x - 1 + k) * (k + 1))) * z
    series += term
  }
  const left = x > 0 ? (a / (b + x - 1)) * ((alpha + T) / (alpha + tx)) ** (r + x) : 0
  return (((a + b + x - 1) / (a - 1)) * (1 - ((alpha + T) / (alpha + T + t)) ** (r + x) * series)) / (1 + left)
}

/**
 * Log-likelihood of histories under Pareto/NBD: Fader & Hardie (2005), "A Note on Deriving the Pareto/NBD Model",
 * equations 21 and 22, summed over every `stride`-th customer.
 */
export function paretoNbdLogLikelihood({ r, alpha, s, beta }, { repeats, ageAtLast, age }, stride = 1) {
  const largest = Math.max(alpha, beta)
  const difference = Math.abs(alpha - beta)
  let sum = 0
  for (let c = 0; c < repeats.length; c += stride) {
    const x = repeats[c]
    const q = r + s + x
    const second = alpha >= beta ? s + 1 : r + x
    // ln of 2F1(q, second; q + 1; z) / (largest + t)^q
    const logTerm = (t) => {
      const z = difference / (largest + t)
      let term = 1
      let series = 1
      for (let k = 0; term > 1e-17 * series && k < 100_000; k++) {
        term *= (((q + k) * (second + k)) / ((q + 1 + k) * (k + 1))) * z
        series += term
      }
      return Math.log(series) - q * Math.log(largest + t)
    }
    const [last, now] = [logTerm(ageAtLast[c]), logTerm(age[c])]
    const logA0 = last + Math.log1p(-Math.exp(now - last))
    const there = -(r + x) * Math.log(alpha + age[c]) - s * Math.log(beta + age[c])
    const left = Math.log(s / q) + logA0
    const factor = gammaln(r + x) - gammaln(r) + r * Math.log(alpha) + s * Math.log(beta)
    sum += factor + Math.max(there, left) + Math.log1p(Math.exp(-Math.abs(there - left)))
  }
  return sum
}

/** Log-likelihood of mean repeat values under Gamma-Gamma: Fader & Hardie (2013), equation 1a, summed. */
export function gammaGammaLogLikelihood({ p, q, v }, { repeats, meanRepeatValue }) {
  let sum = 0
  for (let c = 0; c < repeats.length; c++) {
    const x = repeats[c]
    const m = meanRepeatValue[c]
    if (x === 0) continue
    sum += gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * Math.log(v)
    sum += (p * x - 1) * Math.log(m) + p * x * Math.log(x) - (p * x + q) * Math.log(v + m * x)
  }
  return sum
}

/** Area under the ROC curve: Mann & Whitney (1947), with ties at half. */
export function areaUnderCurve(scores, labels) {
  const order = Uint32Array.from(scores, (_, row) => row).sort((a, b) => scores[a] - scores[b])
  let ones = 0
  let rankSum = 0
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && scores[order[to]] === scores[order[from]]) to++
    for (let i = from; i < to; i++) {
      if (labels[order[i]] === 0) continue
      ones++
      rankSum += (from + to + 1) / 2
    }
  }
  return (rankSum - (ones * (ones + 1)) / 2) / (ones * (order.length - ones))
}

/** Quantile of type 7 of ascending values: Hyndman & Fan (1996). */
export function quantile(ascending, share) {
  const at = (ascending.length - 1) * share
  const low = Math.floor(at)
  const high = Math.min(low + 1, ascending.length - 1)
  return ascending[low] + (at - low) * (ascending[high] - ascending[low])
}
