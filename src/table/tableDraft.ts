import { type Zone, zoneOf } from '../core/calendar.ts'
import {
  CURRENCY_RULE,
  checkChoice,
  checkCurrency,
  checkNoOthers,
  checkOptions,
  isCurrency,
  show,
} from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { CHANNELS, type Channel, EVENT_TYPES, type EventType } from './customerEvent.ts'
import { type Dictionary, dictionary } from './dictionary.ts'
import type { EventTableOptions, RejectedEvent } from './eventTable.ts'
import { readTime } from './readTime.ts'

/** Columns of events in their order of arrival, while a table is being made of objects or of columns. */
export interface TableDraft {
  readonly caller: string
  readonly zone: Zone
  readonly invalid: 'throw' | 'reject'
  readonly customers: Dictionary
  readonly orders: Dictionary
  /** The ids of events by their source, to tell replays. */
  readonly seen: Map<string, Dictionary>
  readonly rejected: RejectedEvent[]
  readonly code: Uint32Array
  readonly time: Float64Array
  readonly value: Float64Array
  type: Uint8Array
  /** Number of the order plus 1, or 0. */
  order: Uint32Array
  channel: Uint8Array
  /** Whether all are purchases of which nothing is known but customer, time and value. */
  isPlain: boolean
  currency: string
  accepted: number
  replays: number
}

/** The fields of an event that a table keeps, of any type: `addEvent` checks them. */
export interface EventFields {
  readonly type: unknown
  readonly customer: unknown
  readonly time: unknown
  readonly value?: unknown
  readonly order?: unknown
  readonly currency?: unknown
  readonly channel?: unknown
  readonly id?: unknown
  readonly source?: unknown
}

/** Codes of the event types that move money; they stand first in `EVENT_TYPES`. */
export const PURCHASE = 0
export const REFUND = 1
export const CANCEL = 2

/**
 * An empty draft with room for `size` events, of which `room` may be other than plain purchases. All drafts are written
 * field by field, so that the runtime knows them by one shape, which its optimised code relies on.
 */
export function tableDraft(caller: string, size: number, options: EventTableOptions, room: number = size): TableDraft {
  const { zone, currency, invalid } = resolveTableOptions(caller, options)
  return {
    caller,
    zone,
    invalid,
    customers: dictionary(),
    orders: dictionary(),
    seen: new Map(),
    rejected: [],
    code: new Uint32Array(size),
    time: new Float64Array(size),
    value: new Float64Array(size),
    type: new Uint8Array(room),
    order: new Uint32Array(room),
    channel: new Uint8Array(room),
    isPlain: true,
    currency,
    accepted: 0,
    replays: 0,
  }
}

/** The options of a table, complete and checked. */
export function resolveTableOptions(
  caller: string,
  options: EventTableOptions,
): { zone: Zone; currency: string; invalid: 'throw' | 'reject' } {
  const { timeZone = 'UTC', currency = '', invalid = 'throw', ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  const zone = zoneOf(caller, timeZone)
  checkCurrency(caller, 'currency', currency)
  return { zone, currency, invalid: checkChoice(caller, 'invalid', invalid, ['throw', 'reject']) }
}

/**
 * Gives a draft the columns that other events than plain purchases need, with room for `size` events: of purchases, all
 * in them is 0.
 */
export function giveRoom(draft: TableDraft, size: number): void {
  if (draft.type.length >= size) return
  draft.type = grown(draft.type, new Uint8Array(size))
  draft.order = grown(draft.order, new Uint32Array(size))
  draft.channel = grown(draft.channel, new Uint8Array(size))
}

/** A longer column that begins as another one. */
export function grown<Column extends { set(from: Column): void }>(from: Column, to: Column): Column {
  to.set(from)
  return to
}

/** Adds one event to a draft, drops it as a replay, or refuses it. */
export function addEvent(draft: TableDraft, index: number, event: EventFields): void {
  if (typeof event !== 'object' || event === null) {
    refuse(draft, index, undefined, `an event must be an object, got ${show(event)}`)
    return
  }
  const id = customerId(event.customer)
  const type = EVENT_TYPES.indexOf(event.type as EventType)
  const time = readTime(event.time, draft.zone)
  const isMoney = type >= PURCHASE && type <= CANCEL
  const value = isMoney ? moneyOf(event.value, type) : 0
  const channel = CHANNELS.indexOf((event.channel ?? 'unknown') as Channel)
  const problem = problemOf(event, id, type, time, value, channel)
  if (problem !== '') {
    refuse(draft, index, event, problem)
    return
  }
  if (event.id !== undefined && isReplay(draft, event)) {
    draft.replays++
    return
  }
  if (isMoney && event.currency !== undefined) useCurrency(draft, index, event)
  const row = draft.accepted++
  draft.code[row] = draft.customers.codeOf(id)
  draft.time[row] = time
  draft.type[row] = type
  draft.value[row] = value
  draft.order[row] = isMoney && event.order !== undefined ? draft.orders.codeOf(event.order as string) + 1 : 0
  draft.channel[row] = channel
  draft.isPlain &&= type === PURCHASE && draft.order[row] === 0 && channel === 0
}

/** A customer's id as text; empty if it can be none. */
export function customerId(customer: unknown): string {
  if (typeof customer === 'string') return customer
  const isWhole = typeof customer === 'bigint' || Number.isSafeInteger(customer)
  return isWhole ? String(customer) : ''
}

/** Money of a purchase, refund or cancellation, -1 if it can be none. NaN is the cancellation of a whole order. */
function moneyOf(value: unknown, type: number): number {
  if (value === undefined && type === CANCEL) return Number.NaN
  return typeof value === 'number' && Number.isFinite(value) ? value : -1
}

/** Why an event cannot be true, or nothing. The numbers are what `addEvent` read from it. */
function problemOf(event: EventFields, id: string, type: number, time: number, value: number, channel: number): string {
  if (id === '') return rule('customer', 'a text with a character, a safe integer or a bigint', event.customer)
  if (type < 0) return rule('type', `one of ${EVENT_TYPES.join(', ')}`, event.type)
  if (Number.isNaN(time)) return rule('time', 'a Date, ms since 1970 or ISO 8601 text', event.time)
  if (value < 0) return rule('value', `a finite number of at least 0 in a ${event.type}`, event.value)
  if (channel < 0) return rule('channel', `one of ${CHANNELS.join(', ')}`, event.channel)
  const { order, currency } = event
  if (type <= CANCEL && currency !== undefined && !isCurrency(currency))
    return rule('currency', CURRENCY_RULE, currency)
  const isOrder = typeof order === 'string' && order !== ''
  if (order !== undefined && !isOrder) return rule('order', 'a text with a character', order)
  if (type === CANCEL && !isOrder) return rule('order', 'the order that a cancel calls off', order)
  return ''
}

function rule(field: string, rule: string, value: unknown): string {
  return `"${field}" must be ${rule}, got ${show(value)}`
}

function isReplay({ seen }: TableDraft, event: EventFields): boolean {
  const source = String(event.source ?? '')
  let ids = seen.get(source)
  if (ids === undefined) {
    ids = dictionary()
    seen.set(source, ids)
  }
  const known = ids.size()
  return ids.codeOf(String(event.id)) < known
}

/** Notes the currency of the first event that names one; any other currency is refused, whatever `invalid` says. */
function useCurrency(draft: TableDraft, index: number, event: EventFields): void {
  if (draft.currency === '') draft.currency = String(event.currency)
  if (draft.currency === event.currency) return
  throw new ClienteleError(
    'MIXED_CURRENCIES',
    `${draft.caller}: event ${index} (customer ${show(event.customer)}) is in ${show(event.currency)}, others are in ` +
      `${show(draft.currency)}; convert all money to one currency first`,
  )
}

function refuse(draft: TableDraft, index: number, event: EventFields | undefined, reason: string): void {
  if (draft.invalid === 'reject') {
    draft.rejected.push({ index, reason })
    return
  }
  const whose = event === undefined ? '' : ` (customer ${show(event.customer)})`
  throw new ClienteleError('BAD_EVENT', `${draft.caller}: event ${index}${whose}: ${reason}`)
}
