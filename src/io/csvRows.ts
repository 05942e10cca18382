import type { EventFields } from '../table/tableDraft.ts'
import { countOf } from './countOf.ts'
import { cellReason } from './csvReasons.ts'
import type { CsvRecord } from './csvRecord.ts'
import type { BatchBuilder } from './eventBatch.ts'
import type { EventColumnNames } from './eventColumnNames.ts'
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
  const at = (part: keyof EventColumnNames): number => (names[part] === '' ? -1 : header.indexOf(names[part]))
  const places = [at('customer'), at('time'), at('value'), at('order')] as const
  const extras = [at('type'), at('currency'), at('channel'), at('id'), at('source')] as const
  const hasExtras = extras.some((place) => place !== -1)
  const rules = { names: partLabels(names), decimal }

  function cellsOf({ fields }: CsvRecord): RawFields {
    const cell = (place: number): string | undefined => fields[place]?.trim()
    const main = { customer: cell(places[0]), time: cell(places[1]), value: cell(places[2]), order: cell(places[3]) }
    if (!hasExtras) return main
    const [type, currency, channel, id, source] = extras
    return {
      ...main,
      type: cell(type),
      currency: cell(currency),
      channel: cell(channel),
      id: cell(id),
      source: cell(source),
    }
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

/** The parts that have a column, by their own names: rules then name the part that is at fault, and reasons its column. */
function partLabels(names: EventColumnNames): EventColumnNames {
  const label = (part: keyof EventColumnNames): string => (names[part] === '' ? '' : part)
  return {
    customer: label('customer'),
    time: label('time'),
    value: label('value'),
    order: label('order'),
    type: label('type'),
    currency: label('currency'),
    channel: label('channel'),
    id: label('id'),
    source: label('source'),
  }
}
