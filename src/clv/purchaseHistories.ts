import { ClienteleError } from '../core/errors.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import { groupRanked, valuesOf } from './groupRows.ts'
import { packedHistories } from './packedHistories.ts'
import { rankedColumn } from './rankedColumn.ts'

/**
 * Everything that the likelihood of a purchase model needs to know of a summary: the distinct histories (x, t_x, T)
 * with the number of their customers, by x, then T, then t_x. A million customers observed by the day have about a
 * third of a million.
 */
export interface PurchaseHistories {
  readonly count: number
  /** x, ascending. */
  readonly repeats: Uint32Array
  /** t_x, as an index into `times`. */
  readonly timeAtLast: Uint32Array
  /** T, as an index into `times`. */
  readonly timeAtEnd: Uint32Array
  readonly weights: Float64Array
  /** The distinct times, ascending. */
  readonly times: Float64Array
}

/** More purchase days than ten thousand years have: the likelihood walks through all counts up to the largest. */
const MAX_REPEATS = 10_000_000

/**
 * The distinct purchase histories of a summary.
 *
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without customers or without any repeat purchase; `BAD_SHAPE` where a
 *   customer repeated within no time
 */
export function purchaseHistories(caller: string, summary: CustomerSummary): PurchaseHistories {
  if (summary.repeats.length === 0) {
    throw new ClienteleError('NOT_ENOUGH_DATA', `${caller}: the summary has no customers, so there is nothing to fit`)
  }
  const histories = packedHistories(summary) ?? weighedHistories(summary)
  checkRepeats(caller, histories, summary)
  return histories
}

/** Every `stride`-th history, for a first rough fit. */
export function thinned(histories: PurchaseHistories, stride: number): PurchaseHistories {
  const count = Math.ceil(histories.count / stride)
  const every = (column: Uint32Array | Float64Array, out: Uint32Array | Float64Array): void => {
    for (let i = 0; i < count; i++) out[i] = column[i * stride]!
  }
  const thin = {
    count,
    repeats: new Uint32Array(count),
    timeAtLast: new Uint32Array(count),
    timeAtEnd: new Uint32Array(count),
    weights: new Float64Array(count),
    times: histories.times,
  }
  for (const column of ['repeats', 'timeAtLast', 'timeAtEnd', 'weights'] as const)
    every(histories[column], thin[column])
  return thin
}

/** One of the histories, as of one customer. */
export function onePurchaseHistory(histories: PurchaseHistories, index: number): PurchaseHistories {
  const { repeats, timeAtLast, timeAtEnd, times } = histories
  return {
    count: 1,
    repeats: repeats.slice(index, index + 1),
    timeAtLast: Uint32Array.of(0),
    timeAtEnd: Uint32Array.of(1),
    weights: Float64Array.of(1),
    times: Float64Array.of(times[timeAtLast[index]!]!, times[timeAtEnd[index]!]!),
  }
}

function checkRepeats(
  caller: string,
  { count, repeats, timeAtEnd, times }: PurchaseHistories,
  summary: CustomerSummary,
): void {
  const most = repeats[count - 1]!
  if (most === 0) {
    throw new ClienteleError(
      'NOT_ENOUGH_DATA',
      `${caller}: none of the ${summary.age.length} customers bought a second time, so nothing can be learnt about repeats`,
    )
  }
  if (most > MAX_REPEATS) {
    throw new ClienteleError('BAD_SHAPE', `${caller}: "repeats" must be at most ${MAX_REPEATS}, got ${most}`)
  }
  let instant = 0
  while (instant < count && (repeats[instant] === 0 || times[timeAtEnd[instant]!]! > 0)) instant++
  if (instant === count) return
  const row = summary.repeats.findIndex((x, i) => x > 0 && !(summary.age[i]! > 0))
  throw new ClienteleError(
    'BAD_SHAPE',
    `${caller}: row ${row} has ${summary.repeats[row]} repeats at an age of ${summary.age[row]}`,
  )
}

/** The distinct histories of customers with any weights and times. */
function weighedHistories({ repeats, ageAtLast, age, weights }: CustomerSummary): PurchaseHistories {
  const ranked = { repeats: rankedColumn(repeats), age: rankedColumn(age), atLast: rankedColumn(ageAtLast) }
  const groups = groupRanked([ranked.repeats, ranked.age, ranked.atLast])
  const { count, groupOf, rowOf } = groups
  const sums = new Float64Array(count)
  for (let row = 0; row < groupOf.length; row++) sums[groupOf[row]!]! += weights[row]!
  const { times, first, second } = union(ranked.atLast.values, ranked.age.values)
  return {
    count,
    repeats: new Uint32Array(valuesOf(groups, repeats)),
    timeAtLast: rowOf.map((row) => first[ranked.atLast.ranks[row]!]!),
    timeAtEnd: rowOf.map((row) => second[ranked.age.ranks[row]!]!),
    weights: sums,
    times,
  }
}

/** Two ascending columns as one, and where their values went. */
function union(
  first: Float64Array,
  second: Float64Array,
): { times: Float64Array; first: Uint32Array; second: Uint32Array } {
  const times = new Float64Array(first.length + second.length)
  const places = { first: new Uint32Array(first.length), second: new Uint32Array(second.length) }
  let count = 0
  for (let i = 0, j = 0; i < first.length || j < second.length; count++) {
    const value = Math.min(first[i] ?? Number.POSITIVE_INFINITY, second[j] ?? Number.POSITIVE_INFINITY)
    times[count] = value
    if (first[i] === value) places.first[i++] = count
    if (second[j] === value) places.second[j++] = count
  }
  return { times: times.slice(0, count), ...places }
}
