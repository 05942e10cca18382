import type { FutureProcess, PurchaseProcess } from './purchaseProcess.ts'

/**
 * The purchases of customers of whom nobody buys a second time: the limit of a model as r goes to 0. Who did so
 * nevertheless, against all odds, has the future that the model gives for r = 0; the others have none, though they leave
 * as the model says.
 *
 * @param plain - the process of the model for r = 0, which has no distribution of counts and no likelihood of its own
 */
export function noRepeatsProcess(plain: PurchaseProcess): PurchaseProcess {
  return {
    logLikelihood: (x) => (x === 0 ? 0 : Number.NEGATIVE_INFINITY),
    logDropoutOdds: plain.logDropoutOdds,
    ifAlive: (x, atLast, age) => {
      const future = plain.ifAlive(x, atLast, age)
      return x === 0 ? silent(future) : future
    },
    needsTimeAtLast: plain.needsTimeAtLast,
    ofNewCustomer: silent(plain.ofNewCustomer),
    meanRate: plain.meanRate,
    meanDropout: plain.meanDropout,
    simulate: () => [],
  }
}

/** A future without purchases. */
function silent({ survival }: FutureProcess): FutureProcess {
  return {
    expected: () => 0,
    pmfInto: (_, out) => {
      out.fill(0)
      out[0] = 1
      return 0
    },
    reach: () => 0,
    survival: (t) => Math.min(survival(t), 1),
    discounted: () => 0,
  }
}
