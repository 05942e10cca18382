#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { Command, CommanderError } from 'commander'
import { analyzeCommand } from './analyzeCommand.ts'
import { exitCodeOf } from './exitCodes.ts'
import { processScreen } from './screen.ts'

/** Where help ends and usage errors begin. */
const BAD_USAGE = 2

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}
const screen = processScreen()
const stop = new AbortController()
process.once('SIGINT', () => stop.abort(new Error('stopped by the user')))

const program = new Command('clientele')
  .description('Analytical customer relationship management: from purchases to segments, churn risk and lifetime value')
  .version(version)
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 2 wrong call or unreadable file, 3 too many rejected rows, 4 not enough data, 130 stopped.',
  )
program.addCommand(analyzeCommand({ screen, version, signal: stop.signal }))

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : BAD_USAGE
  } else {
    const code = exitCodeOf(error)
    const text = error instanceof Error ? (code === 1 ? (error.stack ?? error.message) : error.message) : String(error)
    screen.complain(`clientele: ${text}`)
    process.exitCode = code
  }
}
