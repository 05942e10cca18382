import type { Duration } from '../core/timeUnit.ts'

/** Options of `summaryAccumulator`. */
export interface AccumulatorOptions {
  /** IANA time zone whose calendar days count and in which times without an offset are read. @default 'UTC' */
  readonly timeZone?: string
  /** Currency of events that name none, ISO 4217. @default the one that the other events name */
  readonly currency?: string
  /**
   * How long an order stays open after its last event, so that refunds and cancellations find it, and how far before
   * the latest day seen replays are recognised. What comes later is counted in the ledger. @default { days: 90 }
   */
  readonly refundWindow?: Duration
  /**
   * Whether this is a part of a stream that was divided in any way, such as at random across threads: it settles
   * nothing, whatever its age, until it is merged into an accumulator that is none, after all other parts. Meanwhile it
   * keeps every event that has an order or an id. @default false
   */
  readonly part?: boolean
}

/** Options of `SummaryAccumulator.add`. */
export interface AddOptions {
  /** Whether an event that cannot be true stops everything or is listed in the result. @default 'throw' */
  readonly invalid?: 'throw' | 'reject'
  /** A name for these events, such as the digest of their file, noted in `batches`. @default none */
  readonly batch?: string
  /** Rows that were refused before they became events, as readers of files do, for the ledger. @default 0 */
  readonly rejected?: number
}

/** What became of all events that an accumulator was given. */
export interface AccumulatorLedger {
  /** Events that count, once each. */
  readonly accepted: number
  /** Events with a `source` and `id` seen before, inside the window. */
  readonly replays: number
  /** Events that cannot be true. */
  readonly rejected: number
  /**
   * Accepted events that one pass, which knows no window, may treat otherwise: dated later than the window after the
   * event of their order before them; refunds and cancellations of an order that is not there, but may have been settled
   * and forgotten; and events that came when their order or replay may have been. While it is 0, the summary is that of
   * one pass, provided that nobody gave an order number to purchases further apart than the window.
   */
  readonly late: number
  /** Accepted events that are kept one by one, because others may still refer to them. */
  readonly open: number
  /** First day with an event, `YYYY-MM-DD`; empty if there is none. */
  readonly firstDay: string
  /** Last day with an event, `YYYY-MM-DD`; empty if there is none. */
  readonly lastDay: string
}
