import { checkInteger, checkNoOthers, checkNumber, checkOptions, checkPositive } from '../core/checks.ts'
import { checkScores, countBothClasses } from './labels.ts'
import { type TieGroups, tieGroups } from './tieGroups.ts'

/** How many of the ones are found by going through the customers from the highest score down. */
export interface GainCurve {
  /** Share of the customers looked at, ascending from 0 to 1. */
  readonly share: Float64Array
  /** Share of the ones found among them; the straight line from 0 to 1 is chance. */
  readonly recall: Float64Array
  /** How much more frequent ones are among them than among all; NaN at share 0. */
  readonly lift: Float64Array
}

/**
 * Lift of the top of a ranking: how much more frequent ones are among the rows with the highest scores than among all.
 * 1 is chance. Rows tied at the border count in proportion, so their order is irrelevant.
 *
 * @param share - share of the rows, above 0 to 1, rounded up to whole rows: 0.1 is the top 10 %
 * @throws {ClienteleError} as `gainCurve`, and `BAD_OPTION` if the share is outside its range
 * @example
 * liftAt([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], 0.25) // 2
 */
export function liftAt(labels: ArrayLike<number>, scores: ArrayLike<number>, share: number): number {
  const { groups, ones, rows } = top('liftAt', labels, scores, share)
  return foundIn(groups, rows) / rows / (ones / labels.length)
}

/**
 * Share of the ones that the top of a ranking holds, ties counted as in `liftAt`.
 *
 * @throws {ClienteleError} as `liftAt`
 * @example
 * recallAt([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], 0.25) // 0.5
 */
export function recallAt(labels: ArrayLike<number>, scores: ArrayLike<number>, share: number): number {
  const { groups, ones, rows } = top('recallAt', labels, scores, share)
  return foundIn(groups, rows) / ones
}

/**
 * Recall and lift at `points + 1` equally spaced shares from 0 to 1, for the curves that go by the names of gain and lift.
 * Between whole rows and within ties the curve is straight.
 *
 * @throws {ClienteleError} `BAD_SHAPE` if the lengths differ; `BAD_OPTION` for a label that is not 0 or 1, a NaN score, or
 *   `points` that are no integer from 1 to 10,000; `NOT_ENOUGH_DATA` unless both labels occur
 * @example
 * gainCurve([1, 0, 1, 0], [0.9, 0.8, 0.7, 0.1], { points: 4 }).recall // [0, 0.5, 0.5, 1, 1]
 */
export function gainCurve(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: { /** Steps of the curve. @default 100 */ readonly points?: number } = {},
): GainCurve {
  const caller = 'gainCurve'
  const { points = 100, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkInteger(caller, 'points', points, 1, 10_000)
  const { groups, ones } = top(caller, labels, scores, 1)
  const curve = {
    share: new Float64Array(points + 1),
    recall: new Float64Array(points + 1),
    lift: new Float64Array(points + 1).fill(Number.NaN),
  }
  for (let k = 1; k <= points; k++) {
    curve.share[k] = k / points
    curve.recall[k] = foundIn(groups, (k * labels.length) / points) / ones
    curve.lift[k] = curve.recall[k]! / curve.share[k]!
  }
  return curve
}

/** Dust of binary fractions that must not round a share up to one row more: 0.07 · 100 is above 7. */
const DUST = 1e-9

interface Top {
  readonly groups: TieGroups
  readonly ones: number
  /** Rows at the top. */
  readonly rows: number
}

function top(caller: string, labels: ArrayLike<number>, scores: ArrayLike<number>, share: number): Top {
  checkNumber(caller, 'share', checkPositive(caller, 'share', share), 0, 1)
  checkScores(caller, labels, scores)
  const ones = countBothClasses(caller, labels)
  const rows = Math.max(1, Math.ceil(share * labels.length - DUST))
  return { groups: tieGroups(labels, scores), ones, rows }
}

/** Ones among the `rows` rows of the highest scores; of a group that does not fit whole, the part that fits. */
function foundIn({ length, positives, negatives }: TieGroups, rows: number): number {
  let found = 0
  let left = rows
  for (let g = 0; g < length; g++) {
    const size = positives[g]! + negatives[g]!
    if (size >= left) return found + (positives[g]! * left) / size
    found += positives[g]!
    left -= size
  }
  return found
}
