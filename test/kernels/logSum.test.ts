import { expect, test } from 'vitest'
import { logSum } from '../../src/kernels/logSum.ts'

test('customers who share a logarithm add up to what each has alone, at any magnitude', () => {
  for (const scale of [1e-300, 1e-17, 1, 1e17, 1e300]) {
    const values = Float64Array.from({ length: 100 }, (_, i) => scale * (1 + (i % 7)))
    const ones = new Float64Array(100).fill(1)
    const alone = values.reduce((sum, value) => sum + Math.log(value), 0)
    // A product of sixteen loses at most sixteen roundings.
    const tolerance = 100 * 16 * Number.EPSILON + 1e-15 * Math.abs(alone)
    expect(Math.abs(logSum(0, 100, ones, true, values) - alone)).toBeLessThan(tolerance)
    expect(Math.abs(logSum(0, 100, new Float64Array(100).fill(0.5), false, values) - alone / 2)).toBeLessThan(tolerance)
  }
  expect(logSum(3, 3, new Float64Array(5), true, new Float64Array(5))).toBe(0)
})
