import { checkIterable } from '../core/checks.ts'
import type { CustomerEvent } from './customerEvent.ts'
import { draftOfEvents } from './draftOfEvents.ts'
import type { EventTable, EventTableOptions } from './eventTable.ts'
import { finishTable } from './finishTable.ts'

/**
 * Groups events by customer, oldest first.
 *
 * Costs one dictionary look-up an event and a linear sort; 10^6 events take well under a second.
 *
 * @param events - in any order; each is read once and not kept
 * @throws {ClienteleError} `BAD_EVENT` for an event that cannot be true, with its index and customer;
 *   `MIXED_CURRENCIES` if money comes in more than one currency; `BAD_OPTION` for an unknown time zone
 * @example
 * const table = eventTable([
 *   { type: 'purchase', customer: 'ann', time: '2024-05-02', value: 30 },
 *   { type: 'purchase', customer: 'bob', time: '2024-05-03', value: 12 },
 *   { type: 'purchase', customer: 'ann', time: '2024-06-01', value: 25 },
 * ])
 * table.customers // ['ann', 'bob']
 */
export function eventTable(events: Iterable<CustomerEvent>, options: EventTableOptions = {}): EventTable {
  checkIterable('eventTable', 'events', events)
  const list = Array.isArray(events) ? (events as readonly CustomerEvent[]) : [...events]
  return finishTable(draftOfEvents('eventTable', list, options))
}
