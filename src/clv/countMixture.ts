import type { FutureProcess } from './purchaseProcess.ts'

/** Chance of more purchases than are looked at: well below any tail that an interval leaves. */
const TAIL = 1e-10
/** Purchases looked at, at most: beyond these, quantiles are infinite. */
const MOST = 1_000_000

/** The purchases of customers with one future, known up to parameters that one of several processes has. */
export interface CountMixture {
  /** One more than the largest count that is looked at. */
  readonly size: number
  /** Writes P(X = n) of a customer whose P(alive) under each process is given into an array of this size. */
  readonly chancesInto: (alive: Float64Array, out: Float64Array) => void
}

/**
 * The exact distribution of purchases within `horizon`, averaged over processes of equal weight. One distribution a
 * process; then linear in counts × processes for each customer.
 */
export function countMixture(futures: readonly FutureProcess[], horizon: number): CountMixture {
  const size = 1 + futures.reduce((most, future) => Math.max(most, future.reach(horizon, TAIL, MOST)), 0)
  const ifAlive = futures.map((future) => {
    const chances = new Float64Array(size)
    // What lies beyond the last one is negligible, unless there are too many to look at: then it is left out.
    future.pmfInto(horizon, chances)
    return chances
  })
  const chancesInto = (alive: Float64Array, out: Float64Array): void => {
    out.fill(0)
    ifAlive.forEach((chances, k) => {
      const share = alive[k]! / ifAlive.length
      for (let n = 0; n < size; n++) out[n]! += share * chances[n]!
      out[0]! += (1 - alive[k]!) / ifAlive.length
    })
  }
  return { size, chancesInto }
}

/** The least n with P(X > n) ≤ `above`; infinite where that is beyond all counts that are looked at. */
export function countQuantile(chances: Float64Array, above: number): number {
  let more = 1
  for (let n = 0; n < chances.length; n++) {
    more -= chances[n]!
    // One less a sum is off by its rounding, which must not push a bound out by a purchase.
    if (more <= above + 1e-14) return n
  }
  return more <= above + 2 * TAIL ? chances.length - 1 : Number.POSITIVE_INFINITY
}

/** The smaller of P(X ≤ count) and P(X ≥ count). */
export function countTails(chances: Float64Array, count: number): number {
  let more = 1
  for (let n = 0; n < Math.min(count, chances.length); n++) more -= chances[n]!
  const atLeast = Math.max(more, 0)
  return Math.min(1 - atLeast + (chances[count] ?? 0), atLeast)
}
