import { ClienteleError } from '../../core/errors.ts'
import { sortByCodeInto } from '../../kernels/sortByCodes.ts'
import { compensatedSum } from '../../math/compensatedSum.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import { rankedColumn } from '../rankedColumn.ts'
import type { SpendHistories } from './gammaGammaLikelihood.ts'

/**
 * What a summary tells about spending: x, ascending, and x m of its customers with x > 0 and m > 0, and how many have
 * repeats but no positive mean. Linear.
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
  const rows = new Uint32Array(repeats.length)
  let count = 0
  let leftOut = 0
  for (let row = 0; row < repeats.length; row++) {
    if (repeats[row] === 0) continue
    if (meanRepeatValue[row]! > 0) rows[count++] = row
    else if (notPositive === 'leaveOut') leftOut += weights[row]!
    else throw refused(caller, row, meanRepeatValue[row]!)
  }
  checkMeans(caller, rows.subarray(0, count), meanRepeatValue)
  const repeatsOf = new Float64Array(count)
  for (let i = 0; i < count; i++) repeatsOf[i] = repeats[rows[i]!]!
  const byRepeats = rankedColumn(repeatsOf)
  const order = new Uint32Array(count)
  // Customers of one x stand together, as they came: more the likelihood does not need.
  const places = new Uint32Array(count)
  for (let i = 0; i < count; i++) places[i] = i
  sortByCodeInto(byRepeats.ranks, places, new Uint32Array(byRepeats.values.length + 1), order)
  const histories = {
    repeats: new Uint32Array(count),
    money: new Float64Array(count),
    weights: new Float64Array(count),
  }
  for (let k = 0; k < count; k++) {
    const row = rows[order[k]!]!
    histories.repeats[k] = repeats[row]!
    histories.money[k] = meanRepeatValue[row]! * repeats[row]!
    histories.weights[k] = weights[row]!
  }
  return { histories: weighted(histories.repeats, histories.money, histories.weights), leftOut }
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
  const logs = new Float64Array(money.length)
  for (let i = 0; i < logs.length; i++) logs[i] = weights[i]! * Math.log(money[i]! / repeats[i]!)
  const logMeans = compensatedSum(logs)
  return { repeats, money, weights, logMeans }
}

function checkMeans(caller: string, rows: Uint32Array, means: Float64Array): void {
  const first = means[rows[0]!]
  if (rows.some((row) => means[row] !== first)) return
  throw new ClienteleError(
    'NOT_ENOUGH_DATA',
    `${caller}: at least two customers with different mean values of repeat purchases above 0 are needed, got ${rows.length} customers${rows.length > 1 ? ' with one mean' : ''}`,
  )
}

function refused(caller: string, row: number, mean: number): ClienteleError {
  return new ClienteleError(
    'BAD_SHAPE',
    `${caller}: "meanRepeatValue" must be above 0 for customers with repeats, got ${mean} in row ${row}; leave such customers out with notPositive: 'leaveOut'`,
  )
}

/** Pearson's correlation of the number of repeats and their mean value. */
export function spendCorrelation({ repeats, money, weights }: SpendHistories): number {
  const customers = compensatedSum(weights)
  let averageRepeats = 0
  let averageMean = 0
  for (let i = 0; i < money.length; i++) {
    averageRepeats += (weights[i]! * repeats[i]!) / customers
    averageMean += (weights[i]! * money[i]!) / repeats[i]! / customers
  }
  let together = 0
  let repeatsApart = 0
  let meansApart = 0
  for (let i = 0; i < money.length; i++) {
    const x = repeats[i]! - averageRepeats
    const mean = money[i]! / repeats[i]! - averageMean
    together += weights[i]! * x * mean
    repeatsApart += weights[i]! * x * x
    meansApart += weights[i]! * mean * mean
  }
  return repeatsApart * meansApart > 0 ? together / Math.sqrt(repeatsApart * meansApart) : Number.NaN
}
