import { show } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import type { CustomerEvent, PurchaseEvent, RefundEvent, VisitEvent } from '../table/customerEvent.ts'
import {
  type CancelFact,
  type Fact,
  fault,
  goesBefore,
  isRefusal,
  type PurchaseFact,
  type Reading,
  type RefundFact,
  type Refusal,
  replay,
} from './importFacts.ts'
import type { Imported } from './importLedger.ts'
import { addMoney, count, emptyTally, importedOf, type Tally } from './importTally.ts'
import { majorOf } from './minorUnits.ts'
import { netRefunds } from './netRefunds.ts'

/**
 * What is read out of each record. A record that throws when it is looked at, as one that is no plain data can, is a fault.
 *
 * @throws {ClienteleError} `BAD_SHAPE` if the records are no list
 */
export function readEach<Item, Read>(
  caller: string,
  records: Iterable<Item>,
  read: (record: Item, index: number) => Read,
): (Read | Refusal)[] {
  const isList = typeof records === 'object' && records !== null && Symbol.iterator in records
  if (!isList)
    throw new ClienteleError('BAD_SHAPE', `${caller}: "records" must be a list of records, got ${show(records)}`)
  return Array.from(records, (record, index) => {
    try {
      return read(record, index)
    } catch {
      return fault('the record throws when it is read: records are plain data, as JSON is')
    }
  })
}

/**
 * Turns what was read out of records into events and the account of them. Of facts with the same identity the earliest
 * counts, and the others are replays; a refund or cancellation goes to whom bought the order, since shops come to know
 * the same buyer by another name. None of it depends on the order of the records.
 *
 * @param source - the system that the events come from, unless a fact names its own
 * @param readings - one a record; a follower stands behind its head
 * @param lines - line of each record, where records come from a text
 */
export function finishImport(source: string, readings: readonly Reading[], lines?: readonly number[]): Imported {
  const counting = countingFacts(readings)
  const purchases = purchasesByOrder(counting)
  const purchaseOf = (fact: TakingBack): PurchaseFact | undefined => purchaseFor(fact, purchases)
  const orders = { purchaseOf, net: netRefunds(refundsAmong(counting), purchaseOf) }
  const tally = emptyTally()
  const outcomes: (Refusal | 'accepted')[] = []
  for (const [index, reading] of readings.entries()) {
    if ('head' in reading) outcomes.push(outcomes[reading.head]!)
    else if (isRefusal(reading)) outcomes.push(reading)
    else outcomes.push(accept(reading, counting, orders, source, tally))
    count(tally, index, outcomes[index]!, lines?.[index])
  }
  return importedOf(tally, readings.length)
}

type TakingBack = RefundFact | CancelFact

interface CountingFact {
  readonly fact: Fact
  /** Its record. */
  readonly index: number
}

interface Orders {
  /** The purchase that a fact takes back, if there is one. */
  purchaseOf(fact: TakingBack): PurchaseFact | undefined
  /** What each refund takes off, in smallest units. */
  readonly net: ReadonlyMap<RefundFact, number>
}

/** Makes events of those facts of one record that count. */
function accept(
  facts: readonly Fact[],
  counting: ReadonlyMap<string, CountingFact>,
  orders: Orders,
  source: string,
  tally: Tally,
): Refusal | 'accepted' {
  const kept = facts.filter((fact) => counting.get(keyOf(fact))!.fact === fact)
  if (kept.length === 0) return replay(`record ${counting.get(keyOf(facts[0]!))!.index}`)
  const customers = kept.map((fact) => customerOf(fact, orders))
  if (customers.includes(''))
    return fault('the record names no customer, and no purchase among the records has its order')
  for (const [i, fact] of kept.entries()) {
    const minor = fact.type === 'refund' ? orders.net.get(fact)! : fact.type === 'purchase' ? fact.money.minor : 0
    tally.events.push(eventOf(fact, customers[i]!, minor, fact.source ?? source))
    if (fact.type === 'cancel') tally.cancellations++
    if (fact.type === 'purchase') addMoney(tally, fact.money, minor, 0)
    if (fact.type === 'refund') addMoney(tally, fact.money, 0, minor)
  }
  return 'accepted'
}

function keyOf({ source, id }: Fact): string {
  return source === undefined ? id : JSON.stringify([source, id])
}

/** The fact that counts for each identity. */
function countingFacts(readings: readonly Reading[]): ReadonlyMap<string, CountingFact> {
  const counting = new Map<string, CountingFact>()
  readings.forEach((reading, index) => {
    if ('head' in reading || isRefusal(reading)) return
    for (const fact of reading) {
      const key = keyOf(fact)
      const other = counting.get(key)
      if (other === undefined || isBefore(fact, other.fact)) counting.set(key, { fact, index })
    }
  })
  return counting
}

/** Whether a fact goes before another of the same identity: the earlier one, and else the lesser name or sum. */
function isBefore(fact: Fact, other: Fact): boolean {
  if (fact.time !== other.time) return fact.time < other.time
  if (fact.customer !== other.customer) return fact.customer < other.customer
  if ('money' in fact && 'money' in other && fact.money.minor !== other.money.minor)
    return fact.money.minor < other.money.minor
  return goesBefore(fact, other)
}

/** Purchases by their order and its buyer. */
type PurchasesByOrder = ReadonlyMap<string, ReadonlyMap<string, PurchaseFact>>

/** Purchases of the orders that something takes back; nobody asks for the others. */
function purchasesByOrder(counting: ReadonlyMap<string, CountingFact>): PurchasesByOrder {
  const purchases = new Map<string, Map<string, PurchaseFact>>()
  for (const { fact } of counting.values()) {
    if (isTakingBack(fact) && !purchases.has(fact.order)) purchases.set(fact.order, new Map())
  }
  for (const { fact } of counting.values()) {
    if (fact.type !== 'purchase' || fact.order === '') continue
    const buyers = purchases.get(fact.order)
    if (buyers !== undefined && !buyers.has(fact.customer)) buyers.set(fact.customer, fact)
  }
  return purchases
}

function isTakingBack(fact: Fact): fact is TakingBack {
  return fact.type === 'refund' || fact.type === 'cancel'
}

function refundsAmong(counting: ReadonlyMap<string, CountingFact>): RefundFact[] {
  return Array.from(counting.values(), ({ fact }) => fact).filter((fact) => fact.type === 'refund')
}

/** The purchase that a fact takes back: that of its customer, or else of the only one who bought the order. */
function purchaseFor({ order, customer }: TakingBack, purchases: PurchasesByOrder): PurchaseFact | undefined {
  const buyers = purchases.get(order)
  const own = buyers?.get(customer)
  return own ?? (buyers?.size === 1 ? buyers.values().next().value : undefined)
}

function customerOf(fact: Fact, { purchaseOf }: Orders): string {
  if (fact.type === 'purchase' || fact.type === 'visit') return fact.customer
  return purchaseOf(fact)?.customer ?? fact.customer
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

function eventOf(fact: Fact, customer: string, minor: number, source: string): CustomerEvent {
  const { id, time } = fact
  if (fact.type === 'visit') {
    const visit: Mutable<VisitEvent> = { type: 'visit', customer, time, id, source }
    if (fact.page !== '') visit.page = fact.page
    if (fact.step !== '') visit.step = fact.step
    return visit
  }
  if (fact.type === 'cancel') return { type: 'cancel', customer, time, id, source, order: fact.order }
  const { currency, exponent } = fact.money
  const value = majorOf(minor, exponent)
  if (fact.type === 'refund') {
    const refund: Mutable<RefundEvent> = { type: 'refund', customer, time, id, source, value, currency }
    if (fact.order !== '') refund.order = fact.order
    return refund
  }
  const purchase: Mutable<PurchaseEvent> = { type: 'purchase', customer, time, id, source, value, currency }
  if (fact.order !== '') purchase.order = fact.order
  if (fact.items !== undefined && fact.items.length > 0) purchase.items = fact.items
  return purchase
}
