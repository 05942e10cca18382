import { spendMomentsInto } from '../../kernels/spendMoments.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import { customersByRepeats } from './spendGroups.ts'
import { type SpendHistories, thinnedSpend } from './spendHistories.ts'

/** Pearson's correlation of the number of repeats and their mean value; NaN if one does not vary. Linear. */
export function spendCorrelation(histories: SpendHistories): number {
  const { repeats, starts, weights, means } = histories
  const customers = customersByRepeats(histories)
  const all = compensatedSum(customers)
  // Distances from a mean of some are as good as those from the mean of all, and known before one has seen all.
  const some = thinnedSpend(histories, Math.ceil(means.length / SOME)).means
  const about = compensatedSum(some) / some.length
  const meanRepeats = dot(customers, repeats) / all
  const out = new Float64Array(2)
  const apart = new Float64Array(repeats.length)
  let [xx, xm, mm] = [0, 0, 0]
  for (let g = 0; g < repeats.length; g++) {
    spendMomentsInto(starts[g]!, starts[g + 1]!, weights, means, about, out)
    const distance = repeats[g]! - meanRepeats
    apart[g] = out[0]!
    xx += customers[g]! * distance * distance
    xm += out[0]! * distance
    mm += out[1]!
  }
  mm -= compensatedSum(apart) ** 2 / all
  return xx * mm > 0 ? xm / Math.sqrt(xx * mm) : Number.NaN
}

function dot(a: Float64Array, b: Uint32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

const SOME = 500
