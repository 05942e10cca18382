import assert from 'node:assert/strict'
import type { Imported } from '../../src/io/importLedger.ts'
import { minorExponent, readMinor } from '../../src/io/minorUnits.ts'
import type { CustomerEvent } from '../../src/table/customerEvent.ts'
import { eventTable } from '../../src/table/tableFromEvents.ts'

/** Money of events by currency, as a ledger has it: what the events carry, and not what the importer says of them. */
function moneyOfEvents(events: readonly CustomerEvent[]): object[] {
  const sums = new Map<string, { currency: string; decimals: number; paid: bigint; refunded: bigint }>()
  for (const event of events) {
    if (event.type !== 'purchase' && event.type !== 'refund') continue
    const currency = event.currency!
    const decimals = minorExponent(currency)
    const entry = sums.get(currency) ?? { currency, decimals, paid: 0n, refunded: 0n }
    const money = readMinor(event.value, decimals)!
    assert(!money.isRounded)
    entry[event.type === 'purchase' ? 'paid' : 'refunded'] += BigInt(money.minor)
    sums.set(currency, entry)
  }
  return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1))
}

/** The ledger adds up, and so do events and rejected records; every event is one that a table takes. */
export function expectBalanced({ events, rejected, ledger }: Imported): void {
  assert.equal(ledger.accepted + rejected.length, ledger.records)
  assert.equal(ledger.faults + ledger.replays + ledger.ignored, rejected.length)
  assert.equal(
    ledger.ignoredKinds.reduce((total, { records }) => total + records, 0),
    ledger.ignored,
  )
  for (const [i, { index, reason }] of rejected.entries()) {
    assert(index > (rejected[i - 1]?.index ?? -1) && index < ledger.records)
    assert(reason !== '' && reason.length < 400, reason)
    // Only records that are no plain data may throw; an error of ours shall not pass for one of theirs.
    assert(!reason.includes('throws'), reason)
  }
  assert.equal(events.length, ledger.events)
  assert.deepEqual(ledger.money, moneyOfEvents(events))
  for (const { currency } of ledger.money) {
    const kept = events.filter((event) => !('currency' in event) || event.currency === currency)
    const table = eventTable(kept)
    assert.deepEqual(table.ledger, { accepted: kept.length, replays: 0, rejected: [] })
  }
}

/** What an import comes to, whatever the order of its records. */
export function outcomeOf({ events, ledger }: Imported): object {
  const { accepted, faults, replays, ignored, cancellations, rounded, money } = ledger
  const sorted = events.map((event) => JSON.stringify(event)).sort()
  return { events: sorted, accepted, faults, replays, ignored, cancellations, rounded, money }
}
