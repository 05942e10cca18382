import { badOption, checkObject, checkOptions } from '../core/checks.ts'
import { finishImport, readEach } from './finishImport.ts'
import { badField, fault, ignored, isRefusal, type Reading } from './importFacts.ts'
import type { Imported } from './importLedger.ts'
import { type ItemFields, readCurrency, readItems, readMoney, readRefund } from './importMoney.ts'
import { type ImportOptions, type ResolvedImportOptions, resolveImportOptions } from './importOptions.ts'
import { fieldOf, idField, isObject, listField, textField } from './jsonFields.ts'
import { utcTime } from './utcTime.ts'

/** What a CloudEvent can become. */
export type CloudEventKind = 'purchase' | 'refund' | 'cancel' | 'visit'

/** Options of `fromCloudEvents`. */
export interface CloudEventsOptions extends ImportOptions {
  /**
   * What each `type` becomes. @default what its last name says, versions aside: `com.example.purchase.v1` is a purchase;
   * so with refund, cancel and visit
   */
  readonly types?: Readonly<Record<string, CloudEventKind>>
}

const KINDS: readonly CloudEventKind[] = ['purchase', 'refund', 'cancel', 'visit']
const ITEMS: ItemFields = { product: ['product'], quantity: 'quantity', value: 'value', category: 'category' }

/**
 * Reads CloudEvents in their JSON format. The customer is `subject`, and `data` holds the fields of our own events:
 * `value`, `currency`, `order` and `items` of a purchase, `value`, `currency` and `order` of a refund, `order` of a
 * cancellation, `page` and `step` of a visit. A refund without money takes back its whole order. Other types are
 * ignored. `source` and `id` together tell a replay.
 *
 * @param records - CloudEvents 1.x with `data` as JSON, in any order
 * @throws {ClienteleError} `BAD_SHAPE` if `records` is no list; `BAD_OPTION` for a currency or a kind that is none
 * @see CloudEvents, "JSON Event Format", version 1.0
 * @example
 * const sold = { specversion: '1.0', id: '1', source: '/shop', type: 'com.example.order.placed', subject: 'ann' }
 * const record = { ...sold, time: '2024-05-02T10:30:00Z', data: { value: '1.250', currency: 'KWD', order: 'o1' } }
 * const { events } = fromCloudEvents([record, record], { types: { 'com.example.order.placed': 'purchase' } })
 * events // [{ type: 'purchase', customer: 'ann', value: 1.25, currency: 'KWD', source: '/shop', … }]
 */
export function fromCloudEvents(records: Iterable<unknown>, options: CloudEventsOptions = {}): Imported {
  const { types: named = {}, ...common } = checkOptions('fromCloudEvents', options)
  const resolved = resolveImportOptions('fromCloudEvents', common)
  const types = new Map(Object.entries(checkObject('fromCloudEvents', 'types', named)))
  for (const [type, kind] of types) {
    if (!KINDS.includes(kind))
      throw badOption('fromCloudEvents', `types["${type}"]`, `one of ${KINDS.join(', ')}`, kind)
  }
  const readings = readEach('fromCloudEvents', records, (record) => readRecord(record, types, resolved))
  return finishImport('cloudevents', readings)
}

function readRecord(
  record: unknown,
  types: ReadonlyMap<string, CloudEventKind>,
  options: ResolvedImportOptions,
): Reading {
  if (!isObject(record)) return fault('the record is no object')
  if (!textField(record, 'specversion').startsWith('1.'))
    return badField('specversion', 'that of a CloudEvent, 1.x', fieldOf(record, 'specversion'))
  const type = textField(record, 'type')
  const kind = types.get(type) ?? kindOf(type)
  if (kind === undefined) return type === '' ? fault('the record names no type') : ignored(type)
  const [id, source, customer] = [textField(record, 'id'), textField(record, 'source'), textField(record, 'subject')]
  if (id === '' || source === '') return fault('the record has no "source" and "id" to tell its replays')
  const time = utcTime(fieldOf(record, 'time'))
  if (Number.isNaN(time)) return badField('time', 'ISO 8601 text', fieldOf(record, 'time'))
  const data = fieldOf(record, 'data')
  if (data !== undefined && fieldOf(record, 'data_base64') !== undefined)
    return fault('the record has both "data" and "data_base64", which exclude each other')
  if (!isObject(data)) return badField('data', 'an object', data)
  return readData({ id, source, time, customer }, kind, data, options)
}

interface Envelope {
  readonly id: string
  readonly source: string
  readonly time: number
  readonly customer: string
}

function readData(envelope: Envelope, kind: CloudEventKind, data: unknown, options: ResolvedImportOptions): Reading {
  const order = idField(data, 'order')
  if (envelope.customer === '' && (kind === 'purchase' || kind === 'visit' || order === ''))
    return badField('subject', 'the customer', '')
  if (kind === 'visit')
    return [{ type: 'visit', ...envelope, page: textField(data, 'page'), step: textField(data, 'step') }]
  const value = fieldOf(data, 'value')
  const isWhole = kind === 'cancel' || (kind === 'refund' && (value === undefined || value === null))
  if (isWhole)
    return order === ''
      ? badField('data.order', 'the order to take back', '')
      : [{ type: 'cancel', ...envelope, order }]
  const currency = readCurrency(fieldOf(data, 'currency'), options)
  if (isRefusal(currency)) return currency
  const money = kind === 'refund' ? readRefund('data.value', value, currency) : readMoney('data.value', value, currency)
  if (isRefusal(money)) return money
  if (kind === 'refund') return [{ type: 'refund', ...envelope, order, money, isGross: false }]
  return [{ type: 'purchase', ...envelope, order, money, items: readItems(listField(data, 'items'), ITEMS, currency) }]
}

/** The kind that the last name of a type says. */
function kindOf(type: string): CloudEventKind | undefined {
  const name = type
    .replace(/[./]v\d+$/, '')
    .split(/[./:]/)
    .at(-1)
  return KINDS.find((kind) => kind === name)
}
