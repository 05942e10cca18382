import { type Random, randomFrom } from '../../src/core/random.ts'
import type { CustomerSummary } from '../../src/table/customerSummary.ts'
import { customerSummaryFromColumns } from '../../src/table/customerSummaryFromColumns.ts'

export { betaVariate as beta, gammaVariate as gamma } from '../../src/core/variates.ts'

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
