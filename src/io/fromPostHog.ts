import { finishImport, readEach } from './finishImport.ts'
import { badField, fault, ignored, type Reading } from './importFacts.ts'
import type { Imported } from './importLedger.ts'
import { type ImportOptions, type ResolvedImportOptions, resolveImportOptions } from './importOptions.ts'
import { fieldOf, idField, isObject, textField } from './jsonFields.ts'
import { isOrderEvent, readOrderEvent } from './orderEvents.ts'

/** Longest properties that are parsed where they come as text, in characters. */
const MAX_TEXT = 1_000_000

/**
 * Reads PostHog's events, as its API, its batch exports and its libraries write them. The events of its e-commerce
 * vocabulary are read as `fromSegment` reads them (`order_completed` is `Order Completed`); others are ignored.
 *
 * Customers are `distinct_id` (or `distinctId`); a refund goes to whom bought the order. Nothing but ids, times, money
 * and products is kept. Linear.
 *
 * @param records - parsed JSON of any shape, in any order; `properties` may be JSON text
 * @throws {ClienteleError} `BAD_SHAPE` if `records` is no list; `BAD_OPTION` for a currency that is none
 * @see PostHog, "Ecommerce events specification"
 * @example
 * const { events } = fromPostHog([
 *   { uuid: 'u1', event: 'Order Completed', distinct_id: 'ann', timestamp: '2024-05-02T10:30:00Z',
 *     properties: { order_id: 'o1', revenue: 1980, currency: 'JPY' } },
 * ])
 * events // [{ type: 'purchase', customer: 'ann', value: 1980, currency: 'JPY', … }]
 */
export function fromPostHog(records: Iterable<unknown>, options: ImportOptions = {}): Imported {
  const resolved = resolveImportOptions('fromPostHog', options)
  const readings = readEach('fromPostHog', records, (record) => readRecord(record, resolved))
  return finishImport('posthog', readings)
}

function readRecord(record: unknown, options: ResolvedImportOptions): Reading {
  if (!isObject(record)) return fault('the record is no object')
  const name = textField(record, 'event')
  if (name === '') return fault('the record names no event')
  if (!isOrderEvent(name)) return ignored(name)
  const properties = propertiesOf(record)
  if (!isObject(properties)) return badField('properties', 'an object, or JSON text of one', properties)
  const event = {
    name,
    id: idField(record, 'uuid'),
    customer: idField(record, 'distinct_id') || idField(record, 'distinctId'),
    time: fieldOf(record, 'timestamp'),
    properties,
  }
  return readOrderEvent(event, options)
}

/** Batch exports to some warehouses write the properties as JSON text. */
function propertiesOf(record: unknown): unknown {
  const properties = fieldOf(record, 'properties')
  if (typeof properties !== 'string' || properties.length > MAX_TEXT) return properties
  try {
    return JSON.parse(properties)
  } catch {
    return properties
  }
}
