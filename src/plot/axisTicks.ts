import { badOption } from '../core/checks.ts'

/**
 * Round values for the ticks of a logarithmic axis: 1, 2, 5 in each power of ten while the axis is short, then 1, 3,
 * then powers alone.
 */
export function logTicks(low: number, high: number): number[] {
  const decades = Math.log10(high / low)
  const factors = decades <= 2.2 ? [1, 2, 5] : decades <= 3.5 ? [1, 3] : [1]
  const step = Math.max(1, Math.ceil(decades / 7))
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
  return high / low < 2 ? [low / 2, high * 2] : [low, high]
}

/** Whole numbers from `low` to `high`, at most `most` of them, at even steps. */
export function wholeTicks(low: number, high: number, most: number): number[] {
  if (!(high >= low)) throw badOption('wholeTicks', 'high', `at least ${low}`, high)
  const step = Math.max(1, Math.ceil((high - low + 1) / most))
  return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => low + i * step)
}
