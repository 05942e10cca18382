import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteDictionary } from '../../src/io/byteDictionary.ts'
import { BYTES_BEYOND } from '../../src/kernels/csvMarks.ts'
import { dictionary } from '../../src/table/dictionary.ts'

/** The codes of texts that stand one after the other in bytes. */
function codesOf(texts: readonly string[], known = byteDictionary()): { codes: number[]; names: string[] } {
  const encoded = texts.map((text) => new TextEncoder().encode(text))
  const bounds = new Int32Array(2 * texts.length)
  let at = 0
  for (const [i, { length }] of encoded.entries()) {
    bounds[2 * i] = at
    at += length
    bounds[2 * i + 1] = at
  }
  const codes = new Uint32Array(texts.length)
  const bytes = new Uint8Array(at + BYTES_BEYOND)
  for (const [i, part] of encoded.entries()) bytes.set(part, bounds[2 * i]!)
  known.codesOfBytesInto(new DataView(bytes.buffer), bounds, texts.length, 0, codes)
  return { codes: Array.from(codes), names: known.names() }
}

test('texts get the numbers that a dictionary of texts gives', () => {
  const text = fc.oneof(
    fc.string({ minLength: 1, maxLength: 14 }),
    fc.nat(20).map((n) => `customer-number-${n}`),
  )
  fc.assert(
    fc.property(fc.array(text, { maxLength: 60 }), (texts) => {
      const reference = dictionary()
      const codes = texts.map((text) => reference.codeOf(text))
      const known = byteDictionary()
      expect(codesOf(texts, known)).toEqual({ codes, names: reference.names() })
      expect(texts.map((text) => known.codeOf(text))).toEqual(codes)
    }),
  )
})

test('many ids make it grow, and keep their numbers', () => {
  const texts = Array.from({ length: 20_000 }, (_, i) => (i % 3 === 0 ? `an id of many bytes ${i}` : `c${i}`))
  const known = byteDictionary()
  expect(codesOf(texts, known).codes).toEqual(texts.map((_, i) => i))
  expect(known.names()).toEqual(texts)
  expect(codesOf(texts.toReversed(), known).codes).toEqual(texts.map((_, i) => i).toReversed())
})

test('ids that were made to collide get their numbers in bounded time', () => {
  // The hash of a short id is linear in its words before it is mixed, so whoever reads it can find many with one hash:
  // pairs of words whose products cancel. These were found by walking along the first word.
  const inverse = inverseOf(0x85ebca6b)
  const texts: Uint8Array[] = []
  for (let first = 0x61616161; texts.length < 3000; first++) {
    const second = Math.imul(Math.imul(first, 0xcc9e2d51) ^ 0x12345678, inverse)
    const bytes = new Uint8Array(8)
    new DataView(bytes.buffer).setInt32(0, first, true)
    new DataView(bytes.buffer).setInt32(4, second, true)
    if (bytes.every((byte) => byte > 32 && byte < 127)) texts.push(bytes)
    if (first > 0x61616161 + 3_000_000) break
  }
  expect(texts.length).toBeGreaterThan(100)
  const names = texts.map((bytes) => new TextDecoder().decode(bytes))
  const known = byteDictionary()
  expect(codesOf(names, known).codes).toEqual(names.map((_, i) => i))
  expect(codesOf(names, known).codes).toEqual(names.map((_, i) => i))
  const more = Array.from({ length: 5000 }, (_, i) => `more${i}`)
  codesOf(more, known)
  expect(codesOf(names, known).codes).toEqual(names.map((_, i) => i))
})

/** The number that times an odd one is 1, in 32 bits (Newton's iteration). */
function inverseOf(odd: number): number {
  let x = odd
  for (let i = 0; i < 5; i++) x = Math.imul(x, 2 - Math.imul(odd, x))
  return x
}
