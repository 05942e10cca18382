import type { CustomerEvent } from '../table/customerEvent.ts'
import type { Money, Refusal } from './importFacts.ts'
import type { Imported, ImportedMoney, RejectedRecord } from './importLedger.ts'

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** The account while it is being made. */
export interface Tally {
  readonly events: CustomerEvent[]
  readonly rejected: RejectedRecord[]
  readonly kinds: Map<string, number>
  readonly money: Map<string, Mutable<ImportedMoney>>
  accepted: number
  faults: number
  replays: number
  ignored: number
  cancellations: number
  rounded: number
}

/** An account of nothing yet. */
export function emptyTally(): Tally {
  const counts = { accepted: 0, faults: 0, replays: 0, ignored: 0, cancellations: 0, rounded: 0 }
  return { events: [], rejected: [], kinds: new Map(), money: new Map(), ...counts }
}

/** Notes what became of one record. */
export function count(tally: Tally, index: number, outcome: Refusal | 'accepted', line: number | undefined): void {
  if (outcome === 'accepted') {
    tally.accepted++
    return
  }
  const { cause, reason, kind } = outcome
  tally.rejected.push({ index, ...(line === undefined ? {} : { line }), cause, reason })
  if (cause === 'fault') tally.faults++
  if (cause === 'replay') tally.replays++
  if (cause === 'ignored') tally.ignored++
  if (kind !== undefined) tally.kinds.set(kind, (tally.kinds.get(kind) ?? 0) + 1)
}

/** Notes the money of one event, in smallest units. */
export function addMoney(tally: Tally, { currency, exponent, isRounded }: Money, paid: number, refunded: number): void {
  if (isRounded) tally.rounded++
  const sums = tally.money.get(currency) ?? { currency, decimals: exponent, paid: 0n, refunded: 0n }
  sums.paid += BigInt(paid)
  sums.refunded += BigInt(refunded)
  tally.money.set(currency, sums)
}

/** What an importer hands out, of an account that is complete. */
export function importedOf(tally: Tally, records: number): Imported {
  const { events, rejected, accepted, faults, replays, ignored, cancellations, rounded } = tally
  const ignoredKinds = Array.from(tally.kinds, ([kind, records]) => ({ kind, records }))
  const money = [...tally.money.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1))
  const counts = { records, accepted, faults, replays, ignored, ignoredKinds }
  return { events, rejected, ledger: { ...counts, events: events.length, cancellations, rounded, money } }
}
