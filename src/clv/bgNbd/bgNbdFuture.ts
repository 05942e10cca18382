import { bgNbdExpected } from '../../kernels/bgNbdExpectation.ts'
import { bgNbdPmfInto, bgNbdReach } from '../../kernels/bgNbdFuture.ts'
import type { FutureProcess } from '../purchaseProcess.ts'

/** The future of a customer whose rate is Gamma(r, α) and who leaves after each purchase with a Beta(a, b) chance. */
export function bgNbdFuture(r: number, alpha: number, a: number, b: number): FutureProcess {
  return {
    expected: (t) => bgNbdExpected(r, alpha, a, b, t),
    pmfInto: (t, out) => bgNbdPmfInto(r, alpha, a, b, t, out, new Float64Array(out.length)),
    reach: (t, tail, most) => bgNbdReach(r, alpha, a, b, t, tail, most),
  }
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
  }
}
