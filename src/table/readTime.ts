import { DAY_MS, MAX_TIME_MS, type Zone } from '../core/calendar.ts'
import { dayOfCalendar, daysOfMonth } from '../kernels/calendarDay.ts'

/**
 * Reads a time as ms since 1970 UTC, or NaN if it is none. Text is ISO 8601: a day (`2024-05-02`, `20240502`), or a day
 * and a clock time with seconds and an offset if wanted (`2024-05-02T10:30:00+02:00`). Without an offset it is a local
 * time in `zone`, and a day alone begins at local midnight.
 */
export function readTime(time: unknown, zone: Zone): number {
  if (typeof time === 'number') return Math.abs(time) <= MAX_TIME_MS ? time : Number.NaN
  if (typeof time === 'string') return readTimeText(time, zone)
  return time instanceof Date ? time.getTime() : Number.NaN
}

const ZERO = 48
const DASH = 45
const COLON = 58
const SPACE = 32
const T = 84
const Z = 90
const DOT = 46
const COMMA = 44
const PLUS = 43

// Every field has its place, so characters are looked at one by one: several times as fast as a regular expression,
// and as strict. Lengths are checked before characters, because a look beyond the end of a text is slow.
function readTimeText(text: string, zone: Zone): number {
  const { length } = text
  if (length < 8) return Number.NaN
  const dash = text.charCodeAt(4) === DASH ? 1 : 0
  const dayEnd = 8 + 2 * dash
  if (length < dayEnd || (dash === 1 && text.charCodeAt(7) !== DASH)) return Number.NaN
  const century = twoDigits(text, 0)
  const yearOfCentury = twoDigits(text, 2)
  const month = twoDigits(text, 4 + dash)
  const day = twoDigits(text, dayEnd - 2)
  if (century < 0 || yearOfCentury < 0 || month < 1 || month > 12 || day < 1) return Number.NaN
  const year = 100 * century + yearOfCentury
  if (day > daysOfMonth(year, month)) return Number.NaN
  const midnight = dayOfCalendar(year, month, day) * DAY_MS
  return length === dayEnd ? zone.instantOf(midnight) : readClock(text, dayEnd, midnight, zone)
}

/** Reads what follows the day: `T` or a space, `10:30`, seconds and a fraction if wanted, an offset if wanted. */
function readClock(text: string, start: number, midnight: number, zone: Zone): number {
  const { length } = text
  if (length < start + 6 || text.charCodeAt(start + 3) !== COLON) return Number.NaN
  const mark = text.charCodeAt(start)
  const hour = twoDigits(text, start + 1)
  const minute = twoDigits(text, start + 4)
  let second = 0
  let ms = 0
  let at = start + 6
  if (length >= at + 3 && text.charCodeAt(at) === COLON) {
    second = twoDigits(text, at + 1)
    at += 3
    const point = at < length ? text.charCodeAt(at) : 0
    if (point === DOT || point === COMMA) {
      const digits = countDigits(text, at + 1)
      if (digits < 1 || digits > 9) return Number.NaN
      ms = milliseconds(text, at + 1, digits)
      at += 1 + digits
    }
  }
  const isClock = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60
  if (!isClock || (mark !== T && mark !== SPACE)) return Number.NaN
  const wallTime = midnight + ((hour * 60 + minute) * 60 + second) * 1000 + ms
  return at === length ? zone.instantOf(wallTime) : wallTime - readOffset(text, at)
}

/** An offset at the end of a text, such as `Z` or `+02:00`, in ms; NaN if it is none, or beyond what clocks use. */
function readOffset(text: string, at: number): number {
  const sign = text.charCodeAt(at)
  const length = text.length - at
  if (sign === Z) return length === 1 ? 0 : Number.NaN
  if ((sign !== PLUS && sign !== DASH) || length < 5) return Number.NaN
  const colon = text.charCodeAt(at + 3) === COLON ? 1 : 0
  if (length !== 5 + colon) return Number.NaN
  const hours = twoDigits(text, at + 1)
  const minutes = twoDigits(text, at + 3 + colon)
  if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) return Number.NaN
  return (sign === DASH ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

/** A number of two digits that stand within the text; -1 if they are none. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO
  const ones = text.charCodeAt(at + 1) - ZERO
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : -1
}

/** How many digits follow each other; 10 stands for all that are too many. */
function countDigits(text: string, from: number): number {
  const end = Math.min(from + 10, text.length)
  let at = from
  while (at < end && text.charCodeAt(at) >= ZERO && text.charCodeAt(at) <= ZERO + 9) at++
  return at - from
}

/** The first three of some digits behind a decimal point. */
function milliseconds(text: string, at: number, digits: number): number {
  let ms = 100 * (text.charCodeAt(at) - ZERO)
  if (digits > 1) ms += 10 * (text.charCodeAt(at + 1) - ZERO)
  if (digits > 2) ms += text.charCodeAt(at + 2) - ZERO
  return ms
}
