/** Kinds of events, in the order of their codes in `EventTable.type`. */
export const EVENT_TYPES = [
  'purchase',
  'refund',
  'cancel',
  'visit',
  'contact',
  'response',
  'consent',
  'service',
  'social',
  'rating',
  'attribute',
] as const

/** What kind of fact an event states. */
export type EventType = (typeof EVENT_TYPES)[number]

/** Ways on which a customer and a company meet, in the order of their codes in `EventTable.channel`; 0 is unknown. */
export const CHANNELS = [
  'unknown',
  'web',
  'app',
  'shop',
  'pos',
  'social',
  'hotline',
  'email',
  'newsletter',
  'letter',
  'coupon',
  'street',
  'partner',
  'other',
] as const

/** The way on which an event happened. */
export type Channel = (typeof CHANNELS)[number]

/** Fields that every event has. */
export interface EventBase {
  /** Who did it. `7`, `7n` and `'7'` are the same customer. Empty ids and unsafe integers are refused. */
  readonly customer: string | number | bigint
  /** When: a `Date`, ms since 1970 UTC, or ISO 8601 text; text without an offset is read in the table's time zone. */
  readonly time: Date | number | string
  /** Identity of the event at its source: a second event with the same `source` and `id` is a replay and dropped. */
  readonly id?: string
  readonly channel?: Channel
  /** The system that the event comes from. */
  readonly source?: string
}

/** A customer bought something. */
export interface PurchaseEvent extends EventBase {
  readonly type: 'purchase'
  /** Money paid, zero or more, in major units such as euros. */
  readonly value: number
  /** ISO 4217, such as `'EUR'`. Without it, the currency of the table. */
  readonly currency?: string
  /** Number of the order, which a refund or a cancellation can name. */
  readonly order?: string
  readonly items?: readonly PurchaseItem[]
  /** What the goods cost the seller, in the same currency. */
  readonly cost?: number
  /** Who brought or shared the sale: an affiliate, a marketplace. */
  readonly partner?: string
  readonly coupon?: string
}

/** One line of a purchase. */
export interface PurchaseItem {
  readonly product: string
  readonly quantity?: number
  /** Money of the whole line. */
  readonly value?: number
  readonly category?: string
}

/** Money went back to the customer. */
export interface RefundEvent extends EventBase {
  readonly type: 'refund'
  /** Money given back, zero or more. */
  readonly value: number
  readonly currency?: string
  /** The order that is refunded. Without it, the refund reduces the customer's total only. */
  readonly order?: string
}

/** An order was called off. */
export interface CancelEvent extends EventBase {
  readonly type: 'cancel'
  /** The order that is called off, whole unless `value` says how much of it. */
  readonly order: string
  readonly value?: number
  readonly currency?: string
}

/** A customer came by: saw a page, took a step of a process, entered a shop. */
export interface VisitEvent extends EventBase {
  readonly type: 'visit'
  readonly page?: string
  /** Step of a process, such as `'basket'`. */
  readonly step?: string
  /** Coarse place, such as a town or the first digits of a postcode; never an exact position. */
  readonly place?: string
}

/** The company addressed the customer. */
export interface ContactEvent extends EventBase {
  readonly type: 'contact'
  readonly campaign: string
  readonly message?: string
  readonly offer?: string
  /** What the contact cost. */
  readonly cost?: number
}

/** The customer reacted to a contact. */
export interface ResponseEvent extends EventBase {
  readonly type: 'response'
  readonly campaign: string
  readonly message?: string
  readonly offer?: string
}

/** The customer permitted or forbade a use of data. The channel, if given, is the one that the permission is for. */
export interface ConsentEvent extends EventBase {
  readonly type: 'consent'
  readonly purpose: string
  readonly granted: boolean
}

/** The customer asked for help. */
export interface ServiceEvent extends EventBase {
  readonly type: 'service'
  readonly topic: string
  readonly resolved?: boolean
  /** What the case cost. */
  readonly cost?: number
}

/** The customer said something in public, or brought someone along. */
export interface SocialEvent extends EventBase {
  readonly type: 'social'
  readonly topic?: string
  readonly vote?: 'up' | 'down'
  /** From -1, hostile, to 1, delighted. */
  readonly sentiment?: number
  /** The customer who recommended the company to this one. */
  readonly referredBy?: string | number | bigint
}

/** The customer gave marks. */
export interface RatingEvent extends EventBase {
  readonly type: 'rating'
  readonly score: number
  /** Best possible mark. */
  readonly scale: number
  readonly topic?: string
}

/** Something became known about the customer. */
export interface AttributeEvent extends EventBase {
  readonly type: 'attribute'
  readonly key: string
  readonly value: string | number | boolean
  /** Whether the customer said it or somebody concluded it. */
  readonly basis: 'declared' | 'inferred'
}

/**
 * One fact about one customer, told apart by `type`.
 *
 * @example
 * const event: CustomerEvent = { type: 'purchase', customer: 'c-17', time: '2024-05-02', value: 19.9, currency: 'EUR' }
 */
export type CustomerEvent =
  | PurchaseEvent
  | RefundEvent
  | CancelEvent
  | VisitEvent
  | ContactEvent
  | ResponseEvent
  | ConsentEvent
  | ServiceEvent
  | SocialEvent
  | RatingEvent
  | AttributeEvent
