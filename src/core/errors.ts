/**
 * What went wrong, for programs. `docs/errors.md` tables the codes with the exit codes of the command line.
 *
 * - `BAD_OPTION`: an argument or option is missing, of the wrong type, unknown or out of its range
 * - `BAD_EVENT`: an event cannot be true (empty id, time that is no time, value that is no number)
 * - `BAD_SHAPE`: columns of different length, a matrix with other columns than the model was fitted on
 * - `MIXED_CURRENCIES`: money in more than one currency where one is required
 * - `UNIT_MISMATCH`: a model fitted in weeks meets a summary in days
 * - `NOT_ENOUGH_DATA`: the data cannot answer the question
 * - `BAD_MODEL`: a text that is not an encoded model, or is damaged
 * - `UNSUPPORTED_MODEL`: a model of a kind or version that this release does not read
 * - `BAD_FILE`: a file that cannot be read as what it should be
 * - `MISSING_COLUMN`: a file without a column that was asked for
 * - `TOO_MANY_REJECTED`: more rows were refused than allowed
 * - `ABORTED`: the caller's signal stopped the work
 * - `MISSING_PEER`: an optional package is not installed
 * - `WORKER_FAILED`: a worker thread could not start or died, or its pool is closed
 */
export type ErrorCode =
  | 'BAD_OPTION'
  | 'BAD_EVENT'
  | 'BAD_SHAPE'
  | 'MIXED_CURRENCIES'
  | 'UNIT_MISMATCH'
  | 'NOT_ENOUGH_DATA'
  | 'BAD_MODEL'
  | 'UNSUPPORTED_MODEL'
  | 'BAD_FILE'
  | 'MISSING_COLUMN'
  | 'TOO_MANY_REJECTED'
  | 'ABORTED'
  | 'MISSING_PEER'
  | 'WORKER_FAILED'

/**
 * The one error that clientele throws: a `code` for programs and a sentence for people, which names the
 * function called, the rule and the value that broke it.
 *
 * @example
 * try {
 *   eventTable([{ type: 'purchase', customer: '', time: 0, value: 1 }])
 * } catch (error) {
 *   if (error instanceof ClienteleError) console.log(error.code) // 'BAD_EVENT'
 * }
 */
export class ClienteleError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options)
    this.name = 'ClienteleError'
    this.code = code
  }
}
