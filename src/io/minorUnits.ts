/** Money as a whole number of a currency's smallest units, such as cents. */
export interface MinorMoney {
  /** At most 15 digits, so that the double in major units beside it keeps every one of them. */
  readonly minor: number
  /** Whether the source had fractions of the smallest unit, which were rounded half away from zero. */
  readonly isRounded: boolean
}

/** Most smallest units in one amount. */
export const MAX_MINOR = 999_999_999_999_999

/** Currencies whose smallest unit is not a hundredth, by ISO 4217; codes that are not listed have two decimals. */
const EXPONENTS: Readonly<Record<string, number>> = {
  ...{ BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, UYI: 0, VND: 0 },
  ...{ VUV: 0, XAF: 0, XOF: 0, XPF: 0 },
  ...{ BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3 },
  ...{ CLF: 4, UYW: 4 },
}

/** Longest text that is looked at as an amount. */
const MAX_LENGTH = 60
const MAX_DIGITS = 15
const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/

/** Decimals of a currency: 2 for EUR, 0 for JPY, 3 for KWD. */
export function minorExponent(currency: string): number {
  return EXPONENTS[currency] ?? 2
}

/** An ISO 4217 code in upper case, or nothing. */
export function currencyCode(value: unknown): string | undefined {
  return typeof value === 'string' && /^[A-Za-z]{3}$/.test(value) ? value.toUpperCase() : undefined
}

/**
 * Reads an amount, a number or a plain decimal text, as smallest units of a currency. Works on decimal digits, so that
 * 19.99 is 1999 and not what a product of binary fractions makes of it.
 *
 * @param exponent - decimals of the currency
 * @param shift - decimals that the amount already has taken off: 2 if it is given in hundredths
 * @returns `undefined` if it is no amount or has more digits than can be kept
 */
export function readMinor(value: unknown, exponent: number, shift = 0): MinorMoney | undefined {
  if (typeof value === 'number')
    return wholeUnits(value, exponent - shift) ?? readDigits(String(value), exponent - shift)
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return undefined
  const text = value.trim()
  const isShort = text.length <= MAX_DIGITS && DECIMAL.test(text)
  return (isShort ? wholeUnits(Number(text), exponent - shift) : undefined) ?? readDigits(text, exponent - shift)
}

/** Reads what some pieces at a price come to; their product is rounded, not the price. As `readMinor` otherwise. */
export function readPieces(price: unknown, pieces: number, exponent: number, shift = 0): MinorMoney | undefined {
  const one = readMinor(price, exponent, shift)
  if (one === undefined) return undefined
  if (!one.isRounded) return readMinor(`${one.minor * pieces}`, 0)
  const [, sign, whole = '', fraction = '', power = '0'] = DECIMAL.exec(String(price).trim())!
  const digits = BigInt(whole + fraction) * BigInt(pieces)
  return readMinor(`${sign}${digits}e${Number(power) - fraction.length}`, exponent, shift)
}

/** Smallest units as the nearest double in major units: 1999 of EUR is 19.99. */
export function majorOf(minor: number, exponent: number): number {
  return minor / 10 ** exponent
}

/**
 * The short way for amounts without fractions of a unit. No two decimals of 15 digits have the same double, so if the
 * double of the units is that of the amount, the amount is those units.
 */
function wholeUnits(value: number, places: number): MinorMoney | undefined {
  if (places < 0) return undefined
  const minor = Math.round(value * 10 ** places)
  const isWhole = Math.abs(minor) <= MAX_MINOR && minor / 10 ** places === value
  return isWhole ? { minor: minor === 0 ? 0 : minor, isRounded: false } : undefined
}

/** Reads decimal digits with the point moved by `places` to the right. */
function readDigits(text: string, places: number): MinorMoney | undefined {
  const match = DECIMAL.exec(text)
  if (match === null) return undefined
  const [, sign, whole = '', fraction = '', power = '0'] = match
  const digits = (whole + fraction).replace(/^0+/, '')
  const zeros = places - fraction.length + Number(power)
  const size = digits === '' ? 0 : zeros >= 0 ? withZeros(digits, zeros) : withoutDigits(digits, -zeros)
  if (size === undefined || size > MAX_MINOR) return undefined
  const isRounded = zeros < 0 && /[1-9]/.test(digits.slice(zeros))
  return { minor: sign === '-' && size !== 0 ? -size : size, isRounded }
}

function withZeros(digits: string, zeros: number): number | undefined {
  return digits.length + zeros > MAX_DIGITS ? undefined : Number(digits) * 10 ** zeros
}

function withoutDigits(digits: string, cut: number): number {
  const isUp = cut <= digits.length && digits[digits.length - cut]! >= '5'
  return Number(digits.slice(0, -cut)) + (isUp ? 1 : 0)
}
