import { ClienteleError, type ErrorCode } from '../core/errors.ts'

/** Exit codes by error, as docs/errors.md tables them: 2 is the caller's to mend, 3 and 4 are the data's. */
const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  BAD_OPTION: 2,
  BAD_EVENT: 2,
  BAD_SHAPE: 2,
  MIXED_CURRENCIES: 2,
  UNIT_MISMATCH: 2,
  BAD_MODEL: 2,
  UNSUPPORTED_MODEL: 2,
  BAD_FILE: 2,
  MISSING_COLUMN: 2,
  MISSING_PEER: 2,
  WORKER_FAILED: 2,
  TOO_MANY_REJECTED: 3,
  NOT_ENOUGH_DATA: 4,
  ABORTED: 130,
}

const UNEXPECTED = 1

/** The exit code for whatever was thrown. */
export function exitCodeOf(error: unknown): number {
  return error instanceof ClienteleError ? EXIT_CODES[error.code] : UNEXPECTED
}
