import { compensatedSum } from '../math/compensatedSum.ts'
import type { ForecastFacts } from './reportData.ts'

/** Purchases of all held-out steps. */
export interface ForecastTotals {
  readonly expected: number
  readonly actual: number
  /** How far `expected` lies above `actual`, as a share of it; NaN if nothing was bought. */
  readonly error: number
}

/** Sums the steps after the cut-off; those before it, if given, were known to the model and prove nothing. */
export function forecastTotals({ steps, expected, actual }: ForecastFacts): ForecastTotals {
  const heldOut = (values: ArrayLike<number>) => compensatedSum(Array.from(values).filter((_, i) => steps[i]! > 0))
  const sums = { expected: heldOut(expected), actual: heldOut(actual) }
  return { ...sums, error: sums.actual > 0 ? sums.expected / sums.actual - 1 : Number.NaN }
}
