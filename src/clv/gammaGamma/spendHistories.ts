import { ClienteleError } from '../../core/errors.ts'
import { countSpendersInto, scatterMeansInto, scatterWeightsInto } from '../../kernels/spendColumns.ts'
import type { CustomerSummary } from '../../table/customerSummary.ts'
import { rankedColumn } from '../rankedColumn.ts'

/** Customers with repeats of positive value, grouped by x. */
export interface SpendHistories {
  /** x of each group, ascending, above 0. */
  readonly repeats: Uint32Array
  /** First customer of each group, and the number of customers. */
  readonly starts: Uint32Array
  /** m, the mean money of a customer's repeats, above 0. */
  readonly means: Float64Array
  /** Of each customer. */
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
  const { meanRepeatValue, weights } = summary
  if (notPositive === 'refuse') checkPositiveMeans(caller, summary)
  const { codes, repeatsOf, counts, isUnit, leftOut } = codedSpenders(summary)
  const present = Uint32Array.from(counts.keys()).filter((code) => code > 0 && counts[code]! > 0)
  const starts = new Uint32Array(present.length + 1)
  present.forEach((code, group) => {
    starts[group + 1] = starts[group]! + counts[code]!
  })
  const count = starts[present.length]!
  const scattered = (write: (places: Uint32Array, out: Float64Array) => void): Float64Array => {
    const places = new Uint32Array(counts.length)
    places[0] = count // where whoever does not count is written, one over the other
    present.forEach((code, group) => {
      places[code] = starts[group]!
    })
    const out = new Float64Array(count + 1)
    write(places, out)
    return out.subarray(0, count)
  }
  const means = scattered((places, out) => scatterMeansInto(codes, meanRepeatValue, places, out))
  checkMeans(caller, means)
  return {
    histories: {
      repeats: present.map(repeatsOf),
      starts,
      means,
      weights: isUnit
        ? new Float64Array(count).fill(1)
        : scattered((places, out) => scatterWeightsInto(codes, meanRepeatValue, weights, places, out)),
    },
    leftOut,
  }
}

/** Up to here, counts are their own codes. */
const FEW_REPEATS = 1023

interface CodedSpenders {
  /** Of each row: ascends with x, 0 where that is. */
  readonly codes: Uint32Array
  readonly repeatsOf: (code: number) => number
  /** Customers who count, by code from 1 on. */
  readonly counts: Uint32Array
  readonly isUnit: boolean
  readonly leftOut: number
}

function codedSpenders({ repeats, meanRepeatValue, weights }: CustomerSummary): CodedSpenders {
  const counted = (codes: Uint32Array, most: number): Omit<CodedSpenders, 'repeatsOf'> => {
    const counts = new Uint32Array(most + 2)
    const leftOut = new Float64Array(1)
    const isUnit = countSpendersInto(codes, meanRepeatValue, weights, counts, leftOut)
    return { codes, counts, isUnit, leftOut: leftOut[0]! }
  }
  const few = counted(repeats, FEW_REPEATS)
  if (few.counts[FEW_REPEATS + 1] === 0) return { ...few, repeatsOf: (code) => code }
  const { values, ranks } = rankedColumn(repeats)
  if (values[0] === 0) return { ...counted(ranks, values.length), repeatsOf: (code) => values[code]! }
  // Nobody is without repeats: codes begin at 1 all the same.
  return {
    ...counted(
      ranks.map((rank) => rank + 1),
      values.length,
    ),
    repeatsOf: (code) => values[code - 1]!,
  }
}

/** Histories of customers in order of x. */
export function groupedByRepeats(repeats: Uint32Array, means: Float64Array, weights: Float64Array): SpendHistories {
  const firsts = Uint32Array.from(repeats.keys()).filter((i) => i === 0 || repeats[i] !== repeats[i - 1])
  const starts = new Uint32Array(firsts.length + 1)
  starts.set(firsts)
  starts[firsts.length] = repeats.length
  return { repeats: firsts.map((first) => repeats[first]!), starts, means, weights }
}

/** Every `stride`-th customer, for a first rough fit. Groups may be empty. */
export function thinnedSpend({ repeats, starts, means, weights }: SpendHistories, stride: number): SpendHistories {
  const some = (column: Float64Array): Float64Array =>
    new Float64Array(Math.ceil(means.length / stride)).map((_, i) => column[i * stride]!)
  return {
    repeats,
    starts: starts.map((start) => Math.ceil(start / stride)),
    means: some(means),
    weights: some(weights),
  }
}

/** One of the histories, as of one customer. */
export function oneSpendHistory({ repeats, starts, means }: SpendHistories, index: number): SpendHistories {
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
