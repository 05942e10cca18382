import { checkForm, type Form } from '../core/form.ts'
import { addTreesInto } from '../kernels/treeSums.ts'
import type { FeatureMatrix } from '../table/featureMatrix.ts'

/**
 * Decision trees, stored flat. Node `i` sends a row left, to node `left[i]`, if its value in column `feature[i]` is at
 * most `threshold[i]`, and right, to node `left[i] + 1`, otherwise. A leaf is its own left child.
 */
export interface Trees {
  /** First node of each tree, and at the end the number of nodes; length trees + 1. */
  readonly roots: Uint32Array
  /** Column that a node looks at; 0 at a leaf. */
  readonly feature: Uint16Array
  /** Largest value that goes left, on the scale of the data; Infinity at a leaf. */
  readonly threshold: Float64Array
  /** Left child; the right one stands behind it. */
  readonly left: Uint32Array
  /** 1 where missing values go right. */
  readonly missingRight: Uint8Array
  /** What a leaf says; 0 at other nodes. */
  readonly value: Float64Array
  /** By how much the split made the training loss smaller; 0 at a leaf. */
  readonly gain: Float64Array
}

const TREES: Form = {
  is: 'made of trees',
  fields: {
    roots: 'typed array',
    feature: 'typed array',
    threshold: 'typed array',
    left: 'typed array',
    missingRight: 'typed array',
    value: 'typed array',
    gain: 'typed array',
  },
}

/** Throws `BAD_OPTION` unless `model` has the form and holds trees. */
export function checkTreeModel(caller: string, model: { readonly trees: Trees }, form: Form): void {
  checkForm(caller, 'model', model, form)
  checkForm(caller, 'model.trees', model.trees, TREES)
}

/** Most columns that a tree can look at. */
export const MAX_COLUMNS = 8192

/**
 * Rows that go through all the trees together: few if the trees are small, so that rows and trees stay in the fastest
 * cache; many if they are large, because every block then reads all the trees from memory.
 */
const SMALL_BLOCK = 128
const LARGE_BLOCK = 4096
const SMALL_TREES = 16_384

/** Sum over the trees of the values of the leaves that each row reaches. */
export function sumTrees(trees: Trees, matrix: FeatureMatrix): Float64Array {
  const { rows, values } = matrix
  const width = matrix.columns.length
  const sums = new Float64Array(rows)
  const { roots, feature, threshold, left, missingRight, value } = trees
  const size = left.length <= SMALL_TREES ? SMALL_BLOCK : LARGE_BLOCK
  const block = new Float64Array(size * width)
  const partial = new Float64Array(size)
  for (let start = 0; start < rows; start += size) {
    const count = Math.min(size, rows - start)
    let hasMissing = false
    for (let j = 0; j < width; j++) {
      for (let r = 0; r < count; r++) {
        const v = values[j * rows + start + r]!
        if (Number.isNaN(v)) hasMissing = true
        block[r * width + j] = v
      }
    }
    partial.fill(0)
    addTreesInto(block, width, count, hasMissing, roots, feature, threshold, left, missingRight, value, partial)
    sums.set(partial.subarray(0, count), start)
  }
  return sums
}
