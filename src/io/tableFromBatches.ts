import { checkIterable, checkNoOthers, checkOptions } from '../core/checks.ts'
import type { EventTable, EventTableOptions } from '../table/eventTable.ts'
import { finishTable } from '../table/finishTable.ts'
import { addEvent, giveRoom, grown, type TableDraft, tableDraft } from '../table/tableDraft.ts'
import { columnFields } from '../table/tableFromColumns.ts'
import { codedRows } from './codedRows.ts'
import type { EventBatch } from './eventBatch.ts'
import type { RejectedRow } from './rejectedRow.ts'

/** A table made of batches, and what could not be read. */
export interface BatchesTable {
  readonly table: EventTable
  /** Rows that are no events, each with its place and reason, in the order of the source. */
  readonly rejected: readonly RejectedRow[]
  /** Rows read: `table.ledger.accepted + table.ledger.replays + rejected.length`. */
  readonly rows: number
}

/** Options of `tableFromBatches`. */
export interface TableFromBatchesOptions {
  /** IANA time zone whose calendar days count. @default that in which the batches were read */
  readonly timeZone?: string
  /** Currency of events that name none, ISO 4217. @default the one that the other events name */
  readonly currency?: string
}

const FIRST_ROOM = 16_384

/**
 * Groups the events of batches by customer, oldest first: `eventTable` for what `readEvents` reads. The batches pass
 * through; what is kept is the table, about 30 bytes an event while it grows.
 *
 * @throws {ClienteleError} as the reading does; `MIXED_CURRENCIES` as `eventTable`
 * @example
 * const { table, rejected, rows } = await tableFromBatches(readEvents('examples/data/cdnow.csv'))
 * table.customers.length // 23570
 * rows - rejected.length // 69659
 */
export async function tableFromBatches(
  batches: AsyncIterable<EventBatch> | Iterable<EventBatch>,
  options: TableFromBatchesOptions = {},
): Promise<BatchesTable> {
  const caller = 'tableFromBatches'
  const { timeZone: _zone, currency: _currency, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  const collected = batchCollector(caller, options)
  checkIterable(caller, 'batches', batches)
  for await (const batch of batches) collected.add(batch)
  return collected.finish()
}

/** Makes a table of one batch after the other. */
export interface BatchCollector {
  add(batch: EventBatch): void
  finish(): BatchesTable
}

/** An empty table that batches are added to. */
export function batchCollector(caller: string, options: TableFromBatchesOptions): BatchCollector {
  const { currency } = options
  const coded = codedRows()
  const newDraft = (timeZone: string): TableDraft => {
    const tableOptions: EventTableOptions = { timeZone: options.timeZone ?? timeZone, invalid: 'reject' }
    const empty = tableDraft(caller, 0, currency === undefined ? tableOptions : { ...tableOptions, currency })
    return { ...empty, customers: coded.customers, orders: coded.orders }
  }
  let draft: TableDraft | undefined
  let rows = 0
  const rejected: RejectedRow[] = []

  function add(batch: EventBatch): void {
    draft = withRoom(draft ?? newDraft(batch.timeZone), batch.places.length)
    const isAdded = coded.add(draft, batch)
    const refused = isAdded ? [] : addFields(draft, batch, rows)
    for (const row of [...batch.rejected, ...refused].sort((a, b) => a.line - b.line)) rejected.push(row)
    rows += batch.rows
  }
  return { add, finish: () => ({ table: finishTable(draft ?? newDraft('UTC')), rejected, rows }) }
}

/** Adds a batch field by field. Those of `readEvents` hold only what a table takes; those of others may not. */
function addFields(draft: TableDraft, { columns, places }: EventBatch, first: number): RejectedRow[] {
  giveRoom(draft, draft.code.length)
  const before = draft.rejected.length
  const fieldsAt = columnFields(columns)
  for (let i = 0; i < places.length; i++) addEvent(draft, first + i, fieldsAt(i))
  return draft.rejected.slice(before).map(({ index, reason }) => ({ line: places[index - first]!, reason, text: '' }))
}

/** The draft with room for `more` purchases, its columns twice as long if they were full. */
function withRoom(draft: TableDraft, more: number): TableDraft {
  const needed = draft.accepted + more
  if (needed <= draft.code.length) return draft
  const size = Math.max(needed, 2 * draft.code.length, FIRST_ROOM)
  return {
    ...draft,
    code: grown(draft.code, new Uint32Array(size)),
    time: grown(draft.time, new Float64Array(size)),
    value: grown(draft.value, new Float64Array(size)),
  }
}
