import { bgNbdExpected } from '../../kernels/bgNbdExpectation.ts'
import { bgNbdPmfInto, bgNbdReach } from '../../kernels/bgNbdFuture.ts'
import { logGammaRatio } from '../../math/logGammaRatio.ts'
import type { FutureProcess, PurchaseProcess } from '../purchaseProcess.ts'
import type { BgNbdParams } from './bgNbd.ts'

/**
 * The purchases of customers under BG/NBD.
 *
 * @see Fader, Hardie & Lee (2005), equations 6 to 10; Fader, Hardie & Lee (2008), "Computing P(alive) Using the BG/NBD
 *   Model"
 */
export function bgNbdProcess({ r, alpha, a, b }: BgNbdParams): PurchaseProcess {
  // Many customers share a count, and it decides the two terms that cost most.
  const ofCount = new Map<number, number>()
  const counted = (x: number): number => {
    const known = ofCount.get(x)
    if (known !== undefined) return known
    const made = logGammaRatio(r, x) - x * Math.log(alpha) - logBetaRatio(a, b, x)
    ofCount.set(x, made)
    return made
  }
  // ln w, w = a / (b + x − 1) · ((α + T) / (α + t_x))^(r + x): P(alive) = 1 / (1 + w). Nobody leaves but by a purchase.
  const logDropoutOdds = (x: number, atLast: number, age: number): number =>
    x === 0
      ? Number.NEGATIVE_INFINITY
      : Math.log(a / (b + (x - 1))) + (r + x) * Math.log1p((age - atLast) / (alpha + atLast))
  return {
    logLikelihood: (x, atLast, age) => {
      const purchases = counted(x) - (r + x) * Math.log1p(age / alpha)
      if (x === 0) return purchases
      const logOdds = logDropoutOdds(x, atLast, age)
      return purchases + Math.max(logOdds, 0) + Math.log1p(Math.exp(-Math.abs(logOdds)))
    },
    logDropoutOdds,
    // Who is still there has the future of a new customer whose prior is this customer's posterior.
    ifAlive: (x, _, age) => bgNbdFuture(r + x, alpha + age, a, b + x),
    needsTimeAtLast: false,
    ofNewCustomer: bgNbdFuture(r, alpha, a, b),
  }
}

/** The future of a customer whose rate is Gamma(r, α) and who leaves after each purchase with a Beta(a, b) chance. */
export function bgNbdFuture(r: number, alpha: number, a: number, b: number): FutureProcess {
  return {
    expected: (t) => bgNbdExpected(r, alpha, a, b, t),
    pmfInto: (t, out) => bgNbdPmfInto(r, alpha, a, b, t, out, new Float64Array(out.length)),
    reach: (t, tail, most) => bgNbdReach(r, alpha, a, b, t, tail, most),
  }
}

/** ln B(a, b) − ln B(a, b + x) for whole x: Σ ln(1 + a/(b + j)) while that is short. */
function logBetaRatio(a: number, b: number, x: number): number {
  if (x > 1000) return logGammaRatio(a + b, x) - logGammaRatio(b, x)
  let sum = 0
  for (let j = 0; j < x; j++) sum += Math.log1p(a / (b + j))
  return sum
}
