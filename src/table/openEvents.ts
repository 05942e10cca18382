import { type Dictionary, dictionary } from './dictionary.ts'

/**
 * Events that others may still refer to: a purchase with an order that a refund may name, a refund or cancellation, an
 * event with an id that may be replayed. About 33 bytes each and the texts.
 */
export interface OpenEvents {
  length: number
  customer: Uint32Array
  /** Instant, ms since 1970 UTC. */
  time: Float64Array
  /** Local calendar day. */
  day: Int32Array
  type: Uint8Array
  /** Money; NaN for a cancellation of the whole order. */
  value: Float64Array
  /** Order: an index into `orders`, or -1. */
  order: Int32Array
  /** Identity: an index into `ids`, or -1. No two events have one. */
  id: Int32Array
  /** The orders of customers, as `orderKey` writes them: an order number belongs to the customer who has it. */
  readonly orders: Dictionary
  /** Sources and ids, as `identityOf` writes them. */
  readonly ids: Dictionary
}

/** An event that was checked. */
export interface OpenEvent {
  readonly customer: number
  readonly time: number
  readonly day: number
  readonly type: number
  readonly value: number
  /** Number of its order; empty if it names none. */
  readonly order: string
  /** Its identity; empty if it has none. */
  readonly identity: string
}

/** No events. */
export function openEvents(): OpenEvents {
  return {
    length: 0,
    customer: new Uint32Array(0),
    time: new Float64Array(0),
    day: new Int32Array(0),
    type: new Uint8Array(0),
    value: new Float64Array(0),
    order: new Int32Array(0),
    id: new Int32Array(0),
    orders: dictionary(),
    ids: dictionary(),
  }
}

/** Adds an event; returns false for a replay, which is left out. */
export function openEvent(open: OpenEvents, event: OpenEvent): boolean {
  let id = -1
  if (event.identity !== '') {
    const known = open.ids.size()
    id = open.ids.codeOf(event.identity)
    if (id < known) return false
  }
  if (open.length === open.customer.length) grow(open)
  const row = open.length++
  open.customer[row] = event.customer
  open.time[row] = event.time
  open.day[row] = event.day
  open.type[row] = event.type
  open.value[row] = event.value
  open.order[row] = event.order === '' ? -1 : open.orders.codeOf(orderKey(event.customer, event.order))
  open.id[row] = id
  return true
}

/** Reads events back, as they were added. */
export function openEventReader(open: OpenEvents): (row: number) => OpenEvent {
  const orders = open.orders.names()
  const ids = open.ids.names()
  return (row) => {
    const order = open.order[row]!
    const id = open.id[row]!
    return {
      customer: open.customer[row]!,
      time: open.time[row]!,
      day: open.day[row]!,
      type: open.type[row]!,
      value: open.value[row]!,
      order: order === -1 ? '' : orderOf(orders[order]!),
      identity: id === -1 ? '' : ids[id]!,
    }
  }
}

/** An order of a customer as one text. */
function orderKey(customer: number, order: string): string {
  return `${customer} ${order}`
}

/** Whether a key of an order is that of this customer. */
export function isOrderOf(key: string, customer: number): boolean {
  return key.startsWith(`${customer} `)
}

function orderOf(key: string): string {
  return key.slice(key.indexOf(' ') + 1)
}

/** What tells replays: the source and the id of an event as one text. */
export function identityOf(id: unknown, source: unknown): string {
  return JSON.stringify([source ?? '', String(id)])
}

function grow(open: OpenEvents): void {
  const room = Math.max(64, Math.ceil(open.length * 1.5))
  const wider = <Column extends { set(from: Column): void }>(column: Column, wide: Column): Column => {
    wide.set(column)
    return wide
  }
  open.customer = wider(open.customer, new Uint32Array(room))
  open.time = wider(open.time, new Float64Array(room))
  open.day = wider(open.day, new Int32Array(room))
  open.type = wider(open.type, new Uint8Array(room))
  open.value = wider(open.value, new Float64Array(room))
  open.order = wider(open.order, new Int32Array(room))
  open.id = wider(open.id, new Int32Array(room))
}
