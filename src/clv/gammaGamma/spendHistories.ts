import { ClienteleError } from '../../core/errors.ts'
import { countCodesInto, spendColumnsInto, spendersInto } from '../../kernels/spendColumns.ts'
import { spendMeansInto, spendSquaresInto } from '../../kernels/spendMoments.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import { rankedColumn } from '../rankedColumn.ts'

/** Customers with repeats of positive value, by x. */
export interface SpendHistories {
  /** x, ascending, above 0. */
  readonly repeats: Uint32Array
  /** y = x m, the money of all repeats, above 0. */
  readonly money: Float64Array
  readonly weights: Float64Array
}

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
  if (notPositive === 'refuse') checkPositiveMeans(caller, summary)
  const all = new Uint32Array(repeats.length)
  const leftOut = new Float64Array(1)
  const count = spendersInto(repeats, meanRepeatValue, weights, all, leftOut)
  const rows = all.subarray(0, count)
  const { codes, kinds } = repeatCodes(repeats)
  const places = new Uint32Array(kinds)
  countCodesInto(codes, rows, places)
  let start = 0
  for (let code = 0; code < kinds; code++) {
    const end = start + places[code]!
    places[code] = start
    start = end
  }
  const histories = {
    repeats: new Uint32Array(count),
    money: new Float64Array(count),
    weights: new Float64Array(count),
  }
  const { repeats: x, money, weights: own } = histories
  spendColumnsInto(rows, codes, places, repeats, meanRepeatValue, weights, x, money, own)
  checkMeans(caller, histories)
  return { histories, leftOut: leftOut[0]! }
}

/** Numbers below `kinds` that ascend with the repeats: the repeats themselves, if there are none beyond all measure. */
function repeatCodes(repeats: Uint32Array): { codes: Uint32Array; kinds: number } {
  let most = 0
  for (let row = 0; row < repeats.length; row++) if (repeats[row]! > most) most = repeats[row]!
  if (most < MANY_REPEATS) return { codes: repeats, kinds: most + 1 }
  const { values, ranks } = rankedColumn(repeats)
  return { codes: ranks, kinds: values.length }
}

const MANY_REPEATS = 1 << 16

/** Every `stride`-th customer, for a first rough fit. */
export function thinnedSpend({ repeats, money, weights }: SpendHistories, stride: number): SpendHistories {
  const count = Math.ceil(repeats.length / stride)
  const thin = { repeats: new Uint32Array(count), money: new Float64Array(count), weights: new Float64Array(count) }
  for (let i = 0; i < count; i++) {
    thin.repeats[i] = repeats[i * stride]!
    thin.money[i] = money[i * stride]!
    thin.weights[i] = weights[i * stride]!
  }
  return thin
}

/** One of the histories, as of one customer. */
export function oneSpendHistory({ repeats, money }: SpendHistories, index: number): SpendHistories {
  return {
    repeats: repeats.slice(index, index + 1),
    money: money.slice(index, index + 1),
    weights: Float64Array.of(1),
  }
}

function checkMeans(caller: string, { repeats, money }: SpendHistories): void {
  const first = money[0]! / repeats[0]!
  if (repeats.some((x, i) => money[i]! / x !== first)) return
  throw new ClienteleError(
    'NOT_ENOUGH_DATA',
    `${caller}: at least two customers with different mean values of repeat purchases above 0 are needed, got ${repeats.length} customers${repeats.length > 1 ? ' with one mean' : ''}`,
  )
}

function checkPositiveMeans(caller: string, { repeats, meanRepeatValue }: CustomerSummary): void {
  const row = repeats.findIndex((x, i) => x > 0 && !(meanRepeatValue[i]! > 0))
  if (row < 0) return
  throw new ClienteleError(
    'BAD_SHAPE',
    `${caller}: "meanRepeatValue" must be above 0 for customers with repeats, got ${meanRepeatValue[row]} in row ${row}; leave such customers out with notPositive: 'leaveOut'`,
  )
}

/** Pearson's correlation of the number of repeats and their mean value. */
export function spendCorrelation({ repeats, money, weights }: SpendHistories): number {
  const sums = new Float64Array(3)
  spendMeansInto(repeats, money, weights, sums)
  const [customers, sumRepeats, sumMeans] = Array.from(sums) as [number, number, number]
  spendSquaresInto(repeats, money, weights, sumRepeats / customers, sumMeans / customers, sums)
  const [xx, xm, mm] = Array.from(sums) as [number, number, number]
  return xx * mm > 0 ? xm / Math.sqrt(xx * mm) : Number.NaN
}
