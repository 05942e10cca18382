import { expect, test } from 'vitest'
import { fitForest, fitForestAsync, predictForest } from '../../src/learn/forest.ts'
import { gainImportance } from '../../src/learn/gainImportance.ts'
import { areaUnderRoc } from '../../src/metrics/ranking.ts'
import { featureMatrix, takeRows } from '../../src/table/featureMatrix.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { telco, telcoGolden } from '../fixtures/telco.ts'
import { crossValidated } from './crossValidated.ts'

const data = telco()
const some = Uint32Array.from({ length: 800 }, (_, i) => i * 8)
const matrix = takeRows(data.matrix, some)
const labels = Uint8Array.from(some, (row) => data.labels[row]!)
const quick = { trees: 25 }

test('Telco: not worse than 300 trees of scikit-learn with five different rows a leaf', () => {
  const golden = telcoGolden('churn_cv_telco.json').telco.rf300_leaf5.mean
  const { auc, loss } = crossValidated(data, fitForest, predictForest)
  expect(auc).toBeGreaterThan(golden.auc - 0.002)
  expect(loss).toBeLessThan(golden.logloss + 0.002)
})

test('Telco: not worse than 300 trees of scikit-learn grown to the end', () => {
  const golden = telcoGolden('churn_cv_telco.json').telco.rf300.mean
  const { auc } = crossValidated(data, (m, y) => fitForest(m, y, { minLeaf: 1 }), predictForest)
  expect(auc).toBeGreaterThan(golden.auc - 0.002)
})

test('the out-of-bag area is that of rows never seen', () => {
  const rest = Uint32Array.from({ length: data.matrix.rows }, (_, i) => i).filter((row) => row % 8 !== 0)
  const model = fitForest(matrix, labels, { trees: 200 })
  const unseen = areaUnderRoc(
    Uint8Array.from(rest, (row) => data.labels[row]!),
    predictForest(model, takeRows(data.matrix, rest)),
  )
  expect(model.diagnostics.outOfBag.rows).toBe(800)
  // The area on 800 rows has a standard error of 0.016: three of them.
  expect(Math.abs(model.diagnostics.outOfBag.areaUnderRoc - unseen)).toBeLessThan(0.048)
})

test('probabilities are shares; leaves keep their least number of rows', () => {
  const model = fitForest(matrix, labels, { ...quick, minLeaf: 40 })
  for (const p of predictForest(model, matrix)) expect(p >= 0 && p <= 1).toBe(true)
  const leaves = model.trees.left.reduce((count, left, node) => count + (left === node ? 1 : 0), 0)
  expect(leaves).toBeLessThanOrEqual(25 * (800 / 40))
})

test('missing values are data', () => {
  const x = Float64Array.from({ length: 60 }, (_, i) => (i % 3 === 0 ? Number.NaN : i))
  const y = Uint8Array.from(x, (v) => (Number.isNaN(v) ? 1 : 0))
  const model = fitForest(featureMatrix({ x }), y, { trees: 20, minLeaf: 1 })
  const [missing, low, high] = predictForest(model, featureMatrix({ x: [Number.NaN, -5, 500] }))
  expect(missing).toBe(1)
  expect(low).toBe(0)
  expect(high).toBe(0)
})

test('a column without meaning does not end a tree when chance tries it first', () => {
  const columns = {
    x: [0, 1, 2, 3, 4, 5, 6, 7],
    a: new Float64Array(8),
    b: new Float64Array(8),
    c: new Float64Array(8),
  }
  const y = Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1)
  const model = fitForest(featureMatrix(columns), y, { trees: 50, minLeaf: 1, columnsPerSplit: 1 })
  expect(areaUnderRoc(y, predictForest(model, featureMatrix(columns)))).toBe(1)
  expect(gainImportance(model)[0]!.column).toBe('x')
})

test('same seed same model, another seed another; the input is untouched; a clone predicts the same', () => {
  const before = matrix.values.slice()
  const model = fitForest(matrix, labels, quick)
  expect(fitForest(matrix, labels, quick)).toEqual(model)
  expect(fitForest(matrix, labels, { ...quick, seed: 2 }).trees).not.toEqual(model.trees)
  expect(matrix.values).toEqual(before)
  expect(predictForest(structuredClone(model), matrix)).toEqual(predictForest(model, matrix))
})

test('the asynchronous form is the same fit, and stops on a signal', async () => {
  expect(await fitForestAsync(matrix, labels, quick)).toEqual(fitForest(matrix, labels, quick))
  const signal = AbortSignal.abort()
  await expect(fitForestAsync(matrix, labels, { signal })).rejects.toMatchObject({ code: 'ABORTED' })
})

test('refusals', () => {
  expectRefusal(() => fitForest(matrix, labels.subarray(1)), 'BAD_SHAPE', 'labels')
  expectRefusal(
    () =>
      fitForest(
        matrix,
        labels.map((v) => v * 2),
      ),
    'BAD_OPTION',
    'fitForest: "labels[',
  )
  expectRefusal(() => fitForest(matrix, new Uint8Array(800)), 'NOT_ENOUGH_DATA')
  for (const [name, value] of Object.entries({ trees: 0, depth: 0, minLeaf: 0, columnsPerSplit: 31, seed: 0.5 })) {
    expectRefusal(() => fitForest(matrix, labels, { [name]: value }), 'BAD_OPTION', name)
  }
  const model = fitForest(matrix, labels, { trees: 1 })
  expectRefusal(() => predictForest(model, featureMatrix({ x: [1] })), 'BAD_SHAPE', 'got x')
})
