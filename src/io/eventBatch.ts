import { addEvent, type EventFields, PURCHASE, type TableDraft, tableDraft } from '../table/tableDraft.ts'
import type { EventColumns } from '../table/tableFromColumns.ts'
import { batchColumns } from './batchColumns.ts'
import type { BatchIds } from './batchIds.ts'
import type { CodedEvents } from './codedEvents.ts'
import { ownText } from './ownText.ts'
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
    const columns = batchColumns(draft, coded, extras)
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
