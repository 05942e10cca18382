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
  bytes: Uint8Array,
  from: number, //    in  first byte
  to: number, //      in  end
  decimal: number, // in  the byte of the decimal mark
): number {
  let at = from
  const sign = at < to ? bytes[at]! : 0
  if (sign === MINUS || sign === PLUS) at++
  let digits = 0
  let count = 0
  for (; at < to; at++) {
    const digit = bytes[at]! - ZERO
    if (digit < 0 || digit > 9) break
    digits = 10 * digits + digit
    count++
  }
  let scale = 1
  if (at < to && bytes[at] === decimal) {
    const first = ++at
    for (; at < to; at++) {
      const digit = bytes[at]! - ZERO
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
