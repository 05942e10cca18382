import { checkFinite, checkInteger, checkList, checkNoOthers, checkNumber, checkOptions } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { compensatedSum } from '../math/compensatedSum.ts'

/** How unequally something is spread: the poorest `customers` hold the share `value`. */
export interface LorenzCurve {
  /** Share of the customers, poorest first, ascending from 0 to 1. */
  readonly customers: Float64Array
  /** Share of the whole that they hold; below the diagonal, and below 0 where refunds exceed purchases. */
  readonly value: Float64Array
}

/**
 * Lorenz curve at `points + 1` equally spaced shares of the customers, straight between whole customers.
 *
 * Sorts: n log n.
 *
 * @param values - money, or another quantity, of each customer
 * @throws {ClienteleError} `BAD_OPTION` for a value that is not finite or `points` outside 1 to 10,000;
 *   `NOT_ENOUGH_DATA` unless the sum is above 0
 * @see Lorenz (1905), "Methods of Measuring the Concentration of Wealth"
 * @example
 * lorenzCurve([1, 3], { points: 2 }).value // [0, 0.25, 1]
 */
export function lorenzCurve(
  values: ArrayLike<number>,
  options: { /** Steps of the curve. @default 100 */ readonly points?: number } = {},
): LorenzCurve {
  const caller = 'lorenzCurve'
  const { points = 100, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkInteger(caller, 'points', points, 1, 10_000)
  const { sorted, sum } = ascending(caller, values)
  const held = runningSums(sorted)
  const customers = Float64Array.from({ length: points + 1 }, (_, k) => k / points)
  const value = customers.map((_, k) => at(held, (k * values.length) / points) / sum)
  value[points] = 1
  return { customers, value }
}

/**
 * Gini coefficient: twice the area between the Lorenz curve and the diagonal. 0 if all hold the same, 1 - 1/n if one holds
 * all; above that only where values are negative.
 *
 * @throws {ClienteleError} as `lorenzCurve`
 * @see Sen (1973), "On Economic Inequality", section 2.6
 * @example
 * giniCoefficient([1, 3]) // 0.25
 */
export function giniCoefficient(values: ArrayLike<number>): number {
  const { sorted, sum } = ascending('giniCoefficient', values)
  const n = sorted.length
  // Σ (2i - n - 1) x_i / (n Σ x): the weights are symmetric, so equal values cancel exactly.
  return compensatedSum(sorted.map((value, i) => (2 * i + 1 - n) * value)) / (n * sum)
}

/**
 * Share of the whole that the richest customers hold: with 0.2, the 80 of the 80/20 rule.
 *
 * @param share - share of the customers, 0 to 1; a part of a customer counts in proportion
 * @throws {ClienteleError} as `lorenzCurve`, and `BAD_OPTION` if the share is outside its range
 * @example
 * topShare([1, 1, 1, 1, 6], 0.2) // 0.6
 */
export function topShare(values: ArrayLike<number>, share: number): number {
  const caller = 'topShare'
  checkNumber(caller, 'share', share, 0, 1)
  const { sorted, sum } = ascending(caller, values)
  return at(runningSums(sorted.toReversed()), share * values.length) / sum
}

/** What customers hold, poorest first, and all together. */
export interface Holdings {
  readonly sorted: Float64Array
  readonly sum: number
}

/**
 * The values in order with their sum, both scaled by a power of two where the sum of huge ones would overflow: shares
 * do not change. `NOT_ENOUGH_DATA` unless it is above 0.
 */
export function ascending(caller: string, values: ArrayLike<number>): Holdings {
  checkFinite(caller, 'values', checkList(caller, 'values', values))
  const sorted = Float64Array.from(values).sort()
  if (Math.max(-sorted[0]!, sorted.at(-1)!) > 2 ** 900) sorted.set(sorted.map((value) => value * 2 ** -100))
  const sum = compensatedSum(sorted)
  if (sum > 0) return { sorted, sum }
  throw new ClienteleError('NOT_ENOUGH_DATA', `${caller}: the sum of the values must be above 0, got ${sum}`)
}

/** Sums of the first 0, 1, … n values, each with Neumaier's compensation. */
function runningSums(values: Float64Array): Float64Array {
  const sums = new Float64Array(values.length + 1)
  let sum = 0
  let lost = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
    sums[i + 1] = sum + lost
  }
  return sums
}

/** The running sum at a position that may lie between two customers. */
function at(cumulative: Float64Array, position: number): number {
  const whole = Math.floor(position)
  const low = cumulative[whole]!
  return position > whole ? low + (cumulative[whole + 1]! - low) * (position - whole) : low
}
