/** How many days a month of the Gregorian calendar has. */
export function daysOfMonth(year: number, month: number): number {
  if (month !== 2) return 30 + ((month + (month >> 3)) & 1)
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
}

/**
 * Days since 1970-01-01. Years begin in March here, so that a leap day is the last of its year.
 *
 * @see Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`
 */
export function dayOfCalendar(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468
}
