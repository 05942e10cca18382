import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

const SRC = fileURLToPath(new URL('../../src', import.meta.url))

/** Bundles one statement against the source, as a user's bundler would, without trusting "sideEffects": false. */
async function bundleOf(statement: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: statement, resolveDir: SRC, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    ignoreAnnotations: true,
    external: ['simple-statistics', 'pure-rand', '@observablehq/plot', 'linkedom'],
  })
  return outputFiles[0]!.text
}

test('importing the core calls nothing: only constants are left of it', async () => {
  const bundle = await bundleOf("import './index.ts'")
  expect(bundle.length).toBeLessThan(1000)
  expect(bundle.replaceAll('new Map(', '')).not.toMatch(/\w\(/)
})

test('what is not used falls away', async () => {
  const bundle = await bundleOf("import { lastDay } from './index.ts'; console.log(lastDay)")
  // `lastDay` itself, the check and the words with which it refuses what is no table, 2.2 kB, and constants.
  expect(bundle.length).toBeLessThan(3500)
  expect(bundle.match(/function \w+/g)!.length).toBeLessThan(15)
})
