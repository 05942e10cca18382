import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('what is committed is what its source compiles to: if not, `npm run wasm`', async () => {
  const { wasmModules } = await import(new URL('../../../scripts/wasm.js', import.meta.url).href)
  const modules: Record<string, string> = await wasmModules()
  expect(Object.keys(modules)).toHaveLength(3)
  for (const [path, text] of Object.entries(modules)) expect(readFileSync(path, 'utf8')).toBe(text)
})
