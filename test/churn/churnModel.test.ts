import { expect, test } from 'vitest'
import { churnFeatures } from '../../src/churn/churnFeatures.ts'
import { fitChurn, fitChurnAsync, predictChurn } from '../../src/churn/churnModel.ts'
import { churnSnapshots, type Snapshots } from '../../src/churn/churnSnapshots.ts'
import { defaultCutoffs } from '../../src/churn/defaultCutoffs.ts'
import { evaluateChurn } from '../../src/churn/evaluateChurn.ts'
import { fitRecencyBaseline, predictRecencyBaseline } from '../../src/churn/recencyBaseline.ts'
import { brierScore } from '../../src/metrics/calibration.ts'
import { areaUnderRoc } from '../../src/metrics/ranking.ts'
import type { EventTable } from '../../src/table/eventTable.ts'
import { cdnow, cdnowSample } from '../fixtures/cdnow.ts'
import { expectRefusal } from '../fixtures/errors.ts'

const horizon = { weeks: 13 }
const asOf = '1998-06-30'

function snapshotsOf(table: EventTable): { training: Snapshots; evaluation: Snapshots } {
  const cutoffs = defaultCutoffs(table, { horizon, asOf })
  return {
    training: churnSnapshots(table, { cutoffs: cutoffs.training, horizon, asOf }),
    evaluation: churnSnapshots(table, { cutoffs: [cutoffs.evaluation], horizon, asOf }),
  }
}

test('CDNOW: the model ranks better than recency on a quarter that it has not seen, and its probabilities are better', () => {
  const { training, evaluation } = snapshotsOf(cdnow())
  const baseline = fitRecencyBaseline(training)
  const found = evaluateChurn(evaluation.labels, {
    model: predictChurn(fitChurn(training), evaluation),
    baselines: { recency: predictRecencyBaseline(baseline, evaluation.summaries[0]!) },
  })
  expect([training.labels.length, found.customers]).toEqual([94_280, 23_570])
  const recency = found.baselines.recency!
  // Recency is a fact of the data; the model's figures are ours, with a margin for a change of seed.
  expect(recency.area.area).toBeCloseTo(0.8279, 4)
  expect(found.beatsBaselines).toBe('better')
  expect(found.model.area.area).toBeGreaterThan(0.836)
  expect(found.model.brierScore).toBeLessThan(0.0905)
  expect(found.model.brierScore).toBeLessThan(recency.brierScore)
  expect(found.model.logLoss).toBeLessThan(recency.logLoss)
})

const sample = cdnowSample()
const { training, evaluation } = snapshotsOf(sample)
const model = fitChurn(training, { trees: 20 })

test('the model says what it needs and what it was made from', () => {
  expect(model).toMatchObject({ kind: 'churn', version: 1, horizonDays: 91, timeUnit: 'week' })
  expect(model.features).toEqual(training.matrix.columns)
  expect(model.diagnostics.cutoffs).toEqual(training.cutoffs)
  expect(model.diagnostics.churnRate).toBe(training.labels.reduce((sum, y) => sum + y, 0) / training.labels.length)
  expect(model.learner.params).toMatchObject({ trees: 20, depth: 3, rate: 0.06, l2: 50, subsample: 0.5, seed: 1 })
})

test('the present is scored by the same features as snapshots', () => {
  const dayBefore = churnFeatures(sample, { asOf: '1998-03-31', columns: model.features })
  expect(predictChurn(model, dayBefore)).toEqual(predictChurn(model, evaluation))
})

test('same seed same bytes, a clone predicts the same, and the asynchronous form is the same fit', async () => {
  expect(fitChurn(training, { trees: 20 })).toEqual(model)
  expect(predictChurn(structuredClone(model), evaluation)).toEqual(predictChurn(model, evaluation))
  const told: number[] = []
  const other = await fitChurnAsync(training, { trees: 20, onProgress: ({ done }) => told.push(done) })
  expect(other).toEqual(model)
  expect(told.length).toBe(20)
})

test('recency as a probability rises with time, and ranks by time itself', () => {
  const baseline = fitRecencyBaseline(training)
  const { probability, ranking } = predictRecencyBaseline(baseline, evaluation.summaries[0]!)
  const order = [...probability.keys()].sort((a, b) => ranking![a]! - ranking![b]!)
  order.forEach((row, i) => {
    if (i > 0) expect(probability[row]).toBeGreaterThanOrEqual(probability[order[i - 1]!]!)
  })
  expect(ranking).toEqual(evaluation.summaries[0]!.sinceLast)
  // Steps of the calibration tie customers whom the time tells apart.
  expect(areaUnderRoc(evaluation.labels, ranking!)).toBeGreaterThan(areaUnderRoc(evaluation.labels, probability))
  // On the rows that it was fitted on, it is at least as good as the share of churners.
  const share = model.diagnostics.churnRate
  const fitted = training.summaries.flatMap((summary) => [...predictRecencyBaseline(baseline, summary).probability])
  expect(brierScore(training.labels, fitted)).toBeLessThan(share * (1 - share))
})

test('refusals', () => {
  const inDays = churnFeatures(sample, { asOf, timeUnit: 'day', columns: model.features })
  expectRefusal(() => predictChurn(model, inDays), 'UNIT_MISMATCH')
  expectRefusal(() => predictChurn(model, churnFeatures(sample, { asOf, columns: ['age'] })), 'BAD_SHAPE', 'got age')
  expectRefusal(() => predictRecencyBaseline(fitRecencyBaseline(training), inDays.summary), 'UNIT_MISMATCH')
  const nobody = { ...training, labels: training.labels.map(() => 1) }
  expectRefusal(() => fitChurn(nobody), 'NOT_ENOUGH_DATA')
})
