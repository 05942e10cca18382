import { ClienteleError } from '../core/errors.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import { groupCoded, valuesOf } from './groupRows.ts'
import { packedHistories } from './packedHistories.ts'
import type { PurchaseHistories } from './purchaseHistories.ts'
import { rankedColumn } from './rankedColumn.ts'

/** More purchase days than ten thousand years have: the likelihood walks through all counts up to the largest. */
const MAX_REPEATS = 10_000_000

/**
 * The distinct purchase histories of a summary.
 *
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` without customers; `BAD_SHAPE` where a customer repeated within no time
 */
export function purchaseHistories(caller: string, summary: CustomerSummary): PurchaseHistories {
  if (summary.repeats.length === 0) {
    throw new ClienteleError('NOT_ENOUGH_DATA', `${caller}: the summary has no customers, so there is nothing to fit`)
  }
  const histories = packedHistories(summary) ?? weighedHistories(summary)
  checkRepeats(caller, histories, summary)
  return histories
}

function checkRepeats(
  caller: string,
  { count, repeats, timeAtEnd, times }: PurchaseHistories,
  summary: CustomerSummary,
): void {
  const most = repeats[count - 1]!
  if (most > MAX_REPEATS) {
    throw new ClienteleError('BAD_SHAPE', `${caller}: "repeats" must be at most ${MAX_REPEATS}, got ${most}`)
  }
  if (times[0]! > 0) return
  let instant = 0
  while (instant < count && (timeAtEnd[instant]! > 0 || repeats[instant] === 0)) instant++
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
  const groups = groupCoded(
    [ranked.repeats, ranked.age, ranked.atLast].map(({ ranks, values }) => ({ codes: ranks, kinds: values.length })),
  )
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
