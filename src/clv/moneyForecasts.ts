import type { CustomerSummary } from '../table/customerSummary.ts'
import type { CustomerProcesses } from './customerProcesses.ts'
import type { DiscountSteps } from './discounting.ts'
import { futureMoney, logMoneyBelow } from './futureMoney.ts'
import type { GammaGammaParams } from './gammaGamma/gammaGamma.ts'
import { groupRows } from './groupRows.ts'

/** What customers with the same history have in common, by group. */
export interface MoneyForecasts {
  /** Group of each row. */
  readonly groupOf: Uint32Array
  /** Expected purchases within the horizon of a customer still there. */
  readonly plain: Float64Array
  /** The same, each purchase discounted. */
  readonly discounted: Float64Array
  /** Quantiles of the money within the horizon, still there or not, in units of v + x m. */
  readonly lower: Float64Array
  readonly upper: Float64Array
}

/** Chance of more purchases than are looked at: well below any tail that an interval leaves. */
const TAIL = 1e-10
/** Purchases looked at, at most. */
const MOST = 100_000
/** Below this, a quantile lies in the atom at zero for all that rounding can tell. */
const ROUNDING = 1e-12

/**
 * Forecasts for the distinct histories of a summary. Purchases need (x, T) alone, P(alive) t_x too, and the money m
 * scales the result only, so that it divides nothing: thousands of customers share one distribution.
 */
export function moneyForecasts(
  processes: CustomerProcesses,
  { p, q }: GammaGammaParams,
  { repeats, ageAtLast, age }: CustomerSummary,
  alive: Float64Array,
  { ends, factors }: DiscountSteps,
  level: number,
): MoneyForecasts {
  const { count, groupOf, rowOf } = groupRows([...processes.apart, repeats, age, ageAtLast])
  const plain = new Float64Array(count)
  const discounted = new Float64Array(count)
  const lower = new Float64Array(count)
  const upper = new Float64Array(count)
  const horizon = ends[ends.length - 1]!
  for (let start = 0, end = 0; start < count; start = end) {
    // Groups stand in the order of covariates, if any, then x, then T, then t_x: those from start to end differ in t_x, so in P(alive), only.
    const process = processes.of(rowOf[start]!)
    const [x, T] = [repeats[rowOf[start]!]!, age[rowOf[start]!]!]
    const isAlike = (row: number): boolean => repeats[row] === x && age[row] === T && processes.of(row) === process
    do end++
    while (!process.needsTimeAtLast && end < count && isAlike(rowOf[end]!))
    const future = process.ifAlive(x, ageAtLast[rowOf[start]!]!, T)
    const upTo = ends.map(future.expected)
    plain.fill(upTo[upTo.length - 1]!, start, end)
    // Expectations grow with time; where they have stopped growing, rounding must not make a step negative.
    const inSteps = upTo.map((total, k) => Math.max(total - (k > 0 ? upTo[k - 1]! : 0), 0))
    discounted.fill(
      inSteps.reduce((sum, purchases, k) => sum + factors[k]! * purchases, 0),
      start,
      end,
    )

    const chances = new Float64Array(future.reach(horizon, TAIL, MOST) + 1)
    future.pmfInto(horizon, chances)
    const none = chances[0]!
    const money = futureMoney(p, q + p * x, chances)
    // Among a customer's quantiles the last one solved, for a slightly smaller P(alive), is the best guess.
    const first = Math.log((p * plain[start]!) / ((1 - none) * (q + p * x)))
    for (const [quantiles, tail] of [
      [lower, (1 + level) / 2],
      [upper, (1 - level) / 2],
    ] as const) {
      let guess = first
      for (let group = start; group < end; group++) {
        const below = 1 - none - tail / alive[rowOf[group]!]!
        if (!(below > ROUNDING)) continue
        guess = logMoneyBelow(money, below, guess)
        quantiles[group] = Math.exp(guess)
      }
    }
  }
  return { groupOf, plain, discounted, lower, upper }
}
