import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const SRC = fileURLToPath(new URL('../../src', import.meta.url))

/** The floors of docs/architecture.md, lowest first. Folders of one floor do not know each other. */
const FLOORS: readonly (readonly string[])[] = [
  ['math'],
  ['kernels'],
  ['core'],
  ['table'],
  ['metrics'],
  ['learn', 'cluster'],
  ['rfm', 'churn', 'clv'],
  ['segment', 'backtest'],
  ['model'],
  ['analysis'],
  ['index.ts'],
  ['io', 'plot', 'workers'],
  ['report'],
  ['cli'],
]

/** Packages that only some folders may load. Everything else of node_modules and all of node: is refused. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  core: ['pure-rand'],
  table: [],
  metrics: ['simple-statistics'],
  cluster: ['simple-statistics'],
  rfm: ['simple-statistics'],
  segment: ['simple-statistics'],
  plot: ['@observablehq/plot', 'linkedom', 'simple-statistics'],
  report: ['@observablehq/plot', 'linkedom'],
  io: ['node:', 'hyparquet', 'hyparquet-compressors', 'fzstd', '@uwdata/flechette', '@duckdb/node-api'],
  workers: ['node:'],
  cli: ['node:', 'commander', 'cli-progress'],
}

interface Import {
  readonly from: string
  readonly to: string
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))

const imports: readonly Import[] = files.flatMap((from) => {
  const text = readFileSync(join(SRC, from), 'utf8')
  // Docstrings show imports of the package by its name; only statements at the start of a line count.
  const found = text.matchAll(
    /^(?:import|export)\b[^'"]*?from\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
  )
  return Array.from(found, (match) => ({ from, to: (match[1] ?? match[2] ?? match[3])! }))
})

const isOurs = ({ to }: Import): boolean => to.startsWith('.')
const targetOf = ({ from, to }: Import): string => relative(SRC, join(SRC, dirname(from), to))
/** A folder below the edges may list its public names in an index of its own, which stands where that of the core does. */
const folderOf = (path: string): string =>
  /^(?:clv|metrics)\Windex\.ts$/.test(path) ? 'index.ts' : path.split(sep)[0]!
const floorOf = (path: string): number => FLOORS.findIndex((folders) => folders.includes(folderOf(path)))

test('every folder has a floor', () => {
  expect(files.filter((file) => floorOf(file) === -1)).toEqual([])
})

test('imports point down', () => {
  const upward = imports.filter(isOurs).filter((edge) => {
    const target = targetOf(edge)
    return folderOf(edge.from) !== folderOf(target) && floorOf(edge.from) <= floorOf(target)
  })
  expect(upward).toEqual([])
})

test('imports inside src end in .ts, so that Deno and JSR read the source', () => {
  expect(imports.filter(isOurs).filter(({ to }) => !to.endsWith('.ts'))).toEqual([])
})

test('no two files import each other, however far around', () => {
  const edges = new Map<string, string[]>()
  for (const edge of imports.filter(isOurs)) edges.set(edge.from, [...(edges.get(edge.from) ?? []), targetOf(edge)])
  const state = new Map<string, 'open' | 'done'>()
  const circles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'open') circles.push([...path, file].join(' -> '))
    if (state.has(file)) return
    state.set(file, 'open')
    for (const target of edges.get(file) ?? []) visit(target, [...path, file])
    state.set(file, 'done')
  }
  for (const file of files) visit(file, [])
  expect(circles).toEqual([])
})

test('kernels know only math and each other', () => {
  const strangers = imports
    .filter(({ from }) => folderOf(from) === 'kernels')
    .filter((edge) => !isOurs(edge) || !['math', 'kernels'].includes(folderOf(targetOf(edge))))
  expect(strangers).toEqual([])
})

test('packages and node: are used only where they have their place', () => {
  const strangers = imports
    .filter((edge) => !isOurs(edge))
    .filter(
      ({ from, to }) =>
        !(PACKAGES[folderOf(from)] ?? []).some(
          (name) => to === name || to.startsWith(name.endsWith(':') ? name : `${name}/`),
        ),
    )
  expect(strangers).toEqual([])
})

test('no chance and no clock below the command line', () => {
  const offenders = files
    .filter((file) => folderOf(file) !== 'cli')
    .filter((file) =>
      /Math\.random\(|Date\.now\(|new Date\(\)|toLocale\w*\(/.test(readFileSync(join(SRC, file), 'utf8')),
    )
  expect(offenders).toEqual([])
})

test('the core has at most 80 functions', () => {
  const core = readFileSync(join(SRC, 'index.ts'), 'utf8')
  const names = Array.from(core.matchAll(/^export \{([^}]*)\}/gm), ([, list]) => list!.split(',')).flat()
  const functions = names.map((name) => name.trim()).filter((name) => /^[a-z]/.test(name) && !name.startsWith('type '))
  expect(functions.length).toBeLessThanOrEqual(80)
})
