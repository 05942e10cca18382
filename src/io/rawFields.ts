import type { EventColumnNames } from './eventColumnNames.ts'
import type { RawFields } from './eventFields.ts'

/** The parts of an event in an object; only what is the object's own counts, never what a prototype brings. */
export function rawFields(row: Readonly<Record<string, unknown>>, names: EventColumnNames): RawFields {
  const own = (name: string): unknown => (name !== '' && Object.hasOwn(row, name) ? row[name] : undefined)
  return {
    customer: own(names.customer),
    time: own(names.time),
    value: own(names.value),
    order: own(names.order),
    type: own(names.type),
    currency: own(names.currency),
    channel: own(names.channel),
    id: own(names.id),
    source: own(names.source),
  }
}
