import { ClienteleError } from '../core/errors.ts'
import { type CsvColumns, findColumns } from './csvColumns.ts'

/** Which column or key of a source plays which part of an event; empty where none does. */
export interface EventColumnNames extends CsvColumns {
  /** Kind of the event, as in `CustomerEvent`. Without it all are purchases, and refunds where the value is negative. */
  readonly type: string
  /** ISO 4217. */
  readonly currency: string
  readonly channel: string
  /** Identity of the event: the second of the same source and id is a replay. */
  readonly id: string
  readonly source: string
}

/** Most columns that a source may have. */
const MAX_COLUMNS = 16_384

/** The field names of `CustomerEvent`. */
export const EVENT_FIELD_NAMES: EventColumnNames = {
  customer: 'customer',
  time: 'time',
  value: 'value',
  order: 'order',
  type: 'type',
  currency: 'currency',
  channel: 'channel',
  id: 'id',
  source: 'source',
}

/**
 * Finds the columns of events. A source whose columns include `type`, `customer` and `time` holds events as
 * `CustomerEvent` names them, and all of these names are taken. Of any other, customer, time, value and order are found
 * as `readCsv` finds them, and what else there is counts only where it is named: an `id` may be anything.
 *
 * @throws {ClienteleError} `MISSING_COLUMN` as `findColumns`; `BAD_FILE` for more than 16,384 columns
 */
export function findEventColumns(
  caller: string,
  file: string,
  header: readonly string[],
  named: Partial<EventColumnNames>,
): EventColumnNames {
  if (header.length > MAX_COLUMNS) {
    throw new ClienteleError('BAD_FILE', `${caller}: ${file} has ${header.length} columns, more than ${MAX_COLUMNS}`)
  }
  const isOurs = ['type', 'customer', 'time'].every((name) => header.includes(name))
  const given = isOurs ? { ...presentOf(header), ...named } : named
  const extra = (part: keyof EventColumnNames): string => existing(caller, file, header, part, given[part] ?? '')
  const rest = {
    type: extra('type'),
    currency: extra('currency'),
    channel: extra('channel'),
    id: extra('id'),
    source: extra('source'),
  }
  // Events of other kinds than purchases need no value.
  if (isOurs && given.value === undefined) return { ...findMain(caller, file, header, given), ...rest, value: '' }
  return { ...findColumns(caller, file, header, given).columns, ...rest }
}

/** The fields of `CustomerEvent` that a header has. */
function presentOf(header: readonly string[]): Partial<EventColumnNames> {
  return Object.fromEntries(Object.entries(EVENT_FIELD_NAMES).filter(([, name]) => header.includes(name)))
}

function findMain(
  caller: string,
  file: string,
  header: readonly string[],
  given: Partial<EventColumnNames>,
): Omit<CsvColumns, 'value'> {
  const main = (part: 'customer' | 'time' | 'order'): string => existing(caller, file, header, part, given[part] ?? '')
  return { customer: main('customer'), time: main('time'), order: main('order') }
}

/** `name`, if it is empty or there is one such column. */
function existing(caller: string, file: string, header: readonly string[], part: string, name: string): string {
  const found = name === '' ? 1 : header.filter((column) => column === name).length
  if (found === 1) return name
  const count = found === 0 ? 'no column' : `${found} columns`
  throw new ClienteleError('MISSING_COLUMN', `${caller}: ${file} has ${count} "${name}" for the ${part}`)
}
