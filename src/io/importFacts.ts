import { show } from '../core/checks.ts'
import type { PurchaseItem } from '../table/customerEvent.ts'
import type { RejectionCause } from './importLedger.ts'
import type { MinorMoney } from './minorUnits.ts'

/** What an importer reads out of one record: facts, why there are none, or that it goes along with another record. */
export type Reading = readonly Fact[] | Refusal | Follower

/** Why a record is no fact. */
export interface Refusal {
  readonly cause: RejectionCause
  readonly reason: string
  /** Kind of an ignored record. */
  readonly kind?: string
}

/** A record that belongs to another one and fares as that one does. */
export interface Follower {
  readonly head: number
}

interface FactBase {
  /** Identity at the vendor: of facts with the same one, the earliest counts. */
  readonly id: string
  /** The system that it comes from, where records come from several. */
  readonly source?: string
  /** ms since 1970 UTC. */
  readonly time: number
}

/** Something was bought. */
export interface PurchaseFact extends FactBase {
  readonly type: 'purchase'
  readonly customer: string
  readonly order: string
  readonly money: Money
  /** What was paid with tax and shipping, in smallest units, if `money` is without them and refunds are not. */
  readonly gross?: number
  readonly items?: readonly PurchaseItem[]
}

/** Money was given back. */
export interface RefundFact extends FactBase {
  readonly type: 'refund'
  /** Empty if the record names nobody: then the order does. */
  readonly customer: string
  readonly order: string
  readonly money: Money
  /** Whether the money is with tax and shipping, though that of the purchase may be without. */
  readonly isGross: boolean
}

/** An order was called off whole. */
export interface CancelFact extends FactBase {
  readonly type: 'cancel'
  /** Empty if the record names nobody: then the order does. */
  readonly customer: string
  readonly order: string
}

/** A step in the shop. */
export interface VisitFact extends FactBase {
  readonly type: 'visit'
  readonly customer: string
  readonly page: string
  readonly step: string
}

/** A fact before it is an event; texts that are not known are empty. */
export type Fact = PurchaseFact | RefundFact | CancelFact | VisitFact

/** A currency and its decimals. */
export interface Currency {
  readonly currency: string
  readonly exponent: number
}

/** Money of one fact, in smallest units. */
export interface Money extends Currency, MinorMoney {}

/** A record that should be a fact and cannot be read. */
export function fault(reason: string): Refusal {
  return { cause: 'fault', reason }
}

/** A fault of a field: what it must be and what it is. */
export function badField(name: string, rule: string, value: unknown): Refusal {
  return fault(`"${name}" must be ${rule}, got ${show(value)}`)
}

/** A record of a kind that is not imported. */
export function ignored(kind: string): Refusal {
  const name = kind.length > 60 ? `${kind.slice(0, 59)}…` : kind
  return { cause: 'ignored', kind: name, reason: `records of kind "${name}" are not imported` }
}

/** A record that says what another one says. */
export function replay(what: string): Refusal {
  return { cause: 'replay', reason: `a replay of ${what}` }
}

/** Whether something is the reason why a record is no fact. */
export function isRefusal(value: object): value is Refusal {
  return 'cause' in value
}

/**
 * Whether one telling goes before another that is its equal in what counts: the longer one, which says more, and else
 * the lesser text. Without it, arrival would decide. Both are of one shape, and only equal ones have equal texts.
 */
export function goesBefore(telling: object, other: object): boolean {
  const [text, otherText] = [JSON.stringify(telling), JSON.stringify(other)]
  return text.length === otherText.length ? text < otherText : text.length > otherText.length
}
