import type { Form } from '../core/form.ts'
import { compensatedSum } from '../math/compensatedSum.ts'
import { checkTreeModel, type Trees } from './trees.ts'

/** How much of a model's work one column does. */
export interface GainImportance {
  readonly column: string
  /** Share of the gain of all splits, 0 to 1. */
  readonly share: number
  /** Splits by this column. */
  readonly splits: number
}

/**
 * Which columns the trees of a boosting or forest model split by, and how much of the fall of the training loss they
 * earned. It tells what the model uses, not what causes the outcome, and favours columns with many different values.
 *
 * @returns one entry a column, largest share first
 * @see Breiman, Friedman, Olshen & Stone (1984), "Classification and Regression Trees", section 5.3.4
 * @example
 * gainImportance(model)[0] // { column: 'ageAtLast', share: 0.23…, … }
 */
export function gainImportance(model: {
  readonly columns: readonly string[]
  readonly trees: Trees
}): GainImportance[] {
  checkTreeModel('gainImportance', model, TREE_MODEL)
  const { feature, gain, left } = model.trees
  const total = compensatedSum(gain)
  const gains = new Float64Array(model.columns.length)
  const splits = new Uint32Array(model.columns.length)
  for (let node = 0; node < gain.length; node++) {
    if (left[node] === node) continue
    gains[feature[node]!]! += gain[node]!
    splits[feature[node]!]!++
  }
  return model.columns
    .map((column, j) => ({ column, share: total > 0 ? gains[j]! / total : 0, splits: splits[j]! }))
    .sort((a, b) => b.share - a.share)
}

const TREE_MODEL: Form = {
  is: 'a model of trees, as fitBoosting and fitForest make them',
  fields: { trees: 'object', columns: 'list' },
}
