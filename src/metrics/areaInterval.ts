import { badOption, checkNoOthers, checkOptions } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkScores, countBothClasses } from './labels.ts'
import { areaOf, areaVariance, placements } from './placements.ts'

/** Confidence of an interval. */
export type ConfidenceLevel = 0.8 | 0.9 | 0.95 | 0.99

/** Options of `areaInterval` and `compareAreas`. */
export interface AreaIntervalOptions {
  /** Share of samples whose interval holds the truth. @default 0.95 */
  readonly level?: ConfidenceLevel
}

/** An area under the ROC curve with its uncertainty. */
export interface AreaInterval {
  readonly area: number
  /** Square root of DeLong's variance. */
  readonly standardError: number
  readonly low: number
  readonly high: number
}

/** The difference of two areas on the same rows. */
export interface AreaComparison {
  /** First area less second. */
  readonly difference: number
  readonly standardError: number
  readonly low: number
  readonly high: number
  /** Whether the first ranks better than the second: `'no better'` if the interval holds 0. */
  readonly verdict: 'better' | 'no better' | 'worse'
}

/**
 * Area under the ROC curve with DeLong's interval, formed on the log-odds scale so that it stays inside 0 and 1.
 *
 * Sorts and searches: n log n, no bootstrap.
 *
 * @param labels - 0 or 1 for each row
 * @param scores - higher means more likely a 1
 * @returns an interval of no width if the area is 0 or 1, whose variance is estimated as 0
 * @throws {ClienteleError} `BAD_SHAPE` if the lengths differ; `BAD_OPTION` for a label that is not 0 or 1, a NaN score or
 *   another level than 0.8, 0.9, 0.95 or 0.99; `NOT_ENOUGH_DATA` with fewer than two rows of a label
 * @see DeLong, DeLong & Clarke-Pearson (1988), "Comparing the Areas under Two or More Correlated Receiver Operating
 *   Characteristic Curves", equations 2 and 5; Pepe (2003), section 5.2.4, for the scale
 * @example
 * areaInterval([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) // { area: 0.75, standardError: 0.353…, low: 0.069…, high: 0.991… }
 */
export function areaInterval(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: AreaIntervalOptions = {},
): AreaInterval {
  const caller = 'areaInterval'
  const z = quantileOf(caller, options)
  checkRows(caller, labels, scores)
  const placed = placements(labels, scores)
  const standardError = Math.sqrt(areaVariance(placed))
  const area = areaOf(placed)
  if (standardError === 0) return { area, standardError, low: area, high: area }
  const logit = Math.log(area / (1 - area))
  const reach = (z * standardError) / (area * (1 - area))
  return { area, standardError, low: logistic(logit - reach), high: logistic(logit + reach) }
}

/**
 * Compares two rankings of the same rows by DeLong's test, which knows that their areas rise and fall together.
 *
 * @throws {ClienteleError} as `areaInterval`
 * @see DeLong, DeLong & Clarke-Pearson (1988), equations 5 and 6
 * @example
 * compareAreas([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], [0.5, 0.5, 0.5, 0.5]).verdict // 'no better'
 */
export function compareAreas(
  labels: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  options: AreaIntervalOptions = {},
): AreaComparison {
  const caller = 'compareAreas'
  const z = quantileOf(caller, options)
  checkRows(caller, labels, first)
  checkRows(caller, labels, second)
  const one = placements(labels, first)
  const two = placements(labels, second)
  const difference = areaOf(one) - areaOf(two)
  // The variance of the difference is that of the differences of the placements, which cannot round below 0.
  const gap = { ones: one.ones.map((v, i) => v - two.ones[i]!), zeros: one.zeros.map((v, i) => v - two.zeros[i]!) }
  const standardError = Math.sqrt(areaVariance(gap))
  const low = difference - z * standardError
  const high = difference + z * standardError
  const verdict = low > 0 ? 'better' : high < 0 ? 'worse' : 'no better'
  return { difference, standardError, low, high, verdict }
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

/** Quantile of the normal distribution for a two-sided interval. */
function quantileOf(caller: string, options: AreaIntervalOptions): number {
  const { level = 0.95, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  switch (level) {
    case 0.8:
      return 1.2815515655446004
    case 0.9:
      return 1.6448536269514722
    case 0.95:
      return 1.959963984540054
    case 0.99:
      return 2.5758293035489004
    default:
      throw badOption(caller, 'level', '0.8, 0.9, 0.95 or 0.99', level)
  }
}

function checkRows(caller: string, labels: ArrayLike<number>, scores: ArrayLike<number>): void {
  checkScores(caller, labels, scores)
  const ones = countBothClasses(caller, labels)
  if (ones > 1 && labels.length - ones > 1) return
  throw new ClienteleError(
    'NOT_ENOUGH_DATA',
    `${caller}: at least two rows of each label are needed to tell a variance, got ${ones} ones among ${labels.length}`,
  )
}
