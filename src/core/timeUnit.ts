import { badOption, checkChoice, checkPositive } from './checks.ts'

/** The unit in which a summary and a model count time. A week is exactly 7 days, and fractions count. */
export type TimeUnit = 'day' | 'week'

const DAYS_IN: Readonly<Record<TimeUnit, number>> = { day: 1, week: 7 }

/** Days in one unit: 1 or 7. */
export function daysIn(unit: TimeUnit): number {
  return DAYS_IN[unit]
}

/** `unit`, if it is a time unit; `BAD_OPTION` otherwise. */
export function checkUnit(caller: string, unit: TimeUnit, name = 'timeUnit'): TimeUnit {
  return checkChoice(caller, name, unit, ['day', 'week'])
}

/** A length of time with its unit, so that weeks cannot be read as days. A month is 365.25 / 12 days. */
export type Duration =
  | { readonly days: number }
  | { readonly weeks: number }
  | { readonly months: number }
  | { readonly years: number }

const DAYS_PER_YEAR = 365.25
const DURATION_RULE = 'a duration such as { weeks: 52 }'

/** A duration in `unit`s; `BAD_OPTION` unless it is one length above zero. */
export function durationIn(caller: string, name: string, duration: Duration, unit: TimeUnit): number {
  return durationInDays(caller, name, duration) / daysIn(unit)
}

function durationInDays(caller: string, name: string, duration: Duration): number {
  if (typeof duration !== 'object' || duration === null) throw badOption(caller, name, DURATION_RULE, duration)
  if ('days' in duration) return checkPositive(caller, `${name}.days`, duration.days)
  if ('weeks' in duration) return checkPositive(caller, `${name}.weeks`, duration.weeks) * 7
  if ('months' in duration) return (checkPositive(caller, `${name}.months`, duration.months) * DAYS_PER_YEAR) / 12
  if ('years' in duration) return checkPositive(caller, `${name}.years`, duration.years) * DAYS_PER_YEAR
  throw badOption(caller, name, DURATION_RULE, duration)
}
