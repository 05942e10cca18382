import type { AccumulatorState } from './accumulatorState.ts'
import { COLUMNS } from './openEvents.ts'
import { BUCKET, gatherDays } from './settledDays.ts'
import { checksum, HEADER_BYTES, lowestFirst, MAGIC, type NumberArray, VERSION } from './stateFormat.ts'
import { codeOf, type TextCodes, textCodes } from './textCodes.ts'

/** A state as bytes; `decodeState` reads them in the same order. */
export function encodeState(state: AccumulatorState): Uint8Array {
  const { settled, open } = state
  gatherDays(settled.days)
  const sections: NumberArray[] = []
  putTexts(sections, [JSON.stringify(factsOf(state))])
  putTexts(sections, [...state.batches])
  putCoded(sections, state.customers)
  const customers = state.customers.size
  settled.days.buckets.forEach(({ offsets, day, high, low, orders }, b) => {
    sections.push(offsets.subarray(0, customers - b * BUCKET + 1), day, high, low, orders)
  })
  sections.push(settled.unassigned.high, settled.unassigned.low, settled.totals.high, settled.totals.low)
  sections.push(Int32Array.from(settled.others.keys()), Float64Array.from(settled.others.values()))
  putCoded(sections, open.orders)
  putCoded(sections, open.ids)
  for (const name of COLUMNS) sections.push(open[name].subarray(0, open.length))
  return joined(sections)
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
    firstDay: finite(state.firstDay),
    lastDay: finite(state.lastDay),
    settledBefore: finite(state.settledBefore),
    nettedBefore: finite(state.nettedBefore),
  }
}

/** Texts as `putCoded` writes them. */
function putTexts(sections: NumberArray[], texts: readonly string[]): void {
  const coded = textCodes()
  for (const text of texts) codeOf(coded, text)
  putCoded(sections, coded)
}

/**
 * Different texts as three sections: their lengths, the bytes of a unit, and the UTF-16 units of all of them in a row,
 * one byte each where that is enough and else two. Unlike UTF-8 this keeps halves of surrogate pairs, which ids may hold.
 */
function putCoded(sections: NumberArray[], { size, starts, units }: TextCodes): void {
  const lengths = new Uint32Array(size)
  for (let code = 0; code < size; code++) lengths[code] = starts[code + 1]! - starts[code]!
  sections.push(lengths, Uint8Array.of(units.BYTES_PER_ELEMENT), units.subarray(0, starts[size]))
}

function joined(sections: readonly NumberArray[]): Uint8Array {
  const size = sections.reduce((sum, { byteLength }) => sum + 8 + padded(byteLength), 0)
  const bytes = new Uint8Array(HEADER_BYTES + size)
  const view = new DataView(bytes.buffer)
  let at = HEADER_BYTES
  for (const section of sections) {
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
  const [a, b] = checksum(bytes.subarray(HEADER_BYTES))
  view.setUint32(24, a, true)
  view.setUint32(28, b, true)
  return bytes
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8
}
