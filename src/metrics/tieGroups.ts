/**
 * Scores and labels with the rows of equal scores taken together, highest score first. All that ranks is made of it, so
 * that neither ties nor the order of rows can tip a result.
 */
export interface TieGroups {
  /** Number of different scores. */
  readonly length: number
  /** Different scores, descending; length `length`. */
  readonly score: Float64Array
  /** Ones with each score. */
  readonly positives: Uint32Array
  /** Zeros with each score. */
  readonly negatives: Uint32Array
}

/** Groups scores, none NaN, by value. Sorts the scores of each class on their own, which needs no index. */
export function tieGroups(labels: ArrayLike<number>, scores: ArrayLike<number>): TieGroups {
  const ones = scoresOf(labels, scores, 1)
  const zeros = scoresOf(labels, scores, 0)
  const score = new Float64Array(labels.length)
  const positives = new Uint32Array(labels.length)
  const negatives = new Uint32Array(labels.length)
  let length = 0
  // Merges both classes from the top.
  for (let i = ones.length - 1, j = zeros.length - 1; i >= 0 || j >= 0; length++) {
    const top = j < 0 || (i >= 0 && ones[i]! > zeros[j]!) ? ones[i]! : zeros[j]!
    score[length] = top
    for (; i >= 0 && ones[i] === top; i--) positives[length]!++
    for (; j >= 0 && zeros[j] === top; j--) negatives[length]!++
  }
  return {
    length,
    score: score.subarray(0, length),
    positives: positives.subarray(0, length),
    negatives: negatives.subarray(0, length),
  }
}

/** The scores of one class, ascending. */
export function scoresOf(labels: ArrayLike<number>, scores: ArrayLike<number>, label: 0 | 1): Float64Array {
  const of = new Float64Array(labels.length)
  let count = 0
  for (let i = 0; i < labels.length; i++) if (labels[i] === label) of[count++] = scores[i]!
  return of.subarray(0, count).sort()
}
