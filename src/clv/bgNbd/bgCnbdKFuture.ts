import { phaseWeights } from '../../kernels/bgDiscounting.ts'
import { phaseCountsInto, phaseMomentsInto } from '../../kernels/bgPhaseFuture.ts'
import { incompleteBeta } from '../../math/incompleteBeta.ts'
import type { FutureProcess } from '../purchaseProcess.ts'
import { bgDiscountedForever } from './bgNbdFuture.ts'
import { discountedWithin, WORTHLESS } from './discountedWithin.ts'

/**
 * The future of a customer who is still there under BG/CNBD-k and has been silent for a while: of the k phases of the
 * gap, j have passed with probability ∝ (D)_j / j! u^j, and given that, the rate of phases is Gamma(D + j, α).
 *
 * @param D - r + k x
 * @param alpha - that of the model plus the age now
 * @param u - silence ÷ α, 0 right after a purchase
 */
export function bgCnbdKFuture(k: number, D: number, alpha: number, u: number, a: number, b: number): FutureProcess {
  const passed = phasesPassed(k, D, u)
  const terms = new Float64Array(k + 1)
  const moments = new Float64Array(3)
  const momentAt = (t: number, which: 0 | 1 | 2): number => {
    phaseMomentsInto(k, passed, D, alpha, a, b, t, terms, moments)
    return moments[which]!
  }
  const counts = (t: number, length: number): Float64Array => {
    const out = new Float64Array(length)
    phaseCountsInto(k, passed, D, alpha, t, terms, out)
    return out
  }
  const expected = (t: number): number => (t === 0 ? 0 : momentAt(t, 0))
  return {
    expected,
    survival: (t) => (t === 0 ? 1 : momentAt(t, 1)),
    discounted: (delta, t) => {
      if (delta === 0) return expected(t)
      if (delta * t > WORTHLESS) return bgDiscountedForever(k, D, u, alpha, a, b, delta)
      return discountedWithin((s) => momentAt(s, 2), alpha / (1 + D), delta, t, PANELS)
    },
    pmfInto: (t, out) => {
      const top = out.length
      const z = t / (alpha + t)
      out.set(counts(t, top))
      // P(N ≥ n), here for n = top; summed from the far end, so that every probability keeps its relative accuracy.
      let reaches = passed.reduce(
        (sum, weight, j) => sum + weight * incompleteBeta(z, k * top - j, D + j, alpha / (alpha + t)),
        0,
      )
      const staying = new Float64Array(top).fill(1)
      for (let n = 1; n < top; n++) staying[n] = staying[n - 1]! * ((b + (n - 1)) / (a + b + (n - 1)))
      const beyond = staying[top - 1]! * reaches
      for (let n = top - 1; n > 0; n--) {
        reaches += out[n]!
        out[n] = staying[n]! * out[n]! + staying[n - 1]! * (a / (a + b + (n - 1))) * reaches
      }
      return beyond
    },
    reach: (t, tail, most) => {
      for (let length = 64; ; length = Math.min(4 * length, most + 1)) {
        let more = 1
        let stays = 1
        const masses = counts(t, Math.min(length, most + 1))
        for (let n = 0; n < masses.length; n++) {
          more -= masses[n]!
          if (stays * more < tail || n === most) return n
          stays *= (b + n) / (a + b + n)
        }
      }
    },
  }
}

/** P(j phases of the gap have passed | still there), j = 0 … k − 1. */
export function phasesPassed(k: number, D: number, u: number): Float64Array {
  const passed = new Float64Array(k)
  const total = phaseWeights(k, D, u)
  for (let j = 0, weight = 1; j < k; weight *= ((D + j) / (j + 1)) * u, j++) passed[j] = weight / total
  return passed
}

/** The rate of regular purchases swings as they come round, for some 2 k rounds: four panels resolve the swings. */
const PANELS = 4
