import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomFrom } from '../../src/core/random.ts'
import { fitBoosting, fitBoostingAsync, predictBoosting } from '../../src/learn/boosting.ts'
import { gainImportance } from '../../src/learn/gainImportance.ts'
import { logLoss } from '../../src/metrics/calibration.ts'
import { areaUnderRoc } from '../../src/metrics/ranking.ts'
import { type FeatureMatrix, featureMatrix, takeRows } from '../../src/table/featureMatrix.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { telco, telcoGolden } from '../fixtures/telco.ts'
import { crossValidated } from './crossValidated.ts'

/** Rows whose label depends on the first column and on whether the second is missing, with noise. */
function synthetic(rows: number): { matrix: FeatureMatrix; labels: Uint8Array } {
  const random = randomFrom(3)
  const draw = () => Float64Array.from({ length: rows }, () => random.unit())
  const [a, b, c] = [draw(), draw().map((v) => (v < 0.3 ? Number.NaN : v)), draw()]
  const labels = Uint8Array.from(a, (v, i) =>
    random.unit() < (v > 0.6 ? 0.7 : 0.1) + (Number.isNaN(b[i]) ? 0.2 : 0) ? 1 : 0,
  )
  return { matrix: featureMatrix({ a, b, c }), labels }
}

const small = synthetic(600)
const quick = { trees: 20, minChildWeight: 1 }

test('Telco: not worse than XGBoost and scikit-learn with the same trees, depth and a rate near ours', () => {
  const golden = telcoGolden('churn_cv_telco.json').telco
  const { auc, loss } = crossValidated(telco(), fitBoosting, predictBoosting)
  expect(auc).toBeGreaterThan(golden.xgb200_lr05_d4.mean.auc - 0.002)
  expect(auc).toBeGreaterThan(golden.hgb200_lr03_d4.mean.auc - 0.002)
  // As little as the area may the log loss suffer.
  expect(loss).toBeLessThan(golden.xgb200_lr05_d4.mean.logloss + 0.002)
})

test('one tree with one split is the Newton step worked by hand', () => {
  const matrix = featureMatrix({ x: [1, 2, 10, 11] })
  const labels = Uint8Array.of(0, 0, 1, 1)
  const model = fitBoosting(matrix, labels, { trees: 1, depth: 1, rate: 1, l2: 1, minChildWeight: 0 })
  // p = 1/2 everywhere: G = ±1 and H = 1/2 on either side, so the step is ±1 / (1/2 + 1).
  expect(model.start).toBe(0)
  expect(model.trees.threshold[0]).toBe(6)
  expect(Array.from(model.trees.value)).toEqual([0, -2 / 3, 2 / 3])
  expect(model.trees.gain[0]).toBeCloseTo(0.5 * (1 / 1.5 + 1 / 1.5 - 0), 12)
  expect(predictBoosting(model, featureMatrix({ x: [6, 6.5] }))).toEqual(
    Float64Array.of(1 / (1 + Math.exp(2 / 3)), 1 / (1 + Math.exp(-2 / 3))),
  )
})

test('missing values are data: their own branch is found, and they may come first at prediction', () => {
  const x = [Number.NaN, Number.NaN, 1, 2, 3, 4]
  const labels = Uint8Array.of(1, 1, 0, 0, 0, 0)
  const model = fitBoosting(featureMatrix({ x }), labels, { trees: 30, rate: 0.3, minChildWeight: 0 })
  const [missing, low, high] = predictBoosting(model, featureMatrix({ x: [Number.NaN, -50, 50] }))
  expect(missing).toBeGreaterThan(0.8)
  expect(low).toBeLessThan(0.2)
  expect(high).toBeLessThan(0.2)
})

test('the training loss falls below that of the share of ones, and is what the predictions give', () => {
  const model = fitBoosting(small.matrix, small.labels, quick)
  const { startingLogLoss, trainingLogLoss } = model.diagnostics
  expect(trainingLogLoss).toBeLessThan(startingLogLoss)
  // Two roundings of an exponential a row.
  expect(logLoss(small.labels, predictBoosting(model, small.matrix))).toBeCloseTo(trainingLogLoss, 12)
})

test('the order of rows changes nothing, to the bit', () => {
  const order = Uint32Array.from({ length: 600 }, (_, i) => (i * 7) % 600)
  const turned = fitBoosting(
    takeRows(small.matrix, order),
    small.labels.map((_, i) => small.labels[order[i]!]!),
    quick,
  )
  expect(turned.trees).toEqual(fitBoosting(small.matrix, small.labels, quick).trees)
})

test('a rising change of scale changes no prediction', () => {
  const model = fitBoosting(small.matrix, small.labels, quick)
  const scaled = { ...small.matrix, values: small.matrix.values.map((v) => 8 * v + 1) }
  const there = predictBoosting(fitBoosting(scaled, small.labels, quick), scaled)
  expect(there).toEqual(predictBoosting(model, small.matrix))
})

test('same seed same model, another seed another; the input is untouched; a clone predicts the same', () => {
  const before = small.matrix.values.slice()
  const options = { ...quick, subsample: 0.5, seed: 9 }
  const model = fitBoosting(small.matrix, small.labels, options)
  expect(fitBoosting(small.matrix, small.labels, options)).toEqual(model)
  expect(fitBoosting(small.matrix, small.labels, { ...options, seed: 10 }).trees).not.toEqual(model.trees)
  expect(small.matrix.values).toEqual(before)
  expect(predictBoosting(structuredClone(model), small.matrix)).toEqual(predictBoosting(model, small.matrix))
})

test('the asynchronous form is the same fit, tells its progress and stops on a signal', async () => {
  const told: number[] = []
  const model = await fitBoostingAsync(small.matrix, small.labels, {
    ...quick,
    onProgress: ({ done }) => told.push(done),
  })
  expect(model).toEqual(fitBoosting(small.matrix, small.labels, quick))
  expect(told).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  const signal = AbortSignal.abort()
  await expect(fitBoostingAsync(small.matrix, small.labels, { signal })).rejects.toMatchObject({ code: 'ABORTED' })
})

test('predicting a row alone or among others is the same', () => {
  const model = fitBoosting(small.matrix, small.labels, quick)
  const all = predictBoosting(model, small.matrix)
  fc.assert(
    fc.property(fc.array(fc.nat(599), { minLength: 1, maxLength: 9 }), (rows) => {
      const some = predictBoosting(model, takeRows(small.matrix, Uint32Array.from(rows)))
      expect(Array.from(some)).toEqual(rows.map((row) => all[row]))
    }),
  )
})

test('the gain goes to the columns that matter', () => {
  const importance = gainImportance(fitBoosting(small.matrix, small.labels, quick))
  expect(importance[0]!.column).toBe('a')
  expect(importance.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
})

test('a column that says nothing leaves the prior', () => {
  const model = fitBoosting(featureMatrix({ x: new Float64Array(8) }), Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 1))
  // Every step is one rounding of a gradient that sums to 0.
  for (const p of predictBoosting(model, featureMatrix({ x: [0, 5, Number.NaN] }))) expect(p).toBeCloseTo(0.25, 9)
})

test('refusals', () => {
  const { matrix, labels } = small
  expectRefusal(() => fitBoosting(matrix, labels.subarray(1)), 'BAD_SHAPE', 'labels')
  expectRefusal(
    () =>
      fitBoosting(
        matrix,
        labels.map((v) => v + 1),
      ),
    'BAD_OPTION',
    'fitBoosting: "labels[',
  )
  expectRefusal(() => fitBoosting(matrix, new Uint8Array(600)), 'NOT_ENOUGH_DATA')
  expectRefusal(
    () => fitBoosting(featureMatrix({ x: [1, Infinity] }), Uint8Array.of(0, 1)),
    'BAD_SHAPE',
    'Infinity in row 1',
  )
  for (const [name, value] of Object.entries({
    trees: 0,
    depth: 13,
    rate: 0,
    l2: -1,
    minChildWeight: -1,
    subsample: 2,
    seed: 0.5,
  })) {
    expectRefusal(() => fitBoosting(matrix, labels, { [name]: value }), 'BAD_OPTION', name)
  }
  const model = fitBoosting(matrix, labels, { trees: 1 })
  expectRefusal(() => predictBoosting(model, featureMatrix({ a: [1], c: [1], b: [1] })), 'BAD_SHAPE', 'a, b, c')
})

test('regression: a rare class is still ranked', () => {
  const x = Array.from({ length: 5000 }, (_, i) => i)
  const labels = Uint8Array.from(x, (v) => (v >= 4990 ? 1 : 0))
  const matrix = featureMatrix({ x })
  const model = fitBoosting(matrix, labels, { minChildWeight: 0 })
  expect(areaUnderRoc(labels, predictBoosting(model, matrix))).toBeGreaterThan(0.99)
})
