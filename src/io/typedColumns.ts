import { DAY_MS, dayText, MAX_TIME_MS, type Zone } from '../core/calendar.ts'

/** What kind of time a typed column holds; `'other'` is read as it is. */
export type TimeKind = 'day' | 'wall' | 'instant' | 'other'

/**
 * A time of a typed column as events have it. A day becomes a text, and a clock time that is nowhere in particular an
 * instant in `zone`, as both are read in text files.
 *
 * @param time - ms since 1970: UTC, or as if the wall clock were UTC
 */
export function typedTime(time: unknown, kind: TimeKind, zone: Zone): unknown {
  if (kind === 'other' || typeof time !== 'number') return time
  if (!(Math.abs(time) <= MAX_TIME_MS)) return Number.NaN
  if (kind === 'day') return dayText(Math.floor(time / DAY_MS))
  return kind === 'wall' ? zone.instantOf(Math.floor(time)) : Math.floor(time)
}

const ASCII_LIMIT = 64

/** Bytes as text, or NaN, which can be no part of an event, if they are no UTF-8. Short ASCII is read byte by byte. */
export function utf8Reader(): (bytes: Uint8Array) => string | number {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  return (bytes) => {
    if (bytes.length <= ASCII_LIMIT && bytes.every((byte) => byte < 128)) return String.fromCharCode(...bytes)
    try {
      return decoder.decode(bytes)
    } catch {
      return Number.NaN
    }
  }
}
