// node benchmarks/run.js [--small | --large] [--only <subject>] [--python <path>]
//
// Times the build in dist/ beside its peers. Wrong answers end in exit code 1; slow ones do not.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { race, WrongAnswer } from './harness.js'
import { startPython } from './peers/python.js'
import { markdownTable, textTable } from './tables.js'

const SUBJECTS = [
  'summary',
  'eventObjects',
  'isoTimes',
  'stream',
  'cutPoints',
  'kMeans',
  'forest',
  'boosting',
  'bgNbd',
  'fitMemory',
  'paretoNbd',
  'forecasts',
  'lifetimeValue',
  'csv',
  'mainJob',
]

const { values: options } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
    only: { type: 'string' },
    python: { type: 'string', default: process.env.CLIENTELE_PYTHON },
  },
})
const subjects = options.only === undefined ? SUBJECTS : [options.only]
if (!subjects.every((subject) => SUBJECTS.includes(subject))) {
  console.error(`--only must be one of ${SUBJECTS.join(', ')}, got ${options.only}`)
  process.exit(2)
}

const folder = mkdtempSync(join(tmpdir(), 'clientele-bench-'))
const python = await startPython(options.python, folder)
const turns = options.small ? { fewest: 2, most: 5, budgetMs: 1500 } : { fewest: 3, most: 31, budgetMs: 12_000 }
const context = {
  folder,
  python,
  isSmall: options.small,
  /** Runs a race with as many turns as time allows, or with exactly `rounds`. */
  race: (spec, rounds) => race(spec, rounds === undefined ? turns : { fewest: rounds, most: rounds, budgetMs: 0 }),
  /** The sizes to run: `large` ones only if asked for. */
  sizes: ({ small, full, large = [] }) => (options.small ? small : options.large ? [...full, ...large] : full),
  /** 10^5, or 2,000 where it is no power. */
  powerText: (size) => (Number.isInteger(Math.log10(size)) ? `10^${Math.log10(size)}` : size.toLocaleString('en-US')),
}

const machine = {
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  platform: `${platform()} ${process.arch}`,
  node: process.version,
  clientele: JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version,
  python: python.versions.Python ?? 'none',
}
console.log(
  Object.entries(machine)
    .map(([name, value]) => `${name} ${value}`)
    .join(', '),
)
console.log('CPU ms: median, range and ratios of runs in turns; first call: before the code is warm.')

const results = {}
for (const subject of subjects) {
  console.log(`\n${subject}`)
  try {
    const { bench } = await import(`./${subject}.bench.js`)
    results[subject] = await bench(context)
    console.log(textTable(results[subject]))
  } catch (error) {
    process.exitCode = 1
    console.error(error instanceof WrongAnswer ? `wrong answer: ${error.message}` : error)
  }
}
await python.stop()
rmSync(folder, { recursive: true })

const place = new URL('results/', import.meta.url)
mkdirSync(place, { recursive: true })
const name = [options.small ? 'small' : options.large ? 'large' : 'full', ...(options.only ? [options.only] : [])].join(
  '-',
)
writeFileSync(new URL(`${name}.json`, place), `${JSON.stringify({ machine, results }, null, 2)}\n`)
writeFileSync(new URL(`${name}.md`, place), `${markdownTable(Object.values(results).flat())}\n`)
console.log(`\nWrote benchmarks/results/${name}.json and .md`)
