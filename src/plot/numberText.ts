// Numbers as people read them, the same on every machine: no locale is asked. Thousands stand apart by commas, the
// minus is the typographic one, and what is no number is shown as a dash.

const MINUS = '−'
const NOTHING = '–'

/**
 * A number with a fixed count of decimals and commas between thousands; from 1e21 on a power of ten.
 *
 * @param value - any number; NaN and infinities become a dash
 * @param decimals - digits after the point, 0 to 20
 * @example
 * decimalText(1234567.891, 2) // '1,234,567.89'
 */
export function decimalText(value: number, decimals = 0): string {
  if (!Number.isFinite(value)) return NOTHING
  if (Math.abs(value) >= 1e21) return powerText(value) // nobody counts so many thousands
  const [whole = '', rest] = Math.abs(value).toFixed(decimals).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const text = rest === undefined ? grouped : `${grouped}.${rest}`
  // A value that rounds to zero has no sign.
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text
}

/**
 * A share as a percentage.
 *
 * @param share - 0 to 1 for 0 % to 100 %
 * @example
 * percentText(0.1234) // '12.3%'
 */
export function percentText(share: number, decimals = 1): string {
  return Number.isFinite(share) ? `${decimalText(share * 100, decimals)}%` : NOTHING
}

/**
 * Money with its currency behind it: two decimals below 1,000, none from there on unless `decimals` says so.
 *
 * @param value - money in `currency`
 * @param currency - ISO 4217, or empty if unknown
 * @example
 * moneyText(48210.5, 'USD') // '48,211 USD'
 */
export function moneyText(
  value: number,
  currency: string,
  decimals: number = Math.abs(value) < 999.995 ? 2 : 0,
): string {
  const text = decimalText(value, decimals)
  // A no-break space keeps the amount and its currency on one line.
  return currency === '' || text === NOTHING ? text : `${text}\u00a0${currency}`
}

const STEPS: readonly (readonly [size: number, name: string])[] = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
]

/**
 * A number in about five characters, for axes and cells: three significant digits and k, M, B or T, or a power of ten.
 *
 * @example
 * shortText(12_345) // '12.3k'
 */
export function shortText(value: number): string {
  if (!Number.isFinite(value)) return NOTHING
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size >= 1e15 || size < 1e-4) return powerText(value)
  // 999,500 and more would round up to 1000k, so the next step starts there.
  const step = STEPS.find(([from]) => size >= from * 0.9995) ?? [1, '']
  const scaled = Number((size / step[0]).toPrecision(3))
  return `${value < 0 ? MINUS : ''}${scaled}${step[1]}`
}

/** Three significant digits and the power of ten. */
function powerText(value: number): string {
  return value
    .toExponential(2)
    .replace(/\.?0+e/, 'e')
    .replaceAll('-', MINUS)
    .replace('+', '')
}

/**
 * A count with its noun, which takes an s unless the count is one.
 *
 * @example
 * countText(2357, 'customer') // '2,357 customers'
 */
export function countText(count: number, noun: string): string {
  return `${decimalText(count)} ${noun}${count === 1 ? '' : 's'}`
}
