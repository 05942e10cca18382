import { DAY_MS, MAX_TIME_MS, type Zone } from '../core/calendar.ts'

/**
 * Reads a time as ms since 1970 UTC, or NaN if it is none. Text is ISO 8601: a day (`2024-05-02`, `20240502`), or a day
 * and a clock time with seconds and an offset if wanted (`2024-05-02T10:30:00+02:00`). Without an offset it is a local
 * time in `zone`, and a day alone begins at local midnight.
 */
export function readTime(time: unknown, zone: Zone): number {
  if (typeof time === 'string') return readTimeText(time, zone)
  const instant = time instanceof Date ? time.getTime() : time
  return typeof instant === 'number' && Math.abs(instant) <= MAX_TIME_MS ? instant : Number.NaN
}

const DASH = 45
const COLON = 58
const SPACE = 32
const T = 84
const DOT = 46
const COMMA = 44
const PLUS = 43

// Every field has its place, so characters are looked at one by one: several times as fast as a regular expression,
// and as strict.
function readTimeText(text: string, zone: Zone): number {
  const century = twoDigits(text, 0)
  const yearOfCentury = twoDigits(text, 2)
  const dash = text.charCodeAt(4) === DASH ? 1 : 0
  const month = twoDigits(text, 4 + dash)
  const day = twoDigits(text, 6 + 2 * dash)
  if (century < 0 || yearOfCentury < 0 || day < 1 || (dash === 1 && text.charCodeAt(7) !== DASH)) return Number.NaN
  const year = 100 * century + yearOfCentury
  if (month < 1 || month > 12 || day > daysOfMonth(year, month)) return Number.NaN
  const midnight = dayOfCalendar(year, month, day) * DAY_MS
  const clockAt = 8 + 2 * dash
  return text.length === clockAt ? zone.instantOf(midnight) : readClock(text, clockAt, midnight, zone)
}

/** Reads what follows the day: `T` or a space, `10:30`, seconds and a fraction if wanted, an offset if wanted. */
function readClock(text: string, start: number, midnight: number, zone: Zone): number {
  const mark = text.charCodeAt(start)
  const hour = twoDigits(text, start + 1)
  const minute = twoDigits(text, start + 4)
  if ((mark !== T && mark !== SPACE) || text.charCodeAt(start + 3) !== COLON) return Number.NaN
  let second = 0
  let ms = 0
  let at = start + 6
  if (text.charCodeAt(at) === COLON) {
    second = twoDigits(text, at + 1)
    at += 3
    const point = text.charCodeAt(at)
    if (point === DOT || point === COMMA) {
      const digits = countDigits(text, at + 1)
      if (digits < 1 || digits > 9) return Number.NaN
      for (let i = 1; i <= 3; i++) ms = 10 * ms + (i <= digits ? text.charCodeAt(at + i) - 48 : 0)
      at += 1 + digits
    }
  }
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return Number.NaN
  const wallTime = midnight + ((hour * 60 + minute) * 60 + second) * 1000 + ms
  return at === text.length ? zone.instantOf(wallTime) : wallTime - readOffset(text, at)
}

/** An offset at the end of a text, such as `Z` or `+02:00`, in ms; NaN if it is none, or beyond what clocks use. */
function readOffset(text: string, at: number): number {
  const sign = text.charCodeAt(at)
  if (sign === 90 /* Z */) return text.length === at + 1 ? 0 : Number.NaN
  const colon = text.charCodeAt(at + 3) === COLON ? 1 : 0
  const hours = twoDigits(text, at + 1)
  const minutes = twoDigits(text, at + 3 + colon)
  if ((sign !== PLUS && sign !== DASH) || text.length !== at + 5 + colon) return Number.NaN
  if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) return Number.NaN
  return (sign === DASH ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

/** A number of two digits; -1 if there are not two. Beyond the end of a text, codes are NaN. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : -1
}

function countDigits(text: string, from: number): number {
  let at = from
  while (at - from < 10 && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at++
  return at - from
}

function daysOfMonth(year: number, month: number): number {
  if (month !== 2) return 30 + ((month + (month >> 3)) & 1)
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
}

/**
 * Days since 1970-01-01. Years begin in March here, so that a leap day is the last of its year.
 *
 * @see Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`
 */
function dayOfCalendar(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468
}
