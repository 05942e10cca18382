import { expect, test } from 'vitest'
import { applyScaling, fitScaling, unscale } from '../../src/cluster/scaling.ts'
import { columnOf, featureMatrix } from '../../src/table/featureMatrix.ts'

const matrix = featureMatrix({ total: [-100, 0, 3, 50, 20_000], age: [1, 2, 3, 4, 5], same: [0.1, 0.1, 0.1, 0.1, 0.1] })

test.each(['log', 'standard'] as const)('columns get mean 0 and standard deviation 1 under %s, constants 0', (rule) => {
  const scaled = applyScaling(fitScaling(matrix, rule), matrix)
  for (const j of [0, 1]) {
    const column = Array.from(columnOf(scaled, j))
    // 1e-15 a value: rounding of five values near 1.
    expect(Math.abs(column.reduce((sum, value) => sum + value, 0))).toBeLessThan(5e-15)
    expect(Math.abs(column.reduce((sum, value) => sum + value ** 2, 0) / 5 - 1)).toBeLessThan(5e-15)
  }
  expect(Math.max(...columnOf(scaled, 2).map(Math.abs))).toBeLessThan(1e-15)
})

test('the logarithm keeps the sign and is odd', () => {
  const scaling = { ...fitScaling(matrix, 'log'), mean: new Float64Array(3), sd: new Float64Array(3).fill(1) }
  const column = Array.from(columnOf(applyScaling(scaling, matrix), 0))
  expect(column).toEqual([-Math.log1p(100), 0, Math.log1p(3), Math.log1p(50), Math.log1p(20_000)])
})

test.each(['log', 'standard', 'none'] as const)('unscale undoes %s', (rule) => {
  const scaling = fitScaling(matrix, rule)
  const scaled = applyScaling(scaling, matrix)
  for (let j = 0; j < 2; j++) {
    columnOf(scaled, j).forEach((value, row) => {
      const back = unscale(scaling, value, j)
      const original = columnOf(matrix, j)[row]!
      // 1e-13 relative: logarithms near 10 carry their rounding into the exponent.
      expect(Math.abs(back - original)).toBeLessThanOrEqual(1e-13 * (1 + Math.abs(original)))
    })
  }
})
