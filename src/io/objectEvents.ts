import { show } from '../core/checks.ts'
import type { EventBatch } from './eventBatch.ts'
import { EVENT_FIELD_NAMES } from './eventColumnNames.ts'
import { eventFields, type RawFields } from './eventFields.ts'
import type { ReadingContext } from './readingContext.ts'
import { rowText } from './rowText.ts'

/** Batches of events that come as objects. */
export async function* objectEvents(
  items: AsyncIterable<unknown>,
  { batches, decimal }: ReadingContext,
): AsyncGenerator<EventBatch, void, void> {
  const rules = { names: EVENT_FIELD_NAMES, decimal }
  let place = 0
  for await (const item of items) {
    place++
    if (typeof item === 'object' && item !== null) {
      // Events may be instances of a class, so inherited fields count.
      const raw = item as RawFields
      batches.add(place, eventFields(raw, rules), () => rowText(raw))
    } else {
      batches.add(place, `an event must be an object, got ${show(item)}`, () => show(item))
    }
    if (batches.isFull()) yield* batches.take()
  }
  yield* batches.take()
}
