import { ClienteleError } from '../core/errors.ts'
import { countOf } from '../io/countOf.ts'
import { formatCsv } from '../io/formatCsv.ts'
import type { RejectedRow } from '../io/rejectedRow.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import type { SummaryAccumulator } from '../table/summaryAccumulator.ts'

/** What becomes of rejected rows. */
export interface RejectionOptions {
  /** File for rows that could not be read, if wanted. */
  readonly rejected?: string
  /** Most rows of a file that may be rejected, as a share. */
  readonly maxRejected: number
  /** Whether ids that begin like a formula are written as they are. */
  readonly rawIds: boolean
}

/** A rejected row and its file. */
export interface RejectedOfFile extends RejectedRow {
  readonly file: string
}

/** What was refused of a file, for the screen. */
export function refusedText(refused: readonly RejectedRow[]): string {
  const [first] = refused
  return first === undefined ? '' : `, ${refused.length} rejected, first line ${first.line}, ${first.reason}`
}

/** What an accumulator took in so far. */
export function ledgerLine({ ledger, batches }: SummaryAccumulator): string {
  const { accepted, replays, rejected, late, firstDay, lastDay } = ledger
  const counts = [`${countOf(accepted, 'event')} from ${countOf(batches.length, 'file')}`]
  if (firstDay !== '') counts.push(`${firstDay} to ${lastDay}`)
  if (replays > 0) counts.push(`${countOf(replays, 'replay')} dropped`)
  if (rejected > 0) counts.push(`${rejected} rejected`)
  if (late > 0) counts.push(`${late} late or of orders that are not there`)
  return counts.join(', ')
}

/** Where the money of a summary went. */
export function moneyLine({ ledger }: CustomerSummary): string {
  const { gross, refunded, total, outside } = ledger
  return `${gross.toFixed(2)} gross - ${refunded.toFixed(2)} refunded = ${(total + outside).toFixed(2)} net`
}

/** A summary as CSV, a row a customer. */
export function summaryCsv(summary: CustomerSummary, rawIds: boolean): string {
  const unit = `${summary.timeUnit}s`
  return formatCsv(
    {
      customer: summary.customers,
      purchases: summary.purchases,
      total: summary.total,
      [`${unit}_since_last`]: summary.sinceLast,
      repeats: summary.repeats,
      [`age_at_last_in_${unit}`]: summary.ageAtLast,
      [`age_in_${unit}`]: summary.age,
      mean_repeat_value: summary.meanRepeatValue,
    },
    { defuse: !rawIds },
  )
}

/** The file of rejected rows, if it is wanted and there are any. */
export function rejectedFile(rejected: readonly RejectedOfFile[], options: RejectionOptions): Map<string, string> {
  if (options.rejected === undefined || rejected.length === 0) return new Map()
  const columns = {
    file: rejected.map(({ file }) => file),
    line: rejected.map(({ line }) => line),
    reason: rejected.map(({ reason }) => reason),
    text: rejected.map(({ text }) => text),
  }
  return new Map([[options.rejected, formatCsv(columns, { defuse: !options.rawIds })]])
}

/** The error for a file of which too little could be read. */
export function tooManyRejected(file: string, rows: number, count: number, options: RejectionOptions): ClienteleError {
  const found = `${count} of ${countOf(rows, 'row')} of ${file} could not be read, more than`
  const listed = options.rejected === undefined ? 'list them with --rejected' : `they are listed in ${options.rejected}`
  const most = Number((100 * options.maxRejected).toPrecision(6))
  return new ClienteleError('TOO_MANY_REJECTED', `update: ${found} ${most} %; ${listed}; the state was not changed`)
}
