import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  CLASS_SPLIT_BIN,
  CLASS_SPLIT_MISSING_LEFT,
  classSplitInto,
  packedPositives,
  packedRows,
  packedSum,
  packWeightsInto,
} from '../../src/kernels/classSplit.ts'

const BINS = 40 // two words of the note of filled bins; the last is for missing values

const row = fc.record({
  bin: fc.integer({ min: 0, max: BINS - 1 }),
  label: fc.constantFrom(0, 1),
  weight: fc.integer({ min: 1, max: 3 }),
})

function check(list: { bin: number; label: number; weight: number }[], minLeaf: number): void {
  const slots = Uint16Array.from(list, ({ bin }) => 100 + bin)
  const rows = Uint32Array.from(list.keys())
  const packed = new Float64Array(list.length)
  packWeightsInto(
    Uint32Array.from(list, ({ weight }) => weight),
    Uint8Array.from(list, ({ label }) => label),
    packed,
  )
  const total = packedSum(rows, 0, rows.length, packed)
  expect(packedRows(total)).toBe(list.reduce((sum, { weight }) => sum + weight, 0))
  expect(packedPositives(total)).toBe(list.reduce((sum, { weight, label }) => sum + weight * label, 0))
  const [sums, filled, split] = [new Float64Array(256), new Uint32Array(8), new Uint32Array(2)]
  const gain = classSplitInto(slots, 0, 100, BINS, rows, 0, rows.length, packed, total, minLeaf, sums, filled, split)
  expect(sums.every((sum) => sum === 0)).toBe(true)
  let best = 0
  for (let bin = 0; bin < BINS - 1; bin++) {
    for (const missingLeft of [true, false]) best = Math.max(best, gainOf(bin, missingLeft))
  }
  // Rounding of a few divisions of numbers up to the number of rows.
  expect(Math.abs(gain - best)).toBeLessThanOrEqual(1e-12 * packedRows(total))
  if (gain > 0) expect(gainOf(split[CLASS_SPLIT_BIN]!, split[CLASS_SPLIT_MISSING_LEFT] === 1)).toBeCloseTo(gain, 9)

  function gainOf(bin: number, missingLeft: boolean): number {
    const sides = [0, 0, 0, 0]
    for (const { bin: at, label, weight } of list) {
      const side = (at === BINS - 1 ? missingLeft : at <= bin) ? 0 : 2
      sides[side]! += weight
      sides[side + 1]! += weight * label
    }
    const [n, p, m, q] = sides as [number, number, number, number]
    return n < minLeaf || m < minLeaf ? 0 : (p * p) / n + (q * q) / m - (p + q) ** 2 / (n + m)
  }
}

test('finds the best of all splits in a small node', () => {
  fc.assert(fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), fc.constantFrom(1, 5), check))
})

test('finds the best of all splits in a large node', () => {
  fc.assert(fc.property(fc.array(row, { minLength: 200, maxLength: 300 }), fc.constantFrom(1, 20), check), {
    numRuns: 30,
  })
})
