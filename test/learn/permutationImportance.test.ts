import { expect, test } from 'vitest'
import { permutationImportance } from '../../src/learn/permutationImportance.ts'
import { columnOf, type FeatureMatrix, featureMatrix } from '../../src/table/featureMatrix.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const useful = Float64Array.from({ length: 400 }, (_, i) => i)
const useless = Float64Array.from({ length: 400 }, (_, i) => (i * 37) % 400)
const matrix = featureMatrix({ useful, useless })
const labels = Uint8Array.from(useful, (v) => (v >= 200 ? 1 : 0))
const predict = (m: FeatureMatrix) => columnOf(m, 0).slice()

test('the column in use costs half the area, the other nothing, and the input is untouched', () => {
  const before = matrix.values.slice()
  const [first, second] = permutationImportance(predict, matrix, labels, { repeats: 50 })
  // A shuffled score has an area of 1/2 with a standard deviation of 0.029; the mean of 50 within four standard errors.
  expect(Math.abs(first!.drop - 0.5)).toBeLessThan(4 * 0.0041)
  expect(first!.standardError).toBeGreaterThan(0.002)
  expect(first!.standardError).toBeLessThan(0.008)
  expect(second).toEqual({ column: 'useless', drop: 0, standardError: 0 })
  expect(matrix.values).toEqual(before)
})

test('the seed decides', () => {
  const drops = (seed: number) => permutationImportance(predict, matrix, labels, { seed })
  expect(drops(1)).toEqual(drops(1))
  expect(drops(2)).not.toEqual(drops(1))
  expect(permutationImportance(predict, matrix, labels, { repeats: 1 })[0]!.standardError).toBeNaN()
})

test('refusals', () => {
  expectRefusal(() => permutationImportance(predict, matrix, labels.subarray(1)), 'BAD_SHAPE')
  expectRefusal(() => permutationImportance(predict, matrix, new Uint8Array(400)), 'NOT_ENOUGH_DATA')
  expectRefusal(() => permutationImportance(predict, matrix, labels, { repeats: 0 }), 'BAD_OPTION', 'repeats')
})
