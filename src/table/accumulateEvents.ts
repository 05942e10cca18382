import { accumulatePurchases, plainPurchases } from './accumulatePurchases.ts'
import { type AccumulatorState, takeIn } from './accumulatorState.ts'
import { checkRows, REJECTED } from './checkRows.ts'
import type { CustomerEvent } from './customerEvent.ts'
import type { EventLedger, RejectedEvent } from './eventTable.ts'
import { identityOf, newId, REPLAY } from './openEvents.ts'
import { CANCEL, type EventFields } from './tableDraft.ts'
import { checkEventColumns, type EventColumns } from './tableFromColumns.ts'
import { codeOfId } from './textCodes.ts'

/** Events of an iterable that are checked and taken in together; few enough to stay in a processor's cache. */
const SLICE = 1 << 16

/** Adds events one by one. An array is added whole or not at all, any other iterable slice by slice. */
export function accumulateEvents(
  caller: string,
  state: AccumulatorState,
  events: Iterable<CustomerEvent>,
  invalid: 'throw' | 'reject',
): EventLedger {
  if (Array.isArray(events)) {
    const list = events as readonly CustomerEvent[]
    return accumulateRows(caller, state, list.length, (row) => list[row]!, 0, invalid)
  }
  const whole: { accepted: number; replays: number; rejected: RejectedEvent[] } = {
    accepted: 0,
    replays: 0,
    rejected: [],
  }
  let slice: CustomerEvent[] = []
  let first = 0
  const addSlice = (): void => {
    const part = accumulateRows(caller, state, slice.length, (row) => slice[row]!, first, invalid)
    whole.accepted += part.accepted
    whole.replays += part.replays
    for (const rejected of part.rejected) whole.rejected.push(rejected)
    first += slice.length
    slice = []
  }
  for (const event of events) {
    slice.push(event)
    if (slice.length === SLICE) addSlice()
  }
  addSlice()
  return whole
}

/** Adds events that stand in columns, whole or not at all. */
export function accumulateColumns(
  caller: string,
  state: AccumulatorState,
  columns: EventColumns,
  invalid: 'throw' | 'reject',
): EventLedger {
  checkEventColumns(caller, columns)
  const { customer, time, value, type, order, currency, channel, id, source } = columns
  const purchases = plainPurchases(columns, state.zone)
  if (purchases !== undefined) return accumulatePurchases(state, purchases)
  const fieldsAt = (row: number): EventFields => ({
    type: type === undefined ? 'purchase' : type[row],
    customer: customer[row],
    time: time[row],
    value: value?.[row],
    order: order?.[row],
    currency: currency?.[row],
    channel: channel?.[row],
    id: id?.[row],
    source: source?.[row],
  })
  return accumulateRows(caller, state, customer.length, fieldsAt, 0, invalid)
}

/** Checks all rows as a table does, then takes them in: an error leaves the state as it was. */
function accumulateRows(
  caller: string,
  state: AccumulatorState,
  size: number,
  fieldsAt: (row: number) => EventFields,
  first: number,
  invalid: 'throw' | 'reject',
): EventLedger {
  const { zone, currency, counts, customers, open } = state
  const options = { timeZone: zone.timeZone, currency, invalid }
  const checked = checkRows(caller, size, fieldsAt, first, options)
  state.currency = checked.currency
  const { accepted, replays } = counts
  for (let row = 0; row < size; row++) {
    if (checked.type[row] === REJECTED) continue
    const { customer, order, id, source } = fieldsAt(row)
    const ownId = id === undefined ? -1 : newId(open, identityOf(id, source))
    if (ownId === REPLAY) {
      counts.replays++
      continue
    }
    const time = checked.time[row]!
    const type = checked.type[row]!
    takeIn(state, {
      customer: codeOfId(customers, customer as string | number | bigint),
      time,
      day: zone.dayOf(time),
      type,
      value: checked.value[row]!,
      order: type <= CANCEL && order !== undefined ? (order as string) : '',
      id: ownId,
    })
  }
  counts.rejected += checked.rejected.length
  return { accepted: counts.accepted - accepted, replays: counts.replays - replays, rejected: checked.rejected }
}
