import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { publicNames, ROOT } from './publicNames.ts'

const names = publicNames()

test('every public name says what it is', () => {
  expect(names.filter(({ words }) => words === '').map(({ name, file }) => `${name} in ${file}`)).toEqual([])
})

test('every public function has an example', () => {
  const functions = names.filter(({ kind }) => kind === 'function')
  expect(functions.length).toBeGreaterThan(80)
  expect(functions.filter(({ examples }) => examples.length === 0).map(({ name }) => name)).toEqual([])
})

test('every option says what it does', () => {
  const options = names.filter(({ name }) => name.endsWith('Options'))
  expect(options.length).toBeGreaterThan(30)
  expect(options.flatMap(({ name, wordlessFields }) => wordlessFields.map((field) => `${name}.${field}`))).toEqual([])
})

test('docs/errors.md tables every error code, and no other', () => {
  const source = readFileSync(join(ROOT, 'src/core/errors.ts'), 'utf8')
  const union = /export type ErrorCode =\n((?: {2}\| '\w+'\n)+)/.exec(source)![1]!
  const codes = Array.from(union.matchAll(/'(\w+)'/g), (match) => match[1]!)
  const table = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8')
  const tabled = Array.from(table.matchAll(/^\| `(\w+)` \|/gm), (match) => match[1]!)
  const described = Array.from(source.matchAll(/^ \* - `(\w+)`:/gm), (match) => match[1]!)
  expect(codes.length).toBeGreaterThan(10)
  expect(tabled.sort()).toEqual([...codes].sort())
  expect(described.sort()).toEqual([...codes].sort())
})
