import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addSlotTreeInto } from '../../src/kernels/slotTree.ts'
import { addTreesInto } from '../../src/kernels/treeSums.ts'

// Node 0 splits column 0 at 5 (NaN right), node 1 column 1 at 2 (NaN left); 2, 3 and 4 are leaves.
const nodes = {
  feature: Uint16Array.of(0, 1, 0, 0, 0),
  threshold: Float64Array.of(5, 2, Infinity, Infinity, Infinity),
  left: Uint32Array.of(1, 3, 2, 3, 4),
  missingRight: Uint8Array.of(1, 0, 0, 0, 0),
  value: Float64Array.of(0, 0, 100, 10, 1),
}

function leafOf([a, b]: readonly [number, number]): number {
  if (Number.isNaN(a) || a > 5) return 100
  return b > 2 ? 1 : 10
}

const number = fc.oneof(fc.integer({ min: 0, max: 8 }), fc.constant(Number.NaN))

test('every row gets the value of its leaf, missing values on their side, twice for two trees', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 11 }), (rows) => {
      const room = Math.ceil(rows.length / 4) * 4
      const block = new Float64Array(2 * room)
      block.set(rows.flat())
      const out = new Float64Array(room)
      const hasMissing = rows.flat().some(Number.isNaN)
      const { feature, threshold, left, missingRight, value } = nodes
      // The second tree is the first one's left branch, which begins with node 1 and sees only column 1.
      const roots = Uint32Array.of(0, 1, 5)
      addTreesInto(block, 2, rows.length, hasMissing, roots, feature, threshold, left, missingRight, value, out)
      const expected = rows.map((row) => leafOf(row) + (row[1] > 2 ? 1 : 10))
      expect(Array.from(out.subarray(0, rows.length))).toEqual(expected)
    }),
  )
})

test('the same tree over slots', () => {
  // Column 0 has slots 0..9, the last for missing values, column 1 slots 10..19.
  const from = Uint16Array.of(6, 13, 0, 0, 0)
  const right = Uint16Array.of(4, 6, 0, 0, 0)
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 11 }), (rows) => {
      const slots = Uint16Array.from(
        rows.flatMap(([a, b]) => [Number.isNaN(a) ? 9 : a, 10 + (Number.isNaN(b) ? 9 : b)]),
      )
      const scores = new Float64Array(rows.length)
      addSlotTreeInto(slots, 2, nodes.feature, from, right, nodes.left, nodes.value, scores)
      expect(Array.from(scores)).toEqual(rows.map(leafOf))
    }),
  )
})
