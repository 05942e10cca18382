import { alivePowersInto, bgNbdAliveInto } from '../../kernels/bgNbdAlive.ts'

/**
 * Writes P(alive) of many customers under BG/NBD. Powers of days are tabled for as many x as is less work than what
 * they replace, and while they lose no more than two digits in the product. Whether times are days, or sevenths of a
 * week, is guessed by the first ones: a wrong guess costs time alone, as a customer whose times are neither is seen.
 *
 * @param logChances - ln(a / (b + n − 1)) of x = 0, 1, …; −∞ where nobody can have left
 */
export function bgNbdAliveOfMany(
  repeats: ArrayLike<number>,
  atLast: Float64Array,
  age: Float64Array,
  { r, alpha }: { readonly r: number; readonly alpha: number },
  logChances: Float64Array,
  out: Float64Array,
): void {
  const scale = age.subarray(0, SOME).every(Number.isInteger) ? 1 : 7
  const longest = longestOf(age)
  const days = Math.round(longest * scale) + 1
  const byDigits = Math.floor(FAR / Math.log1p(longest / alpha) - r)
  const areNear = logChances.every((logChance) => Math.abs(logChance) < FAR || logChance === Number.NEGATIVE_INFINITY)
  const wanted = Math.min(MOST, logChances.length, byDigits, Math.floor(out.length / (ROWS * days)))
  const tabled = areNear ? Math.max(0, wanted) : 0
  const logs = Float64Array.from({ length: tabled > 0 ? days : 0 }, (_, day) => Math.log1p(day / scale / alpha))
  const odds = new Float64Array(tabled * days)
  const rests = new Float64Array(tabled * days)
  alivePowersInto(r, logChances, logs, odds, rests)
  bgNbdAliveInto(repeats, atLast, age, r, alpha, logChances, scale, days, tabled, odds, rests, out)
}

function longestOf(ages: Float64Array): number {
  let longest = 0
  for (let row = 0; row < ages.length; row++) if (ages[row]! > longest) longest = ages[row]!
  return longest
}

const SOME = 100

/** Powers of e up to here lose no more than two digits. */
const FAR = 70

/** Few customers have more repeats, and the tables of so many stay in the cache. */
const MOST = 32

/** A table of x pays where there are so many customers for each of its days. */
const ROWS = 8
