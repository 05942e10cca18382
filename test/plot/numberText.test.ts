import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countText, decimalText, moneyText, percentText, shortText } from '../../src/plot/numberText.ts'

test.each([
  [0, 0, '0'],
  [-0.0004, 2, '0.00'],
  [999, 0, '999'],
  [1000, 0, '1,000'],
  [1234567.891, 2, '1,234,567.89'],
  [-1234.5, 1, '−1,234.5'],
  [0.05, 4, '0.0500'],
  [1e20, 0, '100,000,000,000,000,000,000'],
  [1.5e21, 2, '1.5e21'],
  [-1e300 / 3, 0, '−3.33e299'],
  [Number.MAX_VALUE, 0, '1.8e308'],
  [Number.NaN, 2, '–'],
  [Number.POSITIVE_INFINITY, 0, '–'],
])('decimalText(%d, %d) is %s', (value, decimals, text) => {
  expect(decimalText(value, decimals)).toBe(text)
})

test('percent, money and counts', () => {
  expect(percentText(0.1234)).toBe('12.3%')
  expect(percentText(1, 0)).toBe('100%')
  expect(percentText(Number.NaN)).toBe('–')
  expect(moneyText(48210.5, 'USD')).toBe('48,211\u00a0USD')
  expect(moneyText(12.5, 'EUR')).toBe('12.50\u00a0EUR')
  expect(moneyText(999.996, '')).toBe('1,000')
  expect(moneyText(Number.NaN, 'EUR')).toBe('–')
  expect(countText(1, 'customer')).toBe('1 customer')
  expect(countText(0, 'customer')).toBe('0 customers')
})

test.each([
  [0, '0'],
  [0.05, '0.05'],
  [12.34, '12.3'],
  [999.4, '999'],
  [999.6, '1k'],
  [12_345, '12.3k'],
  [999_600, '1M'],
  [2_500_000_000, '2.5B'],
  [-1500, '−1.5k'],
  [2e-7, '2e−7'],
  [4e18, '4e18'],
  [1.5e-5, '1.5e−5'],
  [-1.25e-112, '−1.25e−112'],
])('shortText(%d) is %s', (value, text) => {
  expect(shortText(value)).toBe(text)
})

test('grouping neither loses nor adds a digit', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e20, max: 1e20, noNaN: true }),
      fc.integer({ min: 0, max: 6 }),
      (value, decimals) => {
        const back = Number(decimalText(value, decimals).replaceAll(',', '').replace('−', '-'))
        expect(back).toBe(Number(value.toFixed(decimals)) + 0)
      },
    ),
  )
})

test('short numbers stay short and within half a unit of the third digit', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 9.99e14, noNaN: true }), (value) => {
      const text = shortText(value)
      expect(text.length).toBeLessThanOrEqual(7)
      const unit = { k: 1e3, M: 1e6, B: 1e9, T: 1e12 }[text.at(-1)!] ?? 1
      // Three significant digits: at most half a unit of the third, which is 0.5 % of the value.
      expect(Math.abs(Number.parseFloat(text) * unit - value)).toBeLessThanOrEqual(value * 0.00501)
    }),
  )
})
