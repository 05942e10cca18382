/**
 * Sums of money that do not depend on the order in which their parts arrive: each is kept as `high + low`, where `low`
 * holds what rounding took off `high`. Binary fractions of cents make plain sums differ in the last bit by order; whole
 * minor units would not, but currencies have none, two or three decimals and converted money has any number of them.
 *
 * The pair is exact while the number of parts times the ratio of the largest sum to the smallest part stays below 2^54:
 * 100,000 parts from a cent to a thousand million.
 *
 * @see Ogita, Rump & Oishi (2005), "Accurate Sum and Dot Product", algorithm 4.1 (Sum2)
 */
export interface ExactSums {
  high: Float64Array
  low: Float64Array
}

/** Sums of nothing. */
export function exactSums(length: number): ExactSums {
  return { high: new Float64Array(length), low: new Float64Array(length) }
}

/** Adds `value`, and what rounding took off it, to sum `i`. */
export function addExactly({ high, low }: ExactSums, i: number, value: number, lost = 0): void {
  const before = high[i]!
  const sum = before + value
  const part = sum - before
  high[i] = sum
  low[i]! += before - (sum - part) + (value - part) + lost
}

/** Sum `i`, rounded once. */
export function exactSum({ high, low }: ExactSums, i: number): number {
  return high[i]! + low[i]!
}

/** All sums, each rounded once. */
export function roundedSums({ high, low }: ExactSums): Float64Array {
  return high.map((sum, i) => sum + low[i]!)
}

/** Makes room for `length` sums, with some to spare. */
export function growSums(sums: ExactSums, length: number): void {
  if (length <= sums.high.length) return
  const { high, low } = sums
  const room = Math.max(length, Math.ceil(high.length * 1.25), 64)
  sums.high = new Float64Array(room)
  sums.low = new Float64Array(room)
  sums.high.set(high)
  sums.low.set(low)
}
