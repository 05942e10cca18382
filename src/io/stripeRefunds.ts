import { goesBefore, type Money, type RefundFact } from './importFacts.ts'

/** What one `charge.refunded` says. */
export interface StripeRefund {
  /** Place of its record. */
  readonly index: number
  readonly charge: string
  /** All that was refunded of the charge by then. */
  readonly total: Money
  /** All that was refunded before, in smallest units, less than the total; 0 if the event does not say. */
  readonly before: number
  readonly id: string
  readonly time: number
  readonly customer: string
  readonly order: string
}

/**
 * The refunds that events with running totals tell of. An event covers the money between the total before it and its
 * own, and what several events cover counts once: so neither order of arrival nor repetition changes the sum, and what
 * was told in an earlier import is not told again.
 *
 * @returns for each event its refund, or none if others cover all of it
 */
export function stripeRefunds(refunds: readonly StripeRefund[]): { index: number; fact: RefundFact | undefined }[] {
  const ofCharge = new Map<string, StripeRefund[]>()
  for (const refund of refunds) {
    const key = refund.total.currency + refund.charge
    const others = ofCharge.get(key)
    if (others) others.push(refund)
    else ofCharge.set(key, [refund])
  }
  return [...ofCharge.values()].flatMap((told) => {
    const covered: Stretch[] = []
    return told.sort(byTotal).map((refund) => {
      const minor = cover(covered, refund.before, refund.total.minor)
      return { index: refund.index, fact: minor === 0 ? undefined : factOf(refund, minor) }
    })
  })
}

/** Money of a charge from one running total to another. */
interface Stretch {
  readonly from: number
  readonly to: number
}

/** Covers what lies between two totals; returns how much of it was not covered. None of `covered` reaches past `to`. */
function cover(covered: Stretch[], from: number, to: number): number {
  let fresh = to - from
  let start = from
  for (let last = covered.at(-1); last !== undefined && last.to > from; last = covered.at(-1)) {
    fresh -= last.to - Math.max(last.from, from)
    start = Math.min(start, last.from)
    covered.pop()
  }
  covered.push({ from: start, to })
  return fresh
}

/** By total, and of equal ones that first which covers most; in the end by all that they say, and never by arrival. */
function byTotal(a: StripeRefund, b: StripeRefund): number {
  return a.total.minor - b.total.minor || a.before - b.before || a.time - b.time || (isBefore(a, b) ? -1 : 1)
}

function isBefore({ index: _, ...a }: StripeRefund, { index: __, ...b }: StripeRefund): boolean {
  return goesBefore(a, b)
}

function factOf({ id, time, customer, order, total }: StripeRefund, minor: number): RefundFact {
  return { type: 'refund', id, time, customer, order, money: { ...total, minor }, isGross: false }
}
