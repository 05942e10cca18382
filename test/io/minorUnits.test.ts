import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { currencyCode, MAX_MINOR, majorOf, minorExponent, readMinor, readPieces } from '../../src/io/minorUnits.ts'

describe('currencies', () => {
  test.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KRW', 0],
    ['KWD', 3],
    ['BHD', 3],
    ['CLF', 4],
    ['XYZ', 2],
  ])('%s has %i decimals by ISO 4217', (currency, decimals) => expect(minorExponent(currency)).toBe(decimals))

  test.each([
    ['eur', 'EUR'],
    ['EURO', undefined],
    ['', undefined],
    ['€', undefined],
    [978, undefined],
    ['__proto__', undefined],
  ])('%o is %s', (value, code) => expect(currencyCode(value)).toBe(code))
})

describe('amounts', () => {
  test.each([
    [19.99, 2, 1999, false],
    ['19.99', 2, 1999, false],
    ['+0019.990', 2, 1999, false],
    [-10, 2, -1000, false],
    [0.1 + 0.2, 2, 30, true],
    [1.005, 2, 101, true],
    ['1.005', 2, 101, true],
    ['-1.005', 2, -101, true],
    [0.004, 2, 0, true],
    [0.0049999, 2, 0, true],
    [5e-324, 2, 0, true],
    [1e-7, 0, 0, true],
    [1980, 0, 1980, false],
    ['1.2345', 3, 1235, true],
    [0, 2, 0, false],
    [-0.0, 2, 0, false],
    ['9999999999999.99', 2, MAX_MINOR, false],
  ])('%o in units of %i decimals is %i', (value, exponent, minor, isRounded) =>
    expect(readMinor(value, exponent)).toEqual({ minor, isRounded }),
  )

  test.each([
    [9.995, 2, 1999],
    ['9.995', 2, 1999],
    ['0.333', 3, 100],
    ['0.335', 3, 101],
    ['-1.0005', 10, -1001],
    [19.99, 3, 5997],
    ['1e-3', 5, 1],
    [0.004, 0, 0],
  ])('pieces at %o: %i of them are %i cents, rounded once', (price, pieces, minor) =>
    expect(readPieces(price, pieces, 2)!.minor).toBe(minor),
  )

  test('pieces that come to more than can be kept, or have no price', () => {
    expect(readPieces('9999999999.995', 1e6, 2)).toBeUndefined()
    expect(readPieces('9999999999.99', 1e6, 2)).toBeUndefined()
    expect(readPieces('free', 2, 2)).toBeUndefined()
  })

  test.each([
    [500, 0, 2, 5],
    [550, 0, 2, 6],
    [500, 2, 0, 50_000],
  ])('%i with %i decimals wanted and %i taken off is %i', (value, exponent, shift, minor) =>
    expect(readMinor(value, exponent, shift)!.minor).toBe(minor),
  )

  test.each([
    '',
    ' ',
    '1,5',
    '1.000,00',
    '$5',
    '0x10',
    '1e999',
    'NaN',
    '--1',
    '.',
    '5.',
    '.5',
    '٣',
    null,
    {},
    [5],
    true,
    1e15,
    1e308,
  ])('%o is no amount of cents', (value) => expect(readMinor(value, 2)).toBeUndefined())

  test.each([Number.NaN, Number.POSITIVE_INFINITY, '9'.repeat(5_000_000), '9999999999999.995'])(
    'nor is another',
    (value) => expect(readMinor(value, 2)).toBeUndefined(),
  )
})

describe('laws', () => {
  const minors = fc.integer({ min: -MAX_MINOR, max: MAX_MINOR })
  const exponents = fc.constantFrom(0, 2, 3, 4)

  // 15 digits are what a double keeps of every decimal number (IEEE 754 binary64), so nothing is lost at any size.
  test('an amount survives its way through a double in major units', () => {
    fc.assert(
      fc.property(minors, exponents, (minor, exponent) => {
        expect(readMinor(majorOf(minor, exponent), exponent)).toEqual({
          minor: minor === 0 ? 0 : minor,
          isRounded: false,
        })
      }),
      { numRuns: 10_000 },
    )
  })

  test('a decimal text is rounded to the nearest unit, halves away from zero', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 17n), 10n ** 17n), exponents, (digits, exponent) => {
        // The amount is digits / 10^(exponent + 3), rounded here by integers alone.
        const size = digits < 0n ? -digits : digits
        const padded = String(size).padStart(exponent + 4, '0')
        const cut = padded.length - exponent - 3
        const minor = Number((size + 500n) / 1000n)
        const read = readMinor(`${digits < 0n ? '-' : ''}${padded.slice(0, cut)}.${padded.slice(cut)}`, exponent)
        expect(read).toEqual({ minor: digits < 0n && minor !== 0 ? -minor : minor, isRounded: size % 1000n !== 0n })
      }),
      { numRuns: 10_000 },
    )
  })
})
