import { type BinnedMatrix, thresholdOf } from './binning.ts'
import type { Trees } from './trees.ts'

/**
 * A tree over slots, as it grows: as `Trees`, with slots in the place of thresholds. Node 0 is the root. Its room is
 * made once and used for every tree of a fit.
 */
export interface SlotTree {
  /** Nodes so far. */
  nodes: number
  readonly feature: Uint16Array
  /** First slot that goes right. */
  readonly from: Uint16Array
  /** Number of slots that go right: up to the end of the feature's, less that of missing values if they go left. */
  readonly right: Uint16Array
  readonly left: Uint32Array
  readonly value: Float64Array
  readonly gain: Float64Array
}

/** A split as it was found; its fields are those of `SlotTree`. */
export interface SlotSplit {
  readonly feature: number
  readonly from: number
  readonly right: number
  readonly gain: number
}

/** Room for a tree of `capacity` nodes. */
export function slotTree(capacity: number): SlotTree {
  return {
    nodes: 0,
    feature: new Uint16Array(capacity),
    from: new Uint16Array(capacity),
    right: new Uint16Array(capacity),
    left: new Uint32Array(capacity),
    value: new Float64Array(capacity),
    gain: new Float64Array(capacity),
  }
}

/** Adds a leaf and returns its number. */
export function addLeaf(tree: SlotTree): number {
  const node = tree.nodes++
  tree.feature[node] = 0
  tree.from[node] = 0
  tree.right[node] = 0
  tree.left[node] = node
  tree.value[node] = 0
  tree.gain[node] = 0
  return node
}

/** Turns a leaf into a split with two new leaves, and returns the left one's number. */
export function splitLeaf(tree: SlotTree, node: number, split: SlotSplit): number {
  const left = addLeaf(tree)
  addLeaf(tree)
  tree.feature[node] = split.feature
  tree.from[node] = split.from
  tree.right[node] = split.right
  tree.left[node] = left
  tree.value[node] = 0
  tree.gain[node] = split.gain
  return left
}

/** A copy of a tree without the room that it does not use. */
export function trimmed(tree: SlotTree): SlotTree {
  const { nodes } = tree
  return {
    nodes,
    feature: tree.feature.slice(0, nodes),
    from: tree.from.slice(0, nodes),
    right: tree.right.slice(0, nodes),
    left: tree.left.slice(0, nodes),
    value: tree.value.slice(0, nodes),
    gain: tree.gain.slice(0, nodes),
  }
}

/** Joins trees, with the thresholds of the data for the slots of `binned`. */
export function joinTrees(trees: readonly SlotTree[], binned: BinnedMatrix): Trees {
  const roots = new Uint32Array(trees.length + 1)
  trees.forEach((tree, t) => {
    roots[t + 1] = roots[t]! + tree.nodes
  })
  const nodes = roots[trees.length]!
  const joined = {
    roots,
    feature: new Uint16Array(nodes),
    threshold: new Float64Array(nodes),
    left: new Uint32Array(nodes),
    missingRight: new Uint8Array(nodes),
    value: new Float64Array(nodes),
    gain: new Float64Array(nodes),
  }
  trees.forEach((tree, t) => {
    const root = roots[t]!
    joined.feature.set(tree.feature, root)
    joined.value.set(tree.value, root)
    joined.gain.set(tree.gain, root)
    for (let node = 0; node < tree.nodes; node++) {
      joined.left[root + node] = root + tree.left[node]!
      joined.threshold[root + node] = Number.POSITIVE_INFINITY
      if (tree.left[node] === node) continue
      const feature = tree.feature[node]!
      const from = tree.from[node]!
      joined.threshold[root + node] = thresholdOf(binned, feature, from - 1)
      joined.missingRight[root + node] = from + tree.right[node]! === binned.offsets[feature + 1]! ? 1 : 0
    }
  })
  return joined
}
