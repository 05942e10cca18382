import { expect, test } from 'vitest'
import { churnConclusion } from '../../src/report/churnConclusion.ts'
import type { ChurnFacts } from '../../src/report/index.ts'
import { reportFixture } from './fixture.ts'

const churn = reportFixture(50).churn!

function paired(low: number, high: number): ChurnFacts {
  return { ...churn, difference: { against: 'recency', auc: (low + high) / 2, low, high } }
}

test('the paired interval decides', () => {
  expect(churnConclusion(paired(0.01, 0.03)).long).toMatch(/^The model beats every baseline/)
  expect(churnConclusion(paired(-0.01, 0.03)).long).toMatch(/^The model is not shown to beat/)
  expect(churnConclusion(paired(-0.03, -0.01)).long).toMatch(/^The model is worse/)
  expect(churnConclusion(paired(0.01, 0.03)).long).toContain('+0.020 (95% interval 0.010 to 0.030)')
})

test('without one, intervals that touch prove nothing', () => {
  const { difference: _, ...unpaired } = churn
  const withModel = (auc: number) => ({
    ...unpaired,
    scorers: unpaired.scorers.map((each) =>
      each.role === 'model' ? { ...each, auc, aucLow: auc - 0.008, aucHigh: auc + 0.008 } : each,
    ),
  })
  expect(churnConclusion(withModel(0.786)).short).toContain('use it')
  expect(churnConclusion(withModel(0.77)).short).toContain('Not shown')
  expect(churnConclusion(withModel(0.7)).short).toContain('use the rule')
})

test('without a baseline nothing is claimed', () => {
  const scorers = churn.scorers.filter(({ role }) => role === 'model')
  expect(churnConclusion({ ...churn, scorers }).long).toContain('nothing can be said')
})
