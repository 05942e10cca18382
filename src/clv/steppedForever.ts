import { endCorrection } from '../math/endCorrection.ts'
import type { FutureProcess } from './purchaseProcess.ts'

/**
 * Σ_{k≥1} e^(−δ k h) E(k h) of a future without seasons, in place of some hundred expectations at ever longer times: the
 * first ones, and for all that follow the integral with its end correction. By parts, δ ∫_t^∞ e^(−δs) E(s) ds is
 * e^(−δt) E(t) and the purchases after t, each discounted.
 *
 * @returns NaN where the first purchases come too unevenly for that, as those of regular customers do
 */
export function steppedForever(future: FutureProcess, delta: number, step: number): number {
  const value = (k: number): number => Math.exp(-delta * k * step) * future.expected(k * step)
  const whole = future.discounted(delta, Number.POSITIVE_INFINITY)
  const scale = whole / (delta * step)
  const values: number[] = []
  for (const first of FIRST) {
    while (values.length < first + POINTS) values.push(value(values.length))
    const { correction, error, at } = endCorrection(values.slice(first))
    // A purchase a step, regularly, is smooth at the steps alone.
    const isEven = Math.abs(at(BETWEEN) - value(first + BETWEEN)) < EXACT * scale
    if (!(error < EXACT * scale) || !isEven) continue
    const before = first > 0 ? future.discounted(delta, first * step) : 0
    const integral = (values[first]! + whole - before) / (delta * step)
    return values.slice(0, first).reduce((sum, one) => sum + one, 0) + integral + correction
  }
  return Number.NaN
}

/** Steps from which on the rest may be smooth. */
const FIRST: readonly number[] = [0, 8, 24, 56]
/** Values that make an end correction. */
const POINTS = 13
/** A place between the steps, about the middle of these. */
const BETWEEN = 6.37
/** What may be missing, as a share of the whole. */
const EXACT = 1e-14
