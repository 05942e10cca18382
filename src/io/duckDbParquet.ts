import { zoneOf } from '../core/calendar.ts'
import { ClienteleError } from '../core/errors.ts'
import { type DuckDbQuery, pathForDuckDb, sqlName } from './duckDbQuery.ts'
import type { EventBatch } from './eventBatch.ts'
import { type EventColumnNames, findEventColumns } from './eventColumnNames.ts'
import { eventFields, type RawFields } from './eventFields.ts'
import type { OpenSource } from './eventSource.ts'
import type { ReadingContext } from './readingContext.ts'
import { rowText } from './rowText.ts'
import { type TimeKind, typedTime } from './typedColumns.ts'

const FILE = 'read_parquet($1, binary_as_string = true)'

/**
 * Batches of the events in a Parquet file.
 *
 * @throws {ClienteleError} `BAD_FILE` if DuckDB cannot read it; `MISSING_COLUMN` as `findEventColumns`
 */
export async function* duckDbParquetEvents(
  opened: OpenSource,
  query: DuckDbQuery,
  context: ReadingContext,
): AsyncGenerator<EventBatch, void, void> {
  const { caller, name, columns, decimal, batches } = context
  const zone = zoneOf(caller, context.timeZone)
  const values = [pathForDuckDb(opened.path)]
  const types = new Map<string, string>()
  for await (const { columns, rows } of guarded(query(`DESCRIBE SELECT * FROM ${FILE}`, values), context)) {
    for (let row = 0; row < rows; row++) types.set(String(columns[0]![row]), String(columns[1]![row]))
  }
  const names = findEventColumns(caller, name, [...types.keys()], columns)
  const parts = (Object.keys(names) as (keyof EventColumnNames)[]).filter((part) => names[part] !== '')
  const selected = parts.map((part) => selection(part, names[part], types.get(names[part])!))
  const kind = timeKind(types.get(names.time)!)
  let place = 0
  for await (const chunk of guarded(query(`SELECT ${selected.join(', ')} FROM ${FILE}`, values), context)) {
    for (let row = 0; row < chunk.rows; row++) {
      const read: { -readonly [Part in keyof RawFields]: RawFields[Part] } = {}
      for (let i = 0; i < parts.length; i++) read[parts[i]!] = chunk.columns[i]![row]
      const time = typeof read.time === 'bigint' ? Number(read.time) : read.time
      const raw = { ...read, time: typedTime(time, kind, zone) }
      batches.add(++place, eventFields(raw, { names, decimal }), () => rowText(raw))
      if (batches.isFull()) yield* batches.take()
    }
  }
  yield* batches.take()
}

/** A column as the other reader gives it: times in whole ms, rounded down, and decimals as the nearest number. */
function selection(part: keyof EventColumnNames, name: string, type: string): string {
  const column = sqlName(name)
  if (part === 'value' && type.startsWith('DECIMAL')) return `CAST(${column} AS DOUBLE)`
  if (part !== 'time' || timeKind(type) === 'other') return column
  if (type === 'DATE') return `datediff('day', DATE '1970-01-01', ${column}) * 86400000`
  const micros = `epoch_us(${column})`
  return `(${micros} - ((${micros} % 1000) + 1000) % 1000) // 1000`
}

function timeKind(type: string): TimeKind {
  if (type === 'DATE') return 'day'
  if (type === 'TIMESTAMP WITH TIME ZONE') return 'instant'
  return type.startsWith('TIMESTAMP') ? 'wall' : 'other'
}

async function* guarded<Item>(
  items: AsyncIterable<Item>,
  { caller, name }: ReadingContext,
): AsyncGenerator<Item, void, void> {
  try {
    yield* items
  } catch (cause) {
    const message = `${caller}: ${name} is no Parquet file, or is damaged or cut off: ${(cause as Error).message}`
    throw new ClienteleError('BAD_FILE', message, { cause })
  }
}
