import { spendMomentsInto } from '../../kernels/spendMoments.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import type { SpendHistories } from './spendHistories.ts'

/** Pearson's correlation of the number of repeats and their mean value; NaN if one does not vary. */
export function spendCorrelation({ repeats, starts, means, weights }: SpendHistories): number {
  const customers = new Float64Array(repeats.length)
  const apart = new Float64Array(repeats.length)
  spendMomentsInto(starts, weights, means, 0, customers, apart)
  const all = compensatedSum(customers)
  const meanRepeats = compensatedSum(customers.map((n, group) => n * repeats[group]!)) / all
  const mm = spendMomentsInto(starts, weights, means, compensatedSum(apart) / all, customers, apart)
  const xx = compensatedSum(customers.map((n, group) => n * (repeats[group]! - meanRepeats) ** 2))
  const xm = compensatedSum(apart.map((sum, group) => sum * (repeats[group]! - meanRepeats)))
  return xx * mm > 0 ? xm / Math.sqrt(xx * mm) : Number.NaN
}
