import { expect, test } from 'vitest'
import { logSum } from '../../src/kernels/logSum.ts'

test('customers who share a logarithm add up to what each has alone, at any magnitude', () => {
  for (const scale of [1e-300, 1e-17, 1, 1e17, 1e300]) {
    const values = Float64Array.from({ length: 100 }, (_, i) => scale * (1 + (i % 7)))
    const alone = values.reduce((sum, value) => sum + Math.log(value), 0)
    // Sixteen roundings a value at most, and those of the sum.
    const tolerance = 100 * 16 * Number.EPSILON + 1e-15 * Math.abs(alone)
    expect(Math.abs(logSum(0, 100, undefined, values) - alone)).toBeLessThan(tolerance)
    expect(Math.abs(logSum(0, 100, new Float64Array(100).fill(0.5), values) - alone / 2)).toBeLessThan(tolerance)
  }
  expect(logSum(3, 3, undefined, new Float64Array(5))).toBe(0)
})
