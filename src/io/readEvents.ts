import { zoneOf } from '../core/calendar.ts'
import { badOption, checkChoice, checkInteger, checkNoOthers, checkObject, checkOptions } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkSignal } from '../core/steps.ts'
import { abortable } from './abortable.ts'
import { arrowEvents } from './arrowEvents.ts'
import { textIds } from './batchIds.ts'
import { checkDelimiter } from './csvDelimiter.ts'
import { csvByteEvents, csvTextEvents } from './csvEvents.ts'
import { duckDbEvents } from './duckDbEvents.ts'
import { hasDuckDb } from './duckDbQuery.ts'
import { batchBuilder, type EventBatch } from './eventBatch.ts'
import type { EventColumnNames } from './eventColumnNames.ts'
import { type EventFormat, extensionFormat, magicFormat } from './eventFormat.ts'
import { type EventSource, type OpenSource, openSource, plainBytes } from './eventSource.ts'
import { ndjsonEvents } from './ndjsonEvents.ts'
import { objectEvents } from './objectEvents.ts'
import { parquetEvents } from './parquetEvents.ts'
import type { ReadingContext } from './readingContext.ts'
import { gunzipped, isGzip, textPieces } from './textPieces.ts'

/** Options of `readEvents`. */
export interface ReadEventsOptions {
  /** Format of the source. @default what its first bytes say, else the ending of its name, else CSV */
  readonly format?: EventFormat
  /** Columns or keys by name. Those left out are found by their usual names, where only one bears one. */
  readonly columns?: Partial<EventColumnNames>
  /** Character between the fields of CSV. @default the one that parts the header most: `,` `;` tab or `|` */
  readonly delimiter?: string
  /** Decimal mark of values that are text; with `','` points may part the thousands: `1.234,50`. @default '.' */
  readonly decimal?: '.' | ','
  /** IANA time zone of days and of times without an offset. @default 'UTC' */
  readonly timeZone?: string
  /** Name of the source, for errors. @default its path, or what kind of thing it is */
  readonly name?: string
  /** Most rows in a batch. @default 16384 */
  readonly batchRows?: number
  /**
   * Who reads: `'duckdb'` hands the path of a CSV or Parquet file to the optional package `@duckdb/node-api`, with equal
   * results. `'auto'` does so with Parquet of 16 MiB and more, where the package is there; CSV we read four times as fast.
   * @default 'auto'
   */
  readonly engine?: 'auto' | 'own' | 'duckdb'
  /** Stops the reading with `ABORTED`, also while it waits for the source. */
  readonly signal?: AbortSignal
}

/**
 * Reads events of any common format, batch by batch, so that a file larger than memory passes through it: CSV, NDJSON
 * (both plain or gzip), Parquet, Arrow IPC (files and streams), or events as objects. Every row is in a batch, either
 * among the events or among those rejected, with its place and the reason.
 *
 * Memory is that of a batch, of the longest record (1,048,576 characters), of a row group of Parquet (its needed columns)
 * or of a record batch of Arrow. Parquet needs its end first: from a stream it is collected whole, up to 1 GiB.
 *
 * @returns batches in the order of the source; reading begins with the first and ends where the loop is left
 * @throws {ClienteleError} `BAD_OPTION` at once; while reading `BAD_FILE` for a source that is not what it should be,
 *   `MISSING_COLUMN` for a column that is not there or could be several, `MISSING_PEER` without DuckDB, `ABORTED`
 * @example
 * let money = 0
 * for await (const { columns } of readEvents('examples/data/cdnow.csv')) {
 *   for (const value of Array.from(columns.value!)) money += value!
 * }
 * Math.round(money) // 2500316
 */
export function readEvents(source: EventSource, options: ReadEventsOptions = {}): AsyncIterable<EventBatch> {
  const caller = 'readEvents'
  const {
    format,
    decimal = '.',
    delimiter,
    name,
    timeZone = 'UTC',
    batchRows = 16_384,
    engine = 'auto',
    columns = {},
    signal,
    ...others
  } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkObject(caller, 'columns', columns)
  checkSignal(caller, signal)
  if (format !== undefined) checkChoice(caller, 'format', format, ['csv', 'ndjson', 'parquet', 'arrow', 'events'])
  checkInteger(caller, 'batchRows', batchRows, 1, 1 << 20)
  zoneOf(caller, timeZone)
  const opened = openSource(caller, source)
  const context: ReadingContext = {
    caller,
    name: name ?? opened.name,
    columns,
    decimal: checkChoice(caller, 'decimal', decimal, ['.', ',']),
    delimiter: checkDelimiter(caller, delimiter),
    timeZone,
    batchRows,
    batches: batchBuilder(caller, batchRows, timeZone, textIds),
  }
  checkChoice(caller, 'engine', engine, ['auto', 'own', 'duckdb'])
  if (engine === 'duckdb' && opened.path === '')
    throw badOption(caller, 'engine', '"auto" or "own" for all but the path of a file', engine)
  return abortable(caller, batchesOf(opened, format, engine, context), signal)
}

/** Size from which on DuckDB reads Parquet sooner than we do, the loading of it included. */
const LARGE = 1 << 24

async function isForDuckDb(
  { path, range }: OpenSource,
  format: EventFormat,
  isPacked: boolean,
  engine: 'auto' | 'own' | 'duckdb',
): Promise<boolean> {
  if (engine !== 'auto') return engine === 'duckdb'
  if (format !== 'parquet' || isPacked || path === '') return false
  return (await range!()).byteLength >= LARGE && (await hasDuckDb())
}

/** Looks at the first bytes and chooses the reader. */
async function* batchesOf(
  opened: OpenSource,
  asked: EventFormat | undefined,
  engine: 'auto' | 'own' | 'duckdb',
  context: ReadingContext,
): AsyncGenerator<EventBatch, void, void> {
  const { caller, name } = context
  const { head, items, close } = await peeked(opened.items())
  try {
    if (asked === 'events' || (asked === undefined && head !== undefined && !isPiece(head))) {
      yield* objectEvents(items, context)
      return
    }
    if (head === undefined && asked === undefined && opened.path === '') return
    const pieces = checkedPieces(items, context)
    const isPacked = head instanceof Uint8Array && isGzip(head)
    const bytes = isPacked ? gunzipped(caller, name, pieces as AsyncIterable<Uint8Array>) : pieces
    const unpacked = isPacked ? await peeked(bytes) : { head: head as Uint8Array | string | undefined, items: pieces }
    const format = asked ?? magicFormat(unpacked.head) ?? extensionFormat(opened.path) ?? 'csv'
    if (await isForDuckDb(opened, format, isPacked, engine)) {
      yield* duckDbEvents(opened, format, isPacked, context)
    } else if (format === 'parquet') {
      yield* parquetEvents(isPacked ? undefined : opened.range, binary(unpacked.items, context, format), context)
    } else if (format === 'arrow') {
      yield* arrowEvents(binary(unpacked.items, context, format), context)
    } else if (format === 'csv' && unpacked.head instanceof Uint8Array) {
      yield* csvByteEvents(unpacked.items, context, isPacked ? undefined : opened.reuse)
    } else {
      const text = textPieces(caller, name, unpacked.items)
      yield* format === 'ndjson' ? ndjsonEvents(text, context) : csvTextEvents(text, context)
    }
  } finally {
    await close()
  }
}

function isPiece(item: unknown): item is Uint8Array | string {
  return typeof item === 'string' || item instanceof Uint8Array
}

interface Peeked<Item> {
  readonly head: Item | undefined
  readonly items: AsyncIterable<Item>
  /** Lets go of the source; `items` does so only once it has begun. */
  readonly close: () => Promise<void>
}

/** The first item that holds anything, and all the items from it on. */
async function peeked<Item>(items: AsyncIterable<Item>): Promise<Peeked<Item>> {
  const iterator = items[Symbol.asyncIterator]()
  let first = await iterator.next()
  while (!first.done && isPiece(first.value) && first.value.length === 0) first = await iterator.next()
  async function* all(): AsyncGenerator<Item, void, void> {
    for (let item = first; !item.done; item = await iterator.next()) yield item.value
  }
  const close = async (): Promise<void> => {
    await iterator.return?.()
  }
  return { head: first.done ? undefined : first.value, items: all(), close }
}

async function* checkedPieces(
  items: AsyncIterable<unknown>,
  { caller, name }: ReadingContext,
): AsyncGenerator<Uint8Array | string, void, void> {
  for await (const item of items) {
    if (!isPiece(item)) {
      throw new ClienteleError('BAD_FILE', `${caller}: ${name} gave a ${typeof item}, neither bytes nor text`)
    }
    yield typeof item === 'string' ? item : plainBytes(item)
  }
}

async function* binary(
  pieces: AsyncIterable<Uint8Array | string>,
  { caller, name }: ReadingContext,
  format: EventFormat,
): AsyncGenerator<Uint8Array, void, void> {
  for await (const piece of pieces) {
    if (typeof piece === 'string') {
      throw new ClienteleError('BAD_FILE', `${caller}: ${name} is text, and ${format} is not`)
    }
    yield piece
  }
}
