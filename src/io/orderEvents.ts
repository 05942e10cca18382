import { badField, type Currency, fault, ignored, isRefusal, type Reading, type Refusal } from './importFacts.ts'
import { type ItemFields, moneyIn, readCurrency, readItems } from './importMoney.ts'
import type { ResolvedImportOptions } from './importOptions.ts'
import { fieldOf, idField, listField } from './jsonFields.ts'
import { MAX_MINOR, type MinorMoney, readMinor } from './minorUnits.ts'
import { utcTime } from './utcTime.ts'

/** An event of the e-commerce vocabulary that Segment defined and PostHog took over, without its envelope. */
export interface OrderEvent {
  /** Such as `Order Completed`; case and underscores do not matter. */
  readonly name: string
  /** Identity of the event; empty if it has none. */
  readonly id: string
  /** Empty if the event names nobody. */
  readonly customer: string
  readonly time: unknown
  readonly properties: unknown
}

/** Steps in a shop that become visits. */
const STEPS: readonly string[] = [
  'products searched',
  'product list viewed',
  'product list filtered',
  'product clicked',
  'product viewed',
  'product added',
  'product removed',
  'cart viewed',
  'checkout started',
  'checkout step viewed',
  'checkout step completed',
  'payment info entered',
]

const PRODUCTS: ItemFields = {
  product: ['product_id', 'sku', 'name'],
  quantity: 'quantity',
  price: 'price',
  category: 'category',
}

/**
 * Reads one event. A purchase is told once by its `order_id`, however often the page behind the checkout is loaded.
 *
 * @see Segment, "Spec: V2 Ecommerce Events", for the names and their properties
 */
export function readOrderEvent(event: OrderEvent, options: ResolvedImportOptions): Reading {
  const read = readerOf(event.name)
  if (read === undefined) return ignored(event.name)
  const time = utcTime(event.time)
  if (Number.isNaN(time)) return badField('timestamp', 'ISO 8601 text', event.time)
  return read(event, time, idField(event.properties, 'order_id'), options)
}

/** Whether an event of this name becomes anything. */
export function isOrderEvent(name: string): boolean {
  return readerOf(name) !== undefined
}

type Reader = (event: OrderEvent, time: number, order: string, options: ResolvedImportOptions) => Reading

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['order completed', readPurchase],
  ['completed order', readPurchase],
  ['order refunded', readRefundOrWhole],
  ['order cancelled', readWhole],
  ['order canceled', readWhole],
])

function readerOf(name: string): Reader | undefined {
  const plain = name.toLowerCase().replaceAll('_', ' ')
  return STEPS.includes(plain) ? readStep : READERS.get(plain)
}

const NOBODY: Refusal = { cause: 'fault', reason: 'the record names no customer' }
const NO_IDENTITY: Refusal = { cause: 'fault', reason: 'the record has no identity to tell its replays' }

function readStep({ id, customer, name, properties }: OrderEvent, time: number): Reading {
  if (id === '') return NO_IDENTITY
  if (customer === '') return NOBODY
  const page = idField(properties, 'product_id') || idField(properties, 'sku')
  return [{ type: 'visit', id, time, customer, page, step: name }]
}

function readPurchase(event: OrderEvent, time: number, order: string, options: ResolvedImportOptions): Reading {
  const { customer, properties } = event
  const id = order === '' ? event.id : `order:${order}`
  if (id === '') return NO_IDENTITY
  if (customer === '') return NOBODY
  const currency = readCurrency(fieldOf(properties, 'currency'), options)
  if (isRefusal(currency)) return currency
  const goods = moneyOfGoods(properties, currency)
  if (goods === undefined || goods.minor < 0) return badMoney(properties)
  const total = readMinor(fieldOf(properties, 'total'), currency.exponent)
  const gross = total !== undefined && total.minor > 0 ? { gross: total.minor } : {}
  const items = readItems(listField(properties, 'products'), PRODUCTS, currency)
  return [
    {
      type: 'purchase',
      id,
      time,
      customer,
      order,
      money: moneyIn(currency, goods.minor, goods.isRounded),
      items,
      ...gross,
    },
  ]
}

/** The vocabulary asks a refund for its order alone: then all of it went back. */
function readRefundOrWhole(event: OrderEvent, time: number, order: string, options: ResolvedImportOptions): Reading {
  const { id, customer, properties } = event
  if (!MONEY.some((field) => isThere(properties, field))) return readWhole(event, time, order)
  if (id === '') return NO_IDENTITY
  if (customer === '' && order === '') return NOBODY
  const currency = readCurrency(fieldOf(properties, 'currency'), options)
  if (isRefusal(currency)) return currency
  const isGross = !MONEY.some((field) => field !== 'total' && isThere(properties, field))
  const back = isGross ? readMinor(fieldOf(properties, 'total'), currency.exponent) : moneyOfGoods(properties, currency)
  if (back === undefined) return badMoney(properties)
  const money = moneyIn(currency, Math.abs(back.minor), back.isRounded)
  return [{ type: 'refund', id, time, customer, order, money, isGross }]
}

function readWhole({ id, customer }: OrderEvent, time: number, order: string): Reading {
  if (id === '') return NO_IDENTITY
  if (order === '') return fault('the record names no order to take back')
  return [{ type: 'cancel', id, time, customer, order }]
}

/** Properties that state money of an order. */
const MONEY = ['revenue', 'subtotal', 'total', 'tax', 'shipping']

function isThere(properties: unknown, field: string): boolean {
  const value = fieldOf(properties, field)
  return value !== undefined && value !== null && value !== ''
}

/** Money without tax and shipping: `revenue`, or `subtotal`, or what is left of `total`. */
function moneyOfGoods(properties: unknown, { exponent }: Currency): MinorMoney | undefined {
  const stated = ['revenue', 'subtotal'].find((field) => isThere(properties, field))
  if (stated !== undefined) return readMinor(fieldOf(properties, stated), exponent)
  const parts = ['total', 'tax', 'shipping'].map((field) =>
    isThere(properties, field) || field === 'total' ? readMinor(fieldOf(properties, field), exponent) : NOTHING,
  )
  const [total, tax, shipping] = parts
  if (total === undefined || tax === undefined || shipping === undefined) return undefined
  const minor = total.minor - tax.minor - shipping.minor
  const isRounded = total.isRounded || tax.isRounded || shipping.isRounded
  return Math.abs(minor) <= MAX_MINOR ? { minor, isRounded } : undefined
}

const NOTHING: MinorMoney = { minor: 0, isRounded: false }

function badMoney(properties: unknown): Reading {
  const field = ['revenue', 'subtotal'].find((name) => isThere(properties, name)) ?? 'total'
  return badField(field, 'an amount of at least 0 and at most 15 digits', fieldOf(properties, field))
}
