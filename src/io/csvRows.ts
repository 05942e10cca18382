import type { EventFields } from '../table/tableDraft.ts'
import { countOf } from './countOf.ts'
import { cellReason } from './csvReasons.ts'
import type { CsvRecord } from './csvRecords.ts'
import type { BatchBuilder } from './eventBatch.ts'
import { EVENT_FIELD_NAMES, type EventColumnNames } from './eventColumnNames.ts'
import { eventFields, type FieldRules, type RawFields } from './eventFields.ts'

/** Reads the records below a header as events. */
export interface CsvRows {
  /** The fields of the event in a record, or why it cannot be one. */
  read(record: CsvRecord): EventFields | string
  /** Adds a record to a batch: its event, or why there is none, in terms of the file. */
  addTo(batches: BatchBuilder, record: CsvRecord): void
}

/** What reads the records below a header. */
export function csvRows(header: readonly string[], { names, decimal }: FieldRules): CsvRows {
  const width = header.length
  const parts = (Object.keys(EVENT_FIELD_NAMES) as (keyof EventColumnNames)[]).filter((part) => names[part] !== '')
  const places = parts.map((part) => header.indexOf(names[part]))
  // Rules name the part that is at fault, and reasons then its column.
  const labels = Object.fromEntries(
    Object.entries(EVENT_FIELD_NAMES).map(([part, label]) => [part, parts.includes(label as never) ? label : '']),
  ) as unknown as EventColumnNames
  const rules = { names: labels, decimal }

  function cellsOf({ fields }: CsvRecord): RawFields {
    const cells: Partial<Record<keyof EventColumnNames, string>> = {}
    for (let i = 0; i < parts.length; i++) cells[parts[i]!] = fields[places[i]!]!.trim()
    return cells
  }

  function read(record: CsvRecord): EventFields | string {
    const { fields, problem } = record
    if (problem !== '') return problem
    if (fields.length !== width) return `the row has ${countOf(fields.length, 'field')}, the header ${width}`
    return eventFields(cellsOf(record), rules)
  }

  return {
    read,
    addTo(batches, record) {
      const fields = read(record)
      batches.add(
        record.line,
        fields,
        () => record.text,
        (reason) => cellReason(reason, names, () => cellsOf(record)),
      )
    },
  }
}
