import { rm } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import type { AnalysisOptions } from '../analysis/analysisOptions.ts'
import { analyzeCustomersAsync } from '../analysis/analyzeCustomers.ts'
import type { CustomerAnalysis } from '../analysis/customerAnalysis.ts'
import { customerColumns } from '../analysis/customerColumns.ts'
import { ClienteleError } from '../core/errors.ts'
import { countOf } from '../io/countOf.ts'
import { ruleOfReason } from '../io/csvReasons.ts'
import { magicFormat } from '../io/eventFormat.ts'
import { formatCsv } from '../io/formatCsv.ts'
import { type CsvOptions, type CsvPurchases, readCsv } from '../io/readCsv.ts'
import { readBytes } from '../io/readTextFile.ts'
import type { RejectedRow } from '../io/rejectedRow.ts'
import { isGzip } from '../io/textPieces.ts'
import { writeFiles } from '../io/writeFiles.ts'
import { encodeModels } from '../model/encodeModel.ts'
import type { Model } from '../model/models.ts'
import type { ReportSource } from '../report/reportData.ts'
import { lastDay } from '../table/lastDay.ts'
import { checkPlaces } from './checkPlaces.ts'
import type { Screen } from './screen.ts'
import { segmentTable } from './segmentTable.ts'

/** What every command gets from the program around it. */
export interface CommandContext {
  readonly screen: Screen
  /** Version of the library. */
  readonly version: string
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
}

export interface AnalyzeFileOptions {
  readonly csv: CsvOptions
  readonly analysis: Omit<AnalysisOptions, 'asOf' | 'timeZone'>
  /** Last day that counts; `undefined` is the last day in the data. */
  readonly asOf: string | undefined
  /** Most rows that may be rejected, as a share of all. */
  readonly maxRejected: number
  readonly rawIds: boolean
  /** Path of an output file by its name. */
  readonly place: (name: string) => string
  /** What was called, for the report. */
  readonly command: string
}

/**
 * The main job on a file: reads purchases, analyses them, prints the segments and writes customers, report and models.
 * Files appear whole or not at all.
 *
 * @throws {ClienteleError} `TOO_MANY_REJECTED` after writing `rejected.csv` and nothing else; and as the steps throw
 */
export async function analyzeFile(file: string, options: AnalyzeFileOptions, context: CommandContext): Promise<void> {
  const { screen, signal } = context
  const { place, rawIds } = options
  await checkPlaces(['customers.csv', 'report.html', 'models.json', 'rejected.csv'].map(place), file)
  const purchases = readCsv(await csvBytes(file), options.csv)
  screen.print(introduction(file, purchases))
  const rejected = rejectedFile(purchases.rejected, place, rawIds)
  if (purchases.rejected.length > options.maxRejected * purchases.rows) {
    await writeFiles(rejected, signal)
    throw tooManyRejected(purchases, options.maxRejected, place('rejected.csv'))
  }
  const asOf = options.asOf ?? lastDay(purchases.table)
  if (options.asOf === undefined) screen.print(`As of ${asOf}, the last day in the data`)
  const analysis = await analyzeCustomersAsync(purchases.table, {
    ...options.analysis,
    asOf,
    signal,
    onProgress: screen.progress,
  })
  screen.print(`\n${segmentTable(analysis)}`)
  for (const warning of analysis.warnings) screen.print(`\nNote: ${warning}`)
  // Drawing is loaded when it is needed, so that errors and help come at once.
  const { reportHtml, reportOf } = await import('../report/index.ts')
  const { version } = context
  const source = reportSource(options.csv.name ?? file, purchases)
  const files = new Map([
    [place('customers.csv'), customersCsv(analysis, rawIds)],
    [place('report.html'), await reportHtml(reportOf(analysis, { source, version, command: options.command }))],
    [place('models.json'), encodeModels(modelsOf(analysis))],
    ...rejected,
  ])
  await writeFiles(files, signal)
  if (rejected.size === 0) await rm(place('rejected.csv'), { force: true }) // of an earlier run
  screen.print(`\nWrote ${[...files.keys()].join(', ')}`)
}

/** The bytes of a CSV file, unpacked if they are gzip; `BAD_FILE` for what is no CSV at the first look. */
async function csvBytes(file: string): Promise<Uint8Array> {
  const packed = await readBytes('analyze', file)
  const bytes = isGzip(packed) ? unpacked(file, packed) : packed
  const format = magicFormat(bytes)
  if (format === undefined) return bytes
  const hint = 'update and readEvents read it, analyze reads CSV, plain or gzip'
  throw new ClienteleError('BAD_FILE', `analyze: ${file} is ${FORMAT_NAMES[format]}: ${hint}`)
}

function unpacked(file: string, packed: Uint8Array): Uint8Array {
  try {
    return gunzipSync(packed)
  } catch (cause) {
    const message = `analyze: ${file} is gzip that is damaged or cut off: ${(cause as Error).message}`
    throw new ClienteleError('BAD_FILE', message, { cause })
  }
}

const FORMAT_NAMES = { ndjson: 'NDJSON', parquet: 'Parquet', arrow: 'Arrow' } as const

const ROLES = { customer: 'customer', time: 'time', value: 'value', order: 'order' } as const

function introduction(file: string, purchases: CsvPurchases): string {
  const { rows, table, rejected, refunds, columns, guessed } = purchases
  const parts = guessed.map((part) => `${ROLES[part]} = "${columns[part]}"`)
  return [
    `${file}: ${countOf(rows, 'row')}, ${countOf(table.customers.length, 'customer')}`,
    ...(parts.length > 0 ? [`Guessed: ${parts.join(', ')}`] : []),
    ...(refunds > 0 ? [`Refunds: ${countOf(refunds, 'row')} with a negative value`] : []),
    ...(rejected.length > 0
      ? [`Rejected: ${countOf(rejected.length, 'row')}, first line ${rejected[0]!.line}, ${rejected[0]!.reason}`]
      : []),
  ].join('\n')
}

function rejectedFile(
  rejected: readonly RejectedRow[],
  place: (name: string) => string,
  rawIds: boolean,
): Map<string, string> {
  if (rejected.length === 0) return new Map()
  const columns = {
    line: rejected.map(({ line }) => line),
    reason: rejected.map(({ reason }) => reason),
    text: rejected.map(({ text }) => text),
  }
  return new Map([[place('rejected.csv'), formatCsv(columns, { defuse: !rawIds })]])
}

function tooManyRejected({ rejected, rows }: CsvPurchases, most: number, path: string): ClienteleError {
  const found = `${rejected.length} of ${countOf(rows, 'row')} could not be read, more than ${Number((100 * most).toPrecision(6))} %`
  return new ClienteleError(
    'TOO_MANY_REJECTED',
    `analyze: ${found}; they are listed in ${path}, and nothing else was written`,
  )
}

/** The columns of an analysis under the names that files have. */
function customersCsv(analysis: CustomerAnalysis, rawIds: boolean): string {
  const columns = customerColumns(analysis)
  return formatCsv(
    {
      customer: columns.customer,
      recency_score: columns.recencyScore,
      frequency_score: columns.frequencyScore,
      monetary_score: columns.monetaryScore,
      segment: columns.segment,
      cluster: columns.cluster,
      purchases: columns.purchases,
      total: columns.total,
      weeks_since_last: columns.sinceLast,
      probability_alive: columns.probabilityAlive,
      churn_risk: columns.churnRisk,
      expected_purchases: columns.expectedPurchases,
      lifetime_value: columns.lifetimeValue,
      lifetime_value_low: columns.lifetimeValueLow,
      lifetime_value_high: columns.lifetimeValueHigh,
    },
    { defuse: !rawIds },
  )
}

function modelsOf({ rfm, clusters, purchases, value, churn }: CustomerAnalysis): Model[] {
  return [
    rfm.model,
    ...(clusters.available ? [clusters.choice.model] : []),
    ...(purchases.available ? [purchases.model] : []),
    ...(value.available ? [value.spendModel] : []),
    ...(churn.available ? [churn.model] : []),
  ]
}

function reportSource(file: string, { rows, rejected, columns, guessed }: CsvPurchases): ReportSource {
  const reasons = new Map<string, number>()
  for (const { reason } of rejected) {
    // Rows are counted by the rule that they break, whatever their value.
    const rule = ruleOfReason(reason)
    reasons.set(rule, (reasons.get(rule) ?? 0) + 1)
  }
  return {
    file,
    rowsRead: rows,
    rejected: Array.from(reasons, ([reason, count]) => ({ reason, count })),
    columns: (Object.keys(ROLES) as (keyof typeof ROLES)[])
      .filter((part) => columns[part] !== '')
      .map((part) => ({ role: ROLES[part], column: columns[part], guessed: guessed.includes(part) })),
  }
}
