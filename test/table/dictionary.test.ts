import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dictionary } from '../../src/table/dictionary.ts'

test('texts are numbered in the order of their first appearance, one by one or together', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1, maxLength: 3 })), fc.array(fc.string({ minLength: 1 })), (a, b) => {
      const known = dictionary()
      const codes = new Uint32Array(a.length)
      expect(known.codesInto(a, codes)).toBe(a.length)
      const all = [...new Set([...a, ...b])]
      expect(b.map(known.codeOf)).toEqual(b.map((text) => all.indexOf(text)))
      expect(Array.from(codes)).toEqual(a.map((text) => all.indexOf(text)))
      expect(known.names()).toEqual(all)
      expect(known.size()).toBe(all.length)
    }),
  )
})

test.each([[''], [7], [undefined], [null], [{}]])('%j is where texts end', (value) => {
  const known = dictionary()
  const codes = new Uint32Array(3)
  expect(known.codesInto(['a', value, 'b'], codes)).toBe(1)
  expect(known.names()).toEqual(['a'])
})
