import { gradientHistogramInto, leafStep, siblingInto } from '../kernels/gradientHistogram.ts'
import { gradientSplitInto, SPLIT_FEATURE, SPLIT_MISSING_LEFT, SPLIT_SLOT } from '../kernels/gradientSplit.ts'
import { partitionRows } from '../kernels/partitionRows.ts'
import type { BinnedMatrix } from './binning.ts'
import { addLeaf, type SlotTree, slotTree, splitLeaf } from './slotTree.ts'

/** What the growth of a boosted tree is told. */
export interface BoostedTreeRules {
  readonly depth: number
  readonly rate: number
  readonly l2: number
  readonly minChildWeight: number
}

/** Grows one tree on a sample of rows, from their probabilities and packed derivatives. The next call reuses it. */
export type GrowBoostedTree = (sample: Uint32Array, probability: Float64Array, packed: Float64Array) => SlotTree

interface Histogram {
  readonly gradient: Float64Array
  readonly hessian: Float64Array
}

/** Rows `start` up to `end` of the sample in their present order, which have come to one node at one level. */
interface Node {
  readonly id: number
  readonly level: number
  readonly start: number
  readonly end: number
}

/** A function that grows trees; it makes its scratch once. */
export function boostedTreeGrower(binned: BinnedMatrix, labels: Uint8Array, rules: BoostedTreeRules): GrowBoostedTree {
  const { slots, width, offsets, slotCount } = binned
  const { depth, rate, l2, minChildWeight } = rules
  const tree = slotTree(2 ** (depth + 1))
  const rows = new Uint32Array(binned.rows)
  const scratch = new Uint32Array(binned.rows)
  const sums = new Float64Array(slotCount)
  const split = new Uint32Array(3)
  // One histogram a level is enough: see `growChildren`.
  const histograms = Array.from({ length: depth }, (): Histogram => {
    return { gradient: new Float64Array(slotCount), hessian: new Float64Array(slotCount) }
  })

  return (sample, probability, packed) => {
    tree.nodes = 0
    rows.set(sample)
    const root = { id: addLeaf(tree), level: 0, start: 0, end: sample.length }
    fill(histograms[0]!, root)
    grow(root, histograms[0]!)
    return tree

    function grow(node: Node, histogram: Histogram): void {
      const { gradient, hessian } = histogram
      const gain = gradientSplitInto(gradient, hessian, offsets, minChildWeight, l2, split)
      if (gain === 0) {
        finish(node)
        return
      }
      const feature = split[SPLIT_FEATURE]!
      const from = split[SPLIT_SLOT]! + 1
      const right = offsets[feature + 1]! - from - split[SPLIT_MISSING_LEFT]!
      const { start, end } = node
      const middle = partitionRows(slots, width, feature, from, right, rows, start, end, scratch)
      const id = splitLeaf(tree, node.id, { feature, from, right, gain })
      const level = node.level + 1
      growChildren({ id, level, start, end: middle }, { id: id + 1, level, start: middle, end }, histogram)
    }

    /** The smaller child's histogram is counted, the larger one's is what that leaves of the parent's, in its place. */
    function growChildren(left: Node, right: Node, parent: Histogram): void {
      const isLeftSmaller = left.end - left.start <= right.end - right.start
      const smaller = isLeftSmaller ? left : right
      const larger = isLeftSmaller ? right : left
      if (left.level === depth) {
        finish(left)
        finish(right)
        return
      }
      const counted = histograms[left.level]!
      fill(counted, smaller)
      siblingInto(parent.gradient, parent.hessian, counted.gradient, counted.hessian)
      // The smaller child's whole branch is grown first; then its level's histogram is free for the larger one's.
      grow(smaller, counted)
      grow(larger, parent)
    }

    function fill({ gradient, hessian }: Histogram, { start, end }: Node): void {
      gradientHistogramInto(slots, width, rows, start, end, packed, sums, gradient, hessian)
    }

    function finish({ id, start, end }: Node): void {
      tree.value[id] = rate * leafStep(rows, start, end, probability, labels, l2)
    }
  }
}
