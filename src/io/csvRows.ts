import type { EventFields } from '../table/tableDraft.ts'
import type { CsvRecord } from './csvRecords.ts'
import type { EventColumnNames } from './eventColumnNames.ts'
import { eventFields, type FieldRules } from './eventFields.ts'

/** Reads the records below a header as events: the fields of one, or why it cannot be one. */
export function csvRowReader(
  header: readonly string[],
  rules: FieldRules,
): (record: CsvRecord) => EventFields | string {
  const width = header.length
  const at = (part: keyof EventColumnNames): number =>
    rules.names[part] === '' ? -1 : header.indexOf(rules.names[part])
  const places = [at('customer'), at('time'), at('value'), at('order')] as const
  const extras = [at('type'), at('currency'), at('channel'), at('id'), at('source')] as const
  const hasExtras = extras.some((place) => place !== -1)
  return ({ fields, problem }) => {
    if (problem !== '') return problem
    if (fields.length !== width) return `the row has ${fields.length} fields, the header ${width}`
    const cell = (place: number): string | undefined => fields[place]?.trim()
    const main = { customer: cell(places[0]), time: cell(places[1]), value: cell(places[2]), order: cell(places[3]) }
    if (!hasExtras) return eventFields(main, rules)
    const [type, currency, channel, id, source] = extras
    const extra = {
      type: cell(type),
      currency: cell(currency),
      channel: cell(channel),
      id: cell(id),
      source: cell(source),
    }
    return eventFields({ ...main, ...extra }, rules)
  }
}
