import { basename, join } from 'node:path'
import { Command } from 'commander'
import { type AnalyzeFileOptions, analyzeFile, type CommandContext } from './analyzeFile.ts'
import { given, positive, positiveShare, share, whole, wholePositive } from './flags.ts'

/** What commander hands over: one field an option. */
interface AnalyzeFlags {
  readonly customer?: string
  readonly time?: string
  readonly value?: string
  readonly order?: string
  readonly asOf?: string
  readonly out: string
  readonly timeZone: string
  readonly currency?: string
  readonly delimiter?: string
  readonly decimal: '.' | ','
  readonly weeks: number
  readonly churnWeeks: number
  readonly discount: number
  readonly margin: number
  readonly maxRejected: number
  readonly rawIds: boolean
  readonly seed: number
}

/** `clientele analyze`: the main job. */
export function analyzeCommand(context: CommandContext): Command {
  return new Command('analyze')
    .description('Segments, clusters, churn risk and lifetime value of every customer in a CSV file of purchases')
    .argument(
      '<file>',
      'CSV file in UTF-8, plain or gzip, with a header, a row a purchase; a negative value is a refund',
    )
    .option('--customer <column>', 'column that says who bought (default: found by its usual names)')
    .option('--time <column>', 'column that says when: ISO 8601 days or times (default: found by its usual names)')
    .option('--value <column>', 'column that says for how much (default: found by its usual names)')
    .option('--order <column>', 'column with order numbers, so that refunds find their order (default: found, or none)')
    .option('--as-of <day>', 'last day that counts, YYYY-MM-DD (default: the last day in the data)')
    .option('--out <folder>', 'folder for customers.csv, report.html, models.json and, if any, rejected.csv', 'out')
    .option('--time-zone <zone>', 'IANA time zone whose calendar days count', 'UTC')
    .option('--currency <code>', 'ISO 4217 code of the values, such as EUR')
    .option('--delimiter <character>', 'character between fields (default: the one that parts the header most)')
    .option('--decimal <mark>', 'decimal mark of the values, . or ,', '.')
    .option('--weeks <n>', 'how many weeks ahead lifetime values and expected purchases look', positive, 52)
    .option('--churn-weeks <n>', 'how many weeks without a purchase are churn', wholePositive, 13)
    .option('--margin <share>', 'share of the money that is kept: 0.3 or 30%', positiveShare, 1)
    .option('--discount <rate>', 'what future money loses a year: 0.1 or 10%', share, 0.1)
    .option(
      '--max-rejected <share>',
      'most rows that may be unreadable before nothing is written: 0.01 or 1%',
      share,
      0.01,
    )
    .option('--raw-ids', 'write ids that begin with = + - @ as they are, although a spreadsheet would run them', false)
    .option('--seed <n>', 'seed of everything drawn by chance', whole, 1)
    .addHelpText(
      'after',
      `
Writes
  customers.csv   a row a customer: RFM scores, segment, cluster, probability of being active,
                  churn risk, expected purchases, lifetime value with a 90 % interval
  report.html     one page for people, without scripts or requests
  models.json     the fitted models, for decodeModels
  rejected.csv    rows that could not be read, with line and reason; only if there are any

Example
  clientele analyze purchases.csv --customer id --time date --value amount --as-of 1998-06-30 --out out/`,
    )
    .exitOverride()
    .action((file: string, flags: AnalyzeFlags) => analyzeFile(file, optionsOf(file, flags), context))
}

function optionsOf(file: string, flags: AnalyzeFlags): AnalyzeFileOptions {
  const { customer, time, value, order, asOf, currency, delimiter } = flags
  return {
    csv: {
      name: basename(file),
      decimal: flags.decimal,
      timeZone: flags.timeZone,
      columns: given({ customer, time, value, order }),
      ...given({ currency, delimiter }),
    },
    analysis: {
      horizon: { weeks: flags.weeks },
      churnHorizon: { weeks: flags.churnWeeks },
      discountRate: { rate: flags.discount, per: 'year' },
      margin: flags.margin,
      seed: flags.seed,
    },
    asOf,
    maxRejected: flags.maxRejected,
    rawIds: flags.rawIds,
    place: (name) => join(flags.out, name),
    command: `clientele analyze ${[basename(file), ...process.argv.slice(4)].map(quoted).join(' ')}`,
  }
}

function quoted(word: string): string {
  return /^[\w./:=%@+-]+$/.test(word) ? word : JSON.stringify(word)
}
