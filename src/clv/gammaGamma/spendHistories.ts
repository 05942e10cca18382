import { ClienteleError } from '../../core/errors.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import { groupRows } from '../groupRows.ts'
import type { SpendHistories } from './gammaGammaLikelihood.ts'

/**
 * What a summary tells about spending: its distinct (x, m) with x > 0 and m > 0, and how many customers have repeats
 * but no positive mean.
 *
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without two different positive means: the likelihood has no bound then;
 *   `BAD_SHAPE` for a mean that is not positive, where those are refused
 */
export function spendHistories(
  caller: string,
  summary: CustomerSummary,
  notPositive: 'leaveOut' | 'refuse' = 'leaveOut',
): { histories: SpendHistories; leftOut: number } {
  const { repeats, meanRepeatValue, weights } = summary
  const rows: number[] = []
  let leftOut = 0
  for (let row = 0; row < repeats.length; row++) {
    if (repeats[row] === 0) continue
    if (meanRepeatValue[row]! > 0) rows.push(row)
    else if (notPositive === 'leaveOut') leftOut += weights[row]!
    else throw refused(caller, row, meanRepeatValue[row]!)
  }
  const means = Float64Array.from(rows, (row) => meanRepeatValue[row]!)
  if (means.every((mean) => mean === means[0])) {
    throw new ClienteleError(
      'NOT_ENOUGH_DATA',
      `${caller}: at least two customers with different mean values of repeat purchases above 0 are needed, got ${rows.length} customers${rows.length > 1 ? ' with one mean' : ''}`,
    )
  }
  const { count, groupOf, rowOf } = groupRows([Uint32Array.from(rows, (row) => repeats[row]!), means])
  const groupWeights = new Float64Array(count)
  rows.forEach((row, i) => {
    groupWeights[groupOf[i]!]! += weights[row]!
  })
  const groupRepeats = Uint32Array.from(rowOf, (i) => repeats[rows[i]!]!)
  const money = Float64Array.from(rowOf, (i, group) => means[i]! * groupRepeats[group]!)
  return { histories: weighted(groupRepeats, money, groupWeights), leftOut }
}

/** The same histories with other numbers of customers. */
export function reweightedSpend({ repeats, money }: SpendHistories, weights: Float64Array): SpendHistories {
  return weighted(repeats, money, weights)
}

/** One of the histories, as of one customer. */
export function oneSpendHistory({ repeats, money }: SpendHistories, index: number): SpendHistories {
  return weighted(repeats.slice(index, index + 1), money.slice(index, index + 1), Float64Array.of(1))
}

function weighted(repeats: Uint32Array, money: Float64Array, weights: Float64Array): SpendHistories {
  const logMeans = compensatedSum(money.map((y, group) => weights[group]! * Math.log(y / repeats[group]!)))
  return { repeats, money, weights, logMeans }
}

function refused(caller: string, row: number, mean: number): ClienteleError {
  return new ClienteleError(
    'BAD_SHAPE',
    `${caller}: "meanRepeatValue" must be above 0 for customers with repeats, got ${mean} in row ${row}; leave such customers out with notPositive: 'leaveOut'`,
  )
}

/** Pearson's correlation of the number of repeats and their mean value. */
export function spendCorrelation({ repeats, money, weights }: SpendHistories): number {
  const means = money.map((y, i) => y / repeats[i]!)
  const total = compensatedSum(weights)
  const average = (column: ArrayLike<number>): number =>
    compensatedSum(weights.map((weight, i) => weight * column[i]!)) / total
  const [averageRepeats, averageMean] = [average(repeats), average(means)]
  const covary = (left: ArrayLike<number>, a: number, right: ArrayLike<number>, b: number): number =>
    compensatedSum(weights.map((weight, i) => weight * (left[i]! - a) * (right[i]! - b)))
  const together = covary(repeats, averageRepeats, means, averageMean)
  const apart =
    covary(repeats, averageRepeats, repeats, averageRepeats) * covary(means, averageMean, means, averageMean)
  return apart > 0 ? together / Math.sqrt(apart) : Number.NaN
}
