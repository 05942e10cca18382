import type { PurchaseFact, RefundFact } from './importFacts.ts'
import { MAX_MINOR } from './minorUnits.ts'

/**
 * What each refund takes off its purchase, in smallest units. A refund with tax and shipping of a purchase without them
 * counts for its share: of 119.00 paid for goods of 100.00, a refund of 11.90 takes back 10.00. The shares of one order
 * are cut from its running total, oldest refund first, so that they add up: all of it back is all of it off.
 *
 * @param purchaseOf - the purchase whose order a refund names, if there is one
 */
export function netRefunds(
  refunds: readonly RefundFact[],
  purchaseOf: (refund: RefundFact) => PurchaseFact | undefined,
): ReadonlyMap<RefundFact, number> {
  const net = new Map<RefundFact, number>()
  const sharing = new Map<PurchaseFact, RefundFact[]>()
  for (const refund of refunds) {
    const purchase = purchaseOf(refund)
    if (purchase === undefined || !isShare(refund, purchase)) net.set(refund, refund.money.minor)
    else if (sharing.has(purchase)) sharing.get(purchase)!.push(refund)
    else sharing.set(purchase, [refund])
  }
  for (const [purchase, parts] of sharing) {
    parts.sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1))
    const shares = sharesOf(parts, BigInt(purchase.money.minor), BigInt(purchase.gross!))
    for (const [i, part] of parts.entries()) net.set(part, shares[i]!)
  }
  return net
}

/** Shares of refunds in turn, or the refunds as they are if a share were more than can be counted. */
function sharesOf(parts: readonly RefundFact[], net: bigint, gross: bigint): number[] {
  let given = 0n
  let taken = 0n
  const shares = parts.map(({ money }) => {
    given += BigInt(money.minor)
    const due = shareOf(given, net, gross)
    const share = Number(due - taken)
    taken = due
    return share
  })
  return shares.every((share) => share <= MAX_MINOR) ? shares : parts.map(({ money }) => money.minor)
}

function isShare({ isGross, money }: RefundFact, purchase: PurchaseFact): boolean {
  return isGross && (purchase.gross ?? 0) > 0 && money.currency === purchase.money.currency
}

/** `given * part / whole`, rounded half up. */
function shareOf(given: bigint, part: bigint, whole: bigint): bigint {
  return (2n * given * part + whole) / (2n * whole)
}
