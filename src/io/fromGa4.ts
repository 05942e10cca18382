import { finishImport, readEach } from './finishImport.ts'
import { badField, fault, ignored, isRefusal, type Reading } from './importFacts.ts'
import type { Imported } from './importLedger.ts'
import { type ItemFields, readCurrency, readItems, readMoney, readRefund } from './importMoney.ts'
import { type ImportOptions, type ResolvedImportOptions, resolveImportOptions } from './importOptions.ts'
import { fieldOf, idField, isObject, listField, textField } from './jsonFields.ts'
import { microsecondsTime } from './utcTime.ts'

const ITEMS: ItemFields = {
  product: ['item_id', 'item_name'],
  quantity: 'quantity',
  value: 'item_revenue',
  price: 'price',
  category: 'item_category',
}

/**
 * Reads rows of the BigQuery export of Google Analytics 4, as JSON: `purchase` is a purchase of its parameter `value`,
 * `refund` a refund, or without money the whole transaction taken back. Other events are ignored.
 *
 * A purchase is told once by its `transaction_id`, however often the page is loaded; refunds of one transaction are
 * told apart by customer, time and money. Customers are `user_id`, else `user_pseudo_id`; a refund goes to whom bought.
 * Nothing but ids, times, money and items is kept. Linear.
 *
 * @param records - rows of `events_*` tables, with 64-bit integers as numbers or texts, in any order
 * @throws {ClienteleError} `BAD_SHAPE` if `records` is no list; `BAD_OPTION` for a currency that is none
 * @see Google, "BigQuery Export schema" of Analytics
 * @example
 * const { events } = fromGa4([
 *   { event_name: 'purchase', event_timestamp: '1714645800000000', user_pseudo_id: '188.571',
 *     event_params: [{ key: 'value', value: { double_value: 19.99 } }, { key: 'currency', value: { string_value: 'EUR' } }],
 *     ecommerce: { transaction_id: 'T1' } },
 * ])
 * events // [{ type: 'purchase', customer: '188.571', time: 1714645800000, value: 19.99, order: 'T1', … }]
 */
export function fromGa4(records: Iterable<unknown>, options: ImportOptions = {}): Imported {
  const resolved = resolveImportOptions('fromGa4', options)
  const readings = readEach('fromGa4', records, (record) => readRow(record, resolved))
  return finishImport('ga4', readings)
}

function readRow(row: unknown, options: ResolvedImportOptions): Reading {
  if (!isObject(row)) return fault('the record is no object')
  const name = textField(row, 'event_name')
  if (name === '') return fault('the record names no event')
  if (name !== 'purchase' && name !== 'refund') return ignored(name)
  const time = microsecondsTime(fieldOf(row, 'event_timestamp'))
  if (Number.isNaN(time))
    return badField('event_timestamp', 'whole microseconds since 1970', fieldOf(row, 'event_timestamp'))
  return name === 'purchase' ? readPurchase(row, time, options) : readRefundRow(row, time, options)
}

function readPurchase(row: unknown, time: number, options: ResolvedImportOptions): Reading {
  const { customer, order } = partiesOf(row)
  if (customer === '') return fault('the record names no customer')
  const currency = readCurrency(parameter(row, 'currency'), options)
  if (isRefusal(currency)) return currency
  const money = readMoney('value', statedValue(row, 'purchase_revenue'), currency)
  if (isRefusal(money)) return money
  const items = readItems(listField(row, 'items'), ITEMS, currency)
  const id = order === '' ? identity('purchase', row, customer, money.minor) : `purchase:${order}`
  return [{ type: 'purchase', id, time, customer, order, money, items }]
}

/** To refund all of a transaction, GA4 asks for its id alone. */
function readRefundRow(row: unknown, time: number, options: ResolvedImportOptions): Reading {
  const { customer, order } = partiesOf(row)
  if (customer === '' && order === '') return fault('the record names neither customer nor transaction')
  const value = statedValue(row, 'refund_value')
  if (value === undefined || value === null) {
    if (order === '') return fault('the refund names neither transaction nor money')
    return [{ type: 'cancel', id: identity('refund', row, order, 0), time, customer, order }]
  }
  const currency = readCurrency(parameter(row, 'currency'), options)
  if (isRefusal(currency)) return currency
  const money = readRefund('value', value, currency)
  if (isRefusal(money)) return money
  const id = identity('refund', row, order || customer, money.minor)
  return [{ type: 'refund', id, time, customer, order, money, isGross: false }]
}

function partiesOf(row: unknown): { readonly customer: string; readonly order: string } {
  const stated = idField(fieldOf(row, 'ecommerce'), 'transaction_id')
  const order = stated === '' || stated === '(not set)' ? parameter(row, 'transaction_id') : stated
  return {
    customer: idField(row, 'user_id') || idField(row, 'user_pseudo_id'),
    order:
      (typeof order === 'string' || Number.isSafeInteger(order)) && order !== '(not set)' ? String(order).trim() : '',
  }
}

/** Rows have no identity of their own; nothing happens twice to one party in one microsecond for the same money. */
function identity(name: string, row: unknown, party: string, minor: number): string {
  const visitor = idField(row, 'user_pseudo_id')
  return `${name}:${JSON.stringify([party, visitor, String(fieldOf(row, 'event_timestamp')), minor])}`
}

/** Money of the event: its parameter, or the column that GA4 makes of it. */
function statedValue(row: unknown, column: string): unknown {
  return parameter(row, 'value') ?? fieldOf(fieldOf(row, 'ecommerce'), column)
}

/** Value of an event parameter, whichever of its typed fields holds it. */
function parameter(row: unknown, key: string): unknown {
  const found = listField(row, 'event_params').find((entry) => fieldOf(entry, 'key') === key)
  const value = fieldOf(found, 'value')
  const typed = ['string_value', 'int_value', 'double_value', 'float_value'].map((name) => fieldOf(value, name))
  return typed.find((content) => content !== undefined && content !== null && content !== '')
}
