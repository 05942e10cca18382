import { checkScores, countBothClasses } from './labels.ts'
import { type TieGroups, tieGroups } from './tieGroups.ts'

/**
 * Area under the ROC curve: the probability that a row labelled 1 scores above a row labelled 0, ties counting exactly
 * one half. 0.5 is chance, 1 perfect. Counted in integers, so it is exact up to one rounding.
 *
 * Sorts: n log n.
 *
 * @param labels - 0 or 1 for each row
 * @param scores - higher means more likely a 1; any scale
 * @throws {ClienteleError} `BAD_SHAPE` if the lengths differ; `BAD_OPTION` for a label that is not 0 or 1 or a NaN score;
 *   `NOT_ENOUGH_DATA` unless both labels occur
 * @see Hanley & McNeil (1982), "The Meaning and Use of the Area under a ROC Curve", section III
 * @example
 * areaUnderRoc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) // 0.75
 */
export function areaUnderRoc(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  const { groups, ones, zeros } = ranked('areaUnderRoc', labels, scores)
  // Twice the number of pairs in the right order, so that half a pair is an integer.
  let doubled = 0
  let below = zeros
  for (let g = 0; g < groups.length; g++) {
    below -= groups.negatives[g]!
    doubled += groups.positives[g]! * (2 * below + groups.negatives[g]!)
  }
  return doubled / (2 * ones * zeros)
}

/**
 * Average precision: the mean, over the rows labelled 1, of the share of ones among the rows that score at least as high.
 * Its value under chance is the share of ones.
 *
 * @throws {ClienteleError} as `areaUnderRoc`
 * @see Manning, Raghavan & Schütze (2008), "Introduction to Information Retrieval", section 8.4
 * @example
 * averagePrecision([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) // 0.8333333333333333
 */
export function averagePrecision(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  const { groups, ones } = ranked('averagePrecision', labels, scores)
  let sum = 0
  let hits = 0
  let seen = 0
  for (let g = 0; g < groups.length; g++) {
    hits += groups.positives[g]!
    seen += groups.positives[g]! + groups.negatives[g]!
    sum += groups.positives[g]! * (hits / seen)
  }
  return sum / ones
}

/**
 * Kolmogorov–Smirnov distance: the largest difference between the shares of ones and of zeros that score above a
 * threshold, over all thresholds; 0 to 1.
 *
 * @throws {ClienteleError} as `areaUnderRoc`
 * @example
 * kolmogorovSmirnov([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) // 0.5
 */
export function kolmogorovSmirnov(labels: ArrayLike<number>, scores: ArrayLike<number>): number {
  const { groups, ones, zeros } = ranked('kolmogorovSmirnov', labels, scores)
  let largest = 0
  let hits = 0
  let alarms = 0
  for (let g = 0; g < groups.length; g++) {
    hits += groups.positives[g]!
    alarms += groups.negatives[g]!
    largest = Math.max(largest, Math.abs(hits / ones - alarms / zeros))
  }
  return largest
}

interface Ranked {
  readonly groups: TieGroups
  readonly ones: number
  readonly zeros: number
}

function ranked(caller: string, labels: ArrayLike<number>, scores: ArrayLike<number>): Ranked {
  checkScores(caller, labels, scores)
  const ones = countBothClasses(caller, labels)
  return { groups: tieGroups(labels, scores), ones, zeros: labels.length - ones }
}
