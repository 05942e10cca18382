import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { fromCloudEvents } from '../../src/io/fromCloudEvents.ts'
import { fromGa4 } from '../../src/io/fromGa4.ts'
import { fromPostHog } from '../../src/io/fromPostHog.ts'
import { fromSegment } from '../../src/io/fromSegment.ts'
import { fromShopifyCsv } from '../../src/io/fromShopifyCsv.ts'
import { fromStripe } from '../../src/io/fromStripe.ts'
import { fromWooCommerce } from '../../src/io/fromWooCommerce.ts'
import type { Imported } from '../../src/io/importLedger.ts'
import type { ImportOptions } from '../../src/io/importOptions.ts'

/** An order of a shop, in no vendor's words. */
export interface Order {
  readonly order: string
  readonly customer: string
  /** Name of the customer in refunds, where the vendor knows the buyer by another one then. */
  readonly lateName: string
  readonly currency: 'EUR' | 'JPY' | 'KWD'
  /** Smallest units. */
  readonly paid: number
  /** ms since 1970 UTC, whole seconds. */
  readonly time: number
  /** Refunds in turn, later and later, of no more than what was paid. */
  readonly refunds: readonly { readonly minor: number; readonly time: number }[]
  /** When what is left was called off: after the last refund or together with it. */
  readonly off?: number
}

/** A vendor: its importer, a fixture, and how it would tell of orders. */
export interface Vendor {
  readonly name: string
  /** Orders that the vendor can tell of. */
  readonly orders: fc.Arbitrary<Order[]>
  /** Records that cannot be parted, such as the rows of one order; for most vendors single ones. */
  tell(orders: readonly Order[]): unknown[][]
  read(records: readonly unknown[], options?: ImportOptions): Imported
  /** Records, with those together that cannot be parted. */
  readonly fixture: readonly (readonly unknown[])[]
}

const DECIMALS = { EUR: 2, JPY: 0, KWD: 3 }
const START = Date.UTC(2023, 0, 1)
const HOUR = 3_600_000

/** Orders with up to three refunds, of few customers. */
const uncancelled: fc.Arbitrary<Order[]> = fc
  .array(
    fc.record({
      customer: fc.nat(4),
      isRenamed: fc.boolean(),
      currency: fc.constantFrom('EUR' as const, 'JPY' as const, 'KWD' as const),
      paid: fc.oneof(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 1_000_000_000 })),
      hour: fc.nat(10_000),
      shares: fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 3 }),
      isWhole: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((drafts) =>
    drafts.map(({ customer, isRenamed, currency, paid, hour, shares, isWhole }, i): Order => {
      const time = START + hour * HOUR
      let left = paid
      const refunds = shares.flatMap((share, k) => {
        const isLast = isWhole && k === shares.length - 1
        const minor = isLast ? left : Math.floor((left * share) / 200)
        left -= minor
        return minor === 0 ? [] : [{ minor, time: time + (k + 1) * 24 * HOUR }]
      })
      const name = `customer-${customer}`
      return {
        order: `o-${i}`,
        customer: name,
        lateName: isRenamed ? `late-${i}` : name,
        currency,
        paid,
        time,
        refunds,
      }
    }),
  )

/** The same, some of them called off. */
const orders: fc.Arbitrary<Order[]> = fc
  .tuple(uncancelled, fc.infiniteStream(fc.constantFrom(undefined, 0, 24 * HOUR)))
  .map(([told, waits]) =>
    told.map((order) => {
      const wait = waits.next().value
      return wait === undefined ? order : { ...order, off: (order.refunds.at(-1)?.time ?? order.time) + wait }
    }),
  )

function decimal(minor: number, currency: Order['currency']): string {
  const decimals = DECIMALS[currency]
  const digits = String(minor).padStart(decimals + 1, '0')
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

const iso = (time: number): string => new Date(time).toISOString()

/** Orders as events of the e-commerce vocabulary. */
function orderEvents(
  told: readonly Order[],
  wrap: (event: string, id: string, who: string, time: number, properties: object) => object,
): unknown[][] {
  return told.flatMap(({ order, customer, lateName, currency, paid, time, refunds, off }, i) => [
    [
      wrap('Order Completed', `${order}-p`, customer, time, {
        order_id: order,
        revenue: Number(decimal(paid, currency)),
        currency,
        // Some tell the total too, and refunds of it; here without tax, so that it is the same money.
        ...(i % 2 === 0 ? { total: decimal(paid, currency), products: [{ product_id: `p-${i}`, quantity: i }] } : {}),
      }),
    ],
    ...refunds.map(({ minor, time }, k) => [
      wrap('Order Refunded', `${order}-r${k}`, lateName, time, {
        order_id: order,
        [i % 2 === 0 ? 'total' : 'revenue']: decimal(minor, currency),
        currency,
      }),
    ]),
    ...(off === undefined ? [] : [[wrap('Order Cancelled', `${order}-c`, lateName, off, { order_id: order })]]),
  ])
}

const segment: Vendor = {
  name: 'Segment',
  orders,
  tell: (told) =>
    orderEvents(told, (event, messageId, userId, time, properties) => ({
      ...{ type: 'track', event, messageId, userId, timestamp: iso(time), properties },
    })),
  read: fromSegment,
  fixture: json('segment.json').map((record) => [record]),
}

const postHog: Vendor = {
  name: 'PostHog',
  orders,
  tell: (told) =>
    orderEvents(told, (event, uuid, distinct_id, time, properties) => ({
      ...{ event, uuid, distinct_id, timestamp: iso(time), properties },
    })),
  read: fromPostHog,
  fixture: json('posthog.json').map((record) => [record]),
}

const ga4: Vendor = {
  name: 'GA4',
  orders,
  tell: (told) =>
    told.flatMap(({ order, customer, lateName, currency, paid, time, refunds, off }) => {
      const row = (event_name: string, user_pseudo_id: string, at: number, minor?: number): unknown[] => [
        {
          ...{ event_name, event_timestamp: String(at * 1000), user_id: null, user_pseudo_id },
          event_params:
            minor === undefined
              ? []
              : [
                  { key: 'currency', value: { string_value: currency } },
                  { key: 'value', value: { double_value: Number(decimal(minor, currency)) } },
                ],
          ecommerce: { transaction_id: order },
        },
      ]
      return [
        row('purchase', customer, time, paid),
        ...refunds.map((back) => row('refund', lateName, back.time, back.minor)),
        // To refund all of a transaction, GA4 asks for its id alone.
        ...(off === undefined ? [] : [row('refund', lateName, off)]),
      ]
    }),
  read: fromGa4,
  fixture: json('ga4.json').map((record) => [record]),
}

const wooCommerce: Vendor = {
  name: 'WooCommerce',
  orders,
  // A webhook for each state of the order.
  tell: (told) =>
    told.flatMap(({ order, customer, currency, paid, time, refunds, off }) => {
      const state = (status: string, modified: number, shown: number): unknown[] => [
        {
          ...{ id: order, status, currency, customer_id: 0, billing: { email: customer.toUpperCase() } },
          ...{ total: decimal(paid, currency), total_tax: '0', shipping_total: '0' },
          date_paid_gmt: iso(time).slice(0, 19),
          date_modified_gmt: iso(modified).slice(0, 19),
          refunds: refunds
            .slice(0, shown)
            .map(({ minor }, k) => ({ id: `${order}-${k}`, total: `-${decimal(minor, currency)}` })),
        },
      ]
      return [
        state('completed', time, 0),
        ...refunds.map((refund, k) => state('completed', refund.time, k + 1)),
        ...(off === undefined ? [] : [state('cancelled', off, refunds.length)]),
      ]
    }),
  read: fromWooCommerce,
  fixture: json('woocommerce.json').map((record) => [record]),
}

const stripe: Vendor = {
  name: 'Stripe',
  // A charge is not called off, but refunded.
  orders: uncancelled,
  tell: (told) =>
    told.flatMap(({ order, customer, lateName, currency, paid, time, refunds }, i) => {
      const event = (id: string, type: string, at: number, object: object, previous_attributes?: object): unknown[] => [
        { id: `${order}-${id}`, object: 'event', type, created: at / 1000, data: { object, previous_attributes } },
      ]
      // Of some charges more was authorised than captured, which Stripe counts among the refunded.
      const more = i % 3 === 1 ? 700 : 0
      const amounts = { amount: paid + more, amount_captured: paid }
      const charge = { id: order, object: 'charge', ...amounts, currency: currency.toLowerCase(), captured: true }
      let total = more
      return [
        event('p', more > 0 ? 'charge.captured' : 'charge.succeeded', time, {
          ...charge,
          ...{ customer, amount_refunded: total },
        }),
        ...refunds.map(({ minor, time }, k) => {
          const previous = i % 2 === 0 ? { amount_refunded: total } : undefined
          total += minor
          return event(
            `r${k}`,
            'charge.refunded',
            time,
            { ...charge, customer: lateName, amount_refunded: total },
            previous,
          )
        }),
      ]
    }),
  read: fromStripe,
  fixture: json('stripe.json').map((record) => [record]),
}

const cloudEvents: Vendor = {
  name: 'CloudEvents',
  orders,
  tell: (told) =>
    told.flatMap(({ order, customer, lateName, currency, paid, time, refunds, off }) => {
      const event = (id: string, kind: string, subject: string, at: number, minor?: number): unknown[] => [
        {
          ...{ specversion: '1.0', id, source: '/shop', type: `com.example.${kind}.v1`, subject, time: iso(at) },
          data: minor === undefined ? { order } : { value: decimal(minor, currency), currency, order },
        },
      ]
      return [
        event(`${order}-p`, 'purchase', customer, time, paid),
        ...refunds.map((back, k) => event(`${order}-r${k}`, 'refund', lateName, back.time, back.minor)),
        ...(off === undefined ? [] : [event(`${order}-c`, 'cancel', lateName, off)]),
      ]
    }),
  read: fromCloudEvents,
  fixture: json('cloudevents.json').map((record) => [record]),
}

const SHOPIFY_HEADER =
  'Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Created at,Lineitem quantity,Lineitem sku,Cancelled at,Refunded Amount,Id'
const [shopifyHeader = '', ...shopifyRows] = text('shopify.csv').split(/\n(?=#|$)/)

/** Rows with those behind them that lack the fields of an order. */
function byOrder(rows: readonly string[]): string[][] {
  const groups: string[][] = []
  for (const row of rows) {
    if (row.split(',')[2] === '') groups.at(-1)!.push(row)
    else groups.push([row])
  }
  return groups
}

/** Its records are the lines below the header. */
const shopify: Vendor = {
  name: 'Shopify',
  orders,
  // An export for each state of the order.
  tell: (told) =>
    told.flatMap(({ order, customer, currency, paid, time, refunds, off }) => {
      const [money, at] = [decimal(paid, currency), shopifyTime(time)]
      const email = customer.toUpperCase()
      const exported = (shown: number, status: string, cancelled: string): string[] => {
        const back = refunds.slice(0, shown).reduce((sum, { minor }) => sum + minor, 0)
        const own = `${status},${at},${currency},${money},${money},${at},1,SKU,${cancelled},${decimal(back, currency)}`
        return [`#${order},${email},${own},${order}`, `#${order},${email},,,,,,${at},2,SKU-2,,,`]
      }
      const states = Array.from({ length: refunds.length + 1 }, (_, shown) => exported(shown, 'paid', ''))
      return off === undefined ? states : [...states, exported(refunds.length, 'paid', shopifyTime(off))]
    }),
  read: (records, options) => {
    const isFixture = records.some((record) => shopifyRows.includes(record as string))
    return fromShopifyCsv([isFixture ? shopifyHeader : SHOPIFY_HEADER, ...records].join('\n'), options)
  },
  fixture: byOrder(shopifyRows),
}

function shopifyTime(time: number): string {
  return `${iso(time).slice(0, 19).replace('T', ' ')} +0000`
}

export const vendors: readonly Vendor[] = [segment, ga4, shopify, wooCommerce, stripe, postHog, cloudEvents]

/** The text of a fixture. Origin: goldens/importers/ORIGIN.md. */
export function text(file: string): string {
  return readFileSync(new URL(`../goldens/importers/${file}`, import.meta.url), 'utf8')
}

/** The records of a fixture. */
export function json(file: string): unknown[] {
  return JSON.parse(text(file)) as unknown[]
}
