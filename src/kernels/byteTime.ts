import { fourDigits } from './byteDigits.ts'
import { dayOfCalendar, daysOfMonth } from './calendarDay.ts'

const ZERO = 48
const PLUS = 43
const COMMA = 44
const DASH = 45
const DOT = 46
const COLON = 58
const SPACE = 32
const T = 84
const Z = 90
const DAY_MS = 86_400_000

/**
 * Writes the time that some bytes of text write in ISO 8601, in ms since 1970: of UTC where there is an offset, else of
 * the wall clock. The forms are those of `readTime`; `false` for anything else. (Engines make an object of each fraction
 * or large number that a function returns, so it is written.)
 */
export function timeOfBytesInto(
  view: DataView, //       in
  from: number, //         in   first byte
  to: number, //           in   end
  row: number, //          in
  time: Float64Array, //   out  at `row`
  isInstant: Uint8Array, // out  at `row`: whether there is an offset
): boolean {
  isInstant[row] = 0
  if (to - from < 8) return false
  const dash = view.getUint8(from + 4) === DASH ? 1 : 0
  const dayEnd = from + 8 + 2 * dash
  if (to < dayEnd || (dash === 1 && view.getUint8(from + 7) !== DASH)) return false
  const year = fourDigits(view.getInt32(from, true))
  const monthDay = fourDigits(
    dash === 1
      ? view.getUint16(from + 5, true) | (view.getUint16(from + 8, true) << 16)
      : view.getInt32(from + 4, true),
  )
  if (year < 0 || monthDay < 0) return false
  const month = (monthDay / 100) | 0
  const day = monthDay - 100 * month
  if (month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) return false
  const midnight = dayOfCalendar(year, month, day) * DAY_MS
  if (to === dayEnd) {
    time[row] = midnight
    return true
  }
  const clock = clockOfBytes(view, dayEnd, to, row, isInstant)
  if (Number.isNaN(clock)) return false
  time[row] = midnight + clock
  return true
}

/** What follows the day: `T` or a space, `10:30`, seconds and a fraction if wanted, an offset if wanted; in ms. */
function clockOfBytes(view: DataView, from: number, to: number, row: number, isInstant: Uint8Array): number {
  if (to < from + 6 || view.getUint8(from + 3) !== COLON) return Number.NaN
  const mark = view.getUint8(from)
  const hour = twoDigits(view, from + 1)
  const minute = twoDigits(view, from + 4)
  let second = 0
  let ms = 0
  let at = from + 6
  if (to >= at + 3 && view.getUint8(at) === COLON) {
    second = twoDigits(view, at + 1)
    at += 3
    const point = at < to ? view.getUint8(at) : 0
    if (point === DOT || point === COMMA) {
      const first = ++at
      // The first three digits are the milliseconds, and the others count for nothing.
      for (
        let unit = 100;
        at < to && view.getUint8(at) >= ZERO && view.getUint8(at) <= ZERO + 9;
        at++, unit = Math.floor(unit / 10)
      ) {
        ms += unit * (view.getUint8(at) - ZERO)
      }
      if (at === first || at - first > 9) return Number.NaN
    }
  }
  const isClock = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60
  if (!isClock || (mark !== T && mark !== SPACE)) return Number.NaN
  const clock = ((hour * 60 + minute) * 60 + second) * 1000 + ms
  if (at === to) return clock
  isInstant[row] = 1
  return clock - offsetOfBytes(view, at, to)
}

/** An offset at the end, such as `Z` or `+02:00`, in ms; NaN if it is none, or beyond what clocks use. */
function offsetOfBytes(view: DataView, at: number, to: number): number {
  const sign = view.getUint8(at)
  const length = to - at
  if (sign === Z) return length === 1 ? 0 : Number.NaN
  if ((sign !== PLUS && sign !== DASH) || length < 5) return Number.NaN
  const colon = view.getUint8(at + 3) === COLON ? 1 : 0
  if (length !== 5 + colon) return Number.NaN
  const hours = twoDigits(view, at + 1)
  const minutes = twoDigits(view, at + 3 + colon)
  if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) return Number.NaN
  return (sign === DASH ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

/** A number of two digits that stand within the bytes; -1 if they are none. */
function twoDigits(view: DataView, at: number): number {
  const tens = view.getUint8(at) - ZERO
  const ones = view.getUint8(at + 1) - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : -1
}
