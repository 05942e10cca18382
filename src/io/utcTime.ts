import { MAX_TIME_MS, zoneOf } from '../core/calendar.ts'
import { readTime } from '../table/readTime.ts'

/**
 * Reads ISO 8601 text as ms since 1970 UTC, NaN if it is none. Text without an offset is read in UTC, and a space may
 * stand before the offset, as Shopify writes it: `2024-05-01 09:58:12 -0400`.
 */
export function utcTime(value: unknown): number {
  if (typeof value !== 'string' || value.length > 40) return Number.NaN
  return readTime(value.replace(/ (?=[+-]\d{2}:?\d{2}$)/, '').replace(/ UTC$/, 'Z'), zoneOf('utcTime', 'UTC'))
}

/** Reads whole seconds since 1970 as ms; NaN if they are none or out of range. */
export function secondsTime(value: unknown): number {
  return inRange(wholeNumber(value) * 1000)
}

/** Reads whole microseconds since 1970 as ms, rounded down; NaN if they are none or out of range. */
export function microsecondsTime(value: unknown): number {
  return inRange(Math.floor(wholeNumber(value) / 1000))
}

/** A safe integer, which JSON of 64-bit integers writes as text; NaN for anything else. */
function wholeNumber(value: unknown): number {
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : value
  return Number.isSafeInteger(number) ? (number as number) : Number.NaN
}

function inRange(time: number): number {
  return Math.abs(time) <= MAX_TIME_MS ? time : Number.NaN
}
