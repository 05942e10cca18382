import { badOption, checkNumber, checkObject } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { type Duration, durationIn, type TimeUnit } from '../core/timeUnit.ts'

/** What money in the future is worth today: it loses `rate` `per` that time, compounded. */
export interface DiscountRate {
  /** 0.1 for 10 %; at least 0. */
  readonly rate: number
  readonly per: 'day' | 'week' | 'month' | 'year' | Duration
}

/** The ends of the steps of a horizon, with the value there of one unit of money today. */
export interface DiscountSteps {
  /** Ascending, in time units; the last is the horizon. */
  readonly ends: Float64Array
  /** What money at each end is worth today, 1 at most. */
  readonly factors: Float64Array
}

/**
 * Cuts a horizon into steps and discounts each by its end, (1 + rate)^(−end / per). The last step may be shorter.
 *
 * @throws {ClienteleError} `BAD_OPTION` for lengths that are none, a negative rate, or more than 100,000 steps
 */
export function discountSteps(
  caller: string,
  horizon: Duration,
  step: Duration,
  discountRate: DiscountRate,
  unit: TimeUnit,
): DiscountSteps {
  const length = durationIn(caller, 'horizon', horizon, unit)
  const stepLength = durationIn(caller, 'step', step, unit)
  const delta = discountPerUnit(caller, discountRate, unit)
  // A horizon of twelve steps is twelve steps, although 12 × 4.345 / 4.345 need not be 12 in floating point.
  const count = Math.max(1, Math.ceil(length / stepLength - 1e-9))
  if (count > 100_000) {
    throw new ClienteleError(
      'BAD_OPTION',
      `${caller}: "step" must divide the horizon into at most 100000, got ${count}`,
    )
  }
  const ends = Float64Array.from({ length: count }, (_, k) => (k + 1 < count ? (k + 1) * stepLength : length))
  return { ends, factors: ends.map((end) => Math.exp(-delta * end)) }
}

/** The continuous discount rate δ a time unit: money at t is worth e^(−δt) today. `BAD_OPTION` for a negative rate. */
export function discountPerUnit(caller: string, discountRate: DiscountRate, unit: TimeUnit): number {
  const { rate, per } = checkObject(caller, 'discountRate', discountRate)
  checkNumber(caller, 'discountRate.rate', rate, 0, Number.POSITIVE_INFINITY)
  return Math.log1p(rate) / periodIn(caller, 'discountRate.per', per, unit)
}

/** The length of a period in time units. @throws {ClienteleError} `BAD_OPTION` for what is none */
export function periodIn(caller: string, name: string, per: DiscountRate['per'], unit: TimeUnit): number {
  return durationIn(caller, name, typeof per === 'string' ? onePeriod(caller, name, per) : per, unit)
}

function onePeriod(caller: string, name: string, per: string): Duration {
  if (per === 'day') return { days: 1 }
  if (per === 'week') return { weeks: 1 }
  if (per === 'month') return { months: 1 }
  if (per === 'year') return { years: 1 }
  throw badOption(caller, name, '"day", "week", "month", "year" or a duration', per)
}
