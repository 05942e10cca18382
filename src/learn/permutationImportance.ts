import { badOption, checkInteger, checkLength, checkNoOthers, checkOptions } from '../core/checks.ts'
import { checkSeed, type Random, randomFrom } from '../core/random.ts'
import { countBothClasses } from '../metrics/labels.ts'
import { areaUnderRoc } from '../metrics/ranking.ts'
import { checkMatrix, columnOf, type FeatureMatrix } from '../table/featureMatrix.ts'

/** Options of `permutationImportance`. */
export interface PermutationImportanceOptions {
  /** How often each column is shuffled, 1 to 1,000. @default 5 */
  readonly repeats?: number
  /** Seed of the shuffles. @default 1 */
  readonly seed?: number
}

/** What a model loses when it cannot know one column. */
export interface PermutationImportance {
  readonly column: string
  /** Mean fall of the area under the ROC curve when the column is shuffled; near 0, of either sign, if it is of no use. */
  readonly drop: number
  /** Standard error of the mean over the repeats; NaN with one repeat. */
  readonly standardError: number
}

/**
 * Measures how much a model's ranking suffers when a column is shuffled, which leaves its values and takes their meaning.
 * Columns that say the same cover for one another: each alone may look useless. Use rows that the model was not fitted on.
 *
 * Costs columns × repeats predictions.
 *
 * @param predict - scores of the rows of a matrix, such as `(m) => predictBoosting(model, m)`
 * @param labels - 0 or 1 for each row
 * @returns one entry a column, in the order of the matrix
 * @throws {ClienteleError} `BAD_SHAPE` if the lengths differ; `BAD_OPTION` for a label that is not 0 or 1 or an option
 *   outside its range; `NOT_ENOUGH_DATA` if all labels are the same
 * @see Breiman (2001), "Random Forests", section 10
 * @example
 * permutationImportance((m) => predictBoosting(model, m), matrix, labels)
 */
export function permutationImportance(
  predict: (matrix: FeatureMatrix) => Float64Array,
  matrix: FeatureMatrix,
  labels: Uint8Array,
  options: PermutationImportanceOptions = {},
): PermutationImportance[] {
  const caller = 'permutationImportance'
  if (typeof predict !== 'function') throw badOption(caller, 'predict', 'a function of a matrix', predict)
  checkMatrix(caller, matrix)
  const { repeats = 5, seed = 1, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  checkInteger(caller, 'repeats', repeats, 1, 1000)
  const random = randomFrom(checkSeed(caller, seed))
  checkLength(caller, 'labels', labels, matrix.rows)
  countBothClasses(caller, labels)
  const whole = areaUnderRoc(labels, predict(matrix))
  const changed = { ...matrix, values: matrix.values.slice() }
  return matrix.columns.map((column, j) => {
    const shuffled = columnOf(changed, j)
    const drops = Float64Array.from({ length: repeats }, () => {
      shuffle(shuffled, random)
      return whole - areaUnderRoc(labels, predict(changed))
    })
    shuffled.set(columnOf(matrix, j))
    return { column, ...meanAndError(drops) }
  })
}

/** Fisher and Yates' shuffle. */
function shuffle(values: Float64Array, random: Random): void {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const kept = values[i]!
    values[i] = values[j]!
    values[j] = kept
  }
}

function meanAndError(drops: Float64Array): { readonly drop: number; readonly standardError: number } {
  const n = drops.length
  const drop = drops.reduce((sum, value) => sum + value, 0) / n
  const squares = drops.reduce((sum, value) => sum + (value - drop) ** 2, 0)
  return { drop, standardError: n > 1 ? Math.sqrt(squares / (n - 1) / n) : Number.NaN }
}
