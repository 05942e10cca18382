import { addSlotTreeInto } from '../kernels/slotTree.ts'
import { brierScore } from '../metrics/calibration.ts'
import { areaUnderRoc } from '../metrics/ranking.ts'
import type { BinnedMatrix } from './binning.ts'
import type { SlotTree } from './slotTree.ts'

/** How well a forest predicts rows that it did not see: an honest estimate without a second fit. */
export interface OutOfBag {
  /** Rows that at least one tree did not see, of those looked at. */
  readonly rows: number
  /** NaN if those rows are of one class. */
  readonly areaUnderRoc: number
  /** NaN if there are no such rows. */
  readonly brierScore: number
}

/** Votes of trees on the rows that each did not see. */
export interface OutOfBagVotes {
  /** Adds the votes of one tree; `weights` says how often it saw each row. */
  add(tree: SlotTree, weights: Uint32Array): void
  result(labels: Uint8Array): OutOfBag
}

/** No votes yet, on the given rows of a binned matrix. */
export function outOfBagVotes(binned: BinnedMatrix, rows: Uint32Array): OutOfBagVotes {
  const { width } = binned
  const slots = new Uint16Array(rows.length * width)
  rows.forEach((row, i) => {
    slots.set(binned.slots.subarray(row * width, (row + 1) * width), i * width)
  })
  const sums = new Float64Array(rows.length)
  const counts = new Uint32Array(rows.length)
  const votes = new Float64Array(rows.length)
  return {
    add({ feature, from, right, left, value }, weights) {
      votes.fill(0)
      addSlotTreeInto(slots, width, feature, from, right, left, value, votes)
      for (let i = 0; i < rows.length; i++) {
        if (weights[rows[i]!] !== 0) continue
        sums[i]! += votes[i]!
        counts[i]!++
      }
    },
    result(labels) {
      const seen = [...rows.keys()].filter((i) => counts[i]! > 0)
      const actual = Uint8Array.from(seen, (i) => labels[rows[i]!]!)
      const predicted = Float64Array.from(seen, (i) => sums[i]! / counts[i]!)
      const hasBoth = actual.includes(0) && actual.includes(1)
      return {
        rows: seen.length,
        areaUnderRoc: hasBoth ? areaUnderRoc(actual, predicted) : Number.NaN,
        brierScore: seen.length > 0 ? brierScore(actual, predicted) : Number.NaN,
      }
    },
  }
}
