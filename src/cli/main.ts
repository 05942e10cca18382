#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { ClienteleError } from '../core/errors.ts'
import { analyzeCommand } from './analyzeCommand.ts'
import { exitCodeOf } from './exitCodes.ts'
import { processScreen } from './screen.ts'
import { updateCommand } from './updateCommand.ts'

const BAD_USAGE = 2
const STOPPED = 130

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}
const screen = processScreen()
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(signal))
// Whoever reads what is printed may stop reading, as `head` does. The work goes on: its files are still wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

/** What people typed for options of the library whose values are checked there. */
const FLAG_OF: ReadonlyMap<string, string> = new Map([
  ['asOf', '--as-of'],
  ['timeZone', '--time-zone'],
  ['timeUnit', '--time-unit'],
  ['currency', '--currency'],
  ['delimiter', '--delimiter'],
  ['decimal', '--decimal'],
  ['refundWindow', '--refund-days'],
  ['refundDays', '--refund-days'],
  ['horizon.weeks', '--weeks'],
  ['churnHorizon.weeks', '--churn-weeks'],
  ['margin', '--margin'],
  ['discountRate', '--discount'],
  ['discountRate.rate', '--discount'],
  ['seed', '--seed'],
])

const program = new Command('clientele')
  .description('Analytical customer relationship management: from purchases to segments, churn risk and lifetime value')
  .version(version)
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 2 wrong call or unreadable file, 3 too many rejected rows, 4 not enough data, 130 stopped.',
  )
const context = { screen, version, signal: stop.signal }
program.addCommand(analyzeCommand(context))
program.addCommand(updateCommand(context))

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : BAD_USAGE
  } else {
    process.exitCode = stop.signal.aborted ? STOPPED : exitCodeOf(error)
    screen.complain(`clientele: ${stop.signal.aborted ? 'stopped; no file was changed' : complaintOf(error)}`)
  }
}

/** What a person should read: the sentence without the name of the function that says it, or all of a defect. */
function complaintOf(error: unknown): string {
  if (error instanceof ClienteleError) {
    const sentence = error.message.replace(/^[a-z]\w*: /, '')
    return sentence.replace(/^"([\w.]+)"/, (name, option: string) => FLAG_OF.get(option) ?? name)
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
