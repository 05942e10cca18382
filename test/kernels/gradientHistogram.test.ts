import { expect, test } from 'vitest'
import {
  GRADIENT_UNITS,
  gradientHistogramInto,
  gradientsInto,
  HESSIAN_UNITS,
  leafStep,
  siblingInto,
} from '../../src/kernels/gradientHistogram.ts'

// 20,000 rows are three chunks of the packed sums. Two columns of slots 0..4 and 5..8, filled up to four with slot 9.
const n = 20_000
const slots = Uint16Array.from({ length: 4 * n }, (_, i) => {
  const row = i >> 2
  return [row % 5, 5 + ((row * 13) % 4), 9, 9][i % 4]!
})
const labels = Uint8Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 1 : 0))
const scores = Float64Array.from({ length: n }, (_, i) => Math.sin(i) * 8)
const rows = Uint32Array.from({ length: n }, (_, i) => i)
const probability = new Float64Array(n)
const packed = new Float64Array(n)
gradientsInto(rows, n, scores, labels, probability, packed)

function histogram(of: Uint32Array): { gradient: Float64Array; hessian: Float64Array } {
  const [gradient, hessian, sums] = [new Float64Array(10), new Float64Array(10), new Float64Array(10)]
  gradientHistogramInto(slots, 4, of, 0, of.length, packed, sums, gradient, hessian)
  expect(sums.every((sum) => sum === 0)).toBe(true)
  return { gradient, hessian }
}

test('sums of derivatives by slot, to half a unit a row', () => {
  const { gradient, hessian } = histogram(rows)
  const exact = { gradient: new Float64Array(10), hessian: new Float64Array(10), count: new Float64Array(10) }
  for (let row = 0; row < n; row++) {
    const p = 1 / (1 + Math.exp(-scores[row]!))
    for (const slot of slots.subarray(4 * row, 4 * row + 2)) {
      exact.gradient[slot]! += p - labels[row]!
      exact.hessian[slot]! += p * (1 - p)
      exact.count[slot]!++
    }
  }
  for (let s = 0; s < 9; s++) {
    expect(Math.abs(gradient[s]! - exact.gradient[s]! * GRADIENT_UNITS)).toBeLessThan(exact.count[s]! / 2)
    expect(Math.abs(hessian[s]! - exact.hessian[s]! * HESSIAN_UNITS)).toBeLessThan(exact.count[s]! / 2)
  }
})

test('exact integers: neither the order of rows nor the way by the sibling changes a bit', () => {
  const whole = histogram(rows)
  expect(histogram(rows.toReversed())).toEqual(whole)
  const left = histogram(rows.filter((row) => row % 7 < 3))
  const right = histogram(rows.filter((row) => row % 7 >= 3))
  siblingInto(whole.gradient, whole.hessian, left.gradient, left.hessian)
  expect(whole).toEqual(right)
})

test("a leaf's step is Newton's", () => {
  const step = leafStep(rows, 100, 300, probability, labels, 2)
  let [G, H] = [0, 0]
  for (let row = 100; row < 300; row++) {
    G += probability[row]! - labels[row]!
    H += probability[row]! * (1 - probability[row]!)
  }
  // Each of 200 terms is rounded to 2^-30.
  expect(Math.abs(step - -G / (H + 2))).toBeLessThan(200 * 2 ** -30)
  expect(leafStep(rows, 5, 5, probability, labels, 0)).toBe(0)
})
