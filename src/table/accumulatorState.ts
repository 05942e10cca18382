import type { Zone } from '../core/calendar.ts'
import { type OpenEvent, type OpenEvents, openEvent, openEvents } from './openEvents.ts'
import { nothingSettled, type Settled, settleOther } from './settled.ts'
import { addToDay } from './settledDays.ts'
import { CANCEL, PURCHASE } from './tableDraft.ts'
import { type TextCodes, textCodes } from './textCodes.ts'

/** What an accumulator remembers: events to which others may still refer, and what the rest came to. */
export interface AccumulatorState {
  readonly zone: Zone
  /** Days for which an order stays open after its last event. */
  readonly windowDays: number
  /** Whether nothing is settled, whatever its age. */
  readonly isPart: boolean
  currency: string
  readonly customers: TextCodes
  readonly settled: Settled
  readonly open: OpenEvents
  /** Number of open events at which settling is worth while. */
  settleAt: number
  /** Open events dated before this day may have been settled, their orders and ids forgotten. */
  settledBefore: number
  /** Refunds dated before this day may be netted in `settled`. */
  nettedBefore: number
  /** How many of the first open events came before any event of an order was forgotten; infinite while none is. */
  sureRows: number
  firstDay: number
  lastDay: number
  readonly counts: EventCounts
  readonly batches: Set<string>
}

/** What became of events on their way in. */
export interface EventCounts {
  accepted: number
  replays: number
  rejected: number
  late: number
}

/** Open events are never settled below this number: keeping them costs little and honours what comes very late. */
export const LEAST_TO_SETTLE: number = 1 << 16

/** A state without events. */
export function emptyState(zone: Zone, windowDays: number, isPart: boolean, currency: string): AccumulatorState {
  return {
    zone,
    windowDays,
    isPart,
    currency,
    customers: textCodes(),
    settled: nothingSettled(),
    open: openEvents(),
    settleAt: LEAST_TO_SETTLE,
    settledBefore: Number.NEGATIVE_INFINITY,
    nettedBefore: Number.NEGATIVE_INFINITY,
    sureRows: Number.POSITIVE_INFINITY,
    firstDay: Number.POSITIVE_INFINITY,
    lastDay: Number.NEGATIVE_INFINITY,
    counts: { accepted: 0, replays: 0, rejected: 0, late: 0 },
    batches: new Set(),
  }
}

/** Takes in an event that was checked and is no replay. */
export function takeIn(state: AccumulatorState, event: OpenEvent): void {
  const { day, type, order, id } = event
  const isPurchase = type === PURCHASE
  // Nobody can refer to it, and it refers to nothing.
  const isOver = id === -1 && order === '' && (isPurchase || type > CANCEL)
  state.counts.accepted++
  seeDay(state, day)
  if (isOver) {
    if (isPurchase) addToDay(state.settled.days, event.customer, day, event.value, 1)
    else settleOther(state.settled, day, 1)
    return
  }
  openEvent(state.open, event)
  if (mayBeForgotten(state, event)) state.counts.late++
}

/**
 * Whether what an open event belongs to may have been settled and forgotten: an order reaches a window back and ahead,
 * and a replay is of the same day.
 */
export function mayBeForgotten(
  { firstDay, settledBefore, windowDays }: AccumulatorState,
  { day, order, id }: OpenEvent,
): boolean {
  if (order === '' && id === -1) return false
  const reach = order === '' ? 0 : windowDays
  return day - reach < settledBefore && day + reach >= firstDay
}

/** Notes that there is an event on this day. */
export function seeDay(state: AccumulatorState, day: number): void {
  if (day < state.firstDay) state.firstDay = day
  if (day > state.lastDay) state.lastDay = day
}
