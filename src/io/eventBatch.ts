import { CHANNELS, EVENT_TYPES } from '../table/customerEvent.ts'
import { lazyColumn } from '../table/lazyColumn.ts'
import { addEvent, type EventFields, PURCHASE, type TableDraft, tableDraft } from '../table/tableDraft.ts'
import type { EventColumns } from '../table/tableFromColumns.ts'
import type { BatchIds } from './batchIds.ts'
import { ownText } from './csvRecords.ts'
import type { RejectedRow } from './rejectedRow.ts'

/** Some rows of a source, in its order: those that are events as columns, and the others with their reasons. */
export interface EventBatch {
  /** The events; times are ms since 1970 UTC. Texts of customers and orders are made when they are first read. */
  readonly columns: EventColumns
  /** Customers, types and orders of the same events by number, which readers have before they have texts. */
  readonly coded?: CodedEvents
  /** Where each event stands: its line in a text, its row in other files, its place in a list; from 1. */
  readonly places: Float64Array
  /** Rows that cannot be events, each with its place and reason. */
  readonly rejected: readonly RejectedRow[]
  /** Rows read: those of `columns` and those of `rejected`. */
  readonly rows: number
  /** IANA time zone in which times without an offset were read. */
  readonly timeZone: string
}

/** Who and what the events of a batch are, by number. */
export interface CodedEvents {
  /** Customer of each event: an index into `customers`. */
  readonly customer: Uint32Array
  /** Ids of customers. Batches of one reading may share a list, which then grows. */
  readonly customers: readonly string[]
  /** Kind of each event: an index into `EVENT_TYPES`. */
  readonly type: Uint8Array
  /** Order of each event: an index into `orders` plus 1, or 0. */
  readonly order: Uint32Array
  /** Numbers of orders; shared as `customers` are. */
  readonly orders: readonly string[]
}

/** Collects the rows of one batch after the other. */
export interface BatchBuilder<Ids extends BatchIds = BatchIds> {
  /**
   * Adds the row at `place`, or notes why it cannot be an event: `fields` says so, or the rules of a table do, and
   * `explain` puts it in terms of the source.
   */
  add(place: number, fields: EventFields | string, text: () => string, explain?: (reason: string) => string): void
  /** Adds the row at `place` if it can be an event; otherwise the reason, and nothing is noted. */
  offer(place: number, fields: EventFields | string): string
  /** The columns of this batch, for a reader that writes its rows itself from `draft.accepted` on. */
  columns(): BatchColumns<Ids>
  /** Takes the `rows` that were written to the columns into the batch: purchases and refunds that are checked. */
  advance(rows: number): void
  /** Whether the batch has as many rows as it should, or ids of as many bytes. */
  isFull(): boolean
  /** The rows since the last one taken; nothing if there are none. */
  take(): Generator<EventBatch, void, void>
}

/** The columns of a batch that is being made. */
export interface BatchColumns<Ids extends BatchIds> {
  readonly draft: TableDraft
  /** What numbers the customers and orders of the draft. */
  readonly ids: Ids
  readonly places: Float64Array
  /** How many rows there may be among the events, those that are there included. */
  readonly most: number
}

const SHOWN = 200

/**
 * A builder of batches of `size` rows. What the table would refuse is refused here, by its own rules.
 *
 * @param newIds - what numbers customers and orders; one for each batch, or for as many as it can hold
 */
export function batchBuilder<Ids extends BatchIds>(
  caller: string,
  size: number,
  timeZone: string,
  newIds: () => Ids,
): BatchBuilder<Ids> {
  let ids = newIds()
  let draft = newDraft()
  let places = new Float64Array(size)
  let extras: EventFields[] = []
  let rejected: RejectedRow[] = []

  function newDraft(): TableDraft {
    const { customers, orders } = ids
    return { ...tableDraft(caller, size, { timeZone, invalid: 'reject' }), customers, orders }
  }

  function add(
    place: number,
    fields: EventFields | string,
    text: () => string,
    explain: (reason: string) => string = (reason) => reason,
  ): void {
    const reason = offer(place, fields)
    if (reason !== '') rejected.push({ line: place, reason: explain(reason), text: ownText(text().slice(0, SHOWN)) })
  }

  function offer(place: number, fields: EventFields | string): string {
    const reason = typeof fields === 'string' ? fields : refusalOf(draft, fields)
    if (reason !== '' || typeof fields === 'string') return reason
    const row = draft.accepted - 1
    places[row] = place
    const { currency, id, source } = fields
    // A table keeps orders of money only; a batch says what there is.
    const hasOtherOrder = fields.order !== undefined && draft.order[row] === 0
    if (!hasOtherOrder && currency === undefined && id === undefined && source === undefined) return ''
    extras[row] = fields
    return ''
  }

  function advance(rows: number): void {
    draft.isPlain &&= arePlain(draft, rows)
    draft.accepted += rows
  }

  function* take(): Generator<EventBatch, void, void> {
    const { accepted } = draft
    const rows = accepted + rejected.length
    if (rows === 0) return
    const coded = codedEvents(draft)
    const columns = columnsOf(draft, coded, extras)
    yield { columns, coded, places: places.subarray(0, accepted), rejected, rows, timeZone }
    if (!ids.isShared || ids.isLarge()) ids = newIds()
    draft = newDraft()
    places = new Float64Array(size)
    extras = []
    rejected = []
  }

  return {
    add,
    offer,
    advance,
    take,
    columns: () => ({ draft, ids, places, most: size - rejected.length }),
    isFull: () => draft.accepted + rejected.length >= size || ids.isLarge(),
  }
}

/** Whether the `rows` below those of a draft are purchases without orders. */
function arePlain({ accepted, type, order }: TableDraft, rows: number): boolean {
  for (let row = accepted; row < accepted + rows; row++) if (type[row] !== PURCHASE || order[row] !== 0) return false
  return true
}

/** Adds an event to a draft; why it is refused, or nothing. Replays and currencies are left to the table of them all. */
function refusalOf(draft: TableDraft, fields: EventFields): string {
  const before = draft.accepted
  addEvent(draft, before, { ...fields, currency: undefined, id: undefined, source: undefined })
  return draft.accepted > before ? '' : draft.rejected[draft.rejected.length - 1]!.reason
}

function codedEvents({ accepted, code, customers, type, order, orders }: TableDraft): CodedEvents {
  return {
    customer: code.subarray(0, accepted),
    get customers() {
      return customers.names()
    },
    type: type.subarray(0, accepted),
    order: order.subarray(0, accepted),
    get orders() {
      return orders.names()
    },
  }
}

function columnsOf(draft: TableDraft, coded: CodedEvents, extras: readonly EventFields[]): EventColumns {
  const { accepted, isPlain } = draft
  const columns = {
    time: draft.time.subarray(0, accepted),
    value: draft.value.subarray(0, accepted),
    ...(isPlain ? {} : mixedColumns(draft)),
    ...extraColumns(extras, accepted),
  }
  const hasOrders = (!isPlain && coded.order.some(Boolean)) || extras.some(({ order }) => order !== undefined)
  return Object.defineProperties(columns, {
    customer: lazyColumn(() => customersOf(coded)),
    ...(hasOrders ? { order: lazyColumn(() => ordersOf(coded, extras)) } : {}),
  }) as typeof columns & Pick<EventColumns, 'customer'>
}

/** The columns that events other than purchases may need. */
function mixedColumns(draft: TableDraft): Pick<EventColumns, 'value' | 'type' | 'channel'> {
  const { accepted } = draft
  const value = draft.value.subarray(0, accepted)
  const type = draft.type.subarray(0, accepted)
  const channel = draft.channel.subarray(0, accepted)
  return {
    // NaN is a cancellation of the whole order, which columns write as no value.
    value: value.some(Number.isNaN) ? Array.from(value, (money) => (Number.isNaN(money) ? undefined : money)) : value,
    ...(type.some(Boolean) ? { type: Array.from(type, (code) => EVENT_TYPES[code]!) } : {}),
    ...(channel.some(Boolean) ? { channel: Array.from(channel, (code) => CHANNELS[code]!) } : {}),
  }
}

function customersOf({ customer, customers }: CodedEvents): string[] {
  return Array.from(customer, (code) => customers[code]!)
}

function ordersOf({ order, orders }: CodedEvents, extras: readonly EventFields[]): (string | undefined)[] {
  return Array.from(order, (code, row) => (code > 0 ? orders[code - 1]! : ownOrNone(extras[row]?.order)))
}

const EXTRAS = ['currency', 'id', 'source'] as const

/** The columns that hold anything, of those that a draft does not keep as they came. */
function extraColumns(extras: readonly EventFields[], rows: number): Partial<EventColumns> {
  const column = (part: (typeof EXTRAS)[number]): (string | undefined)[] =>
    Array.from({ length: rows }, (_, row) => ownOrNone(extras[row]?.[part]))
  const isUsed = (part: (typeof EXTRAS)[number]): boolean => extras.some((fields) => fields[part] !== undefined)
  return Object.fromEntries(EXTRAS.filter(isUsed).map((part) => [part, column(part)]))
}

function ownOrNone(value: unknown): string | undefined {
  return value === undefined ? undefined : ownText(String(value))
}
