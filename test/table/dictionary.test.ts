import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { dictionary } from '../../src/table/dictionary.ts'

// Texts that look alike where they are packed: NUL, short and long, beyond ASCII and Latin 1, halves of surrogates.
const unit = fc.oneof(fc.constantFrom('a', 'b', '\0', '\x7f', '\x80', 'ÿ', 'Ā', '€', '\ud83d', '\ude00'), fc.string())
const anyText = fc
  .oneof(
    fc.string({ unit, minLength: 1, maxLength: 3 }),
    fc.string({ unit, minLength: 1, maxLength: 20 }),
    fc.tuple(fc.string({ unit: fc.constantFrom('a', '\0'), minLength: 1, maxLength: 14 })).map(([text]) => text),
  )
  .filter((text) => text !== '')

describe('laws: texts are numbered in the order of their first appearance', () => {
  test('one by one or together', () => {
    fc.assert(
      fc.property(fc.array(anyText), fc.array(anyText), (a, b) => {
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

  test.each([
    ['short texts', (i: number) => `c${i}`],
    ['long texts', (i: number) => `somebody.${i}@example.org`],
    ['short and long texts', (i: number) => 'x'.repeat(i % 30) + i],
    ['padded numbers', (i: number) => String(i).padStart(12, '0')],
  ])('100,000 %s', (_, textOf) => {
    const texts = Array.from({ length: 200_000 }, (_, i) => textOf((i * 7919) % 100_000))
    const known = dictionary()
    const codes = new Uint32Array(texts.length)
    expect(known.codesInto(texts, codes)).toBe(texts.length)
    const names = known.names()
    expect(names.join() === [...new Set(texts)].join()).toBe(true)
    expect(texts.every((text, i) => names[codes[i]!] === text)).toBe(true)
  })

  test('an empty text has a number of its own', () => {
    const known = dictionary()
    expect(['a', '', 'a', ''].map(known.codeOf)).toEqual([0, 1, 0, 1])
  })
})

test.each([[''], [7], [undefined], [null], [{}]])('%j is where texts end', (value) => {
  const known = dictionary()
  const codes = new Uint32Array(3)
  expect(known.codesInto(['a', value, 'b'], codes)).toBe(1)
  expect(known.names()).toEqual(['a'])
})

describe('texts made to collide', () => {
  // The hash of the kernel, which anybody can read, over the words of a text of four to eight characters.
  const fold = (h: number, shift: number): number => h ^ (h >>> shift)
  const homeOf = (text: string): number => {
    const { length } = text
    const wordAt = (start: number): number =>
      [0, 8, 16, 24].reduce((word, shift, i) => word | (text.charCodeAt(start + i) << shift), 0)
    const b = length > 4 ? wordAt(length - 4) : 0
    const c = ((length & 4) << 21) | ((length & 2) << 14) | ((length & 1) << 7)
    const ofBoth = Math.imul(fold(Math.imul(wordAt(0), 0x9e3779b1), 15) ^ (b | ((length & 8) << 4)), 0x85ebca6b)
    return Math.imul(fold(Math.imul(fold(ofBoth, 13) ^ c, 0xc2b2ae35), 16), 0x9e3779b1) >>> 0
  }
  const bad: string[] = []
  beforeAll(() => {
    // All begin in the same 2,048th of the slots, which is one slot while there are few.
    for (let i = 1000; bad.length < 1500; i++) if (homeOf(`n${i}`) < 2 ** 21) bad.push(`n${i}`)
  })

  test.each([
    ['at first', 0],
    ['in between', 700],
    ['at last', 5000],
  ])('are numbered like others, %s', (_, before) => {
    const good = Array.from({ length: 5000 }, (_, i) => `c${i}`)
    const texts = [...good.slice(0, before), ...bad, ...good.slice(before), ...bad, ...good]
    const known = dictionary()
    const codes = new Uint32Array(texts.length)
    expect(known.codesInto(texts, codes)).toBe(texts.length)
    const names = known.names()
    expect(names.join() === [...new Set(texts)].join()).toBe(true)
    expect(texts.every((text, i) => names[codes[i]!] === text)).toBe(true)
    expect(bad.every((text) => names[known.codeOf(text)] === text)).toBe(true)
  })
})
