import { expect, test } from 'vitest'
import * as cdnow from '../fixtures/cdnow.ts'
import * as donors from '../fixtures/donations.ts'
import { preludeOf } from './preludes.ts'
import { publicNames } from './publicNames.ts'
import { type Script, scriptOf } from './script.ts'
import { typeErrors } from './typeErrors.ts'
import { wrongValues } from './wrongValues.ts'

const FIXTURES = { '../fixtures/cdnow.ts': cdnow, '../fixtures/donations.ts': donors }

const names = publicNames()

/** How each name that an example may use without an import is imported. */
const imports = new Map([
  ...names.map(({ name, entry, kind }) => [name, importOf(kind === 'type' ? `type ${name}` : name, entry)] as const),
  ...Object.entries(FIXTURES).flatMap(([path, module]) =>
    Object.keys(module).map((name) => [name, importOf(name, path)] as const),
  ),
])

function importOf(name: string, from: string): string {
  return `import { ${name} } from '${from}'`
}

const scripts = names.flatMap(({ name, file, examples }) =>
  examples.map((example) => exampleScript(`${name} in ${file}`, [preludeOf(file), example])),
)

function exampleScript(origin: string, blocks: readonly string[]): Script {
  const words = new Set(blocks.join('\n').match(/[\w$]+/g))
  const header = [...words].flatMap((word) => imports.get(word) ?? [])
  return scriptOf(origin, blocks, header.join('\n'))
}

test('the examples of the docstrings compile', () => expect(typeErrors(scripts)).toEqual([]))

test.each(scripts.map((script) => [script.origin, script] as const))('%s', async (_, script) => {
  expect(await wrongValues(script, FIXTURES)).toEqual([])
})

test('most examples say what comes out', () => {
  const stated = scripts.reduce((sum, script) => sum + script.stated.length, 0)
  expect(scripts.length).toBeGreaterThan(90)
  expect(stated).toBeGreaterThan(75)
})
