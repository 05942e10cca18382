import { gammaVariate, poissonTimes } from '../../core/variates.ts'
import { negativeBinomialBeyond, negativeBinomialInto, negativeBinomialReach } from '../../kernels/negativeBinomial.ts'
import { logGammaRatio } from '../../math/logGammaRatio.ts'
import type { FutureProcess, PurchaseProcess } from '../purchaseProcess.ts'
import type { NbdParams } from './nbd.ts'

/**
 * The purchases of customers under NBD: nobody leaves, and the last purchase says no more than the count does.
 *
 * @see Ehrenberg (1959), "The Pattern of Consumer Purchases", Applied Statistics 8(1)
 */
export function nbdProcess({ r, alpha }: NbdParams): PurchaseProcess {
  return {
    logLikelihood: (x, _, age) => logGammaRatio(r, x) - x * Math.log(alpha) - (r + x) * Math.log1p(age / alpha),
    logDropoutOdds: () => Number.NEGATIVE_INFINITY,
    ifAlive: (x, _, age) => nbdFuture(r + x, alpha + age),
    needsTimeAtLast: false,
    ofNewCustomer: nbdFuture(r, alpha),
    meanRate: (x, _, age) => (r + x) / (alpha + age),
    meanDropout: () => 0,
    simulate: (random, age) => poissonTimes(gammaVariate(r, random) / alpha, age, random),
  }
}

/** The future of a customer who never leaves and whose rate is Gamma(r, α). */
function nbdFuture(r: number, alpha: number): FutureProcess {
  const rate = r / alpha
  return {
    expected: (t) => rate * t,
    pmfInto: (t, out) => {
      negativeBinomialInto(r, alpha, t, out)
      return negativeBinomialBeyond(r, alpha, t, out.length - 1)
    },
    reach: (t, tail, most) => negativeBinomialReach(r, alpha, t, tail, most),
    survival: () => 1,
    discounted: (delta, t) => (delta === 0 ? rate * t : (rate * -Math.expm1(-delta * t)) / delta),
  }
}
