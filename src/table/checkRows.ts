import type { Dictionary } from './dictionary.ts'
import type { EventTableOptions, RejectedEvent } from './eventTable.ts'
import { addEvent, type EventFields, tableDraft } from './tableDraft.ts'

/** What was read from events that were checked, row by row: 17 bytes each. */
export interface CheckedRows {
  readonly time: Float64Array
  /** Index into `EVENT_TYPES`, or `REJECTED`. */
  readonly type: Uint8Array
  /** Money; NaN for a cancellation of the whole order. */
  readonly value: Float64Array
  readonly rejected: readonly RejectedEvent[]
  readonly currency: string
}

/** Type of a row that cannot be true. */
export const REJECTED = 255

/** Checks events by the rules of a table, without keeping any of their texts. The first is number `first` of them. */
export function checkRows(
  caller: string,
  size: number,
  fieldsAt: (row: number) => EventFields,
  first: number,
  options: EventTableOptions,
): CheckedRows {
  // One row, written over and over. Not a copy, which would have another shape than other drafts.
  const draft = Object.assign(tableDraft(caller, 1, options), { customers: NO_TEXTS, orders: NO_TEXTS })
  const time = new Float64Array(size)
  const type = new Uint8Array(size).fill(REJECTED)
  const value = new Float64Array(size)
  for (let row = 0; row < size; row++) {
    const fields = fieldsAt(row)
    draft.accepted = 0
    // Whoever takes the rows in knows the replays.
    addEvent(draft, first + row, fields?.id === undefined ? fields : { ...fields, id: undefined })
    if (draft.accepted === 0) continue
    time[row] = draft.time[0]!
    type[row] = draft.type[0]!
    value[row] = draft.value[0]!
  }
  return { time, type, value, rejected: draft.rejected, currency: draft.currency }
}

/** A dictionary that remembers nothing. */
const NO_TEXTS: Dictionary = {
  codeOf: () => 0,
  codesInto: (texts) => texts.length,
  names: () => [],
  size: () => 0,
}
