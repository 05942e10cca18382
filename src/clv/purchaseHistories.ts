import { ClienteleError } from '../core/errors.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import { groupRanked, type RowGroups, valuesOf } from './groupRows.ts'
import { type RankedColumn, rankedColumn } from './rankedColumn.ts'

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
  const { repeats, ageAtLast, age, weights } = summary
  if (repeats.length === 0) {
    throw new ClienteleError('NOT_ENOUGH_DATA', `${caller}: the summary has no customers, so there is nothing to fit`)
  }
  const ranked = { repeats: rankedColumn(repeats), age: rankedColumn(age), atLast: rankedColumn(ageAtLast) }
  const groups = groupRanked([ranked.repeats, ranked.age, ranked.atLast])
  const { count, groupOf, rowOf } = groups
  const groupRepeats = new Uint32Array(valuesOf(groups, repeats))
  checkRepeats(caller, groupRepeats, groups, age)
  const groupWeights = new Float64Array(count)
  for (let row = 0; row < groupOf.length; row++) groupWeights[groupOf[row]!]! += weights[row]!
  const times = Float64Array.from(new Set([...ranked.atLast.values, ...ranked.age.values])).sort()
  const placeOf = new Map(Array.from(times, (time, place) => [time, place]))
  const placesOf = ({ values, ranks }: RankedColumn): Uint32Array => {
    const places = Uint32Array.from(values, (time) => placeOf.get(time)!)
    const ofGroups = new Uint32Array(count)
    for (let group = 0; group < count; group++) ofGroups[group] = places[ranks[rowOf[group]!]!]!
    return ofGroups
  }
  return {
    count,
    repeats: groupRepeats,
    timeAtLast: placesOf(ranked.atLast),
    timeAtEnd: placesOf(ranked.age),
    weights: groupWeights,
    times,
  }
}

/** Every `stride`-th history, for a first rough fit. */
export function thinned(histories: PurchaseHistories, stride: number): PurchaseHistories {
  return taken(histories, (i) => i % stride === 0)
}

/** The same histories with other numbers of customers; those without any are left out. */
export function reweightedPurchases(histories: PurchaseHistories, weights: Float64Array): PurchaseHistories {
  return taken({ ...histories, weights }, (i) => weights[i]! > 0)
}

function taken(histories: PurchaseHistories, isTaken: (index: number) => boolean): PurchaseHistories {
  const some = <Column extends Uint32Array | Float64Array>(column: Column): Column =>
    column.filter((_, i) => isTaken(i)) as Column
  const repeats = some(histories.repeats)
  return {
    count: repeats.length,
    repeats,
    timeAtLast: some(histories.timeAtLast),
    timeAtEnd: some(histories.timeAtEnd),
    weights: some(histories.weights),
    times: histories.times,
  }
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

function checkRepeats(caller: string, repeats: Uint32Array, { rowOf }: RowGroups, age: Float64Array): void {
  const most = repeats[repeats.length - 1]!
  if (most === 0) {
    throw new ClienteleError(
      'NOT_ENOUGH_DATA',
      `${caller}: none of the ${age.length} customers bought a second time, so nothing can be learnt about repeats`,
    )
  }
  if (most > MAX_REPEATS) {
    throw new ClienteleError('BAD_SHAPE', `${caller}: "repeats" must be at most ${MAX_REPEATS}, got ${most}`)
  }
  const instant = repeats.findIndex((x, group) => x > 0 && !(age[rowOf[group]!]! > 0))
  if (instant >= 0) {
    throw new ClienteleError(
      'BAD_SHAPE',
      `${caller}: row ${rowOf[instant]} has ${repeats[instant]} repeats at an age of ${age[rowOf[instant]!]}`,
    )
  }
}
