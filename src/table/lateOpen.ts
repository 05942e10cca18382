import type { AccumulatorState } from './accumulatorState.ts'
import { type NettedEvents, netOpenEvents } from './netOpenEvents.ts'
import { OF_CUSTOMER, UNMATCHED } from './netOrder.ts'
import type { OpenEvents } from './openEvents.ts'

/** How many open events came later than the window. Linear in the open events. */
export function lateOpen(state: AccumulatorState): number {
  const netted = netOpenEvents(state.open, Number.POSITIVE_INFINITY, state.windowDays)
  let late = 0
  for (let row = 0; row < state.open.length; row++) if (isLate(state, netted, row)) late++
  return late
}

/**
 * Whether one pass may net the order of an open event otherwise: because there are events of it from before the window,
 * or because these may have been settled and forgotten.
 */
export function isLate(state: AccumulatorState, netted: NettedEvents, row: number): boolean {
  if (netted.isReopened[row] === 1) return true
  return (
    row >= state.sureRows && isAlone(state.open, netted, row) && netted.first[row]! - state.windowDays > state.firstDay
  )
}

/** Whether an open event is a refund or cancellation that names an order of which the window holds no purchase. */
export function isAlone({ order }: OpenEvents, { fate }: NettedEvents, row: number): boolean {
  return order[row] !== -1 && (fate[row] === OF_CUSTOMER || fate[row] === UNMATCHED)
}
