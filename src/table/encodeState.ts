import type { AccumulatorState } from './accumulatorState.ts'
import { COLUMNS } from './openEvents.ts'
import { bucketAt, gatherDays } from './settledDays.ts'
import {
  CHECKSUM_AT,
  HEADER_BYTES,
  lowestFirst,
  MAGIC,
  type NumberArray,
  stateChecksum,
  VERSION,
} from './stateFormat.ts'
import { codeOf, type TextCodes, textCodes } from './textCodes.ts'
import { BUCKET } from './waitingDays.ts'

/** A state as bytes; `decodeState` reads them in the same order. */
export function encodeState(state: AccumulatorState): Uint8Array {
  gatherDays(state.settled.days)
  let size = 0
  for (const { byteLength } of sectionsOf(state)) size += 8 + padded(byteLength)
  const bytes = new Uint8Array(HEADER_BYTES + size)
  const view = new DataView(bytes.buffer)
  let at = HEADER_BYTES
  for (const section of sectionsOf(state)) {
    view.setBigUint64(at, BigInt(section.length), true)
    at += 8
    const place = bytes.subarray(at, at + section.byteLength)
    place.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength))
    lowestFirst(place, section.BYTES_PER_ELEMENT)
    at += padded(section.byteLength)
  }
  for (let i = 0; i < MAGIC.length; i++) bytes[i] = MAGIC.charCodeAt(i)
  view.setUint32(8, VERSION, true)
  view.setBigUint64(16, BigInt(size), true)
  const [a, b] = stateChecksum(bytes, VERSION)
  view.setUint32(CHECKSUM_AT, a, true)
  view.setUint32(CHECKSUM_AT + 4, b, true)
  return bytes
}

/** All that is encoded, one section after the other; each is valid until the next, so that few need memory of their own. */
function* sectionsOf(state: AccumulatorState): Generator<NumberArray> {
  const { settled, open } = state
  yield* textSections([JSON.stringify(factsOf(state))])
  yield* textSections([...state.batches])
  yield* codedSections(state.customers)
  for (let b = 0; b < settled.days.buckets.length; b++) {
    const { offsets, day, high, low, orders } = bucketAt(settled.days, b)
    const count = offsets[BUCKET]!
    yield offsets.subarray(0, state.customers.size - b * BUCKET + 1)
    yield day.subarray(0, count)
    yield high.subarray(0, count)
    yield low.subarray(0, count)
    yield orders.subarray(0, count)
  }
  yield settled.unassigned.high
  yield settled.unassigned.low
  yield settled.totals.high
  yield settled.totals.low
  yield Int32Array.from(settled.others.keys())
  yield Float64Array.from(settled.others.values())
  yield* codedSections(open.orders)
  yield* codedSections(open.ids)
  for (const name of COLUMNS) yield open[name].subarray(0, open.length)
}

/** The facts of a state that are single numbers and words; infinite days, of a state without events, are null. */
export interface StateFacts {
  readonly timeZone: string
  readonly windowDays: number
  /** Since version 2. */
  readonly isPart?: boolean
  readonly currency: string
  readonly accepted: number
  readonly replays: number
  readonly rejected: number
  readonly late: number
  readonly purchasesTakenBack: number
  readonly refundsOfOrders: number
  readonly refundsOfCustomers: number
  readonly cancellationsUnmatched: number
  readonly buckets: number
  readonly settleAt: number
  /** Since it is known; null for all. */
  readonly sureRows?: number | null
  readonly firstDay: number | null
  readonly lastDay: number | null
  readonly settledBefore: number | null
  readonly nettedBefore: number | null
}

function factsOf(state: AccumulatorState): StateFacts {
  const { settled } = state
  const finite = (day: number): number | null => (Number.isFinite(day) ? day : null)
  return {
    timeZone: state.zone.timeZone,
    windowDays: state.windowDays,
    isPart: state.isPart,
    currency: state.currency,
    ...state.counts,
    purchasesTakenBack: settled.purchasesTakenBack,
    refundsOfOrders: settled.refundsOfOrders,
    refundsOfCustomers: settled.refundsOfCustomers,
    cancellationsUnmatched: settled.cancellationsUnmatched,
    buckets: settled.days.buckets.length,
    settleAt: state.settleAt,
    sureRows: finite(state.sureRows),
    firstDay: finite(state.firstDay),
    lastDay: finite(state.lastDay),
    settledBefore: finite(state.settledBefore),
    nettedBefore: finite(state.nettedBefore),
  }
}

/** Texts as `codedSections` has them. */
function textSections(texts: readonly string[]): Generator<NumberArray> {
  const coded = textCodes()
  for (const text of texts) codeOf(coded, text)
  return codedSections(coded)
}

/**
 * Different texts as three sections: their lengths, the bytes of a unit, and the UTF-16 units of all of them in a row,
 * one byte each where that is enough and else two. Unlike UTF-8 this keeps halves of surrogate pairs, which ids may hold.
 */
function* codedSections({ size, starts, units }: TextCodes): Generator<NumberArray> {
  const lengths = new Uint32Array(size)
  for (let code = 0; code < size; code++) lengths[code] = starts[code + 1]! - starts[code]!
  yield lengths
  yield Uint8Array.of(units.BYTES_PER_ELEMENT)
  yield units.subarray(0, starts[size])
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8
}
