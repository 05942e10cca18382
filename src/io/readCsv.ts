import { badOption, checkChoice, checkNoOthers, checkObject, checkOptions } from '../core/checks.ts'
import type { EventTable } from '../table/eventTable.ts'
import { byteIds, textIds } from './batchIds.ts'
import { csvByteReader } from './csvByteReader.ts'
import { type CsvColumns, findColumns } from './csvColumns.ts'
import type { CsvContext, CsvReader } from './csvContext.ts'
import { checkDelimiter } from './csvDelimiter.ts'
import { csvTextReader } from './csvTextReader.ts'
import { batchBuilder, type EventBatch } from './eventBatch.ts'
import type { EventColumnNames } from './eventColumnNames.ts'
import type { RejectedRow } from './rejectedRow.ts'
import { batchCollector } from './tableFromBatches.ts'

/** Purchases read from a CSV text, and what could not be read. */
export interface CsvPurchases {
  readonly table: EventTable
  /** Rows below the header, without blank lines: `accepted + rejected.length`. */
  readonly rows: number
  /** Rows that became events. */
  readonly accepted: number
  /** Rows that could not be read, each with its place and reason, in the order of the file. */
  readonly rejected: readonly RejectedRow[]
  /** Rows with a negative value, which were read as refunds. */
  readonly refunds: number
  /** Columns used; `order` is empty if there is none. */
  readonly columns: CsvColumns
  /** Which of them were found by their usual names rather than named. */
  readonly guessed: readonly (keyof CsvColumns)[]
}

/** Options of `readCsv`. */
export interface CsvOptions {
  /** Columns by name. Those left out are found by their usual names, where only one column bears one. */
  readonly columns?: Partial<CsvColumns>
  /** Character between fields. @default the one that parts the header most: `,` `;` tab or `|` */
  readonly delimiter?: string
  /** Decimal mark of the values; with `','` points may part the thousands, as in `1.234,50`. @default '.' */
  readonly decimal?: '.' | ','
  /** IANA time zone of the days and of times without an offset. @default 'UTC' */
  readonly timeZone?: string
  /** Currency of the values, ISO 4217. @default unknown */
  readonly currency?: string
  /** Name of the file, for errors. @default 'the text' */
  readonly name?: string
}

/**
 * Reads purchases from CSV with a header line. A negative value is a refund, of the order of its row if there is an order
 * column. Nothing is lost: each row is accepted or listed with its line and reason.
 *
 * Linear in the size; 70,000 rows take some 20 ms. A file that does not fit into memory goes through `readEvents`.
 *
 * @param source - a text, or the bytes of a UTF-8 file, which spares making the text
 *
 * @throws {ClienteleError} `MISSING_COLUMN` if a column is not there or several could be meant; `BAD_FILE` if there is
 *   no header or the bytes are not UTF-8; `BAD_OPTION` for a delimiter or decimal mark that is none
 * @example
 * const { table, rejected } = readCsv('id,date,amount\nann,2024-05-02,30\nbob,never,12\n')
 * rejected // [{ line: 3, reason: 'column "date": "never" is not a date that we know', text: 'bob,never,12' }]
 */
export function readCsv(source: string | Uint8Array, options: CsvOptions = {}): CsvPurchases {
  const caller = 'readCsv'
  if (typeof source !== 'string' && !(source instanceof Uint8Array))
    throw badOption(caller, 'source', 'a text or its bytes', source)
  const {
    name = 'the text',
    decimal = '.',
    delimiter,
    columns: named = {},
    timeZone = 'UTC',
    currency,
    ...others
  } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkObject(caller, 'columns', named)
  let found: ReturnType<typeof findColumns> | undefined
  const context = {
    caller,
    name,
    decimal: checkChoice(caller, 'decimal', decimal, ['.', ',']),
    delimiter: checkDelimiter(caller, delimiter),
    timeZone,
    batchRows: BATCH_ROWS,
    findColumns(header: readonly string[]): EventColumnNames {
      found = findColumns(caller, name, header, named)
      return { ...found.columns, type: '', currency: '', channel: '', id: '', source: '' }
    },
  }
  const collected = batchCollector(caller, { timeZone, ...(currency === undefined ? {} : { currency }) })
  let refunds = 0
  for (const batch of batchesOf(source, context)) {
    for (const type of batch.coded!.type) refunds += type
    collected.add(batch)
  }
  const { table, rejected, rows } = collected.finish()
  return { table, rows, accepted: table.ledger.accepted, rejected, refunds, ...found! }
}

/** Rows in a batch: so few that they stay in a processor's cache. */
const BATCH_ROWS = 16_384
/** Bytes that are read at a time, since the reader keeps a copy of them. */
const PIECE = 1 << 20

/** Bytes are read as they are, and a text as the bytes that it is in a file, if there are such. */
function batchesOf(source: string | Uint8Array, context: Omit<CsvContext, 'batches'>): Iterable<EventBatch> {
  const { caller, batchRows, timeZone } = context
  if (typeof source === 'string' && LONE_SURROGATE.test(source)) {
    return csvTextReader({ ...context, batches: batchBuilder(caller, batchRows, timeZone, textIds) }).read(source, true)
  }
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source
  return inPieces(bytes, csvByteReader({ ...context, batches: batchBuilder(caller, batchRows, timeZone, byteIds) }))
}

function* inPieces(bytes: Uint8Array, reader: CsvReader<Uint8Array>): Generator<EventBatch, void, void> {
  let at = 0
  for (; at + PIECE < bytes.length; at += PIECE) yield* reader.read(bytes.subarray(at, at + PIECE), false)
  yield* reader.read(bytes.subarray(at), true)
}

const LONE_SURROGATE = /\p{Surrogate}/u
