import { expect, test } from 'vitest'
import { evaluateChurn } from '../../src/churn/evaluateChurn.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { telcoGolden, telcoScores } from '../fixtures/telco.ts'

const { labels, probabilities, tied } = telcoScores()
const reversed = probabilities.map((p) => 1 - p)

test('the figures are those of the metrics', () => {
  const golden = telcoGolden('metrics_telco.json').scores_p
  const { model, customers, churners } = evaluateChurn(labels, { model: probabilities, baselines: {} })
  expect([customers, churners]).toEqual([7043, 1869])
  for (const [ours, theirs] of [
    [model.area.area, golden.auc],
    [model.brierScore, golden.brier],
    [model.logLoss, golden.logloss],
    [model.liftAt10, golden.lift10],
    [model.recallAt10, golden.recall_top10],
  ] as const) {
    // Sums of 7,043 terms in another order.
    expect(Math.abs(ours - theirs)).toBeLessThan(1e-12)
  }
  expect(model.reliability.length).toBe(10)
})

test('the verdict: better than every baseline, worse than any, or in between', () => {
  const verdict = (baselines: Record<string, Float64Array>) =>
    evaluateChurn(labels, { model: probabilities, baselines }).beatsBaselines
  expect(verdict({ reversed })).toBe('better')
  expect(verdict({ reversed, itself: probabilities })).toBe('no better')
  expect(verdict({})).toBe('no better')
  const poor = evaluateChurn(labels, { model: reversed, baselines: { good: probabilities, itself: reversed } })
  expect(poor.beatsBaselines).toBe('worse')
  expect(poor.baselines.good!.comparison.difference).toBeCloseTo(1 - 2 * 0.8450697430851007, 12)
})

test('a ranking of its own ranks, the probability is judged as a probability', () => {
  const { baselines } = evaluateChurn(labels, {
    model: probabilities,
    baselines: { plain: tied, fine: { probability: tied, ranking: probabilities } },
  })
  expect(baselines.fine!.brierScore).toBe(baselines.plain!.brierScore)
  expect(baselines.fine!.comparison.difference).toBe(0)
  expect(baselines.plain!.comparison.difference).toBeGreaterThan(0)
})

test('refusals', () => {
  expectRefusal(() => evaluateChurn(labels, { model: tied.subarray(1), baselines: {} }), 'BAD_SHAPE')
  expectRefusal(() => evaluateChurn(labels, { model: tied, baselines: { x: tied.map((p) => p + 1) } }), 'BAD_OPTION')
  expectRefusal(
    () => evaluateChurn(new Uint8Array(2), { model: new Float64Array(2), baselines: {} }),
    'NOT_ENOUGH_DATA',
  )
})
