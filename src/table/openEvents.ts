import { codeOf, codeOfPair, keepTexts, type TextCodes, textAt, textCodes } from './textCodes.ts'

/**
 * Events that others may still refer to: a purchase with an order that a refund may name, a refund or cancellation, an
 * event with an id that may be replayed. 33 bytes each and the texts.
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
  /** `${customer} ${order}`, as an order number belongs to the customer who has it. */
  readonly orders: TextCodes
  /** Sources and ids, as `identityOf` writes them. */
  readonly ids: TextCodes
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
  /** Its identity, as `newId` numbers it; -1 if it has none. */
  readonly id: number
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
    orders: textCodes(),
    ids: textCodes(),
  }
}

/** Number of an identity that was there already: the event is a replay. */
export const REPLAY = -2

/** The number of an identity that was not there, or `REPLAY`. */
export function newId({ ids }: OpenEvents, identity: string): number {
  const known = ids.size
  const id = codeOf(ids, identity)
  return id < known ? REPLAY : id
}

/** Adds an event. */
export function openEvent(open: OpenEvents, event: OpenEvent): void {
  if (open.length === open.customer.length) grow(open)
  const row = open.length++
  open.customer[row] = event.customer
  open.time[row] = event.time
  open.day[row] = event.day
  open.type[row] = event.type
  open.value[row] = event.value
  open.order[row] = event.order === '' ? -1 : codeOfPair(open.orders, event.customer, event.order)
  open.id[row] = event.id
}

/** Event `row`, as it was added. */
export function openEventAt(open: OpenEvents, row: number): OpenEvent {
  const order = open.order[row]!
  return {
    customer: open.customer[row]!,
    time: open.time[row]!,
    day: open.day[row]!,
    type: open.type[row]!,
    value: open.value[row]!,
    order: order === -1 ? '' : orderOf(textAt(open.orders, order)),
    id: open.id[row]!,
  }
}

/** Forgets events, and the orders and ids that no other has. What is kept moves up in its own memory. */
export function keepOpen(open: OpenEvents, isKept: Uint8Array): void {
  const hasOrder = new Uint8Array(open.orders.size)
  const hasId = new Uint8Array(open.ids.size)
  let to = 0
  for (let row = 0; row < open.length; row++) {
    if (isKept[row] === 0) continue
    for (const name of COLUMNS) open[name][to] = open[name][row]!
    if (open.order[to] !== -1) hasOrder[open.order[to]!] = 1
    if (open.id[to] !== -1) hasId[open.id[to]!] = 1
    to++
  }
  open.length = to
  const orders = keepTexts(open.orders, hasOrder)
  const ids = keepTexts(open.ids, hasId)
  for (let row = 0; row < to; row++) {
    if (open.order[row] !== -1) open.order[row] = orders[open.order[row]!]!
    if (open.id[row] !== -1) open.id[row] = ids[open.id[row]!]!
  }
}

/** Columns of open events. */
export const COLUMNS: readonly ['customer', 'time', 'day', 'type', 'value', 'order', 'id'] = [
  'customer',
  'time',
  'day',
  'type',
  'value',
  'order',
  'id',
]

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
  const room = Math.max(64, Math.ceil(open.length * 1.25))
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
