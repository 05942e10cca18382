import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fourDigits } from '../../src/kernels/byteDigits.ts'

const wordOf = (bytes: readonly number[]): number => bytes.reduce((word, byte, i) => word | (byte << (8 * i)), 0)

test('every number of four digits', () => {
  for (let n = 0; n < 10_000; n++) {
    const text = String(n).padStart(4, '0')
    expect(fourDigits(wordOf([...text].map((digit) => digit.charCodeAt(0))))).toBe(n)
  }
})

test('anything but digits is none', () => {
  const byte = fc.oneof(fc.constantFrom(0, 0x2f, 0x30, 0x39, 0x3a, 0x80, 0xb0, 0xff), fc.nat(255))
  fc.assert(
    fc.property(fc.tuple(byte, byte, byte, byte), (bytes) => {
      const areDigits = bytes.every((one) => one >= 0x30 && one <= 0x39)
      expect(fourDigits(wordOf(bytes)) >= 0).toBe(areDigits)
    }),
    { numRuns: 3000 },
  )
})
