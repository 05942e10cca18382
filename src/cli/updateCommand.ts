import { Command } from 'commander'
import type { CommandContext } from './analyzeFile.ts'
import { given, share, wholePositive } from './flags.ts'
import { type UpdateFileOptions, updateFile } from './updateFile.ts'

/** What commander hands over: one field an option. */
interface UpdateFlags {
  readonly customer?: string
  readonly time?: string
  readonly value?: string
  readonly order?: string
  readonly id?: string
  readonly delimiter?: string
  readonly decimal: '.' | ','
  readonly timeZone?: string
  readonly currency?: string
  readonly refundDays?: number
  readonly summary?: string
  readonly asOf?: string
  readonly timeUnit: 'day' | 'week'
  readonly rejected?: string
  readonly maxRejected: number
  readonly again: boolean
  readonly rawIds: boolean
}

/** `clientele update`: the daily job. */
export function updateCommand(context: CommandContext): Command {
  return new Command('update')
    .description('Adds files of purchases to a state of all customers, made if it is missing: the daily job')
    .argument('<state>', 'file that remembers what was added so far')
    .argument(
      '<files...>',
      'CSV with a header, NDJSON (either gzip too), Parquet or Arrow; a row a purchase, or a refund if its value is negative',
    )
    .option('--customer <column>', 'column that says who bought (default: found by its usual names)')
    .option('--time <column>', 'column that says when: ISO 8601 days or times (default: found by its usual names)')
    .option('--value <column>', 'column that says for how much (default: found by its usual names)')
    .option('--order <column>', 'column with order numbers, so that refunds find their order (default: found, or none)')
    .option('--id <column>', 'column that tells rows apart, so that a row that comes again is dropped (default: none)')
    .option('--delimiter <character>', 'character between fields (default: the one that parts the header most)')
    .option('--decimal <mark>', 'decimal mark of the values, . or ,', '.')
    .option('--time-zone <zone>', 'IANA time zone whose calendar days count (default: that of the state, or UTC)')
    .option('--currency <code>', 'ISO 4217 code of the values, such as EUR (default: that of the state)')
    .option(
      '--refund-days <n>',
      'how long refunds find their order, in days (default: as the state has it, or 90)',
      wholePositive,
    )
    .option('--summary <file>', 'also write what each customer did, as CSV')
    .option('--as-of <day>', 'last day that counts in the summary, YYYY-MM-DD (default: the last day with an event)')
    .option('--time-unit <unit>', 'unit of the durations in the summary, day or week', 'week')
    .option('--rejected <file>', 'write rows that could not be read to this file, with file, line and reason')
    .option('--max-rejected <share>', 'most rows of a file that may be unreadable: 0.01 or 1%', share, 0.01)
    .option('--again', 'add files whose content was added before', false)
    .option('--raw-ids', 'write ids that begin with = + - @ as they are, although a spreadsheet would run them', false)
    .addHelpText(
      'after',
      `
The state appears whole or not at all: whatever stops the command, there is the old one or the new one.
A file whose content was added before is skipped, by its SHA-256.

Example
  clientele update state.bin purchases-2024-05-02.csv --summary customers.csv`,
    )
    .exitOverride()
    .action((state: string, files: readonly string[], flags: UpdateFlags) =>
      updateFile(state, files, optionsOf(flags), context),
    )
}

function optionsOf(flags: UpdateFlags): UpdateFileOptions {
  const { customer, time, value, order, id, delimiter, decimal, timeZone, currency, summary, asOf, rejected } = flags
  return {
    reading: { decimal, columns: given({ customer, time, value, order, id }), ...given({ delimiter }) },
    ...given({ timeZone, currency, summary, asOf, rejected }),
    ...(flags.refundDays === undefined ? {} : { refundWindow: { days: flags.refundDays } }),
    timeUnit: flags.timeUnit,
    maxRejected: flags.maxRejected,
    again: flags.again,
    rawIds: flags.rawIds,
  }
}
