import { badOption } from '../core/checks.ts'
import { duckDbCsvEvents } from './duckDbCsv.ts'
import { duckDbParquetEvents } from './duckDbParquet.ts'
import { openDuckDb } from './duckDbQuery.ts'
import type { EventBatch } from './eventBatch.ts'
import type { EventFormat } from './eventFormat.ts'
import type { OpenSource } from './eventSource.ts'
import type { ReadingContext } from './readingContext.ts'

/**
 * Batches of the events in a CSV or Parquet file, read by DuckDB; rows, reasons and order are those of our own readers.
 *
 * @throws {ClienteleError} `BAD_OPTION` for any other format, `MISSING_PEER` if DuckDB is not installed, and as the
 *   reader of the format
 */
export async function* duckDbEvents(
  opened: OpenSource,
  format: EventFormat,
  isPacked: boolean,
  context: ReadingContext,
): AsyncGenerator<EventBatch, void, void> {
  const { caller } = context
  if (format !== 'csv' && format !== 'parquet') throw badOption(caller, 'engine', `"own" for ${format}`, 'duckdb')
  const { query, close } = await openDuckDb(caller)
  try {
    if (format === 'csv') yield* duckDbCsvEvents(opened, isPacked, query, context)
    else yield* duckDbParquetEvents(opened, query, context)
  } finally {
    close()
  }
}
