/** A row that could not be read. */
export interface RejectedRow {
  /** Line in the file, from 1; in files without lines the row, in a list of events the place. */
  readonly line: number
  readonly reason: string
  /** The beginning of the row. */
  readonly text: string
}
