import type { FileMetaData, ParquetParsers, RowGroup, SchemaElement } from 'hyparquet'
import { DAY_MS, type Zone, zoneOf } from '../core/calendar.ts'
import { ClienteleError } from '../core/errors.ts'
import type { EventBatch } from './eventBatch.ts'
import { type EventColumnNames, findEventColumns } from './eventColumnNames.ts'
import { eventFields, type RawFields } from './eventFields.ts'
import type { ByteRange } from './eventSource.ts'
import { parquetCodecs } from './parquetCodecs.ts'
import { checkedPages } from './parquetPages.ts'
import type { ReadingContext } from './readingContext.ts'
import { rowText } from './rowText.ts'
import { type TimeKind, typedTime, utf8Reader } from './typedColumns.ts'

/** Most bytes that are collected of a stream, which has to be read whole before its first row is known. */
const MAX_COLLECTED = 2 ** 30
/** Most rows in a row group; its needed columns are in memory together. */
const MAX_GROUP = 2 ** 26

/**
 * Batches of the events in a Parquet file, row group by row group; only the columns needed are read.
 *
 * @param range - where any part can be read, or `undefined` to collect `pieces`
 * @throws {ClienteleError} `BAD_FILE` if it is damaged, cut off or none; `MISSING_COLUMN` as `findEventColumns`
 */
export async function* parquetEvents(
  range: (() => Promise<ByteRange>) | undefined,
  pieces: AsyncIterable<Uint8Array>,
  context: ReadingContext,
): AsyncGenerator<EventBatch, void, void> {
  const { caller, name, columns, decimal, batches } = context
  const zone = zoneOf(caller, context.timeZone)
  const file = range === undefined ? await collected(pieces, context) : await range()
  const { parquetMetadataAsync, parquetScan, parquetSchema } = await import('hyparquet')
  const compressors = await parquetCodecs()
  const metadata = await orBadFile(context, () => parquetMetadataAsync(file, { geoparquet: false }))
  const schema = await orBadFile(context, async () => {
    metadata.schema.forEach(checkElement)
    return parquetSchema(metadata).children
  })
  const names = findEventColumns(
    caller,
    name,
    schema.map(({ element }) => element.name),
    columns,
  )
  const elements = new Map(schema.map(({ element }) => [element.name, element]))
  const rules = { names, decimal }
  const needed = [...new Set(Object.values(names).filter((column) => column !== ''))]
  const { parquetHeader } = await import('hyparquet/src/column.js')
  const parsers = textParsers()
  const sizes = await orBadFile(context, async () => groupSizes(metadata))
  let first = 0
  for (const [group, rows] of sizes.entries()) {
    const rowStart = first
    const read = async (column: string): Promise<readonly [string, ArrayLike<unknown>]> => {
      const chunk = checkedChunk(metadata.row_groups[group]!, column, elements.get(column)!)
      const bytes = await file.slice(chunk.start, chunk.end)
      const limits = { rows, isOptional: chunk.isOptional, codec: chunk.codec }
      const checked = checkedPages(bytes, limits, parquetHeader, compressors)
      // What has been checked is what is decoded.
      const slice: ByteRange['slice'] = async (start, end) => (start === chunk.start ? bytes : file.slice(start, end))
      const options = { metadata, columns: [column], compressors: checked, parsers, useOffsetIndex: false }
      const scan = await parquetScan({ file: { byteLength: file.byteLength, slice }, ...options })
      const values = await scan.readColumn({ column, rowStart, rowEnd: rowStart + rows })
      if (values.length !== rows) throw new Error(`column "${column}" has ${values.length} of ${rows} rows`)
      return [column, values]
    }
    const columnsOf = async (): Promise<ReadonlyMap<string, ArrayLike<unknown>>> => {
      const all = await Promise.allSettled(rows === 0 ? [] : needed.map(read))
      return new Map(all.map((result) => (result.status === 'fulfilled' ? result.value : fail(result.reason))))
    }
    const values = await orBadFile(context, columnsOf)
    const rowAt = typedRows(names, values, elements, zone)
    for (let row = 0; row < rows; row++) {
      const raw = rowAt(row)
      batches.add(first + row + 1, eventFields(raw, rules), () => rowText(raw))
      if (batches.isFull()) yield* batches.take()
    }
    first += rows
  }
  yield* batches.take()
}

/** Newer writers leave out the older of two ways to say what a column holds, which is the one that is looked at later. */
function checkElement(element: SchemaElement): void {
  if (typeof element.name !== 'string') throw new Error('a column has no name')
  const logical = element.logical_type
  if (element.converted_type !== undefined) return
  if (logical?.type === 'DATE') element.converted_type = 'DATE'
  if (logical?.type !== 'DECIMAL') return
  element.converted_type = 'DECIMAL'
  element.scale = logical.scale
}

interface Chunk {
  readonly start: number
  readonly end: number
  readonly codec: string
  readonly isOptional: boolean
}

/** Where the pages of a column of a row group stand, if it is one that parts of an event can come from. */
function checkedChunk({ columns }: RowGroup, name: string, element: SchemaElement): Chunk {
  const meta = columns.find((column) => column.meta_data?.path_in_schema[0] === name)?.meta_data
  const isFlat = meta?.path_in_schema.length === 1 && element.repetition_type !== 'REPEATED'
  if (meta === undefined || !isFlat || element.type === undefined || element.type === 'BOOLEAN') {
    throw new Error(`column "${name}" holds lists, records or truth values, which no part of an event is`)
  }
  const start = Number(meta.dictionary_page_offset || meta.data_page_offset)
  const end = start + Number(meta.total_compressed_size)
  if (!(start >= 0 && end >= start)) throw new Error(`column "${name}" stands at byte ${start} to ${end}`)
  return { start, end, codec: meta.codec, isOptional: element.repetition_type === 'OPTIONAL' }
}

function fail(reason: unknown): never {
  throw reason
}

function groupSizes({ row_groups, num_rows }: FileMetaData): number[] {
  const sizes = row_groups.map((group) => Number(group.num_rows))
  const bad = sizes.find((size) => !(size >= 0 && size <= MAX_GROUP))
  if (bad !== undefined) throw new Error(`a row group has ${bad} rows, and at most ${MAX_GROUP} are read`)
  const all = sizes.reduce((sum, size) => sum + size, 0)
  if (all !== Number(num_rows)) throw new Error(`its row groups hold ${all} rows, and it says ${num_rows}`)
  return sizes
}

/** Times as ms, exact to the one below; days as ms too, which `typedTime` tells apart. */
function textParsers(): Partial<ParquetParsers> {
  const text = utf8Reader()
  return {
    dateFromDays: (days) => days * DAY_MS,
    timestampFromMilliseconds: (time) => Number(time),
    timestampFromMicroseconds: (time) => Math.floor(Number(time) / 1000),
    timestampFromNanoseconds: (time) => Math.floor(Number(time / 1000n) / 1000),
    stringFromBytes: text,
    jsonFromBytes: text,
  }
}

function typedRows(
  names: EventColumnNames,
  values: ReadonlyMap<string, ArrayLike<unknown>>,
  elements: ReadonlyMap<string, SchemaElement>,
  zone: Zone,
): (row: number) => RawFields {
  const column = (part: keyof EventColumnNames): ArrayLike<unknown> | undefined => values.get(names[part])
  const [customer, time, value, order] = [column('customer'), column('time'), column('value'), column('order')]
  const [type, currency, channel] = [column('type'), column('currency'), column('channel')]
  const [id, source] = [column('id'), column('source')]
  const kind = timeKind(elements.get(names.time))
  const money = decimalReader(elements.get(names.value))
  return (row) => ({
    customer: customer?.[row],
    time: typedTime(time?.[row], kind, zone),
    value: money(value?.[row]),
    order: order?.[row],
    type: type?.[row],
    currency: currency?.[row],
    channel: channel?.[row],
    id: id?.[row],
    source: source?.[row],
  })
}

function timeKind(element: SchemaElement | undefined): TimeKind {
  const logical = element?.logical_type
  if (element?.converted_type === 'DATE') return 'day'
  if (logical?.type === 'TIMESTAMP') return logical.isAdjustedToUTC ? 'instant' : 'wall'
  if (element?.type === 'INT96') return 'wall'
  return element?.converted_type?.startsWith('TIMESTAMP') ? 'instant' : 'other'
}

/** Decimals come multiplied by a power of ten that is no binary number; dividing the integer gives the nearest number. */
function decimalReader(element: SchemaElement | undefined): (value: unknown) => unknown {
  if (element?.converted_type !== 'DECIMAL') return (value) => value
  const unit = 10 ** (element.scale ?? 0)
  return (value) => (typeof value === 'number' ? Math.round(value * unit) / unit : value)
}

/** The whole of a stream. */
async function collected(pieces: AsyncIterable<Uint8Array>, context: ReadingContext): Promise<ByteRange> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const piece of pieces) {
    parts.push(piece)
    length += piece.length
    if (length > MAX_COLLECTED) {
      const message = 'is Parquet of more than 1 GiB in a stream, whose end is needed first; give the path of the file'
      throw new ClienteleError('BAD_FILE', `${context.caller}: ${context.name} ${message}`)
    }
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return { byteLength: length, slice: async (start, end) => bytes.buffer.slice(start, end) }
}

async function orBadFile<Result>({ caller, name }: ReadingContext, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (cause) {
    if (cause instanceof ClienteleError) throw cause
    const message = `${caller}: ${name} is no Parquet file, or is damaged or cut off: ${(cause as Error).message}`
    throw new ClienteleError('BAD_FILE', message, { cause })
  }
}
