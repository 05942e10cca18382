import { dayText } from '../../core/calendar.ts'
import { ClienteleError } from '../../core/errors.ts'
import { GAUSS_NODES, GAUSS_WEIGHTS } from '../../math/gaussLegendre.ts'
import type { SeasonalClock } from './seasonalClock.ts'

/** Operational time from a day on, as a function of the plain time since the end of that day. In time units. */
export interface CalendarAhead {
  /** Operational time that passes within t; throws `BAD_SHAPE` where the calendar ends before. */
  readonly passed: (t: number) => number
  /** The plain time within which so much operational time passes. */
  readonly until: (passed: number) => number
  /** The ends of the periods of one speed within t, the last being t, and the operational time up to each. */
  readonly periods: (t: number) => { readonly ends: Float64Array; readonly clock: Float64Array }
}

/** The calendar from the end of a day on. */
export function calendarAhead(
  caller: string,
  { from, scores, elapsed }: SeasonalClock,
  day: number,
  unit: number,
): CalendarAhead {
  const start = day - from
  const days = scores.length - start
  const at = (waited: number): number => (elapsed[start + waited]! - elapsed[start]!) / unit
  const daysIn = (t: number): number => {
    // Weeks are sevenths, whose multiples round.
    const whole = Math.round(t * unit)
    const waited = Math.abs(t * unit - whole) < 1e-9 * Math.max(whole, 1) ? whole : t * unit
    if (waited <= days) return waited
    const end = dayText(from + scores.length)
    throw new ClienteleError(
      'BAD_SHAPE',
      `${caller}: the calendar must reach ${Math.ceil(waited)} days beyond ${dayText(day)}, and it ends on ${end}`,
    )
  }
  const passed = (t: number): number => {
    const waited = daysIn(t)
    const whole = Math.floor(waited)
    return waited === whole ? at(whole) : at(whole) + (waited - whole) * (at(whole + 1) - at(whole))
  }
  const until = (clock: number): number => {
    let [low, high] = [0, days]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (at(middle) <= clock) low = middle
      else high = middle
    }
    return (low + (clock - at(low)) / (at(low + 1) - at(low))) / unit
  }
  // Days, since the first one, after which the speed changes.
  const changes = Array.from({ length: Math.max(days, 0) }, (_, d) => d).filter(
    (d) => d > 0 && scores[start + d] !== scores[start + d - 1],
  )
  const periods: CalendarAhead['periods'] = (t) => {
    const waited = daysIn(t)
    const ends = Float64Array.from([...changes.filter((d) => d < waited), waited], (d) => d / unit)
    return { ends, clock: ends.map(passed) }
  }
  return { passed, until, periods }
}

/**
 * ∫₀ᵗ f(u, g(u)) du of a function that is analytic within each period, by 16 Gauss–Legendre nodes a panel.
 *
 * @param longest - of a panel at (u, g), given the speed dg/du
 */
export function integrateAhead(
  { periods }: CalendarAhead,
  t: number,
  f: (u: number, g: number) => number,
  longest: (u: number, g: number, speed: number) => number,
): number {
  const { ends, clock } = periods(t)
  let sum = 0
  let [u, g] = [0, 0]
  ends.forEach((end, period) => {
    const speed = (clock[period]! - g) / (end - u)
    while (u < end) {
      const panel = longest(u, g, speed)
      const stop = panel < end - u ? u + panel : end
      const half = (stop - u) / 2
      for (const side of [-1, 1]) {
        GAUSS_NODES.forEach((node, i) => {
          const into = half * (1 + side * node)
          sum += half * GAUSS_WEIGHTS[i]! * f(u + into, g + speed * into)
        })
      }
      g = stop === end ? clock[period]! : g + speed * (stop - u)
      u = stop
    }
  })
  return sum
}
