import { checkSummary } from '../table/checkSummary.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import { type FeatureMatrix, featureMatrix } from '../table/featureMatrix.ts'

/**
 * The columns by which customers are clustered unless one has better ones: time since the last purchase, number of
 * purchases and net money, as they are. Purchases and money usually have a long tail of large values (skewness 14 and
 * 18 on the whole CDNOW data, 1.5 and 0.5 in logarithms), which the default scaling `'log'` of `fitKMeans` draws in;
 * it takes negative money too. Time since the last purchase need not have one: where most customers are long gone it
 * leans the other way, and the logarithm spreads the recent ones (−0.85 becomes −2.1 there). Compare `'standard'`.
 *
 * Left out is what these imply: `repeats` goes with `purchases`, and `age` with `sinceLast` for all who bought once.
 * Weights of the summary are not carried along: each row counts once.
 *
 * @returns a row a customer in row order; `sinceLast` in the time unit and `total` in the currency of the summary.
 * Without known money the column `total` is left out. Costs one copy
 * @example
 * customerFeatures(summary).columns // ['sinceLast', 'purchases', 'total']
 */
export function customerFeatures(summary: CustomerSummary): FeatureMatrix {
  checkSummary('customerFeatures', summary)
  const { sinceLast, purchases, total } = summary
  const isMoneyKnown = total.length === 0 || !total.every(Number.isNaN)
  return isMoneyKnown ? featureMatrix({ sinceLast, purchases, total }) : featureMatrix({ sinceLast, purchases })
}
