import type { EventType } from './customerEvent.ts'

/**
 * Events grouped by customer, oldest first. The events of customer `c` are `offsets[c]` up to `offsets[c + 1]`;
 * customers stand in the order in which they first appear. About 26 bytes an event.
 *
 * A table of nothing but purchases may put these in order and make its columns when they are first read. Copies and
 * clones hold them like any other field.
 */
export interface EventTable {
  /** Ids, length n. */
  readonly customers: readonly string[]
  /** Length n + 1. */
  readonly offsets: Uint32Array
  /** Instant of each event, ms since 1970 UTC. */
  readonly time: Float64Array
  /** Local calendar day of each event, in days since 1970-01-01. */
  readonly day: Int32Array
  /** Kinds of events that occur, in the order of `EVENT_TYPES`. */
  readonly types: readonly EventType[]
  /** Kind of each event: an index into `EVENT_TYPES`. */
  readonly type: Uint8Array
  /** Money of purchases, refunds and cancellations; NaN for a cancellation of the whole order, 0 for other events. */
  readonly value: Float64Array
  /** Order of each event: an index into `orders`, or -1. */
  readonly order: Int32Array
  /** Numbers of the orders. */
  readonly orders: readonly string[]
  /** Way of each event: an index into `CHANNELS`. */
  readonly channel: Uint8Array
  /** The one currency of `value`; empty if no event named one. */
  readonly currency: string
  /** IANA time zone of `day`. */
  readonly timeZone: string
  readonly ledger: EventLedger
}

/** What became of the events: each is accepted, a replay, or rejected. */
export interface EventLedger {
  readonly accepted: number
  /** Events with a `source` and `id` seen before. */
  readonly replays: number
  /** Events refused, with their index among those given. Empty unless `invalid: 'reject'`. */
  readonly rejected: readonly RejectedEvent[]
}

/** An event that cannot be true. */
export interface RejectedEvent {
  readonly index: number
  readonly reason: string
}

/** Options of `eventTable` and `eventTableFromColumns`. */
export interface EventTableOptions {
  /** IANA time zone whose calendar days count and in which times without an offset are read. @default 'UTC' */
  readonly timeZone?: string
  /** Currency of events that name none, ISO 4217. @default the one that the other events name */
  readonly currency?: string
  /** Whether an event that cannot be true stops everything or is listed in the ledger. @default 'throw' */
  readonly invalid?: 'throw' | 'reject'
}
