import { dayText } from '../../core/calendar.ts'
import type { PurchaseDays } from '../../table/purchaseDays.ts'

/** Whether the same months are good and bad every year. */
export interface Seasonality {
  /** Whole calendar months observed. */
  readonly months: number
  /**
   * Correlation of each month's repeat rate with that of the month a year later, trend taken out: 1 if every year is alike,
   * about 0 without seasons. NaN below 24 months, or where a month has no repeat.
   */
  readonly yearToYear: number
  /** Lower end of its one-sided 95 % interval: above 0, there are seasons. NaN likewise. */
  readonly low: number
  /** Repeat rate of January to December beside that of the trend, 1 being average. NaN likewise. */
  readonly byMonth: Float64Array
  /** How far a month is from average: mean absolute logarithm of `byMonth`, so that 0.1 is about 10 %. NaN likewise. */
  readonly swing: number
}

const YEAR = 12

/**
 * Repeat purchase days a customer and day, by calendar month: logarithms, less a parabola through time (customers are won
 * and lost), compared with themselves a year later. Linear in the purchase days.
 *
 * @see Fisher (1915), "Frequency Distribution of the Values of the Correlation Coefficient" (the interval, by artanh)
 */
export function seasonalityOf({ offsets, day }: PurchaseDays, lastDay: number): Seasonality {
  const { repeats, exposure, first } = monthlyRates(offsets, day, lastDay)
  const months = repeats.length
  if (months < 2 * YEAR || repeats.some((count) => count === 0)) {
    const byMonth = new Float64Array(YEAR).fill(Number.NaN)
    return { months, yearToYear: Number.NaN, low: Number.NaN, byMonth, swing: Number.NaN }
  }
  const rest = withoutTrend(repeats.map((count, m) => Math.log(count / exposure[m]!)))
  const yearToYear = correlation(rest.subarray(0, months - YEAR), rest.subarray(YEAR))
  const logByMonth = Float64Array.from({ length: YEAR }, (_, month) => {
    const same = rest.filter((__, m) => (first + m) % YEAR === month)
    return same.reduce((sum, value) => sum + value, 0) / same.length
  })
  return {
    months,
    yearToYear,
    low: Math.tanh(Math.atanh(yearToYear) - Z95 / Math.sqrt(Math.max(months - YEAR - 3, 1))),
    byMonth: logByMonth.map(Math.exp),
    swing: logByMonth.reduce((sum, value) => sum + Math.abs(value), 0) / YEAR,
  }
}

/** Normal quantile of a one-sided 95 % interval. */
const Z95 = 1.6448536269514722

interface MonthlyRates {
  /** Month of the year of the first whole month, 0 to 11. */
  readonly first: number
  readonly repeats: Float64Array
  /** Customers known × days. */
  readonly exposure: Float64Array
}

function monthlyRates(offsets: Uint32Array, day: Int32Array, lastDay: number): MonthlyRates {
  const start = day.reduce((earliest, d) => Math.min(earliest, d), lastDay + 1)
  const newcomers = new Float64Array(lastDay + 1 - start)
  const repeatsOn = new Float64Array(lastDay + 1 - start)
  for (let c = 0; c + 1 < offsets.length; c++) {
    if (offsets[c] === offsets[c + 1]) continue
    newcomers[day[offsets[c]!]! - start]!++
    for (let i = offsets[c]! + 1; i < offsets[c + 1]!; i++) repeatsOn[day[i]! - start]!++
  }
  const repeats: number[] = []
  const exposure: number[] = []
  let first = 0
  let known = 0
  let isWhole = false
  for (let d = start; d <= lastDay; d++) {
    if (dayText(d).endsWith('-01')) {
      if (repeats.length === 0) first = Number(dayText(d).slice(5, 7)) - 1
      isWhole = true
      repeats.push(0)
      exposure.push(0)
    }
    known += newcomers[d - start]!
    if (!isWhole) continue
    repeats[repeats.length - 1]! += repeatsOn[d - start]!
    exposure[exposure.length - 1]! += known
  }
  const endsWhole = dayText(lastDay + 1).endsWith('-01')
  const whole = endsWhole ? repeats.length : Math.max(repeats.length - 1, 0)
  return {
    first,
    repeats: Float64Array.from(repeats.slice(0, whole)),
    exposure: Float64Array.from(exposure.slice(0, whole)),
  }
}

/** What is left of values after the least-squares parabola, by orthogonal polynomials. */
function withoutTrend(values: Float64Array): Float64Array {
  const middle = (values.length - 1) / 2
  const line = values.map((_, m) => m - middle)
  const meanSquare = line.reduce((sum, t) => sum + t * t, 0) / line.length
  let rest = values
  for (const basis of [line.map(() => 1), line, line.map((t) => t * t - meanSquare)]) {
    const slope = dot(rest, basis) / dot(basis, basis)
    rest = rest.map((value, m) => value - slope * basis[m]!)
  }
  return rest
}

function correlation(left: Float64Array, right: Float64Array): number {
  const centred = (values: Float64Array): Float64Array => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return values.map((value) => value - mean)
  }
  const [a, b] = [centred(left), centred(right)]
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

function dot(left: Float64Array, right: Float64Array): number {
  return left.reduce((sum, value, i) => sum + value * right[i]!, 0)
}
