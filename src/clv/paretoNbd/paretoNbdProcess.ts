import { gammaVariate, poissonTimes } from '../../core/variates.ts'
import { negativeBinomialReach } from '../../kernels/negativeBinomial.ts'
import { paretoNbdPmfInto } from '../../kernels/paretoNbdFuture.ts'
import { integrateDecay } from '../../math/integrateDecay.ts'
import { logGammaRatio } from '../../math/logGammaRatio.ts'
import type { FutureProcess, PurchaseProcess } from '../purchaseProcess.ts'
import { atOnceOrNeverProcess } from './atOnceOrNeverProcess.ts'
import type { ParetoNbdParams } from './paretoNbd.ts'
import { paretoNbdSilence } from './paretoNbdSilence.ts'

/**
 * The purchases of customers under Pareto/NBD.
 *
 * @see Schmittlein, Morrison & Colombo (1987), "Counting Your Customers: Who Are They and What Will They Do Next?",
 *   Management Science 33(1), equations 8 to 15; Fader & Hardie (2005), "A Note on Deriving the Pareto/NBD Model and
 *   Related Expressions"
 */
export function paretoNbdProcess({ r, alpha, s, beta, leavingOdds }: ParetoNbdParams): PurchaseProcess {
  if (leavingOdds !== undefined) return atOnceOrNeverProcess(r, alpha, leavingOdds)
  // Many customers share a count, and it decides the term that costs most.
  const ofCount = new Map<number, number>()
  const counted = (x: number): number => {
    const known = ofCount.get(x)
    if (known !== undefined) return known
    const made = logGammaRatio(r, x) - x * Math.log(alpha)
    ofCount.set(x, made)
    return made
  }
  const silence = paretoNbdSilence(alpha, beta)
  return {
    logLikelihood: (x, atLast, age) => {
      const n = r + x
      const untilLast = counted(x) - n * Math.log1p(atLast / alpha) - s * Math.log1p(atLast / beta)
      return untilLast + silence.log(n, s, atLast, age)
    },
    logDropoutOdds: (x, atLast, age) => silence.logOdds(r + x, s, atLast, age),
    // Who is still there has the future of a new customer whose prior is this customer's posterior.
    ifAlive: (x, _, age) => paretoNbdFuture(r + x, alpha + age, s, beta + age),
    needsTimeAtLast: false,
    ofNewCustomer: paretoNbdFuture(r, alpha, s, beta),
    // A rate in the integrand of the likelihood is another purchase, or another dropout.
    meanRate: (x, atLast, age) => {
      const n = r + x
      return (n / (alpha + atLast)) * Math.exp(silence.log(n + 1, s, atLast, age) - silence.log(n, s, atLast, age))
    },
    meanDropout: (x, atLast, age) => {
      const n = r + x
      return (s / (beta + atLast)) * Math.exp(silence.log(n, s + 1, atLast, age) - silence.log(n, s, atLast, age))
    },
    simulate: (random, age) => {
      const rate = gammaVariate(r, random) / alpha
      const dropout = gammaVariate(s, random) / beta
      return poissonTimes(rate, Math.min(age, -Math.log(1 - random.unit()) / dropout), random)
    },
  }
}

/** The future of a customer whose purchase rate is Gamma(r, α) and whose dropout rate is Gamma(s, β). */
function paretoNbdFuture(r: number, alpha: number, s: number, beta: number): FutureProcess {
  const rate = r / alpha
  return {
    expected: (t) => rate * expectedLife(s, beta, t),
    pmfInto: (t, out) => paretoNbdPmfInto(r, alpha, s, beta, t, out),
    // Whoever may leave buys no more than who may not.
    reach: (t, tail, most) => negativeBinomialReach(r, alpha, t, tail, most),
    survival: (t) => Math.exp(-s * Math.log1p(t / beta)),
    discounted: (delta, t) =>
      t === 0 ? 0 : rate * integrateDecay((u) => Math.exp(-delta * u - s * Math.log1p(u / beta)), t, delta + s / beta),
  }
}

/** ∫₀ᵗ (1 + u/β)^−s du, how much of a time t a customer is there whose dropout rate is Gamma(s, β). */
export function expectedLife(s: number, beta: number, t: number): number {
  const l = Math.log1p(t / beta)
  // Without a difference at s = 1.
  return beta * (s === 1 ? l : Math.expm1((1 - s) * l) / (1 - s))
}
