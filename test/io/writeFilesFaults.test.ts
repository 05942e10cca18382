import { spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

// A process of its own writes two files over old ones, and at the n-th call to the file system it is killed, or the call
// fails as on a broken disk; of writing, only after half of the bytes. Whatever n is, each file must be the old or the new.

const SCRIPT = `
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
const [way, at, library, a, b] = process.argv.slice(2)
const { promises } = fs
const names = []
const stepped = (name, work, half = () => {}) => async (...args) => {
  names.push(name)
  if (names.length === Number(at)) {
    await half(...args)
    if (way === 'kill') process.kill(process.pid, 'SIGKILL')
    throw Object.assign(new Error('a broken disk'), { code: 'EIO' })
  }
  return work(...args)
}
for (const name of ['mkdir', 'readdir', 'rename']) promises[name] = stepped(name, promises[name])
const { open } = promises
promises.open = stepped('open', async (...args) => {
  const file = await open(...args)
  const { writeFile, sync } = file
  const half = (content) => file.write(Buffer.from(content).subarray(0, content.length >> 1))
  file.writeFile = stepped('write', writeFile.bind(file), half)
  file.sync = stepped('sync', sync.bind(file))
  return file
})
syncBuiltinESMExports()
const { writeFiles } = await import(library)
const outcome = await writeFiles(new Map([[a, 'new a'.repeat(9)], [b, 'new b'.repeat(9)]])).then(() => 'written', ({ code }) => code)
console.log(JSON.stringify({ outcome, names }))
`

let library: string
let script: string
let tools: string
let folder: string
beforeAll(async () => {
  tools = await mkdtemp(join(tmpdir(), 'clientele-'))
  library = join(tools, 'writeFiles.mjs')
  script = join(tools, 'script.mjs')
  const entry = fileURLToPath(new URL('../../src/io/writeFiles.ts', import.meta.url))
  await build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'esm', outfile: library })
  await writeFile(script, SCRIPT)
})
afterAll(() => rm(tools, { recursive: true }))
beforeEach(async () => {
  folder = await mkdtemp(join(tools, 'out-'))
  await writeFile(join(folder, 'a'), 'old a')
  await writeFile(join(folder, 'b'), 'old b')
})

/** What is in the two files and what else lies beside them after a run that is hit at a step. */
async function hit(way: 'kill' | 'fail', at: number): Promise<{ run: Run; files: string[]; others: string[] }> {
  const places = [join(folder, 'a'), join(folder, 'b')]
  const args = [script, way, String(at), pathToFileURL(library).href, ...places]
  const { stdout, signal } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  const run: Run = signal === null ? JSON.parse(stdout) : { outcome: signal, names: [] }
  const files = await Promise.all(places.map((place) => readFile(place, 'utf8')))
  return { run, files, others: (await readdir(folder)).filter((name) => name !== 'a' && name !== 'b') }
}

interface Run {
  readonly outcome: string
  readonly names: readonly string[]
}

const OLD = ['old a', 'old b']
const NEW = ['new a'.repeat(9), 'new b'.repeat(9)]

test('killed or failing at any step, each file is the old one or the new one', async () => {
  const { run, files } = await hit('fail', 0)
  expect([run.outcome, files]).toEqual(['written', NEW])
  const steps = run.names
  expect(steps.filter((name) => name === 'rename')).toHaveLength(2)
  expect(steps.indexOf('rename')).toBe(steps.length - 2)
  expect(steps).toEqual(expect.arrayContaining(['open', 'write', 'sync']))
  for (const way of ['kill', 'fail'] as const) {
    for (let at = 1; at <= steps.length; at++) {
      await writeFile(join(folder, 'a'), OLD[0]!)
      await writeFile(join(folder, 'b'), OLD[1]!)
      const { run, files, others } = await hit(way, at)
      const step = `${way} at ${at}, ${steps[at - 1]}`
      expect(run.outcome, step).toBe(way === 'kill' ? 'SIGKILL' : 'BAD_FILE')
      // Until the first rename has been done nothing has changed, and of the second one the first is the new one.
      expect(files, step).toEqual(at < steps.length ? OLD : [NEW[0], OLD[1]])
      if (way === 'fail') expect(others, step).toEqual([])
      // What a killed process left is removed by the next one, which writes all of it.
      if (way === 'kill') {
        expect(await hit('fail', 0), step).toMatchObject({ files: NEW, others: [] })
      }
    }
  }
})
