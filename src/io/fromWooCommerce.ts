import { checkChoice, checkOptions } from '../core/checks.ts'
import type { PurchaseItem } from '../table/customerEvent.ts'
import { finishImport, readEach } from './finishImport.ts'
import {
  badField,
  type Currency,
  type Fact,
  fault,
  goesBefore,
  ignored,
  isRefusal,
  type Money,
  type Reading,
  type Refusal,
  replay,
} from './importFacts.ts'
import type { Imported } from './importLedger.ts'
import { type ItemFields, readCurrency, readItems, readMoney, readRefund } from './importMoney.ts'
import { type ImportOptions, type ResolvedImportOptions, resolveImportOptions } from './importOptions.ts'
import { fieldOf, idField, isObject, listField, textField } from './jsonFields.ts'
import { utcTime } from './utcTime.ts'

/** Options of `fromWooCommerce`. */
export interface WooCommerceOptions extends ImportOptions {
  /**
   * What an order is worth: `'net'` is `total` without `total_tax` and `shipping_total`, and refunds count for the same
   * share; `'gross'` is `total`. @default 'net'
   */
  readonly value?: 'net' | 'gross'
}

const LINES: ItemFields = { product: ['product_id', 'sku', 'name'], quantity: 'quantity', value: 'total' }

/**
 * Reads orders of WooCommerce's REST API, version 3. An order that was paid is a purchase at `date_paid_gmt`, each of its
 * `refunds` a refund, and `cancelled`, or `refunded` without any, the order taken back. Orders that were never paid are
 * ignored by their status. Of several states of an order, such as webhooks bring, the latest counts, and of those of one
 * second that in which more was taken back.
 *
 * Customers are `customer_id`, and of guests `billing.email` in lower case. An order does not say when it was refunded:
 * the first `date_modified_gmt` that shows a refund is taken, unless the refund has a `date_created_gmt`. Nothing but ids,
 * times, money and products is kept. Linear.
 *
 * @param records - orders, in any order
 * @throws {ClienteleError} `BAD_SHAPE` if `records` is no list; `BAD_OPTION` for a currency or a value that is none
 * @see WooCommerce, "REST API", version 3, "Order properties"
 * @example
 * const { events } = fromWooCommerce([
 *   { id: 727, status: 'completed', currency: 'EUR', customer_id: 0, billing: { email: 'Ann@example.org' },
 *     date_paid_gmt: '2024-05-02T10:30:00', date_modified_gmt: '2024-05-09T08:00:00',
 *     total: '29.35', total_tax: '3.35', shipping_total: '6.00', refunds: [{ id: 731, total: '-29.35' }] },
 * ])
 * events.map(({ type, customer }) => `${type} of ${customer}`) // ['purchase of ann@example.org', 'refund of ann@example.org']
 */
export function fromWooCommerce(records: Iterable<unknown>, options: WooCommerceOptions = {}): Imported {
  const { value = 'net', ...common } = checkOptions('fromWooCommerce', options)
  const resolved = resolveImportOptions('fromWooCommerce', common)
  checkChoice('fromWooCommerce', 'value', value, ['net', 'gross'])
  const states = readEach('fromWooCommerce', records, (record) => readState(record, value, resolved))
  const latest = new Map<string, OrderState>()
  const seen = new Map<string, number>()
  for (const state of states) {
    if (isRefusal(state)) continue
    const other = latest.get(state.order)
    if (other === undefined || isLater(state, other)) latest.set(state.order, state)
    for (const { id, time } of state.refunds) seen.set(id, Math.min(time, seen.get(id) ?? time))
  }
  const readings = states.map((state): Reading => {
    if (isRefusal(state)) return state
    return latest.get(state.order) === state
      ? factsOf(state, seen)
      : replay(`order ${state.order}, of which another state counts`)
  })
  return finishImport('woocommerce', readings)
}

/** One state of a paid order. */
interface OrderState {
  readonly order: string
  readonly customer: string
  readonly time: number
  readonly modified: number
  readonly money: Money
  readonly gross: Money
  readonly items: readonly PurchaseItem[]
  readonly refunds: readonly RefundState[]
  /** Whether the order is off without its refunds saying so. */
  readonly isOff: boolean
}

interface RefundState {
  readonly id: string
  readonly time: number
  readonly money: Money
}

const PAID = ['processing', 'completed', 'refunded']
const UNPAID = ['pending', 'on-hold', 'failed', 'trash', 'checkout-draft', 'auto-draft']

function readState(record: unknown, value: 'net' | 'gross', options: ResolvedImportOptions): OrderState | Refusal {
  if (!isObject(record)) return fault('the record is no object')
  const order = idField(record, 'id')
  if (order === '') return badField('id', 'the number of the order', fieldOf(record, 'id'))
  const status = textField(record, 'status').replace(/^wc-/, '')
  const paid = utcTime(fieldOf(record, 'date_paid_gmt'))
  // Shops add states of their own, such as "shipped": there the date of payment decides.
  if (UNPAID.includes(status) || (Number.isNaN(paid) && !PAID.includes(status)))
    return status === '' ? fault('the order has no status') : ignored(`${status}, not paid`)
  const time = firstTime(paid, record, 'date_completed_gmt', 'date_created_gmt')
  if (Number.isNaN(time)) return badField('date_paid_gmt', 'ISO 8601 text', fieldOf(record, 'date_paid_gmt'))
  const customer = customerOf(record)
  if (customer === '') return fault('a guest without an e-mail address')
  const currency = readCurrency(fieldOf(record, 'currency'), options)
  if (isRefusal(currency)) return currency
  const gross = readMoney('total', fieldOf(record, 'total'), currency)
  if (isRefusal(gross)) return gross
  const money = value === 'gross' ? gross : netOf(record, gross, currency)
  if (isRefusal(money)) return money
  const modified = firstTime(utcTime(fieldOf(record, 'date_modified_gmt')), record, 'date_created_gmt')
  const refunds = readRefunds(record, order, Number.isNaN(modified) ? time : Math.max(modified, time), currency)
  if (isRefusal(refunds)) return refunds
  const items = readItems(listField(record, 'line_items'), LINES, currency)
  const isOff = status === 'cancelled' || (status === 'refunded' && refunds.length === 0)
  return {
    order,
    customer,
    time,
    modified: Number.isNaN(modified) ? time : modified,
    money,
    gross,
    items,
    refunds,
    isOff,
  }
}

function firstTime(time: number, record: unknown, ...fields: readonly string[]): number {
  return fields.reduce((known, field) => (Number.isNaN(known) ? utcTime(fieldOf(record, field)) : known), time)
}

function customerOf(record: unknown): string {
  const customer = idField(record, 'customer_id')
  return customer !== '' && customer !== '0'
    ? customer
    : textField(fieldOf(record, 'billing'), 'email').trim().toLowerCase()
}

/** `total - total_tax - shipping_total`; the tax includes that of the shipping. */
function netOf(record: unknown, gross: Money, currency: Currency): Money | Refusal {
  const tax = readMoney('total_tax', fieldOf(record, 'total_tax') ?? '0', currency)
  if (isRefusal(tax)) return tax
  const shipping = readMoney('shipping_total', fieldOf(record, 'shipping_total') ?? '0', currency)
  if (isRefusal(shipping)) return shipping
  const minor = gross.minor - tax.minor - shipping.minor
  if (minor < 0) return fault('tax and shipping are more than the total')
  return { ...gross, minor, isRounded: gross.isRounded || tax.isRounded || shipping.isRounded }
}

function readRefunds(record: unknown, order: string, modified: number, currency: Currency): RefundState[] | Refusal {
  const refunds: RefundState[] = []
  for (const [i, refund] of listField(record, 'refunds').entries()) {
    const money = readRefund(`refunds[${i}].total`, fieldOf(refund, 'total') ?? fieldOf(refund, 'amount'), currency)
    if (isRefusal(money)) return money
    const created = utcTime(fieldOf(refund, 'date_created_gmt'))
    const id = `refund:${idField(refund, 'id') || `${order}/${i}`}`
    refunds.push({ id, time: Number.isNaN(created) ? modified : created, money })
  }
  return refunds
}

/** Whether a state comes after another one; of those of one second, that in which more was taken back. */
function isLater(state: OrderState, other: OrderState): boolean {
  if (state.modified !== other.modified) return state.modified > other.modified
  if (state.refunds.length !== other.refunds.length) return state.refunds.length > other.refunds.length
  return state.isOff === other.isOff ? goesBefore(state, other) : state.isOff
}

function factsOf(state: OrderState, seen: ReadonlyMap<string, number>): readonly Fact[] {
  const { order, customer, time, modified, money, gross, items } = state
  const refunds = state.refunds.map(
    (refund): Fact => ({ type: 'refund', ...refund, time: seen.get(refund.id)!, customer, order, isGross: true }),
  )
  const purchase: Fact = {
    type: 'purchase',
    id: `order:${order}`,
    time,
    customer,
    order,
    money,
    items,
    gross: gross.minor,
  }
  const off: Fact = { type: 'cancel', id: `cancel:${order}`, time: Math.max(modified, time), customer, order }
  return state.isOff ? [purchase, ...refunds, off] : [purchase, ...refunds]
}
