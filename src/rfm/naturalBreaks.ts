import { ckmeans } from 'simple-statistics'
import { checkInteger, checkNoOthers, checkOptions } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkSummary } from '../table/checkSummary.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import type { RfmMeasure } from './rfmScores.ts'

/**
 * Cut points in the gaps of the data rather than at equal shares of customers: the division of each measure into `bins`
 * parts with the least squared distance to the parts' means. Hand them to `fitRfm` as `cuts`.
 *
 * Costs bins · n log n for each measure, and 16 · bins bytes a customer.
 *
 * @param summary - one row a customer; each row counts once
 * @returns `bins - 1` ascending cut points a measure; a value on a cut belongs to the part below it
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` if a measure has fewer than `bins` different values; `BAD_OPTION` unless
 *   `bins` is an integer from 2 to 9
 * @see Wang & Song (2011), "Ckmeans.1d.dp: Optimal k-means Clustering in One Dimension by Dynamic Programming"
 * @example
 * const model = fitRfm(summary, { bins: 3, cuts: naturalBreaks(summary, { bins: 3 }) })
 * model.cuts.purchases // [5, 20]
 */
export function naturalBreaks(
  summary: CustomerSummary,
  options: { /** Parts of each measure, 2 to 9. @default 5 */ readonly bins?: number } = {},
): Record<RfmMeasure, Float64Array> {
  checkSummary('naturalBreaks', summary)
  const { bins = 5, ...others } = checkOptions('naturalBreaks', options)
  checkNoOthers('naturalBreaks', others)
  checkInteger('naturalBreaks', 'bins', bins, 2, 9)
  return {
    sinceLast: breaksOf(summary, 'sinceLast', bins),
    purchases: breaksOf(summary, 'purchases', bins),
    total: breaksOf(summary, 'total', bins),
  }
}

function breaksOf(summary: CustomerSummary, measure: RfmMeasure, bins: number): Float64Array {
  const values = Array.from(summary[measure])
  const different = new Set(values).size
  if (different < bins || values.some(Number.isNaN)) {
    const found = values.some(Number.isNaN) ? 'unknown ones' : `${different} different`
    throw new ClienteleError(
      'NOT_ENOUGH_DATA',
      `naturalBreaks: "${measure}" must have ${bins} different values, got ${found}`,
    )
  }
  const parts = ckmeans(values, bins)
  return Float64Array.from(parts.slice(0, -1), (part) => part[part.length - 1]!)
}
