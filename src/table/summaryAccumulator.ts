import { dayText, parseDay, zoneOf } from '../core/calendar.ts'
import {
  badOption,
  checkChoice,
  checkCurrency,
  checkFlag,
  checkInteger,
  checkNoOthers,
  checkOptions,
} from '../core/checks.ts'
import { checkUnit, durationIn } from '../core/timeUnit.ts'
import { accumulateColumns, accumulateEvents } from './accumulateEvents.ts'
import { accumulateTable } from './accumulateTable.ts'
import type { AccumulatorLedger, AccumulatorOptions, AddOptions } from './accumulatorOptions.ts'
import { type AccumulatorState, emptyState } from './accumulatorState.ts'
import type { CustomerEvent } from './customerEvent.ts'
import type { CustomerSummary, SummaryOptions } from './customerSummary.ts'
import { decodeState } from './decodeState.ts'
import { encodeState } from './encodeState.ts'
import type { EventLedger, EventTable } from './eventTable.ts'
import { lateOpen } from './lateOpen.ts'
import { mergeStates } from './mergeStates.ts'
import { settleIfDue } from './settleOpen.ts'
import { summariseState } from './summariseState.ts'
import type { EventColumns } from './tableFromColumns.ts'

/**
 * Sums up customers from events that come in batches: in any order, from several files or threads, today and tomorrow.
 * Made by `summaryAccumulator` and `decodeAccumulator`.
 */
export class SummaryAccumulator {
  readonly #state: AccumulatorState

  constructor(state: AccumulatorState) {
    this.#state = state
  }

  /**
   * Adds events. Columns, tables and arrays are added whole or, if this throws, not at all; any other iterable in
   * slices of 65,536 events, so that it may be longer than memory.
   *
   * @param events - a table holds no ids, so that its events are never replays of those of another batch
   * @returns what became of these events
   * @throws {ClienteleError} as `eventTable`; `BAD_OPTION` for a table in another time zone
   */
  add(events: Iterable<CustomerEvent> | EventColumns | EventTable, options: AddOptions = {}): EventLedger {
    const caller = 'SummaryAccumulator.add'
    const { invalid = 'throw', batch, rejected = 0, ...others } = checkOptions(caller, options)
    checkNoOthers(caller, others)
    if (typeof events !== 'object' || events === null) {
      throw badOption(caller, 'events', 'an iterable of events, columns or a table', events)
    }
    checkChoice(caller, 'invalid', invalid, ['throw', 'reject'])
    checkInteger(caller, 'rejected', rejected, 0, Number.MAX_SAFE_INTEGER)
    const state = this.#state
    const ledger = isIterable(events)
      ? accumulateEvents(caller, state, events, invalid)
      : 'offsets' in events
        ? accumulateTable(caller, state, events)
        : accumulateColumns(caller, state, events, invalid)
    if (batch !== undefined) state.batches.add(batch)
    state.counts.rejected += rejected
    settleIfDue(state)
    return ledger
  }

  /**
   * Adds all that another accumulator knows, which stays as it is. Replays among the two are dropped, and what is open in
   * either finds its order in the other. Orders that either has settled are forgotten: what may have belonged to them is
   * counted as late. Nothing else is, whatever the split and the tree of merges, if the streams are no longer than the refund
   * window, if their customers differ, or if all are parts that are merged with each other first.
   *
   * @throws {ClienteleError} `BAD_OPTION` if time zones or refund windows differ; `MIXED_CURRENCIES`
   */
  merge(other: SummaryAccumulator): void {
    const caller = 'SummaryAccumulator.merge'
    if (!(other instanceof SummaryAccumulator)) throw badOption(caller, 'other', 'an accumulator', other)
    mergeStates(caller, this.#state, other.#state)
    settleIfDue(this.#state)
  }

  /**
   * The summary that `customerSummary` makes of a table of the same events, to the bit.
   *
   * @throws {ClienteleError} `BAD_OPTION` if `asOf` is no day, or lies so far back that refunds after it are netted for
   *   good: only days inside the refund window are sure to be known as they were
   */
  summary(options: SummaryOptions): CustomerSummary {
    const caller = 'SummaryAccumulator.summary'
    const { asOf, timeUnit = 'week', ...others } = checkOptions(caller, options)
    checkNoOthers(caller, others)
    return summariseState(caller, this.#state, parseDay(caller, 'asOf', asOf), checkUnit(caller, timeUnit))
  }

  /** All that this accumulator knows, as bytes for `decodeAccumulator`: 24 a purchase day of a customer, and ids. */
  encode(): Uint8Array {
    return encodeState(this.#state)
  }

  /** What became of all events. Linear in those that are open. */
  get ledger(): AccumulatorLedger {
    const { counts, open, firstDay, lastDay } = this.#state
    const textOf = (day: number): string => (Number.isFinite(day) ? dayText(day) : '')
    const late = counts.late + lateOpen(this.#state)
    return { ...counts, late, open: open.length, firstDay: textOf(firstDay), lastDay: textOf(lastDay) }
  }

  /** IANA time zone whose calendar days count. */
  get timeZone(): string {
    return this.#state.zone.timeZone
  }

  /** ISO 4217; empty if no event named one. */
  get currency(): string {
    return this.#state.currency
  }

  /** How long an order stays open after its last event. */
  get refundWindow(): { readonly days: number } {
    return { days: this.#state.windowDays }
  }

  /** Names of the batches that were added, in the order of their first. */
  get batches(): readonly string[] {
    return [...this.#state.batches]
  }
}

const MOST_WINDOW_DAYS = 100_000

/**
 * An empty accumulator: add batches of events, merge accumulators, encode it and go on tomorrow. Whatever the split,
 * order and merging, the summary is that of one pass over all events, as long as `ledger.late` is 0.
 *
 * Keeps 24 bytes a purchase day of a customer, and events with an order or an id for the refund window: memory grows
 * with customers and days, not with events.
 *
 * @throws {ClienteleError} `BAD_OPTION` for an unknown time zone or a window that is no duration
 * @example
 * const accumulator = summaryAccumulator({ refundWindow: { days: 30 } })
 * accumulator.add([{ type: 'purchase', customer: 'ann', time: '2024-05-02', value: 30, order: 'A-1' }])
 * accumulator.add([{ type: 'refund', customer: 'ann', time: '2024-05-09', value: 10, order: 'A-1' }])
 * accumulator.summary({ asOf: '2024-05-31' }).total[0] // 20
 * accumulator.ledger.lastDay // '2024-05-09'
 */
export function summaryAccumulator(options: AccumulatorOptions = {}): SummaryAccumulator {
  const caller = 'summaryAccumulator'
  const {
    timeZone = 'UTC',
    currency = '',
    refundWindow = { days: 90 },
    part = false,
    ...others
  } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkFlag(caller, 'part', part)
  const windowDays = Math.floor(durationIn(caller, 'refundWindow', refundWindow, 'day'))
  if (windowDays < 1 || windowDays > MOST_WINDOW_DAYS) {
    throw badOption(caller, 'refundWindow', `from 1 to ${MOST_WINDOW_DAYS} days`, windowDays)
  }
  return new SummaryAccumulator(
    emptyState(zoneOf(caller, timeZone), windowDays, part, checkCurrency(caller, 'currency', currency)),
  )
}

/**
 * The accumulator that `encode` wrote, to go on with.
 *
 * Linear in the bytes; what is allocated is in proportion to them, whatever they say.
 *
 * @throws {ClienteleError} `BAD_MODEL` if the bytes are no accumulator or are damaged; `UNSUPPORTED_MODEL` if a later
 *   version wrote them
 * @example
 * const monday = summaryAccumulator()
 * monday.add(table)
 * const tuesday = decodeAccumulator(monday.encode())
 * tuesday.ledger.accepted // 6919
 */
export function decodeAccumulator(bytes: Uint8Array): SummaryAccumulator {
  return new SummaryAccumulator(decodeState('decodeAccumulator', bytes))
}

function isIterable(events: Iterable<CustomerEvent> | EventColumns | EventTable): events is Iterable<CustomerEvent> {
  return Symbol.iterator in events
}
