import type { Random } from '../core/random.ts'
import {
  CLASS_SPLIT_BIN,
  CLASS_SPLIT_MISSING_LEFT,
  classSplitInto,
  packedPositives,
  packedRows,
  packedSum,
} from '../kernels/classSplit.ts'
import { partitionRows } from '../kernels/partitionRows.ts'
import type { BinnedMatrix } from './binning.ts'
import { addLeaf, type SlotTree, slotTree, splitLeaf } from './slotTree.ts'

/** What the growth of a tree of a forest is told. */
export interface ForestTreeRules {
  readonly depth: number
  readonly minLeaf: number
  /** Columns tried at a node. */
  readonly columnsPerSplit: number
}

/** Grows one tree on the rows whose packed weight is not 0. The next call reuses it. */
export type GrowForestTree = (packed: Float64Array, random: Random) => SlotTree

/** A function that grows trees; it makes its scratch once. */
export function forestTreeGrower(binned: BinnedMatrix, rules: ForestTreeRules): GrowForestTree {
  const { offsets } = binned
  const slots = columnByColumn(binned)
  const { depth, minLeaf, columnsPerSplit } = rules
  const columns = offsets.length - 1
  const tree = slotTree(2 * Math.ceil(binned.rows / minLeaf) + 1)
  const rows = new Uint32Array(binned.rows)
  const scratch = new Uint32Array(binned.rows)
  const sums = new Float64Array(256)
  const filled = new Uint32Array(8)
  const split = new Uint32Array(2)
  const shuffled = new Uint16Array(columns)

  return (packed, random) => {
    tree.nodes = 0
    for (let f = 0; f < columns; f++) shuffled[f] = f
    let drawn = 0
    for (let row = 0; row < binned.rows; row++) if (packed[row] !== 0) rows[drawn++] = row
    grow(addLeaf(tree), 0, 0, drawn)
    return tree

    /** Grows the branch below node `id`, to which rows `start` up to `end` have come. */
    function grow(id: number, level: number, start: number, end: number): void {
      const total = packedSum(rows, start, end, packed)
      const count = packedRows(total)
      const positives = packedPositives(total)
      tree.value[id] = positives / count
      if (level === depth || count < 2 * minLeaf || positives === 0 || positives === count) return
      let gain = 0
      let feature = 0
      let bin = 0
      let missingLeft = 0
      // A draw of columns none of which can split goes on until one can, else trees would end where chance is unkind.
      for (let tried = 0; tried < columns && (tried < columnsPerSplit || gain === 0); tried++) {
        const f = drawColumn(tried)
        const base = offsets[f]!
        const bins = offsets[f + 1]! - base
        // biome-ignore format: one call in the order of the kernel's table
        const found = classSplitInto(slots, f * binned.rows, base, bins, rows, start, end, packed, total, minLeaf, sums, filled, split)
        if (found <= gain) continue
        gain = found
        feature = f
        bin = split[CLASS_SPLIT_BIN]!
        missingLeft = split[CLASS_SPLIT_MISSING_LEFT]!
      }
      if (gain === 0) return
      const from = offsets[feature]! + bin + 1
      const right = offsets[feature + 1]! - from - missingLeft
      const middle = partitionRows(slots, 1, feature * binned.rows, from, right, rows, start, end, scratch)
      const left = splitLeaf(tree, id, { feature, from, right, gain: 2 * gain })
      grow(left, level + 1, start, middle)
      grow(left + 1, level + 1, middle, end)
    }

    /** The next column of a random order, by one more step of Fisher and Yates' shuffle. */
    function drawColumn(tried: number): number {
      const at = tried + random.below(columns - tried)
      const column = shuffled[at]!
      shuffled[at] = shuffled[tried]!
      shuffled[tried] = column
      return column
    }
  }
}

/** The slots of a matrix with each column together: a node looks at a few columns of many rows. */
function columnByColumn({ slots, rows, width, offsets }: BinnedMatrix): Uint16Array {
  const columns = offsets.length - 1
  const turned = new Uint16Array(columns * rows)
  for (let f = 0; f < columns; f++) {
    for (let row = 0; row < rows; row++) turned[f * rows + row] = slots[row * width + f]!
  }
  return turned
}
