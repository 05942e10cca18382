import { CHANNELS, EVENT_TYPES } from '../table/customerEvent.ts'
import { addEvent, type EventFields, type TableDraft, tableDraft } from '../table/tableDraft.ts'
import type { EventColumns } from '../table/tableFromColumns.ts'
import { ownText } from './csvRecords.ts'
import type { RejectedRow } from './readCsv.ts'

/** Some rows of a source, in its order: those that are events as columns, and the others with their reasons. */
export interface EventBatch {
  /** The events; times are ms since 1970 UTC. */
  readonly columns: EventColumns
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
export interface BatchBuilder {
  /** Adds the row at `place`, or notes why it cannot be an event: `fields` says so, or the rules of a table do. */
  add(place: number, fields: EventFields | string, text: () => string): void
  /** Adds the row at `place` if it can be an event; otherwise the reason, and nothing is noted. */
  offer(place: number, fields: EventFields | string): string
  /** Whether the batch has as many rows as it should. */
  isFull(): boolean
  /** The rows since the last one taken; nothing if there are none. */
  take(): Generator<EventBatch, void, void>
}

const SHOWN = 200

/** A builder of batches of `size` rows. What the table would refuse is refused here, by its own rules. */
export function batchBuilder(caller: string, size: number, timeZone: string): BatchBuilder {
  let draft = newDraft()
  let places = new Float64Array(size)
  let extras: EventFields[] = []
  let rejected: RejectedRow[] = []

  function newDraft(): TableDraft {
    return tableDraft(caller, size, { timeZone, invalid: 'reject' })
  }

  function add(place: number, fields: EventFields | string, text: () => string): void {
    const reason = offer(place, fields)
    if (reason !== '') rejected.push({ line: place, reason, text: ownText(text().slice(0, SHOWN)) })
  }

  function offer(place: number, fields: EventFields | string): string {
    const reason = typeof fields === 'string' ? fields : refusalOf(draft, fields)
    if (reason !== '' || typeof fields === 'string') return reason
    places[draft.accepted - 1] = place
    const { order, currency, id, source } = fields
    if (order === undefined && currency === undefined && id === undefined && source === undefined) return ''
    extras[draft.accepted - 1] = fields
    return ''
  }

  function* take(): Generator<EventBatch, void, void> {
    const { accepted } = draft
    const rows = accepted + rejected.length
    if (rows === 0) return
    const columns = { ...columnsOf(draft), ...extraColumns(extras, accepted) }
    yield { columns, places: places.subarray(0, accepted), rejected, rows, timeZone }
    draft = newDraft()
    places = new Float64Array(size)
    extras = []
    rejected = []
  }

  return { add, offer, take, isFull: () => draft.accepted + rejected.length >= size }
}

/** Adds an event to a draft; why it is refused, or nothing. Replays and currencies are left to the table of them all. */
function refusalOf(draft: TableDraft, fields: EventFields): string {
  const before = draft.accepted
  addEvent(draft, before, { ...fields, currency: undefined, id: undefined, source: undefined })
  return draft.accepted > before ? '' : draft.rejected[draft.rejected.length - 1]!.reason
}

function columnsOf(draft: TableDraft): EventColumns {
  const { accepted } = draft
  const names = draft.customers.names().map(ownText)
  const customer = new Array<string>(accepted)
  for (let row = 0; row < accepted; row++) customer[row] = names[draft.code[row]!]!
  const value = draft.value.subarray(0, accepted)
  const type = draft.type.subarray(0, accepted)
  const channel = draft.channel.subarray(0, accepted)
  return {
    customer,
    time: draft.time.subarray(0, accepted),
    // NaN is a cancellation of the whole order, which columns write as no value.
    value: value.some(Number.isNaN) ? Array.from(value, (money) => (Number.isNaN(money) ? undefined : money)) : value,
    ...(type.some(Boolean) ? { type: Array.from(type, (code) => EVENT_TYPES[code]!) } : {}),
    ...(channel.some(Boolean) ? { channel: Array.from(channel, (code) => CHANNELS[code]!) } : {}),
  }
}

const EXTRAS = ['order', 'currency', 'id', 'source'] as const

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
