import { zoneOf } from '../core/calendar.ts'
import { ClienteleError } from '../core/errors.ts'
import { type DuckDbQuery, pathForDuckDb, sqlName } from './duckDbQuery.ts'
import type { EventBatch } from './eventBatch.ts'
import { type EventColumnNames, findEventColumns } from './eventColumnNames.ts'
import { eventFields, type RawFields } from './eventFields.ts'
import type { OpenSource } from './eventSource.ts'
import { parquetEvents } from './parquetEvents.ts'
import type { ReadingContext } from './readingContext.ts'
import { rowText } from './rowText.ts'
import { type TimeKind, typedTime } from './typedColumns.ts'

const FILE = 'read_parquet($1, binary_as_string = true)'

/** Types that both readers give alike, whatever they stand for; numbers of other kinds only as values. */
const ALIKE = /^(U?(TINY|SMALL|BIG)INT|U?INTEGER|FLOAT|DOUBLE|VARCHAR)$/

/**
 * Batches of the events in a Parquet file. Where a column is of a type that the two readers do not give alike, such as
 * decimals that are ids, or where DuckDB cannot make out the columns, our own reader does it all.
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
  const types = await columnTypes(query, values)
  if (types.size === 0) {
    yield* parquetEvents(opened.range, NOTHING, context)
    return
  }
  const names = findEventColumns(caller, name, [...types.keys()], columns)
  const parts = (Object.keys(names) as (keyof EventColumnNames)[]).filter((part) => names[part] !== '')
  if (!parts.every((part) => isAlike(part, types.get(names[part])!))) {
    yield* parquetEvents(opened.range, NOTHING, context)
    return
  }
  const selected = parts.map((part) => selection(part, names[part], types.get(names[part])!))
  const kind = timeKind(types.get(names.time)!)
  let place = 0
  for await (const chunk of guarded(query(`SELECT ${selected.join(', ')} FROM ${FILE}`, values), context)) {
    for (let row = 0; row < chunk.rows; row++) {
      const read: { -readonly [Part in keyof RawFields]: RawFields[Part] } = {}
      for (let i = 0; i < parts.length; i++) read[parts[i]!] = chunk.columns[i]![row]
      const time = kind !== 'other' && typeof read.time === 'bigint' ? Number(read.time) : read.time
      const raw = { ...read, time: typedTime(time, kind, zone) }
      batches.add(++place, eventFields(raw, { names, decimal }), () => rowText(raw))
      if (batches.isFull()) yield* batches.take()
    }
  }
  yield* batches.take()
}

/** Pieces of a source that is read where it stands. */
const NOTHING: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
}

/** Type of each column by its name; none if DuckDB cannot read the file or has renamed a column, which it does to twins. */
async function columnTypes(query: DuckDbQuery, values: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const types = new Map<string, string>()
  try {
    for await (const { columns, rows } of query(`DESCRIBE SELECT * FROM ${FILE}`, values)) {
      for (let row = 0; row < rows; row++) types.set(String(columns[0]![row]), String(columns[1]![row]))
    }
  } catch {
    return new Map() // the other reader says what is wrong, or that all is well
  }
  const plain = new Set([...types.keys()].map((name) => name.toLowerCase()))
  const isTwin = (name: string): boolean => /_\d+$/.test(name) && plain.has(name.replace(/_\d+$/, '').toLowerCase())
  return [...types.keys()].some(isTwin) ? new Map() : types
}

function isAlike(part: keyof EventColumnNames, type: string): boolean {
  if (part === 'time' && timeKind(type) !== 'other') return true
  return ALIKE.test(type) || (part === 'value' && type.startsWith('DECIMAL'))
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
