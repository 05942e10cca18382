import { type Random, randomFrom } from '../../src/core/random.ts'
import { betaVariate as beta, gammaVariate as gamma } from '../../src/core/variates.ts'
import type { CustomerSummary } from '../../src/table/customerSummary.ts'
import { customerSummaryFromColumns } from '../../src/table/customerSummaryFromColumns.ts'

export { beta, gamma }

/**
 * Purchase times until `end` of a customer who leaves after each purchase with `dropout`, and between purchases passes
 * `k` phases at `rate`.
 */
export function purchaseTimes(rate: number, dropout: number, end: number, random: Random, k = 1): number[] {
  const times: number[] = []
  for (let now = 0; ; ) {
    for (let phase = 0; phase < k; phase++) now -= Math.log(1 - random.unit()) / rate
    if (now > end) return times
    times.push(now)
    if (random.unit() < dropout) return times
  }
}

/**
 * Histories of simulated customers, in days, observed for 30 % to 100 % of `days`; whole days, one purchase a day. With
 * `early`, they may leave with the first purchase already; `k` as of `purchaseTimes`.
 */
export function simulatedSummary(
  customers: number,
  days: number,
  rate: (random: Random) => number,
  dropout: (random: Random) => number,
  seed: number,
  { early = false, k = 1 }: { readonly early?: boolean; readonly k?: number } = {},
): CustomerSummary {
  const random = randomFrom(seed)
  const frequency: number[] = []
  const recency: number[] = []
  const T: number[] = []
  for (let customer = 0; customer < customers; customer++) {
    const age = Math.ceil(days * (0.3 + 0.7 * random.unit()))
    const [perDay, leaves] = [rate(random), dropout(random)]
    const times = early && random.unit() < leaves ? [] : purchaseTimes(perDay, leaves, age, random, k)
    const purchaseDays = [...new Set(times.map((time) => Math.ceil(time)))]
    frequency.push(purchaseDays.length)
    recency.push(purchaseDays.at(-1) ?? 0)
    T.push(age)
  }
  return customerSummaryFromColumns({ frequency, recency, T }, { timeUnit: 'day' })
}

/** A population under BG/NBD and Gamma-Gamma, in weeks of continuous time. */
export interface Population {
  readonly purchases: { readonly r: number; readonly alpha: number; readonly a: number; readonly b: number }
  readonly spend: { readonly p: number; readonly q: number; readonly v: number }
}

/** Customers of a population, watched for 20 to 40 weeks, and what they do in the `horizon` after that. */
export interface SimulatedFuture {
  readonly summary: CustomerSummary
  /** Purchases of each customer in the horizon. */
  readonly counts: Float64Array
  /** Their money. */
  readonly money: Float64Array
}

export function simulatedFuture(
  { purchases: { r, alpha, a, b }, spend: { p, q, v } }: Population,
  customers: number,
  horizon: number,
  random: Random,
): SimulatedFuture {
  const [frequency, recency, T, means]: [number[], number[], number[], number[]] = [[], [], [], []]
  const counts = new Float64Array(customers)
  const money = new Float64Array(customers)
  for (let customer = 0; customer < customers; customer++) {
    const age = 20 + 20 * random.unit()
    const times = purchaseTimes(gamma(r, random) / alpha, beta(a, b, random), age + horizon, random)
    const x = times.filter((time) => time <= age).length
    const scale = v / gamma(q, random)
    frequency.push(x)
    recency.push(x > 0 ? times[x - 1]! : 0)
    T.push(age)
    means.push(x > 0 ? (scale * gamma(p * x, random)) / x : 0)
    counts[customer] = times.length - x
    if (times.length > x) money[customer] = scale * gamma(p * (times.length - x), random)
  }
  const summary = customerSummaryFromColumns({ frequency, recency, T, meanRepeatValue: means }, { timeUnit: 'week' })
  return { summary, counts, money }
}

/** The population of the coverage tests. */
export const POPULATION: Population = {
  purchases: { r: 0.6, alpha: 6, a: 0.8, b: 2.5 },
  spend: { p: 6, q: 4, v: 15 },
}
