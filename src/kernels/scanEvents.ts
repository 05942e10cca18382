/** Whole numbers in a typed array. */
export type WholeNumbers =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float64Array

// Where the scans write their facts.
export const LOW = 0
export const HIGH = 1
/** Number of different ids, if they ascend; otherwise 0. */
export const GROUPS = 2
/** Smallest positive value, or Infinity; in the place of `GROUPS`, for no scan finds both. */
export const LEAST = 2
export const FACTS = 3

/**
 * Looks at each id once: is it a safe integer, how far do ids reach, do they ascend? Returns the first row with an id
 * that is none, or n; the facts are whole only then.
 */
export function scanIdsInto(
  ids: WholeNumbers, //      in   n
  starts: Uint32Array, //    out  n + 1: the first row of each id and then n, if the ids ascend; or too few, if not
  distinct: Float64Array, // out  n: the different ids, if they ascend; or too few
  facts: Float64Array, //    out  FACTS
): number {
  const rows = ids.length
  let last = Number.NEGATIVE_INFINITY
  let groups = 0
  let row = 0
  // While the ids ascend, each is the highest so far.
  for (; row < rows; row++) {
    const id = ids[row]!
    if (id === last) continue
    // Written so that NaN, which compares with nothing, is refused.
    if (!(Math.abs(id) <= Number.MAX_SAFE_INTEGER && Math.floor(id) === id)) return row
    if (id < last) break
    distinct[groups] = id
    starts[groups++] = row
    last = id
  }
  let low = rows > 0 ? ids[0]! : Number.POSITIVE_INFINITY
  let high = last
  if (row === rows) starts[groups] = rows
  else groups = 0
  // Integers need no look of their own; four at a time, for each round of a loop costs more than what it is for.
  const isSafe = !(ids instanceof Float64Array)
  for (; isSafe && row + 3 < rows; row += 4) {
    const [a, b, c, d] = [ids[row]!, ids[row + 1]!, ids[row + 2]!, ids[row + 3]!]
    low = Math.min(low, a, b, c, d)
    high = Math.max(high, a, b, c, d)
  }
  for (; row < rows; row++) {
    const id = ids[row]!
    if (!(Math.abs(id) <= Number.MAX_SAFE_INTEGER && Math.floor(id) === id)) return row
    if (id < low) low = id
    if (id > high) high = id
  }
  facts[LOW] = low
  facts[HIGH] = high
  facts[GROUPS] = groups
  return rows
}

/**
 * Looks at each purchase once: returns the first row with a time or value that is none, or n; facts only then. What is
 * within all that came before takes two comparisons; so NaN, which compares with nothing, gets a closer look.
 */
export function scanPurchasesInto(
  time: Float64Array, //  in   n, ms
  value: Float64Array, // in   n
  maxTime: number, //     in   largest distance from 0 that a time may have
  facts: Float64Array, // out  FACTS: LOW and HIGH of time, LEAST of value
): number {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  let least = Number.POSITIVE_INFINITY
  let most = 0
  for (let row = 0; row < time.length; row++) {
    const t = time[row]!
    if (!(t >= low && t <= high)) {
      if (!(Math.abs(t) <= maxTime)) return row
      if (t < low) low = t
      if (t > high) high = t
    }
    const v = value[row]!
    if (!(v >= least && v <= most)) {
      if (!(v >= 0 && v <= Number.MAX_VALUE)) return row
      if (v > 0 && v < least) least = v
      if (v > most) most = v
    }
  }
  facts[LOW] = low
  facts[HIGH] = high
  facts[LEAST] = least
  return time.length
}
