import { discountedForever } from '../../kernels/bgDiscounting.ts'
import { bgNbdExpected, bgNbdExpectedBy } from '../../kernels/bgNbdExpectation.ts'
import { bgNbdPmfInto } from '../../kernels/bgNbdFuture.ts'
import { bgNbdSurvival } from '../../kernels/bgNbdSurvival.ts'
import { BETA_NODES, betaNodesInto, GAMMA_NODES, gammaNodesInto } from '../../kernels/mixingNodes.ts'
import { negativeBinomialReach } from '../../kernels/negativeBinomial.ts'
import type { FutureProcess } from '../purchaseProcess.ts'
import { discountedWithin, WORTHLESS } from './discountedWithin.ts'

/**
 * The future of a customer whose rate is Gamma(r, α) and who leaves after each purchase with a Beta(a, b) chance.
 *
 * @param coefficients - of the expectation under r, a and b, where many customers share them
 */
export function bgNbdFuture(
  r: number,
  alpha: number,
  a: number,
  b: number,
  coefficients?: () => Float64Array,
): FutureProcess {
  const expected = (t: number): number =>
    coefficients === undefined ? bgNbdExpected(r, alpha, a, b, t) : bgNbdExpectedBy(coefficients(), r, alpha, a, b, t)
  return {
    expected,
    pmfInto: (t, out) => bgNbdPmfInto(r, alpha, a, b, t, out, new Float64Array(out.length)),
    reach: (t, tail, most) => negativeBinomialReach(r, alpha, t, tail, most, a, b),
    survival: (t) => bgNbdSurvival(r, alpha, a, b, t),
    discounted: (delta, t) => {
      if (delta === 0) return expected(t)
      if (delta * t > WORTHLESS) return bgDiscountedForever(1, r, 0, alpha, a, b, delta)
      const rate = (s: number): number => (r / alpha) * bgNbdSurvival(r + 1, alpha, a, b, s)
      return discountedWithin(rate, alpha / (1 + r), delta, t)
    },
  }
}

/** ∫₀^∞ e^(−δs) dE[X(s)] for δ > 0: by rules over rate and dropout, with what is integrated over time in closed form. */
export function bgDiscountedForever(
  k: number,
  D: number,
  u: number,
  alpha: number,
  a: number,
  b: number,
  delta: number,
): number {
  const [lambda, ofLambda] = [new Float64Array(GAMMA_NODES), new Float64Array(GAMMA_NODES)]
  const [p, ofP] = [new Float64Array(BETA_NODES), new Float64Array(BETA_NODES)]
  const d = delta * alpha
  const lambdas = gammaNodesInto(D, d, k, lambda, ofLambda)
  // Where p is this small, a purchase is far likelier to be discounted away than to be the last.
  const dropouts = betaNodesInto(a, b, (1e-17 * d) / (D + 100), p, ofP)
  return discountedForever(k, D, u, d, lambdas, lambda, ofLambda, dropouts, p, ofP)
}

/** The future of a customer who is still there with probability `stays` = 1 − `leaves`, and then has another. */
export function futureOfStaying(stays: number, leaves: number, future: FutureProcess): FutureProcess {
  return {
    expected: (t) => stays * future.expected(t),
    pmfInto: (t, out) => {
      const beyond = future.pmfInto(t, out)
      for (let n = 0; n < out.length; n++) out[n]! *= stays
      out[0]! += leaves
      return stays * beyond
    },
    reach: (t, tail, most) => future.reach(t, tail / stays, most),
    survival: (t) => stays * future.survival(t),
    discounted: (delta, t) => stays * future.discounted(delta, t),
  }
}
