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

/** Days in what a duration may be counted in. A month is 365.25 / 12 days. */
const DAYS_OF = { days: 1, weeks: 7, months: 30.4375, years: 365.25 } as const

type DurationUnit = keyof typeof DAYS_OF

/** One length of time with its unit, so that weeks cannot be read as days. A month is 365.25 / 12 days. */
export type Duration = {
  [Unit in DurationUnit]: { readonly [_ in Unit]: number } & {
    readonly [_ in Exclude<DurationUnit, Unit>]?: never
  }
}[DurationUnit]

/** A duration in `unit`s; `BAD_OPTION` unless it is one length above zero. */
export function durationIn(caller: string, name: string, duration: Duration, unit: TimeUnit): number {
  return durationInDays(caller, name, duration) / daysIn(unit)
}

function durationInDays(caller: string, name: string, duration: Duration): number {
  const isObject = typeof duration === 'object' && duration !== null
  const units = isObject ? Object.keys(duration).filter((key) => duration[key as DurationUnit] !== undefined) : []
  const unit = units[0] as DurationUnit
  if (units.length !== 1 || !Object.hasOwn(DAYS_OF, unit)) {
    throw badOption(
      caller,
      name,
      'one duration such as { weeks: 52 }',
      units.length > 1 ? units.join(' and ') : duration,
    )
  }
  return checkPositive(caller, `${name}.${unit}`, duration[unit]!) * DAYS_OF[unit]
}
