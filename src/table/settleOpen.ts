import { type AccumulatorState, LEAST_TO_SETTLE } from './accumulatorState.ts'
import { netOpenEvents, OF_CUSTOMER, TAKEN_BACK, UNMATCHED } from './netOpenEvents.ts'
import { openEvent, openEventReader, openEvents } from './openEvents.ts'
import { settle } from './settled.ts'

/** Settles what is over, once the open events have doubled since last time: linear in all, however many come. */
export function settleIfDue(state: AccumulatorState): void {
  if (state.open.length >= state.settleAt) settleOpen(state)
}

/**
 * Settles the events of orders to which nothing happened for a window before the last day, and those without an order
 * that are older than the window.
 *
 * A refund without a purchase stays where its purchase may be dated before the first day seen: that may come with an
 * accumulator of earlier days.
 */
function settleOpen(state: AccumulatorState): void {
  const { open, windowDays, settled } = state
  const settledBefore = Math.max(state.settledBefore, state.lastDay - windowDays)
  const netted = netOpenEvents(open, Number.POSITIVE_INFINITY, windowDays)
  const kept = openEvents()
  const eventAt = openEventReader(open)
  for (let row = 0; row < open.length; row++) {
    const fate = netted.fate[row]!
    const isAlone = open.order[row] !== -1 && (fate === OF_CUSTOMER || fate === UNMATCHED)
    const mayBelong = isAlone && netted.first[row]! < state.firstDay + windowDays
    if (netted.last[row]! >= settledBefore || mayBelong) {
      openEvent(kept, eventAt(row))
      continue
    }
    settle(settled, open, netted, row)
    if (fate >= TAKEN_BACK && fate <= UNMATCHED) state.nettedBefore = settledBefore
  }
  state.open = kept
  state.settledBefore = settledBefore
  state.settleAt = Math.max(LEAST_TO_SETTLE, 2 * kept.length)
}
