import type { CustomerEvent } from '../table/customerEvent.ts'

/** What an importer made of a vendor's records. */
export interface Imported {
  /** In the order of the records. Money is in major units, one of an event's own currency. */
  readonly events: readonly CustomerEvent[]
  /** Every record that became no event, with the reason, in the order of the records. */
  readonly rejected: readonly RejectedRecord[]
  /** The account of it all. */
  readonly ledger: ImportLedger
}

/**
 * Why a record became no event:
 *
 * - `fault`: it should have become one and could not be read
 * - `replay`: another record says the same, or a later state of the same
 * - `ignored`: it is of a kind that is not imported
 */
export type RejectionCause = 'fault' | 'replay' | 'ignored'

/** A record that became no event. */
export interface RejectedRecord {
  /** Place among the records, from 0. */
  readonly index: number
  /** Line of the text that it stands on, from 1; only where records come from a text. */
  readonly line?: number
  /** Sort of reason, for programs. */
  readonly cause: RejectionCause
  /** The reason, for people. */
  readonly reason: string
}

/** The account of an import: `records = accepted + faults + replays + ignored`. */
export interface ImportLedger {
  /** Records given. */
  readonly records: number
  /** Records that became events. */
  readonly accepted: number
  /** Records rejected because they could not be read. */
  readonly faults: number
  /** Records rejected because another one says the same, or a later state of the same. */
  readonly replays: number
  /** Records rejected because their kind is not imported. */
  readonly ignored: number
  /** The ignored records by their kind, in the order of first appearance. */
  readonly ignoredKinds: readonly IgnoredKind[]
  /** Events made. */
  readonly events: number
  /** Orders called off whole, which state no money of their own. */
  readonly cancellations: number
  /** Amounts that had fractions of the currency's smallest unit and were rounded to it. */
  readonly rounded: number
  /** Money of the events, by currency in alphabetical order. */
  readonly money: readonly ImportedMoney[]
}

/** Records of one kind that is not imported. */
export interface IgnoredKind {
  /** Name of the kind at the vendor. */
  readonly kind: string
  /** How many there were. */
  readonly records: number
}

/** Money of the imported events in one currency, exact, in its smallest units by ISO 4217: cents, or whole yen. */
export interface ImportedMoney {
  /** ISO 4217. */
  readonly currency: string
  /** Decimals of the currency: major units are `10 ** decimals` smallest ones. */
  readonly decimals: number
  /** Money of purchases. */
  readonly paid: bigint
  /** Money of refunds. */
  readonly refunded: bigint
}
