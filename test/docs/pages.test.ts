import { describe, expect, test } from 'vitest'
import { blocksOf, brokenLinks, pages, unknownCommands } from './pages.ts'
import { scriptOf } from './script.ts'
import { typeErrors } from './typeErrors.ts'
import { wrongValues } from './wrongValues.ts'

// A page is one program: its blocks in order, in one scope, run from the root of the repository.
const scripts = pages()
  .map((page) => ({ path: page.path, blocks: blocksOf(page, 'ts', 'js') }))
  .filter(({ blocks }) => blocks.length > 0)
  .map(({ path, blocks }) => scriptOf(path, [blocks.join('\n')]))

describe('code', () => {
  test('compiles', () => expect(typeErrors(scripts)).toEqual([]))

  test.each(scripts.map((script) => [script.origin, script] as const))('of %s does what it says', async (_, script) => {
    expect(await wrongValues(script)).toEqual([])
  })

  test('of the README says what comes out', () => {
    expect(scripts.find(({ origin }) => origin === 'README.md')!.stated.length).toBeGreaterThan(8)
  })
})

describe.each(pages().map((page) => [page.path, page] as const))('%s', (_, page) => {
  test('links lead somewhere', () => expect(brokenLinks(page)).toEqual([]))

  test('commands exist', () => expect(blocksOf(page, 'sh').flatMap(unknownCommands)).toEqual([]))
})

describe('the rules themselves', () => {
  const page = (text: string) => ({ path: 'README.md', text })

  test('blocks are found by their language', () => {
    const text = 'a\n```ts\n1\n2\n```\nb\n```sh\n3\n```\n```js\n4\n```\n'
    expect(blocksOf(page(text), 'ts', 'js')).toEqual(['1\n2\n', '4\n'])
  })

  test('a broken link is found', () => {
    expect(brokenLinks(page('[a](docs/errors.md#x) [b](https://a.b) [c](docs/none.md)'))).toEqual(['docs/none.md'])
  })

  test('an unknown command is found', () => {
    const block = 'npm install && npm test\nnpm run nothing # why\nnpx clientele analyze a.csv --out out/\nnpx cowsay\n'
    expect(unknownCommands(block)).toEqual(['npm run nothing', 'npx cowsay'])
  })

  test('a block sees the names of those before it, and what it states is checked', async () => {
    const script = scriptOf('a page', ['const a = 1\nlet b = 0', "const b = a + 1 // 2\nif (b > 5) a // 1\n'x' // 'y'"])
    expect(await wrongValues(script)).toEqual(["a page: 'x' // 'y'\n  is 'x'", 'a page: a // 1\n  was not reached'])
  })

  test('what does not compile is found', () => {
    const script = scriptOf('a page', ["import { topShare } from 'clientele/metrics'", "topShare('a', 1)"])
    expect(typeErrors([script])).toEqual([expect.stringContaining('a page: ')])
  })
})
