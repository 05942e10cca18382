import { badOption } from '../core/checks.ts'
import { labelWidth } from './labelText.ts'

/**
 * Round values for the ticks of a logarithmic axis: 1, 2, 5 in each power of ten while the axis is short, then 1, 3,
 * then powers alone, at most about `most` of them.
 */
export function logTicks(low: number, high: number, most = 7): number[] {
  const decades = Math.log10(high) - Math.log10(low) // where the ratio itself may overflow
  const factors = decades <= 2.2 ? [1, 2, 5] : decades <= 3.5 ? [1, 3] : [1]
  const step = Math.max(1, Math.ceil(decades / most))
  const ticks: number[] = []
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power += step) {
    for (const factor of factors) {
      // Through text, so that 3e-1 is 0.3 and not 0.30000000000000004.
      const tick = Number(`${factor}e${power}`)
      if (tick >= low && tick <= high) ticks.push(tick)
    }
  }
  return ticks
}

/** A range that holds both values and is wide enough for a logarithmic axis; both are above 0. */
export function logDomain(low: number, high: number): [number, number] {
  return high / low < 2 ? [Math.max(low / 2, Number.MIN_VALUE), Math.min(high * 2, Number.MAX_VALUE)] : [low, high]
}

/** About four round steps from 0 to `high`, which is above 0: of 1, 2 or 5 in a power of ten. */
export function linearTicks(high: number): number[] {
  const power = Math.floor(Math.log10(high) - Math.log10(4)) // a quarter of the least double is 0
  // Through text, so that steps are round to the last digit.
  const step = [1, 2, 5, 10].map((factor) => Number(`${factor}e${power}`)).find((size) => high / size < 5.5)!
  return Array.from({ length: Math.floor(high / step) + 1 }, (_, i) => i * step)
}

/** Pixels that labels need, with the tick, to the left of an axis; `least` of them at least. */
export function labelMargin(labels: readonly string[], least: number): number {
  return labels.reduce((most, label) => Math.max(most, Math.ceil(10 + labelWidth(label) * WIDE)), least)
}

/** Digits and the minus are wider than the letters of which words are mostly made. */
const WIDE = 1.2

/** Whole numbers from `low` to `high`, at most `most` of them, at even steps. */
export function wholeTicks(low: number, high: number, most: number): number[] {
  if (!(high >= low)) throw badOption('wholeTicks', 'high', `at least ${low}`, high)
  const step = Math.max(1, Math.ceil((high - low + 1) / most))
  return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step)
}
