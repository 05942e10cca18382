import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hostDictionary } from '../../src/io/hostDictionary.ts'
import { dictionary } from '../../src/table/dictionary.ts'

test('texts taken over have the numbers that a dictionary of texts gives', () => {
  const batches = fc.array(fc.array(fc.nat(30), { maxLength: 20 }), { maxLength: 6 })
  fc.assert(
    fc.property(batches, fc.boolean(), (parts, isOwnReader) => {
      const reader = dictionary()
      const expected = dictionary()
      // A list whose numbers are not in the order of first appearance, unless it is that of our own reader.
      if (!isOwnReader) for (let n = 30; n >= 0; n--) reader.codeOf(`c${n}`)
      const host = hostDictionary()
      for (const part of parts) {
        const texts = part.map((n) => `c${n}`)
        const codes = Uint32Array.from(texts, (text) => reader.codeOf(text))
        const wanted = texts.map((text) => expected.codeOf(text))
        const found = host.adopt(reader.names(), codes, 0) ? Array.from(codes) : texts.map((text) => host.codeOf(text))
        expect(found).toEqual(wanted)
        expect([host.names(), host.size()]).toEqual([expected.names(), expected.size()])
      }
    }),
  )
})

test('after a text from elsewhere nothing is taken over, and numbers go on', () => {
  const names = ['ann', 'bob', 'cyd']
  const host = hostDictionary()
  expect(host.adopt(names, Uint32Array.of(0, 1, 0), 0)).toBe(true)
  expect([host.codeOf('bob'), host.codeOf('dan')]).toEqual([1, 2])
  expect(host.adopt(names, Uint32Array.of(2), 0)).toBe(false)
  expect(host.names()).toEqual(['ann', 'bob', 'dan'])
})

test('another list, and numbers that have no name, are not taken over', () => {
  const host = hostDictionary()
  expect(host.adopt(['ann'], Uint32Array.of(0, 1), 0)).toBe(false)
  expect(host.adopt(['ann'], Uint32Array.of(0, 0), 0)).toBe(true)
  expect(host.adopt(['bob'], Uint32Array.of(0), 0)).toBe(false)
  expect(host.names()).toEqual(['ann'])
})

test('with a base, what is below it stands for nothing', () => {
  const host = hostDictionary()
  expect(host.adopt(['o1', 'o2'], Uint32Array.of(0, 1, 0, 2, 1), 1)).toBe(true)
  expect(host.names()).toEqual(['o1', 'o2'])
})
