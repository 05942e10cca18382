import { type CustomerAnalysis, checkAnalysis } from './customerAnalysis.ts'

/** Everything about every customer as columns of one length, for a table, a file or a data frame. */
export interface CustomerColumns extends Record<string, readonly string[] | ArrayLike<number>> {
  readonly customer: readonly string[]
  /** Scores from 1 to the number of bins, best last. */
  readonly recencyScore: Uint8Array
  readonly frequencyScore: Uint8Array
  readonly monetaryScore: Uint8Array
  readonly segment: readonly string[]
  /** Empty texts if the data hold no clusters. */
  readonly cluster: readonly string[]
  readonly purchases: Uint32Array
  /** Net money. */
  readonly total: Float64Array
  /** Weeks since the last purchase. */
  readonly sinceLast: Float64Array
  /** Probability of being active still; NaN where the data do not say, like all that follow. */
  readonly probabilityAlive: Float64Array
  /** Probability of no purchase within the churn horizon. */
  readonly churnRisk: Float64Array
  /** Within the horizon of the analysis. */
  readonly expectedPurchases: Float64Array
  /** Discounted money within the horizon. */
  readonly lifetimeValue: Float64Array
  /** 90 % interval of what the customer will bring. */
  readonly lifetimeValueLow: Float64Array
  readonly lifetimeValueHigh: Float64Array
}

/**
 * The columns of an analysis, aligned by row. Linear; the columns of the analysis are shared, not copied.
 *
 * @example
 * const columns = customerColumns(analyzeCustomers(events, { asOf: '1998-06-30' }))
 * columns.segment[0] // 'Loyal Customers'
 */
export function customerColumns(analysis: CustomerAnalysis): CustomerColumns {
  checkAnalysis('customerColumns', analysis)
  const { summary, rfm, segments, clusters, purchases, value, churn } = analysis
  const unknown = (): Float64Array => new Float64Array(summary.customers.length).fill(Number.NaN)
  return {
    customer: summary.customers,
    recencyScore: rfm.scores.recency,
    frequencyScore: rfm.scores.frequency,
    monetaryScore: rfm.scores.monetary,
    segment: Array.from(segments.codes, (code) => segments.names[code]!),
    cluster: clusters.available
      ? Array.from(clusters.segmentation.codes, (code) => clusters.segmentation.names[code]!)
      : summary.customers.map(() => ''),
    purchases: summary.purchases,
    total: summary.total,
    sinceLast: summary.sinceLast,
    probabilityAlive: purchases.available ? purchases.alive : unknown(),
    churnRisk: churn.available ? churn.risk : unknown(),
    expectedPurchases: purchases.available ? purchases.expected : unknown(),
    lifetimeValue: value.available ? value.forecast.value : unknown(),
    lifetimeValueLow: value.available ? value.forecast.lower : unknown(),
    lifetimeValueHigh: value.available ? value.forecast.upper : unknown(),
  }
}
