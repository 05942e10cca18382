import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BinnedMatrix, binMatrix, thresholdOf } from '../../src/learn/binning.ts'
import { featureMatrix } from '../../src/table/featureMatrix.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const slotsOf = ({ slots, width, rows }: BinnedMatrix, j: number) =>
  Array.from({ length: rows }, (_, row) => slots[row * width + j]!)

test('few different values get a bin each, cut halfway; missing ones stand in the last', () => {
  const binned = binMatrix('test', featureMatrix({ x: [3, 1, Number.NaN, 1, 2], y: [7, 7, 7, 7, 7] }))
  expect(Array.from(binned.cuts[0]!)).toEqual([1.5, 2.5])
  expect(Array.from(binned.offsets)).toEqual([0, 4, 6])
  expect(slotsOf(binned, 0)).toEqual([2, 0, 3, 0, 1])
  expect(slotsOf(binned, 1)).toEqual([4, 4, 4, 4, 4])
  expect(binned.width).toBe(4)
  expect(slotsOf(binned, 2)).toEqual([6, 6, 6, 6, 6])
  expect(binned.slotCount).toBe(7)
})

test('many different values get bins of about equal size, one that is frequent its own', () => {
  const x = Float64Array.from({ length: 10_000 }, (_, i) => (i < 6000 ? 0.5 : i))
  const sizes = new Map<number, number>()
  for (const slot of slotsOf(binMatrix('test', featureMatrix({ x })), 0)) sizes.set(slot, (sizes.get(slot) ?? 0) + 1)
  expect(sizes.get(0)).toBe(6000)
  expect(sizes.size).toBe(255)
  // 4,000 others in 254 bins.
  for (const [slot, size] of sizes) if (slot > 0) expect(Math.abs(size - 4000 / 254)).toBeLessThan(2)
})

test('slots keep the order of values, and a threshold divides as its slot does', () => {
  const value = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 0, max: 5 }))
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 600 }), (list) => {
      const binned = binMatrix('test', featureMatrix({ x: list }))
      const slots = slotsOf(binned, 0)
      const order = [...list.keys()].sort((a, b) => list[a]! - list[b]!)
      order.forEach((row, i) => {
        if (i > 0) expect(slots[row]).toBeGreaterThanOrEqual(slots[order[i - 1]!]!)
      })
      for (const slot of new Set(slots)) {
        const threshold = thresholdOf(binned, 0, slot)
        list.forEach((v, row) => {
          expect(v <= threshold).toBe(slots[row]! <= slot)
        })
      }
    }),
    { numRuns: 50 },
  )
})

test('many columns share the slots that 16 bits can tell', () => {
  const x = Float64Array.from({ length: 300 }, (_, i) => i)
  const columns = Object.fromEntries(Array.from({ length: 1000 }, (_, j) => [`x${j}`, x]))
  const binned = binMatrix('test', featureMatrix(columns))
  expect(binned.slotCount).toBeLessThanOrEqual(65_536)
  expect(slotsOf(binned, 999).at(-1)).toBe(binned.offsets[1000]! - 2)
})

test('refusals', () => {
  expectRefusal(() => binMatrix('test', featureMatrix({ x: [1, -Infinity] })), 'BAD_SHAPE', '"x"')
  const wide = { columns: Array.from({ length: 8193 }, (_, j) => `x${j}`), rows: 1, values: new Float64Array(8193) }
  expectRefusal(() => binMatrix('test', wide), 'BAD_SHAPE', '8192')
})
