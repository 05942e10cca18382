import type { CustomerSummary } from '../table/customerSummary.ts'
import { type FeatureMatrix, featureMatrix } from '../table/featureMatrix.ts'

/**
 * The columns by which customers are clustered unless one has better ones: time since the last purchase, number of
 * purchases and net money, as they are. All three are skewed, and a cluster of a few large buyers would be all that
 * their plain values can show; the default scaling `'log'` of `fitKMeans` takes care of that, also of negative money.
 *
 * Left out is what these imply: `repeats` goes with `purchases`, and `age` with `sinceLast` for all who bought once.
 * Weights of the summary are not carried along: each row counts once.
 *
 * @returns a row a customer in row order; `sinceLast` in the time unit and `total` in the currency of the summary.
 * Without known money the column `total` is left out. Costs one copy
 * @throws {ClienteleError} never; clustering refuses rows that are not finite
 * @example
 * customerFeatures(summary).columns // [ 'sinceLast', 'purchases', 'total' ]
 */
export function customerFeatures(summary: CustomerSummary): FeatureMatrix {
  const { sinceLast, purchases, total } = summary
  const isMoneyKnown = total.length === 0 || !total.every(Number.isNaN)
  return isMoneyKnown ? featureMatrix({ sinceLast, purchases, total }) : featureMatrix({ sinceLast, purchases })
}
