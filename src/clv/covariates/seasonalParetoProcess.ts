import { gammaVariate, poissonTimes } from '../../core/variates.ts'
import { negativeBinomialReach } from '../../kernels/negativeBinomial.ts'
import { seasonalParetoPmfInto } from '../../kernels/seasonalParetoFuture.ts'
import { integrateDecay } from '../../math/integrateDecay.ts'
import { logGammaRatio } from '../../math/logGammaRatio.ts'
import type { ParetoNbdParams } from '../paretoNbd/paretoNbd.ts'
import { expectedLife } from '../paretoNbd/paretoNbdProcess.ts'
import type { FutureProcess, PurchaseProcess } from '../purchaseProcess.ts'
import type { CalendarAhead } from './calendarAhead.ts'
import type { Silence, silences } from './seasonalPareto.ts'

/**
 * The purchases of customers under seasonal Pareto/NBD who came on one day: they buy in operational time and leave in
 * plain time.
 *
 * @param silenceOf - as of `silences`
 * @param first - the day, since that of the clock
 * @param later - the calendar from some age of theirs on
 * @see Bachmann, Meierer & Näf (2021), "The Role of Time-Varying Contextual Factors in Latent Attrition Models for
 *   Customer Base Analysis", Marketing Science 40(4)
 */
export function seasonalParetoProcess(
  params: ParetoNbdParams,
  silenceOf: ReturnType<typeof silences>,
  first: number,
  unit: number,
  later: (age: number) => CalendarAhead,
): PurchaseProcess {
  const { r, alpha, s, beta } = params
  const birth = later(0)
  const dayAt = (age: number): number => {
    birth.passed(age) // whose calendar must reach
    return first + Math.round(age * unit)
  }
  /** Of n = r + x for another x and s for another s: S, and of it who is there. */
  const silent = (x: number, atLast: number, age: number, own: ParetoNbdParams = params): Silence =>
    silenceOf(x, first, dayAt(atLast), dayAt(age), own)
  return {
    logLikelihood: (x, atLast, age) => logGammaRatio(r, x) - x * Math.log(alpha) + silent(x, atLast, age).logSilence,
    logDropoutOdds: (x, atLast, age) => {
      const { derivatives } = silent(x, atLast, age)
      return Math.log(derivatives[0]! - derivatives[1]!) - Math.log(derivatives[1]!)
    },
    ifAlive: (x, _, age) => seasonalParetoFuture(r + x, alpha + birth.passed(age), s, beta + age, later(age)),
    needsTimeAtLast: false,
    ofNewCustomer: seasonalParetoFuture(r, alpha, s, beta, birth),
    // A rate in the integrand of the likelihood is another purchase, or another dropout.
    meanRate: (x, atLast, age) => {
      const now = silent(x, atLast, age).derivatives[0]!
      return ((r + x) / (alpha + birth.passed(atLast))) * (silent(x + 1, atLast, age).derivatives[0]! / now)
    },
    meanDropout: (x, atLast, age) => {
      const now = silent(x, atLast, age).derivatives[0]!
      const more = silent(x, atLast, age, { r, alpha, s: s + 1, beta }).derivatives[0]!
      return (s / (beta + atLast)) * (more / now)
    },
    simulate: (random, age) => {
      const rate = gammaVariate(r, random) / alpha
      const dropout = gammaVariate(s, random) / beta
      const end = birth.passed(Math.min(age, -Math.log(1 - random.unit()) / dropout))
      return poissonTimes(rate, end, random).map(birth.until)
    },
  }
}

/** The future of a customer whose purchase rate in operational time is Gamma(r, α) and whose dropout rate is Gamma(s, β). */
function seasonalParetoFuture(
  r: number,
  alpha: number,
  s: number,
  beta: number,
  { passed, periods }: CalendarAhead,
): FutureProcess {
  const survival = (t: number): number => Math.exp(-s * Math.log1p(t / beta))
  /** Sums what `part` says of the periods within t, times their speed; from u on, for a length of time. */
  const overPeriods = (t: number, part: (u: number, length: number) => number): number => {
    const { ends, clock } = periods(t)
    let sum = 0
    ends.forEach((end, i) => {
      const [u, g] = i > 0 ? [ends[i - 1]!, clock[i - 1]!] : [0, 0]
      if (end > u) sum += ((clock[i]! - g) / (end - u)) * part(u, end - u)
    })
    return (r / alpha) * sum
  }
  return {
    expected: (t) => overPeriods(t, (u, length) => survival(u) * expectedLife(s, beta + u, length)),
    pmfInto: (t, out) => {
      const { ends, clock } = periods(t)
      return seasonalParetoPmfInto(r, alpha, s, beta, ends, clock, out)
    },
    // Whoever may leave buys no more than who may not.
    reach: (t, tail, most) => negativeBinomialReach(r, alpha, passed(t), tail, most),
    survival: (t) => {
      passed(t) // whose calendar must reach
      return survival(t)
    },
    discounted: (delta, t) =>
      overPeriods(t, (u, length) => {
        const falls = (v: number): number => Math.exp(-delta * v - s * Math.log1p(v / (beta + u)))
        return Math.exp(-delta * u) * survival(u) * integrateDecay(falls, length, delta + s / (beta + u))
      }),
  }
}
