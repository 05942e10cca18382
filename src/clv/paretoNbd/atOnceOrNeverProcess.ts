import type { Random } from '../../core/random.ts'
import { nbdProcess } from '../nbd/nbdProcess.ts'
import type { FutureProcess, PurchaseProcess } from '../purchaseProcess.ts'

/**
 * The purchases of customers of whom some leave right after the first purchase, with odds ω, and the others never: the
 * limit of Pareto/NBD that `atOnceOrNeverObjective` is of.
 *
 * @param odds - ω, P(leaves at once) / P(never leaves)
 */
export function atOnceOrNeverProcess(r: number, alpha: number, odds: number): PurchaseProcess {
  const stayer = nbdProcess({ r, alpha })
  const logOdds = Math.log(odds)
  const logStays = -Math.log1p(odds)
  const logDropoutOdds = (x: number, atLast: number, age: number): number =>
    atLast > 0 || age === 0 ? Number.NEGATIVE_INFINITY : logOdds + (r + x) * Math.log1p(age / alpha)
  const stays = 1 / (1 + odds)
  return {
    logLikelihood: (x, atLast, age) => {
      const stayed = stayer.logLikelihood(x, atLast, age) + (age > 0 ? logStays : 0)
      const against = logDropoutOdds(x, atLast, age)
      return stayed + Math.max(against, 0) + Math.log1p(Math.exp(-Math.abs(against)))
    },
    logDropoutOdds,
    ifAlive: (x, atLast, age) => {
      const future = stayer.ifAlive(x, atLast, age)
      return age === 0 ? sometimes(future, stays) : future
    },
    needsTimeAtLast: false,
    ofNewCustomer: sometimes(stayer.ofNewCustomer, stays),
    meanRate: (x, atLast, age) => {
      const alive = 1 / (1 + Math.exp(logDropoutOdds(x, atLast, age)))
      // The silence of who left at once says nothing of a rate.
      return alive * stayer.meanRate(x, atLast, age) + (1 - alive) * ((r + x) / alpha)
    },
    meanDropout: (_, atLast) => (atLast > 0 ? 0 : Number.POSITIVE_INFINITY),
    simulate: (random: Random, age) => (random.unit() * (1 + odds) < odds ? [] : stayer.simulate(random, age)),
  }
}

/** A future that takes place with probability `stays`, from the next moment on; otherwise nothing happens any more. */
function sometimes(future: FutureProcess, stays: number): FutureProcess {
  return {
    expected: (t) => stays * future.expected(t),
    pmfInto: (t, out) => {
      const beyond = stays * future.pmfInto(t, out)
      for (let n = 0; n < out.length; n++) out[n]! *= stays
      out[0]! += 1 - stays
      return beyond
    },
    reach: future.reach,
    survival: (t) => (t > 0 ? stays * future.survival(t) : 1),
    discounted: (delta, t) => stays * future.discounted(delta, t),
  }
}
