import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseDay } from '../core/calendar.ts'
import { badOption } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkUnit, type TimeUnit } from '../core/timeUnit.ts'
import { countOf } from '../io/countOf.ts'
import { type ReadEventsOptions, readEvents } from '../io/readEvents.ts'
import { readBytes } from '../io/readTextFile.ts'
import type { RejectedRow } from '../io/rejectedRow.ts'
import { writeFiles } from '../io/writeFiles.ts'
import { decodeAccumulator, type SummaryAccumulator, summaryAccumulator } from '../table/summaryAccumulator.ts'
import type { CommandContext } from './analyzeFile.ts'
import { checkPlaces } from './checkPlaces.ts'
import { withStateLocked } from './stateLock.ts'
import {
  ledgerLine,
  moneyLine,
  type RejectedOfFile,
  type RejectionOptions,
  refusedText,
  rejectedFile,
  summaryCsv,
  tooManyRejected,
} from './updateOutputs.ts'

export interface UpdateFileOptions extends RejectionOptions {
  /** How files are read; time zone and signal are those of the state and the command. */
  readonly reading: Omit<ReadEventsOptions, 'timeZone' | 'signal'>
  /** Of a new state; an existing one must have it. */
  readonly timeZone?: string
  readonly currency?: string
  readonly refundWindow?: { readonly days: number }
  /** File for the summary of all customers, if wanted. */
  readonly summary?: string
  /** Last day of the summary; without it, the last day with an event. */
  readonly asOf?: string
  readonly timeUnit: TimeUnit
  /** Whether files that were added before are added once more. */
  readonly again: boolean
}

/**
 * The daily job: reads a state, adds files, prints the ledger and writes the state, and the summary if wanted, whole or
 * not at all.
 *
 * @throws {ClienteleError} `TOO_MANY_REJECTED`, after writing the rejected rows where they are wanted and nothing else;
 *   `BAD_FILE` if somebody else works on the state or wrote it meanwhile; and as the steps throw
 */
export async function updateFile(
  path: string,
  files: readonly string[],
  options: UpdateFileOptions,
  context: CommandContext,
): Promise<void> {
  checkUnit('update', options.timeUnit)
  if (options.asOf !== undefined) parseDay('update', 'asOf', options.asOf)
  const places = [path, options.summary, options.rejected].filter((place) => place !== undefined)
  for (const file of files) await checkPlaces(places, file)
  await withStateLocked(path, () => updateLocked(path, files, options, context))
}

async function updateLocked(
  path: string,
  files: readonly string[],
  options: UpdateFileOptions,
  { screen, signal }: CommandContext,
): Promise<void> {
  const stamp = await stampOf(path)
  const accumulator = stamp === NO_FILE ? newState(options) : await readState(path, options)
  screen.print(stamp === NO_FILE ? `${path}: new` : `${path}: ${ledgerLine(accumulator)}`)
  const rejected: RejectedOfFile[] = []
  let isChanged = stamp === NO_FILE
  for (const file of files) {
    signal.throwIfAborted()
    const digest = await digestOf(file)
    if (accumulator.batches.includes(digest) && !options.again) {
      screen.print(`${file}: skipped, the same content was added before; add it once more with --again`)
      continue
    }
    isChanged = true
    const { rows, refused } = await addFile(accumulator, file, digest, options, signal)
    for (const row of refused) rejected.push({ ...row, file })
    screen.print(`${file}: ${countOf(rows, 'row')}, ${rows - refused.length} added${refusedText(refused)}`)
    if (refused.length > options.maxRejected * rows) {
      await writeFiles(rejectedFile(rejected, options), signal)
      throw tooManyRejected(file, rows, refused.length, options)
    }
  }
  const outputs = new Map<string, string | Uint8Array>(rejectedFile(rejected, options))
  if (options.summary !== undefined) {
    const asOf = options.asOf ?? accumulator.ledger.lastDay
    if (asOf === '') throw new ClienteleError('NOT_ENOUGH_DATA', 'update: there are no events to sum up')
    const summary = accumulator.summary({ asOf, timeUnit: options.timeUnit })
    outputs.set(options.summary, summaryCsv(summary, options.rawIds))
    screen.print(`Summary as of ${asOf}: ${countOf(summary.customers.length, 'customer')}, ${moneyLine(summary)}`)
  }
  if (isChanged) outputs.set(path, accumulator.encode())
  if ((await stampOf(path)) !== stamp) {
    throw new ClienteleError('BAD_FILE', `update: ${path} was written by somebody else meanwhile; nothing was changed`)
  }
  await writeFiles(outputs, signal)
  screen.print(`Ledger: ${ledgerLine(accumulator)}`)
  screen.print(outputs.size > 0 ? `Wrote ${[...outputs.keys()].join(', ')}` : `Nothing to write: ${path} has it all`)
}

const NO_FILE = ''

/** Tells whether a file was written between two looks at it. */
async function stampOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeNs } = await stat(path, { bigint: true })
    return `${ino} ${size} ${mtimeNs}`
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return NO_FILE
    throw new ClienteleError('BAD_FILE', `update: cannot read ${path}: ${(cause as Error).message}`, { cause })
  }
}

function newState({ timeZone, currency, refundWindow }: UpdateFileOptions): SummaryAccumulator {
  return summaryAccumulator({
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(currency === undefined ? {} : { currency }),
    ...(refundWindow === undefined ? {} : { refundWindow }),
  })
}

async function readState(path: string, options: UpdateFileOptions): Promise<SummaryAccumulator> {
  const accumulator = await decodeFile(path)
  const { timeZone, currency, refundWindow } = accumulator
  const agrees = (name: string, has: string | number, given: string | number | undefined): void => {
    if (given !== undefined && given !== has) throw badOption('update', name, `${has}, as in the state`, given)
  }
  agrees('timeZone', timeZone, options.timeZone)
  if (currency !== '') agrees('currency', currency, options.currency)
  agrees('refundDays', refundWindow.days, options.refundWindow?.days)
  return accumulator
}

async function decodeFile(path: string): Promise<SummaryAccumulator> {
  const bytes = await readBytes('update', path)
  try {
    return decodeAccumulator(bytes)
  } catch (cause) {
    if (!(cause instanceof ClienteleError)) throw cause
    const what = cause.message.replace('decodeAccumulator: ', '')
    throw new ClienteleError(cause.code, `update: ${path} is no state (${what}); the state comes before the files`, {
      cause,
    })
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(file), hash)
  } catch (cause) {
    throw new ClienteleError('BAD_FILE', `update: cannot read ${file}: ${(cause as Error).message}`, { cause })
  }
  return hash.digest('hex')
}

async function addFile(
  accumulator: SummaryAccumulator,
  file: string,
  digest: string,
  { reading }: UpdateFileOptions,
  signal: AbortSignal,
): Promise<{ readonly rows: number; readonly refused: readonly RejectedRow[] }> {
  const { timeZone } = accumulator
  let rows = 0
  const refused: RejectedRow[] = []
  for await (const batch of readEvents(file, { ...reading, name: basename(file), timeZone, signal })) {
    accumulator.add(batch.columns, { batch: digest, rejected: batch.rejected.length })
    rows += batch.rows
    for (const row of batch.rejected) refused.push(row)
  }
  return { rows, refused }
}
