/** How many days a month of the Gregorian calendar has. */
export function daysOfMonth(year: number, month: number): number {
  if (month !== 2) return 30 + ((month + (month >> 3)) & 1)
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
}

/**
 * Days since 1970-01-01, from the year 0 on. Years begin in March here, so that a leap day is the last of its year.
 *
 * @see Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`
 */
export function dayOfCalendar(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1
  // Whole quotients by `| 0`, which takes no detour over doubles; they are those of `Math.floor`, as the two for the
  // year -1, in which the year 0 begins, cancel.
  const dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) | 0) + day - 1
  return 365 * y + (y >> 2) - ((y / 100) | 0) + ((y / 400) | 0) + dayOfYear - 719_468
}
