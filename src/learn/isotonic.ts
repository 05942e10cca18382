import { badOption, checkLength, checkList } from '../core/checks.ts'
import { ClienteleError } from '../core/errors.ts'
import { checkForm, type Form } from '../core/form.ts'
import { countPositives } from '../metrics/labels.ts'
import { tieGroups } from '../metrics/tieGroups.ts'

/** A probability that never falls as a score rises: corners joined by straight lines, level beyond the ends. */
export interface IsotonicModel {
  readonly kind: 'isotonic'
  readonly version: 1
  readonly params: {
    /** Scores of the corners, ascending, all different. */
    readonly score: Float64Array
    /** Probabilities at the corners. */
    readonly probability: Float64Array
  }
  readonly diagnostics: { readonly rows: number; readonly positives: number }
}

/**
 * Calibrates a score to a probability by isotonic regression: the rising step function with the least squared error.
 * Each step's two ends become corners.
 *
 * Sorts: n log n.
 *
 * @param scores - higher means more likely a 1
 * @param labels - 0 or 1 for each row
 * @throws {ClienteleError} `BAD_SHAPE` if the lengths differ; `BAD_OPTION` for a NaN score or a label that is not 0 or 1;
 *   `NOT_ENOUGH_DATA` without rows
 * @see Barlow, Bartholomew, Bremner & Brunk (1972), section 1.2, pool adjacent violators
 * @example
 * const model = fitIsotonic([1, 2, 3, 4], [0, 1, 0, 1])
 * predictIsotonic(model, [2.5])[0] // 0.5
 */
export function fitIsotonic(scores: ArrayLike<number>, labels: ArrayLike<number>): IsotonicModel {
  const caller = 'fitIsotonic'
  checkLength(caller, 'labels', labels, checkList(caller, 'scores', scores).length)
  checkFinite(caller, scores)
  if (scores.length === 0)
    throw new ClienteleError('NOT_ENOUGH_DATA', `${caller}: at least one row is needed, got none`)
  const positives = countPositives(caller, labels)
  const groups = tieGroups(labels, scores)
  // Steps as they stand: first and last score, ones and rows. A step not above the one before is joined with it.
  const first: number[] = []
  const last: number[] = []
  const ones: number[] = []
  const rows: number[] = []
  for (let g = groups.length - 1; g >= 0; g--) {
    first.push(groups.score[g]!)
    last.push(groups.score[g]!)
    ones.push(groups.positives[g]!)
    rows.push(groups.positives[g]! + groups.negatives[g]!)
    // Shares are compared as fractions of integers, exactly.
    for (let s = ones.length - 1; s > 0 && ones[s - 1]! * rows[s]! >= ones[s]! * rows[s - 1]!; s--) {
      last[s - 1] = last.pop()!
      ones[s - 1]! += ones.pop()!
      rows[s - 1]! += rows.pop()!
      first.pop()
    }
  }
  const score: number[] = []
  const probability: number[] = []
  ones.forEach((count, s) => {
    for (const corner of first[s] === last[s] ? [first[s]!] : [first[s]!, last[s]!]) {
      score.push(corner)
      probability.push(count / rows[s]!)
    }
  })
  return {
    kind: 'isotonic',
    version: 1,
    params: { score: Float64Array.from(score), probability: Float64Array.from(probability) },
    diagnostics: { rows: scores.length, positives },
  }
}

/**
 * The calibrated probability of each score.
 *
 * @throws {ClienteleError} `BAD_OPTION` for a score that is not finite
 * @example
 * predictIsotonic(fitIsotonic([1, 2, 3, 4], [0, 1, 0, 1]), [0, 2.5, 9]) // [0, 0.5, 1]
 */
export function predictIsotonic(model: IsotonicModel, scores: ArrayLike<number>): Float64Array {
  const caller = 'predictIsotonic'
  checkForm(caller, 'model', model, ISOTONIC)
  checkForm(caller, 'model.params', model.params, STEPS)
  checkFinite(caller, checkList(caller, 'scores', scores))
  const { score, probability } = model.params
  const end = score.length - 1
  return Float64Array.from(scores, (x) => {
    if (x <= score[0]!) return probability[0]!
    if (x >= score[end]!) return probability[end]!
    let low = 0
    let high = end
    // Invariant: score[low] <= x < score[high].
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if (score[middle]! <= x) low = middle
      else high = middle
    }
    const share = (x - score[low]!) / (score[high]! - score[low]!)
    return probability[low]! + (probability[high]! - probability[low]!) * share
  })
}

const ISOTONIC: Form = {
  is: 'an isotonic regression, as fitIsotonic makes it',
  kind: 'isotonic',
  fields: { params: 'object' },
}

const STEPS: Form = {
  is: 'the steps of an isotonic regression',
  fields: { score: 'typed array', probability: 'typed array' },
}

function checkFinite(caller: string, scores: ArrayLike<number>): void {
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(scores[i])) throw badOption(caller, `scores[${i}]`, 'a finite number', scores[i])
  }
}
