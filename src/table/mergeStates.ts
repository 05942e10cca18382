import { badOption } from '../core/checks.ts'
import { shareCurrency } from './accumulateTable.ts'
import type { AccumulatorState } from './accumulatorState.ts'
import { addExactly } from './exactSums.ts'
import { lateInMerge } from './lateInMerge.ts'
import { newId, type OpenEvents, openEvent, openEventAt, REPLAY } from './openEvents.ts'
import { addUnassigned, type Settled, settleOther } from './settled.ts'
import { addToDay, bucketAt, gatherDays } from './settledDays.ts'
import { codeOf, textAt } from './textCodes.ts'
import { BUCKET } from './waitingDays.ts'

/** Adds all that `other` remembers to `state`. `other` stays as it is. */
export function mergeStates(caller: string, state: AccumulatorState, other: AccumulatorState): void {
  if (other === state) throw badOption(caller, 'other', 'another accumulator', other)
  if (other.zone.timeZone !== state.zone.timeZone) {
    throw badOption(caller, 'other.timeZone', `${state.zone.timeZone}, as here`, other.zone.timeZone)
  }
  if (other.windowDays !== state.windowDays) {
    throw badOption(caller, 'other.refundWindow', `${state.windowDays} days, as here`, other.windowDays)
  }
  shareCurrency(caller, state, other.currency)
  const known = state.customers.size
  const codes = new Uint32Array(other.customers.size)
  for (let c = 0; c < codes.length; c++) codes[c] = codeOf(state.customers, textAt(other.customers, c))
  const late = lateInMerge(state, other, codes, known)
  mergeSettled(state.settled, other.settled, codes)
  // What another has forgotten may be of any order here.
  if (Number.isFinite(other.sureRows)) state.sureRows = 0
  const replays = mergeOpen(state, other.open, codes)
  state.counts.accepted += other.counts.accepted - replays
  state.counts.replays += other.counts.replays + replays
  state.counts.rejected += other.counts.rejected
  state.counts.late += other.counts.late + late
  state.firstDay = Math.min(state.firstDay, other.firstDay)
  state.lastDay = Math.max(state.lastDay, other.lastDay)
  state.settledBefore = Math.max(state.settledBefore, other.settledBefore)
  state.nettedBefore = Math.max(state.nettedBefore, other.nettedBefore)
  for (const batch of other.batches) state.batches.add(batch)
}

function mergeSettled(settled: Settled, other: Settled, codes: Uint32Array): void {
  gatherDays(other.days)
  for (let b = 0; b < other.days.buckets.length; b++) {
    const { offsets, day, high, low, orders } = bucketAt(other.days, b)
    for (let c = 0; c < BUCKET && offsets[c]! < offsets[BUCKET]!; c++) {
      const customer = codes[b * BUCKET + c]!
      for (let i = offsets[c]!; i < offsets[c + 1]!; i++) {
        addToDay(settled.days, customer, day[i]!, high[i]!, orders[i]!)
        if (low[i] !== 0) addToDay(settled.days, customer, day[i]!, low[i]!, 0)
      }
    }
  }
  for (const [day, count] of other.others) settleOther(settled, day, count)
  settled.purchasesTakenBack += other.purchasesTakenBack
  settled.refundsOfOrders += other.refundsOfOrders
  settled.refundsOfCustomers += other.refundsOfCustomers
  settled.cancellationsUnmatched += other.cancellationsUnmatched
  const { unassigned, totals } = other
  for (let c = 0; c < Math.min(codes.length, unassigned.high.length); c++) {
    if (unassigned.high[c] === 0 && unassigned.low[c] === 0) continue
    addUnassigned(settled, codes[c]!, unassigned.high[c]!, unassigned.low[c]!)
  }
  for (let i = 0; i < totals.high.length; i++) {
    addExactly(settled.totals, i, totals.high[i]!, totals.low[i]!)
  }
}

/** Adds open events; returns how many were there already. */
function mergeOpen({ open }: AccumulatorState, other: OpenEvents, codes: Uint32Array): number {
  let replays = 0
  for (let row = 0; row < other.length; row++) {
    const event = openEventAt(other, row)
    const id = event.id === -1 ? -1 : newId(open, textAt(other.ids, event.id))
    if (id === REPLAY) replays++
    else openEvent(open, { ...event, customer: codes[event.customer]!, id })
  }
  return replays
}
