import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numberOfBytes } from '../../src/kernels/byteNumber.ts'

const read = (text: string, mark = '.'): number => {
  // Digits on both sides must not be read.
  const bytes = new TextEncoder().encode(`7${text}7777`)
  return numberOfBytes(new DataView(bytes.buffer), 1, bytes.length - 4, mark.charCodeAt(0))
}

test.each(['12.50', '-0', '+7', '5.', '.5', '0.1', '9007199254740991', '0.0000000000000000000001', '00012.5'])(
  '%s is the double that Number reads',
  (text) => expect(read(text)).toBe(Number(text)),
)

test.each(['', '.', '-', '1e3', '9007199254740993', '0.00000000000000000000001', '1 ', '1,5', '--1', '0x1', '१'])(
  '%j is left to others',
  (text) => expect(read(text)).toBeNaN(),
)

test('the decimal mark is the one that is asked for', () => {
  expect(read('-1,25', ',')).toBe(-1.25)
  expect(read('1.25', ',')).toBeNaN()
})

test('any number of digits is that of Number, to the bit, or none', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 19 })
  fc.assert(
    fc.property(digits, digits, fc.constantFrom('', '-', '+'), (whole, fraction, sign) => {
      const text = `${sign}${whole}.${fraction}`
      const value = read(text)
      if (!Number.isNaN(value)) expect(value).toBe(Number(text))
      else expect(whole.length + fraction.length === 0 || Number(whole + fraction) >= 2 ** 53).toBe(true)
    }),
    { numRuns: 3000 },
  )
})
