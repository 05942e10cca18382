import { CHANNELS, type Channel, EVENT_TYPES, type EventType } from './customerEvent.ts'
import type { EventTableOptions } from './eventTable.ts'
import { readTime } from './readTime.ts'
import {
  addEvent,
  CANCEL,
  customerId,
  type EventFields,
  giveRoom,
  PURCHASE,
  type TableDraft,
  tableDraft,
} from './tableDraft.ts'

/** A draft of events that are all there. What plain purchases do without has no room in it until it is needed. */
export function draftOfEvents(caller: string, events: readonly EventFields[], options: EventTableOptions): TableDraft {
  const size = events.length
  const draft = tableDraft(caller, size, options, 0)
  const block: Block = { customers: [], orders: [], orderRows: [] }
  let index = 0
  while (index < size) {
    const end = Math.min(index + BLOCK, size)
    const purchases = readPurchases(draft, events, index, end, block.customers)
    const count = purchases + readOrdinary(draft, events, index + purchases, end, block, purchases)
    if (count > 0) numberTexts(draft, block, count)
    index += count
    // What ended the block early needs a closer look.
    if (index < end) {
      giveRoom(draft, size)
      addEvent(draft, index, events[index]!)
      index++
    }
  }
  return draft
}

/** Events that are read before their texts are looked up together: few enough to be still in the cache. */
const BLOCK = 1024

/** Texts of a block of events. */
interface Block {
  readonly customers: string[]
  readonly orders: string[]
  /** Rows of the draft that have the orders. */
  readonly orderRows: number[]
}

/**
 * Reads the most frequent kind of event: purchases of which nothing is known but a text for a customer, time and value.
 * Ends at the first other event, or wrong one; returns how many it read. The customers are yet to be numbered.
 */
function readPurchases(
  { time, value, zone, accepted }: TableDraft,
  events: readonly EventFields[],
  start: number,
  end: number,
  customers: string[],
): number {
  let count = 0
  for (let index = start; index < end; index++) {
    const { type, customer, time: when, value: money, order, channel, id, currency } = events[index] ?? NO_EVENT
    if (type !== 'purchase' || typeof customer !== 'string' || customer === '') break
    if (typeof money !== 'number' || !(money >= 0 && money <= Number.MAX_VALUE)) break
    const at = readTime(when, zone)
    if (Number.isNaN(at)) break
    if (order !== undefined || channel !== undefined || id !== undefined || currency !== undefined) break
    time[accepted + count] = at
    value[accepted + count] = money
    customers[count++] = customer
  }
  return count
}

/**
 * Goes on with events of any kind, as long as they are true and nothing in them has to be compared with others: without
 * an id, and in the currency of all. Slower, as it has more to look at.
 *
 * @param before - events that were read before these
 */
function readOrdinary(
  draft: TableDraft,
  events: readonly EventFields[],
  start: number,
  end: number,
  { customers, orders, orderRows }: Block,
  before: number,
): number {
  const { time, value, zone, accepted, currency: known } = draft
  let count = before
  for (let index = start; index < end; index++) {
    const { type, customer, time: when, value: money, order, channel, id, currency } = events[index] ?? NO_EVENT
    const name = typeof customer === 'string' ? customer : customerId(customer)
    const kind = EVENT_TYPES.indexOf(type as EventType)
    const at = readTime(when, zone)
    if (name === '' || kind < 0 || Number.isNaN(at) || id !== undefined) break
    const isMoney = kind <= CANCEL
    if (isMoney) {
      if (typeof money !== 'number' || !(money >= 0 && money <= Number.MAX_VALUE)) break
      if (currency !== undefined && (known === '' || currency !== known)) break
    }
    const row = accepted + count
    if (kind !== PURCHASE || order !== undefined || channel !== undefined) {
      const way = channel === undefined ? 0 : CHANNELS.indexOf(channel as Channel)
      const hasOrder = typeof order === 'string' && order !== ''
      if (way < 0 || (order !== undefined && !hasOrder) || (kind === CANCEL && !hasOrder)) break
      giveRoom(draft, events.length)
      draft.type[row] = kind
      draft.channel[row] = way
      if (isMoney && hasOrder) orderRows[orders.push(order) - 1] = row
      draft.isPlain &&= kind === PURCHASE && way === 0 && !hasOrder
    }
    time[row] = at
    value[row] = isMoney ? (money as number) : 0
    customers[count++] = name
  }
  return count - before
}

const NO_EVENT: Partial<EventFields> = {}

/** Numbers the customers and orders of the events that were read. */
function numberTexts(draft: TableDraft, { customers, orders, orderRows }: Block, count: number): void {
  customers.length = count
  draft.customers.codesInto(customers, draft.code.subarray(draft.accepted))
  draft.accepted += count
  if (orders.length === 0) return
  const codes = new Uint32Array(orders.length)
  draft.orders.codesInto(orders, codes)
  for (let i = 0; i < codes.length; i++) draft.order[orderRows[i]!] = codes[i]! + 1
  orders.length = 0
}
