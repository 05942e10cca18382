import type { EventBatch } from './eventBatch.ts'
import type { EventColumnNames } from './eventColumnNames.ts'
import type { ReadingContext } from './readingContext.ts'

/** What readers of CSV need to know. */
export interface CsvContext extends Omit<ReadingContext, 'columns'> {
  /** Which column plays which part. */
  readonly findColumns: (header: readonly string[]) => EventColumnNames
}

/** Reads CSV that comes in pieces. */
export interface CsvReader<Piece> {
  /** The batches that `piece` completes; after the last one, all that is left. Drain it. */
  read(piece: Piece, isLast: boolean): Generator<EventBatch, void, void>
}
