import { fourDigits, fourFigures, ZEROS } from './byteDigits.ts'

const ZERO = 48
const PLUS = 43
const MINUS = 45

/** Largest whole number up to which every one is a double, and powers of ten that are: their quotient is rounded once. */
const MAX_DIGITS = 9_007_199_254_740_991
const MAX_PLACES = 22

/**
 * The number that some bytes of text write with digits alone, such as `-12.50`: the double nearest to it, as `Number` has
 * it. NaN for any other form, and for more digits than can be had without a detour; both may still be numbers.
 *
 * @see Clinger (1990), "How to Read Floating Point Numbers Accurately": the exact case
 */
export function numberOfBytes(
  view: DataView, //  in  the bytes, and `BYTES_BEYOND` more
  from: number, //    in  first byte
  to: number, //      in  end
  decimal: number, // in  the byte of the decimal mark
): number {
  const money = moneyOfBytes(view, from, to, decimal)
  if (money >= 0) return money
  let at = from
  const sign = at < to ? view.getUint8(at) : 0
  if (sign === MINUS || sign === PLUS) at++
  let digits = 0
  let count = 0
  for (; at < to; at++) {
    const digit = view.getUint8(at) - ZERO
    if (digit < 0 || digit > 9) break
    digits = 10 * digits + digit
    count++
  }
  let scale = 1
  if (at < to && view.getUint8(at) === decimal) {
    const first = ++at
    for (; at < to; at++) {
      const digit = view.getUint8(at) - ZERO
      if (digit < 0 || digit > 9) break
      digits = 10 * digits + digit
      scale *= 10
    }
    if (at - first > MAX_PLACES) return Number.NaN
    count += at - first
  }
  // A sum of digits that passes 2^53 stays beyond it, whatever was rounded on the way.
  if (at < to || count === 0 || digits > MAX_DIGITS) return Number.NaN
  const value = digits / scale
  return sign === MINUS ? -value : value
}

/**
 * The number of one to four digits, the decimal mark and two digits; -1 for any other form. Most money is written so, and
 * a loop whose length nobody can foretell takes twice as long.
 */
function moneyOfBytes(view: DataView, from: number, to: number, decimal: number): number {
  const length = to - 3 - from
  if (length < 1 || length > 4 || view.getUint8(to - 3) !== decimal) return -1
  // What is not there before the digits are zeros, and what stands behind them is pushed out.
  const whole = fourFigures(((view.getInt32(from, true) - ZEROS) | 0) << (32 - 8 * length))
  const hundredths = fourDigits((view.getUint16(to - 2, true) << 16) | 0x3030)
  return whole < 0 || hundredths < 0 ? -1 : (100 * whole + hundredths) / 100
}
