import type { DataType, Field } from '@uwdata/flechette'
import { zoneOf } from '../core/calendar.ts'
import { ClienteleError } from '../core/errors.ts'
import { type ArrowMessage, arrowMessages } from './arrowMessages.ts'
import type { EventBatch } from './eventBatch.ts'
import { type EventColumnNames, findEventColumns } from './eventColumnNames.ts'
import { eventFields, type RawFields } from './eventFields.ts'
import { unpackLz4Frame } from './lz4Frame.ts'
import type { ReadingContext } from './readingContext.ts'
import { rowText } from './rowText.ts'
import { type TimeKind, typedTime } from './typedColumns.ts'
import { zstdUnpacker } from './zstdFrame.ts'

/**
 * Batches of the events in an Arrow IPC stream or file, record batch by record batch.
 *
 * @throws {ClienteleError} `BAD_FILE` if it is damaged, cut off, compressed or none; `MISSING_COLUMN` as
 *   `findEventColumns`
 */
export async function* arrowEvents(
  pieces: AsyncIterable<Uint8Array>,
  context: ReadingContext,
): AsyncGenerator<EventBatch, void, void> {
  const { tableFromIPC } = await loadArrow()
  const { caller, columns, decimal, batches } = context
  const zone = zoneOf(caller, context.timeZone)
  const dictionaries = new Map<number, Uint8Array[]>()
  let schema: Uint8Array | undefined
  let names: EventColumnNames | undefined
  let kind: TimeKind = 'other'
  let place = 0
  for await (const message of guarded(arrowMessages(pieces), context)) {
    if (message.kind === 'schema' && schema === undefined) {
      schema = message.bytes
      const { fields } = orBadFile(context, () => tableFromIPC([message.bytes]).schema)
      orBadFile(context, () => checkFields(fields))
      names = findEventColumns(
        caller,
        context.name,
        fields.map((field) => field.name),
        columns,
      )
      const { customer, time } = names
      const typeOf = (column: string): DataType | undefined => fields.find(({ name }) => name === column)?.type
      if ([customer, time].some((column) => typeOf(column)?.typeId === NULL)) {
        throw badFile(context, new Error('its customers or times are a column of nothing'))
      }
      kind = timeKind(typeOf(time))
    } else if (message.kind === 'dictionary') {
      const before = message.isDelta ? (dictionaries.get(message.dictionary) ?? []) : []
      dictionaries.set(message.dictionary, [...before, message.bytes])
    } else if (message.kind === 'batch' && schema !== undefined && names !== undefined) {
      const { bytes, rows } = message
      const parts = [schema, ...[...dictionaries.values()].flat(), bytes]
      const found = names
      const rowAt = orBadFile(context, () => {
        const table = tableFromIPC(parts, { useBigInt: true, useDecimalInt: true })
        return rowReader(found, (name) => valuesOf(name, table.getChild(name), rows))
      })
      for (let row = 0; row < rows; row++) {
        const read = orBadFile(context, () => rowAt(row))
        const raw = { ...read, time: typedTime(read.time, kind, zone) }
        batches.add(++place, eventFields(raw, { names, decimal }), () => rowText(raw))
        if (batches.isFull()) yield* batches.take()
      }
    }
  }
  if (schema === undefined) throw badFile(context, new Error('it has no schema'))
  yield* batches.take()
}

/** Most bytes of a column of one record batch, unpacked. */
const MAX_COLUMN = 2 ** 30

/** Flechette, which leaves it to others to unpack what is packed. */
async function loadArrow(): Promise<typeof import('@uwdata/flechette')> {
  const arrow = await import('@uwdata/flechette')
  const unpackZstd = await zstdUnpacker()
  const { LZ4_FRAME, ZSTD } = arrow.CompressionType
  const unpackers = [
    [LZ4_FRAME, unpackLz4Frame],
    [ZSTD, unpackZstd],
  ] as const
  for (const [type, unpack] of unpackers) {
    if (arrow.getCompressionCodec(type) !== null) continue
    const decode = (bytes: Uint8Array, length?: number): Uint8Array => {
      if (!(length !== undefined && length >= 0 && length <= MAX_COLUMN))
        throw new Error(`a column has ${length} bytes`)
      return unpack(bytes, length)
    }
    const encode = (): never => {
      throw new Error('clientele unpacks only')
    }
    arrow.setCompressionCodec(type, { encode, decode })
  }
  return arrow
}

/** Powers of ten beyond the format's own limit would be computed all the same. */
const MAX_SCALE = 76

function checkFields(fields: readonly Field[]): void {
  for (const { name, type } of fields) {
    if (typeof name !== 'string') throw new Error('a column has no name')
    checkType(type)
  }
}

function checkType(type: DataType): void {
  const { scale, children, dictionary } = type as {
    readonly scale?: number
    readonly children?: readonly Field[]
    readonly dictionary?: DataType
  }
  if (scale !== undefined && !(Math.abs(scale) <= MAX_SCALE)) throw new Error(`a decimal has the scale ${scale}`)
  if (children !== undefined && children !== null) checkFields(children)
  if (dictionary !== undefined) checkType(dictionary)
}

interface Values {
  at(row: number): unknown
}

function rowReader(names: EventColumnNames, column: (name: string) => Values | undefined): (row: number) => RawFields {
  const of = (part: keyof EventColumnNames): Values | undefined =>
    names[part] === '' ? undefined : column(names[part])
  const [customer, time, value, order, type] = [of('customer'), of('time'), of('value'), of('order'), of('type')]
  const [currency, channel, id, source] = [of('currency'), of('channel'), of('id'), of('source')]
  return (row) => ({
    customer: customer?.at(row),
    time: time?.at(row),
    value: value?.at(row),
    order: order?.at(row),
    type: type?.at(row),
    currency: currency?.at(row),
    channel: channel?.at(row),
    id: id?.at(row),
    source: source?.at(row),
  })
}

/** Numbers of the types in the format's `Type` union. */
const NULL = 1
const BOOL = 6
const DECIMAL = 7
const DATE = 8
const TIMESTAMP = 10

/** What is looked at of a column of one record batch. */
interface BatchColumn extends Values {
  readonly type: DataType
  readonly data: readonly { readonly offsets?: ArrayLike<unknown>; readonly values?: ArrayLike<unknown> }[]
}

/** The values of a column: decimals as the nearest number, and text that is no UTF-8 as NaN, which no event can hold. */
function valuesOf(name: string, column: BatchColumn | undefined | null, rows: number): Values | undefined {
  if (column === undefined || column === null) return undefined
  const { type } = column
  if (type.typeId === NULL) return { at: () => undefined }
  // So that a damaged number of rows costs no more than the bytes that there are.
  const [first] = column.data
  const room = (first?.offsets ?? first?.values)?.length ?? 0
  if (rows > 0 && room * (type.typeId === BOOL ? 8 : 1) < rows)
    throw new Error(`column "${name}" has not ${rows} values`)
  if (type.typeId === DECIMAL) {
    const unit = 10 ** (type as { readonly scale: number }).scale
    const number = (value: unknown): unknown => (value === null ? null : Number(value) / unit)
    return { at: (row) => number(column.at(row)) }
  }
  const whole = (value: unknown): unknown =>
    typeof value === 'string' && value.includes('\ufffd') ? Number.NaN : value
  return { at: (row) => whole(column.at(row)) }
}

function timeKind(type: DataType | undefined): TimeKind {
  if (type?.typeId === DATE) return 'day'
  if (type?.typeId !== TIMESTAMP) return 'other'
  return (type as { readonly timezone?: string | null }).timezone ? 'instant' : 'wall'
}

async function* guarded(
  messages: AsyncIterable<ArrowMessage>,
  context: ReadingContext,
): AsyncGenerator<ArrowMessage, void, void> {
  try {
    yield* messages
  } catch (cause) {
    throw badFile(context, cause)
  }
}

function orBadFile<Result>(context: ReadingContext, work: () => Result): Result {
  try {
    return work()
  } catch (cause) {
    throw badFile(context, cause)
  }
}

function badFile({ caller, name }: ReadingContext, cause: unknown): ClienteleError {
  if (cause instanceof ClienteleError) return cause
  const message = `${caller}: ${name} is no Arrow IPC data, or is damaged or cut off: ${(cause as Error).message}`
  return new ClienteleError('BAD_FILE', message, { cause })
}
