import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../docs/publicNames.ts'

/** Imports of a declaration file: those of other files here, and those of packages. */
function importsOf(path: string): { readonly files: string[]; readonly packages: string[] } {
  const text = readFileSync(path, 'utf8')
  const names = Array.from(text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g), (match) => match[1]!)
  const isFile = (name: string): boolean => name.startsWith('.')
  return {
    files: names.filter(isFile).map((name) => join(dirname(path), name.replace(/\.ts$/, '.d.ts'))),
    packages: names.filter((name) => !isFile(name)),
  }
}

// Whoever checks the types of libraries too would need the types that those packages forget to bring.
test('the declarations of the entry points lead to no other package', () => {
  const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const types = Object.values<{ types?: string } | string>(exports).flatMap((entry) =>
    typeof entry === 'object' && entry.types !== undefined ? [join(ROOT, entry.types)] : [],
  )
  const seen = new Set<string>()
  const found: string[] = []
  for (const queue = [...types]; queue.length > 0; ) {
    const path = queue.pop()!
    if (seen.has(path)) continue
    seen.add(path)
    const { files, packages } = importsOf(path)
    queue.push(...files)
    found.push(...packages.map((name) => `${name} in ${path}`))
  }
  expect(seen.size).toBeGreaterThan(100)
  expect(found).toEqual([])
})
