import { finishImport, readEach } from './finishImport.ts'
import { fault, ignored, type Reading } from './importFacts.ts'
import type { Imported } from './importLedger.ts'
import { type ImportOptions, type ResolvedImportOptions, resolveImportOptions } from './importOptions.ts'
import { fieldOf, idField, isObject, textField } from './jsonFields.ts'
import { readOrderEvent } from './orderEvents.ts'

/**
 * Reads Segment's records: `Order Completed` is a purchase of its `revenue`, or of `total` without `tax` and `shipping`;
 * `Order Refunded` a refund, or without money the whole order taken back; `Order Cancelled` a cancellation;
 * `Product Viewed` and the other steps up to the payment are visits, whose page is the product. Other kinds are ignored.
 *
 * Customers are `userId`, else `anonymousId`; a refund goes to whom bought the order. Nothing but ids, times, money and
 * products is kept. Linear; 10^6 records take a few seconds.
 *
 * @param records - parsed JSON of any shape, in any order
 * @throws {ClienteleError} `BAD_SHAPE` if `records` is no list; `BAD_OPTION` for a currency that is none
 * @see Segment, "Spec: V2 Ecommerce Events"
 * @example
 * const { events, rejected } = fromSegment([
 *   { type: 'track', event: 'Order Completed', messageId: 'm1', userId: 'ann', timestamp: '2024-05-02T10:30:00Z',
 *     properties: { order_id: 'o1', revenue: 19.99, currency: 'EUR' } },
 *   { type: 'page', messageId: 'm2', userId: 'ann', timestamp: '2024-05-02T10:31:00Z' },
 * ])
 * events // [{ type: 'purchase', customer: 'ann', value: 19.99, order: 'o1', … }]
 * rejected // [{ index: 1, cause: 'ignored', reason: 'records of kind "page" are not imported' }]
 */
export function fromSegment(records: Iterable<unknown>, options: ImportOptions = {}): Imported {
  const resolved = resolveImportOptions('fromSegment', options)
  const readings = readEach('fromSegment', records, (record) => readRecord(record, resolved))
  return finishImport('segment', readings)
}

function readRecord(record: unknown, options: ResolvedImportOptions): Reading {
  if (!isObject(record)) return fault('the record is no object')
  const type = textField(record, 'type')
  if (type !== '' && type !== 'track') return ignored(type)
  const name = textField(record, 'event')
  if (name === '') return fault('the record names no event')
  return readOrderEvent(
    {
      name,
      id: idField(record, 'messageId'),
      customer: idField(record, 'userId') || idField(record, 'anonymousId'),
      time: fieldOf(record, 'timestamp'),
      properties: fieldOf(record, 'properties'),
    },
    options,
  )
}
