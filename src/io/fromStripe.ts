import { checkChoice, checkOptions } from '../core/checks.ts'
import type { PurchaseItem } from '../table/customerEvent.ts'
import { finishImport, readEach } from './finishImport.ts'
import {
  badField,
  fault,
  ignored,
  isRefusal,
  type Money,
  type PurchaseFact,
  type Reading,
  type Refusal,
  replay,
} from './importFacts.ts'
import type { Imported } from './importLedger.ts'
import { readItems } from './importMoney.ts'
import { type ImportOptions, type ResolvedImportOptions, resolveImportOptions } from './importOptions.ts'
import { fieldOf, idField, isObject, listField, textField } from './jsonFields.ts'
import { amountOf, capturedOf, notCapturedOf, shiftOf } from './stripeAmounts.ts'
import { type InvoicePayment, invoiceLinks, paymentsOf, type StripeLinks } from './stripeInvoices.ts'
import { type StripeRefund, stripeRefunds } from './stripeRefunds.ts'
import { secondsTime } from './utcTime.ts'

/** Options of `fromStripe`. */
export interface StripeOptions extends ImportOptions {
  /**
   * Which of them is the sale. A paid invoice has a charge too: taking both would count its money twice.
   * @default 'charge'
   */
  readonly sale?: 'charge' | 'invoice'
}

/**
 * Reads Stripe's events. The sale is `charge.succeeded` (of an authorised charge, `charge.captured`) or, with
 * `sale: 'invoice'`, `invoice.paid` with its lines; `charge.refunded` is a refund. Other kinds are ignored, and so are
 * invoices of nothing.
 *
 * `amount_refunded` is the sum of a charge's refunds up to the event: what each event adds is taken, whichever comes
 * first and however often. What was authorised and never captured is no sale, and no refund either, though Stripe counts
 * it as one. Customers are `customer`, and of guests the billing e-mail in lower case. With invoices as
 * sales, refunds find theirs by the charge's `invoice` or by the payments that the invoice lists. Linear.
 *
 * @param records - events, such as the bodies of webhooks, in any order
 * @throws {ClienteleError} `BAD_SHAPE` if `records` is no list; `BAD_OPTION` for a currency or a sale that is none
 * @see Stripe, "Types of events" and "Supported currencies"
 * @example
 * const charge = { id: 'ch_1', object: 'charge', amount: 500, amount_refunded: 0, currency: 'jpy', customer: 'cus_1' }
 * const sold = { id: 'evt_1', type: 'charge.succeeded', created: 1714645800, data: { object: charge } }
 * const back = { id: 'evt_2', type: 'charge.refunded', created: 1714732200,
 *   data: { object: { ...charge, amount_refunded: 200 } } }
 * const { events } = fromStripe([back, sold, sold])
 * events.map(({ type }) => type) // ['refund', 'purchase']
 */
export function fromStripe(records: Iterable<unknown>, options: StripeOptions = {}): Imported {
  const { sale = 'charge', ...common } = checkOptions('fromStripe', options)
  const resolved = resolveImportOptions('fromStripe', common)
  checkChoice('fromStripe', 'sale', sale, ['charge', 'invoice'])
  const envelopes = readEach('fromStripe', records, readEnvelope)
  const links = invoiceLinks(envelopes.flatMap((envelope) => (isRefusal(envelope) ? [] : envelope.payments)))
  const refunds: StripeRefund[] = []
  const readings = readEach('fromStripe', envelopes, (envelope, index): Reading => {
    if (isRefusal(envelope)) return envelope
    if (envelope.type === 'charge.refunded') {
      const refund = readRefundOf(envelope, sale, links, resolved)
      if (!isRefusal(refund)) refunds.push({ index, ...refund })
      return isRefusal(refund) ? refund : []
    }
    return readSale(envelope, sale, resolved)
  })
  for (const { index, fact } of stripeRefunds(refunds)) {
    readings[index] = fact === undefined ? replay('what another record says of the charge') : [fact]
  }
  return finishImport('stripe', readings)
}

interface Envelope {
  readonly id: string
  readonly type: string
  readonly time: number
  readonly object: unknown
  readonly previous: unknown
  /** What an invoice says of its payments. */
  readonly payments: readonly InvoicePayment[]
}

function readEnvelope(record: unknown): Envelope | Refusal {
  if (!isObject(record)) return fault('the record is no object')
  const type = textField(record, 'type')
  if (type === '') return fault('the record names no type')
  if (!TYPES.includes(type)) return ignored(type)
  const id = textField(record, 'id')
  if (id === '') return fault('the record has no "id" to tell its replays')
  const time = secondsTime(fieldOf(record, 'created'))
  if (Number.isNaN(time)) return badField('created', 'whole seconds since 1970', fieldOf(record, 'created'))
  const data = fieldOf(record, 'data')
  const object = fieldOf(data, 'object')
  if (!isObject(object)) return badField('data.object', 'an object', object)
  const payments = type === 'invoice.paid' ? paymentsOf(object) : []
  return { id, type, time, object, previous: fieldOf(data, 'previous_attributes'), payments }
}

const TYPES: readonly string[] = ['charge.succeeded', 'charge.captured', 'charge.refunded', 'invoice.paid']

function readSale(
  { id, type, time, object }: Envelope,
  sale: 'charge' | 'invoice',
  options: ResolvedImportOptions,
): Reading {
  const isInvoice = type === 'invoice.paid'
  if (isInvoice !== (sale === 'invoice')) return ignored(type)
  if (type === 'charge.succeeded' && fieldOf(object, 'captured') === false)
    return ignored('charge.succeeded, not captured')
  const order = textField(object, 'id')
  if (order === '') return badField('data.object.id', 'a text with a character', fieldOf(object, 'id'))
  const customer = customerOf(object)
  if (customer === '') return fault('a guest without an e-mail address')
  const money =
    type === 'charge.captured'
      ? capturedOf(object, options)
      : amountOf(object, isInvoice ? 'amount_paid' : 'amount', options)
  if (isRefusal(money)) return money
  if (isInvoice && money.minor === 0) return ignored('invoice.paid, of nothing')
  const purchase: PurchaseFact = { type: 'purchase', id, time, customer, order, money }
  return [isInvoice ? { ...purchase, items: linesOf(object, money) } : purchase]
}

function readRefundOf(
  { id, time, object, previous }: Envelope,
  sale: 'charge' | 'invoice',
  links: StripeLinks,
  options: ResolvedImportOptions,
): Omit<StripeRefund, 'index'> | Refusal {
  const charge = textField(object, 'id')
  if (charge === '') return badField('data.object.id', 'a text with a character', fieldOf(object, 'id'))
  const order = sale === 'charge' ? charge : links(object)
  if (order === '') return fault('the refunded charge belongs to no invoice among the records')
  const total = amountOf(object, 'amount_refunded', options)
  if (isRefusal(total)) return total
  const stated = fieldOf(previous, 'amount_refunded')
  const told = stated === undefined ? { minor: 0 } : amountOf(previous, 'amount_refunded', options, object)
  if (isRefusal(told)) return told
  if (total.minor <= told.minor) return fault('the record refunds nothing')
  const never = notCapturedOf(object, options)
  if (total.minor <= never) return ignored('charge.refunded, not captured')
  const before = Math.max(0, told.minor - never)
  return {
    ...{ charge, id, time, customer: customerOf(object), order, before },
    total: { ...total, minor: total.minor - never },
  }
}

function customerOf(object: unknown): string {
  const customer = textField(object, 'customer') || textField(fieldOf(object, 'customer'), 'id')
  const billing = fieldOf(object, 'billing_details')
  const email = textField(billing, 'email') || textField(object, 'receipt_email') || textField(object, 'customer_email')
  return customer || email.trim().toLowerCase()
}

/** Lines of an invoice with the product that their price is for, where Stripe's versions put it. */
function linesOf(invoice: unknown, money: Money): PurchaseItem[] {
  const lines = listField(fieldOf(invoice, 'lines'), 'data').map((line) => {
    const now = idField(fieldOf(fieldOf(line, 'pricing'), 'price_details'), 'product')
    const product = now || idField(fieldOf(line, 'price'), 'product') || idField(fieldOf(line, 'plan'), 'product')
    return { product, quantity: fieldOf(line, 'quantity'), amount: fieldOf(line, 'amount') }
  })
  return readItems(lines, { product: ['product'], quantity: 'quantity', value: 'amount' }, money, shiftOf(money))
}
