import { select } from '../kernels/quickselect.ts'
import { type AccumulatorState, LEAST_TO_SETTLE } from './accumulatorState.ts'
import { isAlone, isLate } from './lateOpen.ts'
import { netOpenEvents } from './netOpenEvents.ts'
import { TAKEN_BACK, UNMATCHED } from './netOrder.ts'
import { keepOpen, type OpenEvents } from './openEvents.ts'
import { settle } from './settled.ts'

/** What the open events grow by until they are looked through again: less memory, or less often. */
const GROWTH = 1.5

/** Share of the open events that must be dated on a day or after it for that day to have come. */
const COME = 0.01

/** Settles what is over, once the open events are half as many again as last time: linear in all, however many come. */
export function settleIfDue(state: AccumulatorState): void {
  if (!state.isPart && state.open.length >= state.settleAt) settleOpen(state)
}

/**
 * Settles the events of orders to which nothing happened for a window, and those without an order that are older than
 * the window. It is counted back from the day that one in a hundred of the open events reach: a few events with a year
 * that is yet to come do not close the orders of today, and wait.
 *
 * A refund without a purchase stays where its purchase may be dated before the first day seen: that may come with an
 * accumulator of earlier days.
 */
export function settleOpen(state: AccumulatorState): void {
  const { open, windowDays, settled } = state
  if (open.length === 0) return
  const settledBefore = Math.max(state.settledBefore, dayThatCame(open) - windowDays)
  const netted = netOpenEvents(open, Number.POSITIVE_INFINITY, windowDays)
  const isKept = new Uint8Array(open.length)
  let sureRows = 0
  let isForgotten = false
  for (let row = 0; row < open.length; row++) {
    const fate = netted.fate[row]!
    const mayBelong = isAlone(open, netted, row) && netted.first[row]! < state.firstDay + windowDays
    if (netted.last[row]! >= settledBefore || mayBelong) {
      isKept[row] = 1
      if (row < state.sureRows) sureRows++
      continue
    }
    if (isLate(state, netted, row)) state.counts.late++
    if (open.order[row] !== -1) isForgotten = true
    settle(settled, open, netted, row)
    if (fate >= TAKEN_BACK && fate <= UNMATCHED) state.nettedBefore = settledBefore
  }
  keepOpen(open, isKept)
  if (isForgotten || Number.isFinite(state.sureRows)) state.sureRows = sureRows
  state.settledBefore = settledBefore
  state.settleAt = Math.max(LEAST_TO_SETTLE, Math.ceil(GROWTH * open.length))
}

/** The latest day that the share `COME` of the events reach. */
function dayThatCame({ day, length }: OpenEvents): number {
  const days = Float64Array.from(day.subarray(0, length))
  const rank = length - Math.ceil(COME * length)
  select(days, rank, 0, length - 1)
  return days[rank]!
}
