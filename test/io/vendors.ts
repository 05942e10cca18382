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
}

/** A vendor: its importer, a fixture, and how it would tell of orders. */
export interface Vendor {
  readonly name: string
  /** Records that cannot be parted, such as the rows of one order; for most vendors single ones. */
  tell(orders: readonly Order[]): unknown[][]
  read(records: readonly unknown[], options?: ImportOptions): Imported
  readonly fixture: readonly unknown[]
}

const DECIMALS = { EUR: 2, JPY: 0, KWD: 3 }
const START = Date.UTC(2023, 0, 1)
const HOUR = 3_600_000

/** Orders with up to three refunds, of few customers. */
export const orders: fc.Arbitrary<Order[]> = fc
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
  return told.flatMap(({ order, customer, lateName, currency, paid, time, refunds }) => [
    [
      wrap('Order Completed', `${order}-p`, customer, time, {
        order_id: order,
        revenue: Number(decimal(paid, currency)),
        currency,
      }),
    ],
    ...refunds.map(({ minor, time }, k) => [
      wrap('Order Refunded', `${order}-r${k}`, lateName, time, {
        order_id: order,
        revenue: decimal(minor, currency),
        currency,
      }),
    ]),
  ])
}

const segment: Vendor = {
  name: 'Segment',
  tell: (told) =>
    orderEvents(told, (event, messageId, userId, time, properties) => ({
      ...{ type: 'track', event, messageId, userId, timestamp: iso(time), properties },
    })),
  read: fromSegment,
  fixture: json('segment.json'),
}

const postHog: Vendor = {
  name: 'PostHog',
  tell: (told) =>
    orderEvents(told, (event, uuid, distinct_id, time, properties) => ({
      ...{ event, uuid, distinct_id, timestamp: iso(time), properties },
    })),
  read: fromPostHog,
  fixture: json('posthog.json'),
}

const ga4: Vendor = {
  name: 'GA4',
  tell: (told) =>
    told.flatMap(({ order, customer, lateName, currency, paid, time, refunds }) => {
      const row = (event_name: string, user_pseudo_id: string, at: number, minor: number): unknown[] => [
        {
          ...{ event_name, event_timestamp: String(at * 1000), user_id: null, user_pseudo_id },
          event_params: [
            { key: 'currency', value: { string_value: currency } },
            { key: 'value', value: { double_value: Number(decimal(minor, currency)) } },
          ],
          ecommerce: { transaction_id: order },
        },
      ]
      return [
        row('purchase', customer, time, paid),
        ...refunds.map((back) => row('refund', lateName, back.time, back.minor)),
      ]
    }),
  read: fromGa4,
  fixture: json('ga4.json'),
}

const wooCommerce: Vendor = {
  name: 'WooCommerce',
  // A webhook for each state of the order.
  tell: (told) =>
    told.flatMap(({ order, customer, currency, paid, time, refunds }) =>
      Array.from({ length: refunds.length + 1 }, (_, shown) => [
        {
          ...{ id: order, status: 'completed', currency, customer_id: 0, billing: { email: customer.toUpperCase() } },
          ...{ total: decimal(paid, currency), total_tax: '0', shipping_total: '0' },
          date_paid_gmt: iso(time).slice(0, 19),
          date_modified_gmt: iso(shown === 0 ? time : refunds[shown - 1]!.time).slice(0, 19),
          refunds: refunds
            .slice(0, shown)
            .map(({ minor }, k) => ({ id: `${order}-${k}`, total: `-${decimal(minor, currency)}` })),
        },
      ]),
    ),
  read: fromWooCommerce,
  fixture: json('woocommerce.json'),
}

const stripe: Vendor = {
  name: 'Stripe',
  tell: (told) =>
    told.flatMap(({ order, customer, lateName, currency, paid, time, refunds }, i) => {
      const event = (id: string, type: string, at: number, object: object, previous_attributes?: object): unknown[] => [
        { id: `${order}-${id}`, object: 'event', type, created: at / 1000, data: { object, previous_attributes } },
      ]
      const charge = { id: order, object: 'charge', amount: paid, currency: currency.toLowerCase(), captured: true }
      let total = 0
      return [
        event('p', 'charge.succeeded', time, { ...charge, customer, amount_refunded: 0 }),
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
  fixture: json('stripe.json'),
}

const cloudEvents: Vendor = {
  name: 'CloudEvents',
  tell: (told) =>
    told.flatMap(({ order, customer, lateName, currency, paid, time, refunds }) => {
      const event = (id: string, kind: string, subject: string, at: number, minor: number): unknown[] => [
        {
          ...{ specversion: '1.0', id, source: '/shop', type: `com.example.${kind}.v1`, subject, time: iso(at) },
          data: { value: decimal(minor, currency), currency, order },
        },
      ]
      return [
        event(`${order}-p`, 'purchase', customer, time, paid),
        ...refunds.map((back, k) => event(`${order}-r${k}`, 'refund', lateName, back.time, back.minor)),
      ]
    }),
  read: fromCloudEvents,
  fixture: json('cloudevents.json'),
}

const SHOPIFY_HEADER =
  'Name,Email,Financial Status,Paid at,Currency,Subtotal,Total,Created at,Lineitem quantity,Lineitem sku,Refunded Amount,Id'
const shopifyLines = text('shopify.csv').split(/\n(?=#|$)/)

/** Its records are the lines below the header. */
const shopify: Vendor = {
  name: 'Shopify',
  tell: (told) =>
    told.map(({ order, customer, currency, paid, time, refunds }) => {
      const back = refunds.reduce((sum, { minor }) => sum + minor, 0)
      const [money, at] = [decimal(paid, currency), `${iso(time).slice(0, 19).replace('T', ' ')} +0000`]
      const email = customer.toUpperCase()
      return [
        `#${order},${email},paid,${at},${currency},${money},${money},${at},1,SKU,${decimal(back, currency)},${order}`,
        `#${order},${email},,,,,,${at},2,SKU-2,,`,
      ]
    }),
  read: (records, options) => {
    const isFixture = records.some((record) => shopifyLines.includes(record as string))
    return fromShopifyCsv([isFixture ? shopifyLines[0] : SHOPIFY_HEADER, ...records].join('\n'), options)
  },
  fixture: shopifyLines.slice(1),
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
