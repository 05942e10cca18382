import { ClienteleError } from '../../core/errors.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import { codedRepeats, inGroups, onlyRows, repeatGroups } from './repeatGroups.ts'

/** Customers with repeats of positive value, grouped by x. */
export interface SpendHistories {
  /** x of each group, ascending, above 0. */
  readonly repeats: Uint32Array
  /** First customer of each group, and the number of customers. */
  readonly starts: Uint32Array
  /** m, the mean money of a customer's repeats, above 0. */
  readonly means: Float64Array
  /** Of each customer; undefined where all are 1. */
  readonly weights: Float64Array | undefined
}

/** Spending with a weight for each customer, whatever it is. */
export interface WeightedSpend extends SpendHistories {
  readonly weights: Float64Array
}

/**
 * What a summary tells about spending: x and m of its customers with x > 0 and m > 0, and how many have repeats but no
 * positive mean. Linear.
 *
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without two different positive means: the likelihood has no bound then;
 *   `BAD_SHAPE` for a mean that is not positive, where those are refused
 */
export function spendHistories(
  caller: string,
  summary: CustomerSummary,
  notPositive: 'leaveOut' | 'refuse' = 'leaveOut',
): { histories: SpendHistories; leftOut: number } {
  if (notPositive === 'refuse') checkPositiveMeans(caller, summary)
  const { repeats, meanRepeatValue, weights } = summary
  let groups = repeatGroups(codedRepeats(repeats))
  let { ordered: means, positive } = inGroups(groups, meanRepeatValue)
  const leavesOut = positive < means.length
  if (leavesOut) {
    groups = repeatGroups(onlyRows(groups, (row) => meanRepeatValue[row]! > 0))
    means = inGroups(groups, meanRepeatValue).ordered
  }
  checkMeans(caller, means)
  return {
    histories: {
      repeats: Uint32Array.from(groups.present, groups.repeatsOf),
      starts: groups.starts,
      means,
      weights: unlessOnes(weights) && inGroups(groups, weights).ordered,
    },
    leftOut: leavesOut ? weightWithoutMean(summary) : 0,
  }
}

/** The weights, unless all are 1. */
export function unlessOnes(weights: Float64Array): Float64Array | undefined {
  for (let i = 0; i < weights.length; i++) if (weights[i] !== 1) return weights
  return undefined
}

/** Customers with repeats, but without a mean above 0. */
function weightWithoutMean({ repeats, meanRepeatValue, weights }: CustomerSummary): number {
  return weights.reduce(
    (sum, weight, row) => (repeats[row]! > 0 && !(meanRepeatValue[row]! > 0) ? sum + weight : sum),
    0,
  )
}

/** Histories of customers in order of x. */
export function groupedByRepeats(repeats: Uint32Array, means: Float64Array, weights: Float64Array): WeightedSpend {
  const firsts = Uint32Array.from(repeats.keys()).filter((i) => i === 0 || repeats[i] !== repeats[i - 1])
  const starts = new Uint32Array(firsts.length + 1)
  starts.set(firsts)
  starts[firsts.length] = repeats.length
  return { repeats: firsts.map((first) => repeats[first]!), starts, means, weights }
}

/** The same with weights to be changed. */
export function weightedSpend(histories: SpendHistories): WeightedSpend {
  return { ...histories, weights: histories.weights ?? new Float64Array(histories.means.length).fill(1) }
}

/** Every `stride`-th customer, for a first rough fit. Groups may be empty. */
export function thinnedSpend({ repeats, starts, means, weights }: SpendHistories, stride: number): SpendHistories {
  const thinStarts = new Uint32Array(starts.length)
  for (let g = 0; g < starts.length; g++) thinStarts[g] = Math.ceil(starts[g]! / stride)
  return {
    repeats,
    starts: thinStarts,
    means: thinned(means, stride),
    weights: weights && thinned(weights, stride),
  }
}

function thinned(column: Float64Array, stride: number): Float64Array {
  const thin = new Float64Array(Math.ceil(column.length / stride))
  for (let i = 0; i < thin.length; i++) thin[i] = column[i * stride]!
  return thin
}

/** One of the histories, as of one customer. */
export function oneSpendHistory({ repeats, starts, means }: SpendHistories, index: number): WeightedSpend {
  const group = repeats.findLastIndex((_, g) => starts[g]! <= index)
  return groupedByRepeats(Uint32Array.of(repeats[group]!), means.slice(index, index + 1), Float64Array.of(1))
}

function checkMeans(caller: string, means: Float64Array): void {
  if (means.some((mean) => mean !== means[0])) return
  throw new ClienteleError(
    'NOT_ENOUGH_DATA',
    `${caller}: at least two customers with different mean values of repeat purchases above 0 are needed, got ${means.length} customers${means.length > 1 ? ' with one mean' : ''}`,
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
