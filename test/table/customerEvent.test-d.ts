// Read by the compiler alone (`npm run typecheck`), which reports an `@ts-expect-error` above a line that compiles.
import type { Channel, CustomerEvent, EventType, PurchaseEvent } from '../../src/index.ts'

const who = { customer: 'ann', time: '2024-05-02' }

/** One event of each type, with the fields that it must have, and ids and times of each kind. */
export const least: readonly CustomerEvent[] = [
  { type: 'purchase', customer: 'ann', time: '2024-05-02', value: 30 },
  { type: 'refund', customer: 7, time: 1_714_608_000_000, value: 5 },
  { type: 'cancel', customer: 7n, time: new Date(0), order: 'o-1' },
  { type: 'visit', ...who },
  { type: 'contact', ...who, campaign: 'spring' },
  { type: 'response', ...who, campaign: 'spring' },
  { type: 'consent', ...who, purpose: 'advertising', granted: false },
  { type: 'service', ...who, topic: 'delivery' },
  { type: 'social', ...who },
  { type: 'rating', ...who, score: 4, scale: 5 },
  { type: 'attribute', ...who, key: 'town', value: 'Ulm', basis: 'declared' },
]

/** What does not compile. */
export const refused: readonly CustomerEvent[] = [
  // @ts-expect-error a wrong field
  { type: 'purchase', ...who, value: 30, amount: 30 },
  // @ts-expect-error a field of another type of event
  { type: 'purchase', ...who, value: 30, campaign: 'spring' },
  // @ts-expect-error no value
  { type: 'purchase', ...who },
  // @ts-expect-error no order
  { type: 'cancel', ...who },
  // @ts-expect-error no customer
  { type: 'visit', time: '2024-05-02' },
  // @ts-expect-error no time
  { type: 'visit', customer: 'ann' },
  // @ts-expect-error no type
  { ...who, value: 30 },
  // @ts-expect-error an unknown type
  { type: 'sale', ...who, value: 30 },
  // @ts-expect-error money as text
  { type: 'purchase', ...who, value: '30' },
  // @ts-expect-error a customer that is no id
  { type: 'visit', customer: { id: 'ann' }, time: '2024-05-02' },
  // @ts-expect-error an unknown channel
  { type: 'visit', ...who, channel: 'telex' },
  // @ts-expect-error an optional field that is given as undefined
  { type: 'purchase', ...who, value: 30, order: undefined },
  // @ts-expect-error a permission that is neither given nor refused
  { type: 'consent', ...who, purpose: 'advertising', granted: 'maybe' },
]

/** `type` tells events apart: what is in it is known behind the question. */
export function orderOf(event: CustomerEvent): string | undefined {
  // @ts-expect-error a visit has no order
  if (event.type === 'visit') return event.order
  return event.type === 'purchase' ? event.order : undefined
}

/** An event cannot be changed. */
export function change(event: PurchaseEvent): void {
  // @ts-expect-error its fields are readonly
  event.value = 0
}

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false

/** The lists of types and channels name those of the events, no more and no fewer. */
export const typesAgree: Same<EventType, CustomerEvent['type']> = true
export const channelsAgree: Same<Channel, NonNullable<CustomerEvent['channel']>> = true
