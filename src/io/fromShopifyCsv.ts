import { checkChoice, checkOptions, show } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { finishImport } from './finishImport.ts'
import {
  badField,
  type Fact,
  fault,
  goesBefore,
  ignored,
  isRefusal,
  type Reading,
  type Refusal,
  replay,
} from './importFacts.ts'
import type { Imported } from './importLedger.ts'
import { type ItemFields, readCurrency, readItems, readMoney, readRefund } from './importMoney.ts'
import { type ImportOptions, type ResolvedImportOptions, resolveImportOptions } from './importOptions.ts'
import { type ShopifyRows, shopifyRows } from './shopifyRows.ts'
import { utcTime } from './utcTime.ts'

/** Options of `fromShopifyCsv`. */
export interface ShopifyOptions extends ImportOptions {
  /**
   * Column of what an order is worth: `'Subtotal'` is after discounts and before shipping and added taxes, and refunds
   * count for the same share; `'Total'` is all of it. @default 'Subtotal'
   */
  readonly value?: 'Subtotal' | 'Total'
}

const CALLER = 'fromShopifyCsv'
const LINES: ItemFields = { product: ['sku', 'name'], quantity: 'quantity', price: 'price' }

/**
 * Reads the CSV text of Shopify's order export. An order is a purchase at `Paid at`, else `Created at`; its
 * `Refunded Amount` is a refund, and `Cancelled at` takes back what is left of it. Orders that were not paid are ignored
 * by their `Financial Status`. Records are the rows below the header: an order has one for each line, with its own fields
 * in the first alone, and all of them fare alike. Of several exports of an order, that with more refunded counts, and of
 * equal ones that which is cancelled; of an order that was edited no export says that it is later, and one is chosen by
 * what it says, never by its place.
 *
 * Customers are `Email` in lower case. The export does not say when money went back: the time of the cancellation is
 * taken, else that of the order. Nothing but ids, times, money and products is kept. Linear.
 *
 * `Refunded Amount` is a sum, of which an export does not say how much an earlier one told. So exports of the same orders
 * go in together, their rows below one header. Where their events meet in a table after imports apart, the first refund of
 * an order counts and a larger one is dropped as its replay.
 *
 * @throws {ClienteleError} `BAD_SHAPE` if `text` is none; `BAD_FILE` without a header; `MISSING_COLUMN` for a column that
 *   is not there; `BAD_OPTION` for a currency or a value that is none
 * @see Shopify, "Exporting orders"
 * @example
 * const text = 'Id,Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Created at,Refunded Amount\n' +
 *   '51,#1001,Ann@example.org,refunded,2024-05-02 10:30:00 -0400,EUR,20.00,25.00,2024-05-02 10:29:58 -0400,25.00\n'
 * const { events } = fromShopifyCsv(text)
 * events // [{ type: 'purchase', customer: 'ann@example.org', value: 20, … }, { type: 'refund', value: 20, … }]
 */
export function fromShopifyCsv(text: string, options: ShopifyOptions = {}): Imported {
  const { value = 'Subtotal', ...common } = checkOptions(CALLER, options)
  const resolved = resolveImportOptions(CALLER, common)
  checkChoice(CALLER, 'value', value, ['Subtotal', 'Total'])
  if (typeof text !== 'string')
    throw new ClienteleError('BAD_SHAPE', `${CALLER}: "text" must be a text, got ${show(text)}`)
  const rows = shopifyRows(CALLER, text)
  const readings: Reading[] = rows.problems.map(fault)
  const orders = rows.orders.map((group) => ({ group, order: readOrder(rows, group, value, resolved) }))
  const counting = new Map<string, ShopifyOrder>()
  for (const { order } of orders) {
    if (isRefusal(order)) continue
    const other = counting.get(order.id)
    if (other === undefined || isLater(order, other)) counting.set(order.id, order)
  }
  for (const { group, order } of orders) {
    const [head = 0, ...others] = group
    if (isRefusal(order)) readings[head] = order
    else if (counting.get(order.id) === order) readings[head] = order.facts
    else readings[head] = replay(`order ${order.id}, of which another export counts`)
    for (const row of others) readings[row] = { head }
  }
  return finishImport('shopify', readings, rows.lines)
}

interface ShopifyOrder {
  readonly id: string
  /** In smallest units. */
  readonly refunded: number
  /** When it was called off, ms since 1970 UTC; -Infinity if it was not. */
  readonly off: number
  readonly facts: readonly Fact[]
}

/** Whether an export seems later than another one of the same order: exports do not say when they were made. */
function isLater(order: ShopifyOrder, other: ShopifyOrder): boolean {
  if (order.refunded !== other.refunded) return order.refunded > other.refunded
  return order.off === other.off ? goesBefore(order.facts, other.facts) : order.off > other.off
}

const UNPAID = ['pending', 'authorized', 'voided', 'expired', 'unpaid']

function readOrder(
  rows: ShopifyRows,
  group: readonly number[],
  value: 'Subtotal' | 'Total',
  options: ResolvedImportOptions,
): ShopifyOrder | Refusal {
  const cell = (column: string): string => rows.cell(group[0]!, column)
  const order = cell('name')
  const id = cell('id') || order
  if (id === '') return badField('Name', 'the number of the order', '')
  const status = cell('financial status').toLowerCase()
  if (UNPAID.includes(status)) return ignored(`${status}, not paid`)
  const customer = cell('email').toLowerCase()
  if (customer === '') return fault('the order names no e-mail address')
  const [column, text] = cell('paid at') === '' ? ['Created at', cell('created at')] : ['Paid at', cell('paid at')]
  const time = utcTime(text)
  if (Number.isNaN(time)) return badField(column, 'a time such as 2024-05-02 10:30:00 -0400', text)
  const offText = cell('cancelled at') || cell('canceled at')
  const off = offText === '' ? time : utcTime(offText)
  if (Number.isNaN(off)) return badField('Cancelled at', 'a time such as 2024-05-02 10:30:00 -0400', offText)
  const currency = readCurrency(cell('currency'), options)
  if (isRefusal(currency)) return currency
  const gross = readMoney('Total', cell('total'), currency)
  if (isRefusal(gross)) return gross
  const money = value === 'Total' ? gross : readMoney('Subtotal', cell('subtotal'), currency)
  if (isRefusal(money)) return money
  const back = readRefund('Refunded Amount', cell('refunded amount') || '0', currency)
  if (isRefusal(back)) return back
  const items = readItems(linesOf(rows, group), LINES, currency)
  const facts: Fact[] = [{ type: 'purchase', id, time, customer, order: id, money, items, gross: gross.minor }]
  const later = { time: Math.max(time, off), customer, order: id }
  if (back.minor > 0) facts.push({ type: 'refund', id: `${id}/refund`, ...later, money: back, isGross: true })
  const isOff = offText !== '' || (status === 'refunded' && back.minor === 0)
  if (isOff) facts.push({ type: 'cancel', id: `${id}/cancel`, ...later })
  return { id, refunded: back.minor, off: isOff ? later.time : Number.NEGATIVE_INFINITY, facts }
}

function linesOf(rows: ShopifyRows, group: readonly number[]): object[] {
  return group.map((row) => ({
    sku: rows.cell(row, 'lineitem sku'),
    name: rows.cell(row, 'lineitem name'),
    quantity: rows.cell(row, 'lineitem quantity'),
    price: rows.cell(row, 'lineitem price'),
  }))
}
