import { betaVariate } from '../../core/variates.ts'
import { bgBbPmfInto, discountedForever, discountedPeriods } from '../../kernels/betaGeometric.ts'
import { bgBbSilenceInto } from '../../kernels/bgBbLikelihood.ts'
import { logBetaRatio } from '../../math/logBetaRatio.ts'
import type { FutureProcess, PurchaseProcess } from '../purchaseProcess.ts'
import type { BgBbParams } from './bgBb.ts'

/**
 * The purchases of customers under BG/BB. Times are whole opportunities; of a time between two, the earlier counts.
 *
 * @see Fader, Hardie & Shang (2010), equations 5 to 14
 */
export function bgBbProcess({ alpha, beta, gamma, delta }: BgBbParams): PurchaseProcess {
  // Silence costs a step for each opportunity, and many customers share a history.
  const known = new Map<number, Float64Array>()
  const silence = (x: number, last: number, n: number): Float64Array => {
    const key = (x * KEYS + last) * KEYS + n
    let said = known.get(key)
    if (said === undefined) {
      said = new Float64Array(4)
      bgBbSilenceInto(x, last, n, alpha, beta, gamma, delta, said)
      known.set(key, said)
    }
    return said
  }
  return {
    logLikelihood: (x, last, n) =>
      logBetaRatio(alpha, beta, last - x) +
      logBetaRatio(beta + (last - x), alpha, x) +
      logBetaRatio(gamma, delta, last) +
      silence(x, last, n)[0]!,
    logDropoutOdds: (x, last, n) => silence(x, last, n)[1]!,
    // Who is still there has the future of a new customer whose priors are this customer's posteriors.
    ifAlive: (x, _, n) => bgBbFuture(alpha + x, beta + (n - x), gamma, delta + n),
    needsTimeAtLast: false,
    ofNewCustomer: bgBbFuture(alpha, beta, gamma, delta),
    simulate: (random, periods) => {
      const [buys, leaves] = [betaVariate(alpha, beta, random), betaVariate(gamma, delta, random)]
      const bought: number[] = []
      for (let t = 1; t <= periods && random.unit() >= leaves; t++) if (random.unit() < buys) bought.push(t)
      return bought
    },
    meanRate: (x, last, n) => silence(x, last, n)[2]!,
    meanDropout: (x, last, n) => silence(x, last, n)[3]!,
  }
}

/** Above the most opportunities that a history has, so that (x, t_x, n) makes one whole number below 2^53. */
const KEYS = 2 ** 17

function bgBbFuture(alpha: number, beta: number, gamma: number, delta: number): FutureProcess {
  const chance = alpha / (alpha + beta)
  return {
    expected: (t) => chance * discountedPeriods(gamma, delta, 0, Math.floor(t)),
    pmfInto: (t, out) => bgBbPmfInto(alpha, beta, gamma, delta, Math.floor(t), out, new Float64Array(out.length)),
    reach: (t, _, most) => Math.min(Math.floor(t), most),
    survival: (t) => Math.exp(logBetaRatio(gamma, delta, Math.floor(t))),
    discounted: (rate, t) =>
      chance *
      (t === Number.POSITIVE_INFINITY
        ? discountedForever(gamma, delta, Math.expm1(rate))
        : discountedPeriods(gamma, delta, Math.expm1(rate), Math.floor(t))),
  }
}
