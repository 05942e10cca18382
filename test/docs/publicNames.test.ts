import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { functionNames, publicNames, ROOT } from './publicNames.ts'

const names = publicNames()

test('every public name says what it is', () => {
  expect(names.filter(({ words }) => words === '').map(({ name, file }) => `${name} in ${file}`)).toEqual([])
})

test('every public function has an example', () => {
  const functions = names.filter(({ kind }) => kind === 'function')
  expect(functions.length).toBeGreaterThan(80)
  expect(functions.filter(({ examples }) => examples.length === 0).map(({ name }) => name)).toEqual([])
})

test('docstrings name only functions that users can call', () => {
  const known = new Set([...names.map(({ name }) => name), ...Object.getOwnPropertyNames(globalThis)])
  const fields = new Set(names.flatMap(({ fields }) => fields))
  const functions = functionNames()
  const strangers = names.flatMap(({ name, file, said }) =>
    Array.from(said.matchAll(/`([a-z]\w*[A-Z]\w*)(?:\(\))?`/g), (match) => match[1]!)
      // A name of a function of ours, or of nothing at all that looks like one.
      .filter((word) => !known.has(word) && !fields.has(word) && (functions.has(word) || LOOKS_LIKE_ONE.test(word)))
      .map((word) => `${word} in ${name}, ${file}`),
  )
  expect(strangers).toEqual([])
})

const LOOKS_LIKE_ONE =
  /^(?:fit|calibrate|encode|decode|read|from|predict|expected|score|summarise|probability|discounted)[A-Z]/

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
