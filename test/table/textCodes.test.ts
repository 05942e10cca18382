import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeOf, codeOfId, keepTexts, textAt, textCodes } from '../../src/table/textCodes.ts'

const anyId = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: -20, max: 300 }) },
  fc.maxSafeInteger(),
  fc.bigInt(),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', '7', '-7', '\ud800', '__proto__', 'a'.repeat(9000)),
)

test('ids have the number of the first with their text, whatever they are, and forgetting some keeps the others', () => {
  fc.assert(
    fc.property(fc.array(anyId, { maxLength: 400 }), fc.infiniteStream(fc.nat(1)), (ids, stream) => {
      const texts = textCodes()
      const names = [...new Set(ids.map(String))]
      for (const id of ids) expect(codeOfId(texts, id)).toBe(names.indexOf(String(id)))
      expect(texts.size).toBe(names.length)
      expect(names.map((_, code) => textAt(texts, code))).toEqual(names)

      const isKept = Uint8Array.from(names, () => stream.next().value as number)
      const kept = names.filter((_, code) => isKept[code] === 1)
      const codes = keepTexts(texts, isKept)
      expect(Array.from(kept, (name) => codes[names.indexOf(name)])).toEqual(kept.map((_, code) => code))
      expect(kept.map((_, code) => textAt(texts, code))).toEqual(kept)
      const all = [...kept, ...names.filter((_, code) => isKept[code] === 0)]
      for (const name of all) expect(codeOf(texts, name)).toBe(all.indexOf(name))
      for (const id of ids) expect(codeOfId(texts, id)).toBe(all.indexOf(String(id)))
    }),
  )
})

test('whole numbers are written as the language writes them', () => {
  const numbers = [
    0,
    -0,
    9,
    10,
    99,
    100,
    2 ** 32 - 1,
    2 ** 32,
    10 ** 15,
    Number.MAX_SAFE_INTEGER,
    Number.MIN_SAFE_INTEGER,
  ]
  const texts = textCodes()
  for (const number of numbers) expect(textAt(texts, codeOfId(texts, number))).toBe(String(number))
})

test('numbers far apart and close together, more than fit the first room', () => {
  const texts = textCodes()
  const numbers = Array.from({ length: 20_000 }, (_, i) => (i % 2 === 0 ? i : i * 1e9))
  const codes = numbers.map((_, i) => i)
  expect(numbers.map((number) => codeOfId(texts, number))).toEqual(codes)
  expect(numbers.map((number) => codeOf(texts, String(number)))).toEqual(codes)
})
