import { ClienteleError } from '../core/errors.ts'
import { smoothSum } from '../math/smoothSum.ts'
import type { FutureProcess } from './purchaseProcess.ts'
import { steppedForever } from './steppedForever.ts'

/**
 * Makes a function that discounts the purchases of a future by the ends of their steps:
 * Σ_k f_k (E(k h) − E((k−1) h)), f_k = e^(−δ k h), over the steps of length h up to `end`; the last may be shorter, and is
 * discounted by `end`. Summed by parts, as Σ_k (f_k − f_{k+1}) E(k h), all terms of which are positive and smooth in k.
 * Without end, many steps are an integral and a correction; where that is not so, what is left out at f = e^−40 is below
 * 1e-15 of the sum, as E grows at most in proportion to time.
 *
 * @param isSeasonal - whether purchases come faster at some times than at others
 * @throws {ClienteleError} `BAD_OPTION` for more than 10,000,000 steps
 */
export function steppedDiscount(
  caller: string,
  delta: number,
  step: number,
  end: number,
  isSeasonal: boolean,
): (future: FutureProcess) => number {
  const isForever = end === Number.POSITIVE_INFINITY
  // A horizon of twelve steps is twelve steps, although 12 × 4.345 / 4.345 need not be 12 in floating point.
  const count = Math.max(1, Math.ceil((isForever ? 40 / delta : end) / step - 1e-9))
  if (count > MOST_STEPS) {
    throw new ClienteleError('BAD_OPTION', `${caller}: "step" must be longer, as ${count} are more than ${MOST_STEPS}`)
  }
  const factor = (t: number): number => Math.exp(-delta * t)
  const loss = -Math.expm1(-delta * step)
  const sum = smoothSum()
  const isLong = isForever && count > MANY && !isSeasonal
  return (future) => {
    const { expected } = future
    const term = (k: number): number => factor(k * step) * expected(k * step)
    const inLong = isLong ? steppedForever(future, delta, step) : Number.NaN
    if (isForever) return loss * (inLong > 0 ? inLong : sum(term, 1, count + 1))
    const last = (count - 1) * step
    const early = delta === 0 ? 0 : loss * sum(term, 1, count - 1)
    const beforeLast = count > 1 ? (factor(last) - factor(end)) * expected(last) : 0
    return early + beforeLast + factor(end) * expected(end)
  }
}

/** From so many steps on, an integral is less work than their sum. */
const MANY = 200

const MOST_STEPS = 10_000_000
