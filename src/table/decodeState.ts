import { MAX_TIME_MS, type Zone, zoneOf } from '../core/calendar.ts'
import { show } from '../core/checks.ts'
import type { ClienteleError } from '../core/errors.ts'
import type { DayColumns } from '../kernels/mergeDays.ts'
import { type AccumulatorState, emptyState } from './accumulatorState.ts'
import { EVENT_TYPES } from './customerEvent.ts'
import type { StateFacts } from './encodeState.ts'
import type { ExactSums } from './exactSums.ts'
import { isOrderOf, type OpenEvents } from './openEvents.ts'
import { writeBucket } from './settledDays.ts'
import { badState } from './stateFormat.ts'
import { type StateReader, stateReader } from './stateReader.ts'
import { CANCEL } from './tableDraft.ts'
import { codeOf, type TextCodes, textAt } from './textCodes.ts'
import { BUCKET } from './waitingDays.ts'

/** Every check names what is wrong; the checksum guards against damage, these against bytes that mean harm. */
type Demand = (holds: boolean, what: string) => void

/** Reads what `encodeState` wrote, section by section in its order; nothing is believed. */
export function decodeState(caller: string, bytes: Uint8Array): AccumulatorState {
  const reader = stateReader(caller, bytes)
  const demand: Demand = (holds, what) => {
    if (!holds) throw badState(caller, what)
  }
  const jsons: string[] = []
  reader.eachText('the facts', (json) => jsons.push(json))
  demand(jsons.length === 1, 'the facts are missing')
  const facts = factsFrom(jsons[0]!, (what, cause) => badState(caller, what, cause))
  const state = emptyState(zoneFrom(caller, facts.timeZone), facts.windowDays, facts.isPart ?? false, facts.currency)
  reader.eachText('the batches', (batch) => state.batches.add(batch))
  readTexts(state.customers, reader, 'the customers', demand)
  const customers = state.customers.size
  readDays(state, reader, facts.buckets, customers, demand)
  const { settled } = state
  settled.unassigned.high = reader.numbers(Float64Array, 'the refunds of customers')
  settled.unassigned.low = reader.numbers(Float64Array, 'the refunds of customers', settled.unassigned.high.length)
  settled.totals.high = reader.numbers(Float64Array, 'the totals', settled.totals.high.length)
  settled.totals.low = reader.numbers(Float64Array, 'the totals', settled.totals.low.length)
  demand(areFinite(settled.unassigned) && areFinite(settled.totals), 'sums must be finite')
  const otherDays = reader.numbers(Int32Array, 'the other days')
  const others = reader.numbers(Float64Array, 'the other events', otherDays.length)
  otherDays.forEach((day, i) => {
    demand(isCount(others[i]) && others[i]! > 0 && !settled.others.has(day), 'other events must be counted by day')
    settled.others.set(day, others[i]!)
  })
  readOpen(state.open, reader, customers, demand)
  reader.end()
  state.settleAt = facts.settleAt
  settled.purchasesTakenBack = facts.purchasesTakenBack
  settled.refundsOfOrders = facts.refundsOfOrders
  settled.refundsOfCustomers = facts.refundsOfCustomers
  settled.cancellationsUnmatched = facts.cancellationsUnmatched
  state.firstDay = facts.firstDay ?? Number.POSITIVE_INFINITY
  state.lastDay = facts.lastDay ?? Number.NEGATIVE_INFINITY
  state.settledBefore = facts.settledBefore ?? Number.NEGATIVE_INFINITY
  state.nettedBefore = facts.nettedBefore ?? Number.NEGATIVE_INFINITY
  // Accumulators of before do not say: whoever has settled may have forgotten.
  const before = facts.settledBefore === null ? Number.POSITIVE_INFINITY : 0
  state.sureRows = facts.sureRows === undefined ? before : (facts.sureRows ?? Number.POSITIVE_INFINITY)
  const { accepted, replays, rejected, late } = facts
  Object.assign(state.counts, { accepted, replays, rejected, late })
  return state
}

const COUNTS = [
  'windowDays',
  'accepted',
  'replays',
  'rejected',
  'late',
  'purchasesTakenBack',
  'refundsOfOrders',
  'refundsOfCustomers',
  'cancellationsUnmatched',
  'buckets',
  'settleAt',
] as const
const DAYS = ['firstDay', 'lastDay', 'settledBefore', 'nettedBefore'] as const
/** The calendar of `Date` ends here on either side. */
const MOST_DAYS = 100_000_001

function factsFrom(json: string, bad: (what: string, cause?: unknown) => ClienteleError): StateFacts {
  let facts: Partial<Record<keyof StateFacts, unknown>>
  try {
    facts = Object(JSON.parse(json))
  } catch (cause) {
    throw bad('the facts are no JSON', cause)
  }
  const isText = (name: keyof StateFacts): boolean => Object.hasOwn(facts, name) && typeof facts[name] === 'string'
  if (!isText('timeZone') || !isText('currency')) throw bad('the time zone and the currency must be texts')
  const isPart = Object.hasOwn(facts, 'isPart') ? facts.isPart : false
  if (typeof isPart !== 'boolean') throw bad(`"isPart" must be true or false, got ${show(isPart)}`)
  const { sureRows = null } = Object.hasOwn(facts, 'sureRows') ? facts : {}
  if (sureRows !== null && !isCount(sureRows)) throw bad(`"sureRows" must count, got ${show(sureRows)}`)
  for (const name of COUNTS) {
    if (!Object.hasOwn(facts, name) || !isCount(facts[name]))
      throw bad(`"${name}" must count, got ${show(facts[name])}`)
  }
  for (const name of DAYS) {
    const day = Object.hasOwn(facts, name) ? facts[name] : undefined
    const isDay = Number.isInteger(day) && Math.abs(day as number) <= MOST_DAYS
    if (day !== null && !isDay) throw bad(`"${name}" must be a day, got ${show(day)}`)
  }
  return facts as StateFacts
}

function zoneFrom(caller: string, timeZone: string): Zone {
  try {
    return zoneOf(caller, timeZone)
  } catch (cause) {
    throw badState(caller, `the time zone ${show(timeZone)} is not known here`, cause)
  }
}

function readTexts(texts: TextCodes, reader: StateReader, what: string, demand: Demand): void {
  reader.eachText(what, (text, i) => {
    demand(text !== '' && codeOf(texts, text) === i, `${what} must be different texts`)
  })
}

function readDays(
  { settled: { days } }: AccumulatorState,
  reader: StateReader,
  buckets: number,
  customers: number,
  demand: Demand,
): void {
  demand(buckets <= Math.ceil(customers / BUCKET), 'there must be customers for all purchase days')
  for (let b = 0; b < buckets; b++) {
    const inBucket = Math.min(BUCKET, customers - b * BUCKET)
    const offsets = new Uint32Array(BUCKET + 1)
    offsets.set(reader.numbers(Uint32Array, 'the offsets of customers', inBucket + 1))
    offsets.fill(offsets[inBucket]!, inBucket)
    const day = reader.numbers(Int32Array, 'the purchase days')
    const bucket: DayColumns = {
      offsets,
      day,
      high: reader.numbers(Float64Array, 'the money of purchase days', day.length),
      low: reader.numbers(Float64Array, 'the money of purchase days', day.length),
      orders: reader.numbers(Uint32Array, 'the orders of purchase days', day.length),
    }
    demand(offsets[0] === 0 && offsets[BUCKET] === day.length, 'the purchase days must be those of the customers')
    demand(areAscending(bucket) && areFinite(bucket), 'purchase days must ascend and have money')
    demand(
      bucket.orders.every((count) => count > 0),
      'purchase days must have orders',
    )
    writeBucket(days, b, bucket)
  }
}

/** Whether the customers of a bucket come one after the other, and the days of each too. */
function areAscending({ offsets, day }: DayColumns): boolean {
  for (let c = 0; c < BUCKET; c++) {
    if (offsets[c + 1]! < offsets[c]! || offsets[c + 1]! > day.length) return false
    for (let i = offsets[c]! + 1; i < offsets[c + 1]!; i++) if (day[i]! <= day[i - 1]!) return false
  }
  return true
}

function readOpen(open: OpenEvents, reader: StateReader, customers: number, demand: Demand): void {
  readTexts(open.orders, reader, 'the orders', demand)
  readTexts(open.ids, reader, 'the ids', demand)
  const orders = open.orders.size
  const ids = open.ids.size
  open.customer = reader.numbers(Uint32Array, 'the open events')
  const length = open.customer.length
  open.length = length
  open.time = reader.numbers(Float64Array, 'the times of open events', length)
  open.day = reader.numbers(Int32Array, 'the days of open events', length)
  open.type = reader.numbers(Uint8Array, 'the types of open events', length)
  open.value = reader.numbers(Float64Array, 'the money of open events', length)
  open.order = reader.numbers(Int32Array, 'the orders of open events', length)
  open.id = reader.numbers(Int32Array, 'the ids of open events', length)
  const isUsed = new Uint8Array(ids)
  for (let i = 0; i < length; i++) {
    const order = open.order[i]!
    const id = open.id[i]!
    const isCancel = open.type[i] === CANCEL
    demand(open.customer[i]! < customers, 'open events must be of customers')
    demand(open.type[i]! < EVENT_TYPES.length, 'open events must have a type')
    demand(Math.abs(open.time[i]!) <= MAX_TIME_MS, 'open events must have a time')
    demand(Math.abs(open.day[i]!) <= MOST_DAYS, 'open events must have a day')
    demand(Number.isFinite(open.value[i]) ? open.value[i]! >= 0 : isCancel, 'open events must have money')
    demand(order >= (isCancel ? 0 : -1) && order < orders, 'open events must have orders that exist')
    demand(
      order === -1 || isOrderOf(textAt(open.orders, order), open.customer[i]!),
      'orders must be those of their customers',
    )
    demand(id >= -1 && id < ids && isUsed[id] !== 1, 'open events must have ids of their own')
    if (id !== -1) isUsed[id] = 1
  }
}

function areFinite({ high, low }: ExactSums | DayColumns): boolean {
  return high.every(Number.isFinite) && low.every(Number.isFinite)
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
