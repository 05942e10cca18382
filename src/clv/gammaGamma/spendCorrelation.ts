import { spendMomentsInto } from '../../kernels/spendMoments.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import { customersByRepeats } from './spendGroups.ts'
import { type SpendHistories, thinnedSpend } from './spendHistories.ts'

/** Pearson's correlation of the number of repeats and their mean value; NaN if one does not vary. Linear. */
export function spendCorrelation(histories: SpendHistories): number {
  const { repeats, starts, weights, means } = histories
  const customers = customersByRepeats(histories)
  const all = compensatedSum(customers)
  const meanRepeats = compensatedSum(customers.map((n, group) => n * repeats[group]!)) / all
  // Distances from a mean of some are as good as those from the mean of all, and known before one has seen all.
  const some = thinnedSpend(histories, Math.ceil(means.length / SOME)).means
  const about = compensatedSum(some) / some.length
  const out = new Float64Array(2)
  let squares = 0
  const apart = Float64Array.from(repeats, (_, group) => {
    spendMomentsInto(starts[group]!, starts[group + 1]!, weights, means, about, out)
    squares += out[1]!
    return out[0]!
  })
  const mm = squares - compensatedSum(apart) ** 2 / all
  const xx = compensatedSum(customers.map((n, group) => n * (repeats[group]! - meanRepeats) ** 2))
  const xm = compensatedSum(apart.map((sum, group) => sum * (repeats[group]! - meanRepeats)))
  return xx * mm > 0 ? xm / Math.sqrt(xx * mm) : Number.NaN
}

const SOME = 500
