import { checkLength } from '../core/checks.ts'
import { type AccumulatorState, takeIn } from './accumulatorState.ts'
import type { CustomerEvent } from './customerEvent.ts'
import type { EventLedger, RejectedEvent } from './eventTable.ts'
import { identityOf } from './openEvents.ts'
import { addEvent, type EventFields, tableDraft } from './tableDraft.ts'
import type { EventColumns } from './tableFromColumns.ts'

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
  const { customer, time, value, type, order, currency, channel, id, source } = columns
  for (const name of ['time', 'value', 'type', 'order', 'currency', 'channel', 'id', 'source'] as const) {
    const column = columns[name]
    if (column !== undefined) checkLength(caller, name, column.length, customer.length)
  }
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
  const draft = tableDraft(caller, size, { timeZone: state.zone.timeZone, currency: state.currency, invalid })
  const identities: string[] = []
  for (let row = 0; row < size; row++) {
    const fields = fieldsAt(row)
    const taken = draft.accepted
    addEvent(draft, first + row, fields)
    if (draft.accepted > taken) identities.push(fields.id === undefined ? '' : identityOf(fields.id, fields.source))
  }
  state.currency = draft.currency
  const { accepted: acceptedBefore, replays: replaysBefore } = state.counts
  const customers = draft.customers.names()
  const orders = draft.orders.names()
  // Number of each customer in the state plus 1, or 0 while nobody asked for it.
  const known = new Uint32Array(customers.length)
  for (let i = 0; i < draft.accepted; i++) {
    const order = draft.order[i]!
    const code = draft.code[i]!
    known[code] ||= state.customers.codeOf(customers[code]!) + 1
    takeIn(state, {
      customer: known[code]! - 1,
      time: draft.time[i]!,
      day: draft.zone.dayOf(draft.time[i]!),
      type: draft.type[i]!,
      value: draft.value[i]!,
      order: order === 0 ? '' : orders[order - 1]!,
      identity: identities[i]!,
    })
  }
  state.counts.replays += draft.replays
  state.counts.rejected += draft.rejected.length
  return {
    accepted: state.counts.accepted - acceptedBefore,
    replays: state.counts.replays - replaysBefore,
    rejected: draft.rejected,
  }
}
