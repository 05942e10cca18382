import { badOption } from './checks.ts'

// A calendar day is counted as an integer: days since 1970-01-01 on the local calendar. Differences of such
// numbers are exact whatever the clocks did in between, which differences of milliseconds are not.

/** Milliseconds in a day of 24 hours. */
export const DAY_MS = 86_400_000

/** Largest distance from 1970 that a time may have, in ms: the range of `Date`. */
export const MAX_TIME_MS = 8.64e15

/** Number of the calendar day `year-month-day`; `undefined` if there is no such day. */
export function dayNumber(year: number, month: number, day: number): number | undefined {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isReal ? Math.round(date.getTime() / DAY_MS) : undefined
}

/** A day number as text, `YYYY-MM-DD`. */
export function dayText(day: number): string {
  const text = new Date(day * DAY_MS).toISOString()
  return text.slice(0, text.indexOf('T'))
}

/** Reads `YYYY-MM-DD` as a day number; `BAD_OPTION` if it is not one. */
export function parseDay(caller: string, name: string, text: string): number {
  const match = typeof text === 'string' ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) : undefined
  const day = match && dayNumber(Number(match[1]), Number(match[2]), Number(match[3]))
  if (day === undefined || day === null) throw badOption(caller, name, 'a day written YYYY-MM-DD', text)
  return day
}

/** The clock of one place: turns instants into local calendar days and wall times into instants. */
export interface Zone {
  readonly timeZone: string
  /** Local calendar day of an instant (ms since 1970 UTC). */
  dayOf(time: number): number
  /** Instant of a local wall time, given as ms since 1970 as if it were UTC. In a gap the clock before it counts. */
  instantOf(wallTime: number): number
}

/** The zone of an IANA name such as `Europe/Berlin`; `BAD_OPTION` if the runtime does not know it. */
export function zoneOf(caller: string, timeZone: string): Zone {
  if (timeZone === 'UTC') return UTC
  const offsetAt = cachedOffsets(offsetReader(caller, timeZone))
  return {
    timeZone,
    dayOf: (time) => Math.floor((time + offsetAt(time)) / DAY_MS),
    instantOf: (wallTime) => {
      // The offsets a day away on either side are those before and after any change near by.
      const before = offsetAt(wallTime - DAY_MS)
      const early = wallTime - before
      if (offsetAt(early) === before) return early
      const after = offsetAt(wallTime + DAY_MS)
      const late = wallTime - after
      return offsetAt(late) === after ? late : early
    },
  }
}

const UTC: Zone = {
  timeZone: 'UTC',
  dayOf: (time) => Math.floor(time / DAY_MS),
  instantOf: (wallTime) => wallTime,
}

/** Reads the offset of local time from UTC, in ms, from the runtime's own time zone tables. */
function offsetReader(caller: string, timeZone: string): (time: number) => number {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    throw badOption(caller, 'timeZone', 'an IANA time zone such as "Europe/Berlin"', timeZone)
  }
  return (time) => {
    const whole = Math.floor(time / 1000) * 1000
    const part: Record<string, string> = {}
    for (const { type, value } of format.formatToParts(whole)) part[type] = value
    const year = part.era === 'BC' ? 1 - Number(part.year) : Number(part.year)
    const wall = new Date(0)
    wall.setUTCFullYear(year, Number(part.month) - 1, Number(part.day))
    wall.setUTCHours(Number(part.hour), Number(part.minute), Number(part.second))
    return wall.getTime() - whole
  }
}

/**
 * Remembers offsets by UTC day. A day without a change needs one number; the instant of a change inside a day is
 * found by bisection, to the millisecond.
 */
function cachedOffsets(read: (time: number) => number): (time: number) => number {
  const starts = new Map<number, number>()
  const changes = new Map<number, number>()
  const atStart = (day: number): number => {
    let offset = starts.get(day)
    if (offset === undefined) {
      offset = read(day * DAY_MS)
      starts.set(day, offset)
    }
    return offset
  }
  return (time) => {
    const day = Math.floor(time / DAY_MS)
    const first = atStart(day)
    const last = atStart(day + 1)
    if (first === last) return first
    let change = changes.get(day)
    if (change === undefined) {
      let low = day * DAY_MS
      change = (day + 1) * DAY_MS
      // Invariant: the offset is `first` at `low` and `last` at `change`.
      while (change - low > 1) {
        const middle = Math.floor((low + change) / 2)
        if (read(middle) === first) low = middle
        else change = middle
      }
      changes.set(day, change)
    }
    return time < change ? first : last
  }
}
