import { DAY_MS, dayNumber, MAX_TIME_MS, type Zone } from '../core/calendar.ts'

const ISO_TIME =
  /^(\d{4})(?:-(\d{2})-(\d{2})|(\d{2})(\d{2}))(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?)?$/

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

function readTimeText(text: string, zone: Zone): number {
  const match = ISO_TIME.exec(text)
  if (match === null) return Number.NaN
  const [, year, month, day, basicMonth, basicDay, hour = '0', minute = '0', second = '0', fraction = '', offset] =
    match
  const days = dayNumber(Number(year), Number(month ?? basicMonth), Number(day ?? basicDay))
  const isClock = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60
  if (days === undefined || !isClock) return Number.NaN
  const clock =
    ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + Math.floor(Number(`0.${fraction}0`) * 1000)
  const wallTime = days * DAY_MS + clock
  if (offset === undefined) return zone.instantOf(wallTime)
  return wallTime - readOffset(offset)
}

/** An offset such as `Z` or `+02:00`, in ms; NaN if it is beyond what clocks use. */
function readOffset(text: string): number {
  if (text === 'Z') return 0
  const hours = Number(text.slice(1, 3))
  const minutes = Number(text.slice(-2))
  if (hours > 18 || minutes > 59) return Number.NaN
  return (text[0] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
