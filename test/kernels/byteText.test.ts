import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mayHaveWideSpace, spacesEnd, spacesStart, utf8End } from '../../src/kernels/byteText.ts'

test('UTF-8 is what a strict decoder takes', () => {
  const byte = fc.oneof(
    fc.constantFrom(0x41, 0x80, 0xbf, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f),
    fc.nat(255),
  )
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 8 }), (list) => {
      const bytes = Uint8Array.from(list)
      const end = utf8End(bytes, 0, bytes.length)
      const decode = (from: number): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, from))
      expect(() => decode(end)).not.toThrow()
      if (end < bytes.length) expect(() => decode(bytes.length)).toThrow()
    }),
    { numRuns: 5000 },
  )
})

test('space around a text is what trim takes off, or may be', () => {
  const char = fc.oneof(
    fc.constantFrom(' ', '\t', '\v', '\u00a0', '\u1680', '\u2003', '\u202f', '\u3000', '\ufeff', 'é'),
    fc.string(),
  )
  fc.assert(
    fc.property(fc.array(char, { maxLength: 5 }), (chars) => {
      const text = chars.join('')
      const bytes = new TextEncoder().encode(text)
      const from = spacesEnd(bytes, 0, bytes.length)
      const to = spacesStart(bytes, from, bytes.length)
      if (mayHaveWideSpace(bytes, from, to)) return
      expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(from, to))).toBe(text.trim())
    }),
    { numRuns: 3000 },
  )
})
