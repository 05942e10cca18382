import { type AccumulatorState, mayBeForgotten } from './accumulatorState.ts'
import { type OpenEvents, openEventAt } from './openEvents.ts'
import { bucketAt, gatherDays } from './settledDays.ts'
import { BUCKET } from './waitingDays.ts'

/**
 * How many events of two states may belong together although one of the two has settled its share and forgotten order
 * and id. Only a customer whom both know can have such; of settled days nothing tells any more which had an order, so
 * that all count.
 *
 * @param codes - number in `state` of each customer of `other`
 * @param known - customers that `state` had before
 */
export function lateInMerge(
  state: AccumulatorState,
  other: AccumulatorState,
  codes: Uint32Array,
  known: number,
): number {
  const isShared = new Uint8Array(known)
  for (const code of codes) if (code < known) isShared[code] = 1
  const ofOther = (customer: number): boolean => codes[customer]! < known
  return (
    lateEvents(state, other.open, ofOther) +
    lateEvents(other, state.open, (customer) => isShared[customer] === 1) +
    lateDays(state, other, ofOther)
  )
}

/** Open events that may belong to what a state has settled. */
function lateEvents(state: AccumulatorState, open: OpenEvents, isShared: (customer: number) => boolean): number {
  if (!hasSettled(state)) return 0
  let late = 0
  for (let row = 0; row < open.length; row++) {
    if (isShared(open.customer[row]!) && mayBeForgotten(state, openEventAt(open, row))) late++
  }
  return late
}

/** Settled orders of `other` that may belong to those that `state` has settled. */
function lateDays(state: AccumulatorState, other: AccumulatorState, isShared: (customer: number) => boolean): number {
  if (!hasSettled(state) || !hasSettled(other)) return 0
  const { days } = other.settled
  gatherDays(days)
  const from = state.firstDay - state.windowDays
  const before = state.settledBefore + state.windowDays
  let late = 0
  for (let b = 0; b < days.buckets.length; b++) {
    const { offsets, day, orders } = bucketAt(days, b)
    for (let c = 0; c < BUCKET && offsets[c]! < offsets[BUCKET]!; c++) {
      if (!isShared(b * BUCKET + c)) continue
      for (let i = offsets[c]!; i < offsets[c + 1]!; i++) if (day[i]! >= from && day[i]! < before) late += orders[i]!
    }
  }
  return late
}

function hasSettled({ settledBefore }: AccumulatorState): boolean {
  return settledBefore > Number.NEGATIVE_INFINITY
}
