import type { BatchBuilder } from './eventBatch.ts'
import type { EventColumnNames } from './eventColumnNames.ts'

/** What the readers of all formats need to know: the resolved options of one reading, and where its rows go. */
export interface ReadingContext {
  readonly caller: string
  /** What to call the source in errors. */
  readonly name: string
  /** Columns that the caller named. */
  readonly columns: Partial<EventColumnNames>
  readonly decimal: '.' | ','
  /** `undefined` to look at the header. */
  readonly delimiter: string | undefined
  readonly timeZone: string
  /** Most rows in a batch. */
  readonly batchRows: number
  readonly batches: BatchBuilder
}
