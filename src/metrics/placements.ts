import { compensatedSum } from '../math/compensatedSum.ts'
import { scoresOf } from './tieGroups.ts'

/** For each one the share of zeros below it, and for each zero the share of ones above it; ties count one half. */
export interface Placements {
  readonly ones: Float64Array
  readonly zeros: Float64Array
}

/** Where each row stands among the rows of the other label, in the order of the rows. Sorts and searches: n log n. */
export function placements(labels: ArrayLike<number>, scores: ArrayLike<number>): Placements {
  const sortedOnes = scoresOf(labels, scores, 1)
  const sortedZeros = scoresOf(labels, scores, 0)
  const ones = new Float64Array(sortedOnes.length)
  const zeros = new Float64Array(sortedZeros.length)
  for (let i = 0, one = 0, zero = 0; i < labels.length; i++) {
    const score = scores[i]!
    if (labels[i] === 1) ones[one++] = rankAmong(sortedZeros, score) / zeros.length
    else zeros[zero++] = 1 - rankAmong(sortedOnes, score) / ones.length
  }
  return { ones, zeros }
}

/** Area under the ROC curve: the mean placement. */
export function areaOf({ ones }: Placements): number {
  return compensatedSum(ones) / ones.length
}

/** DeLong's estimate of the variance of an area, or of a difference of areas: S10 / m + S01 / n. */
export function areaVariance({ ones, zeros }: Placements): number {
  return sampleVariance(ones) / ones.length + sampleVariance(zeros) / zeros.length
}

/** Number of sorted values below `score`, and half of those equal to it. */
function rankAmong(sorted: Float64Array, score: number): number {
  const below = countBelow(sorted, score, false)
  const equal = sorted[below] === score ? countBelow(sorted, score, true) - below : 0
  return below + equal / 2
}

/** Number of sorted values below `score`, or up to it. */
function countBelow(sorted: Float64Array, score: number, orEqual: boolean): number {
  let low = 0
  let high = sorted.length
  // Invariant: values before `low` count, those from `high` on do not.
  while (low < high) {
    const middle = (low + high) >>> 1
    const value = sorted[middle]!
    if (value < score || (orEqual && value === score)) low = middle + 1
    else high = middle
  }
  return low
}

function sampleVariance(values: Float64Array): number {
  const mean = compensatedSum(values) / values.length
  return compensatedSum(values.map((value) => (value - mean) ** 2)) / (values.length - 1)
}
