import { expect, test } from 'vitest'
import { aliveHistory } from '../../src/clv/aliveHistory.ts'
import { bgBbModel } from '../../src/clv/bgBb/bgBb.ts'
import { contractHistoriesFromSurvivors } from '../../src/clv/contract/contractHistories.ts'
import { expectedLifetime } from '../../src/clv/contract/contractLifetime.ts'
import { retentionRate, survivalProbability } from '../../src/clv/contract/retention.ts'
import { fitShiftedBetaGeometric, shiftedBetaGeometricModel } from '../../src/clv/contract/shiftedBetaGeometric.ts'
import { discountedResidualPurchases } from '../../src/clv/discountedResidualPurchases.ts'
import { heterogeneity } from '../../src/clv/heterogeneity.ts'
import { periodHistoriesFromColumns } from '../../src/clv/periodHistories.ts'
import { expectRefusal } from '../fixtures/errors.ts'
import { assertFitted } from './fits.ts'

test('regression: of a model of another kind, functions said NaN', () => {
  const inPeriods = bgBbModel({ params: { alpha: 1, beta: 1, gamma: 1, delta: 3 } }) as never
  const histories = periodHistoriesFromColumns({ repeats: [1], lastPeriod: [2], periods: [3] }) as never
  const options = { discountRate: { rate: 0.1, per: 'year' } } as const
  expectRefusal(() => survivalProbability(inPeriods, 3), 'BAD_OPTION', 'of kind shiftedBetaGeometric')
  expectRefusal(() => retentionRate(inPeriods, 3), 'BAD_OPTION', 'kind "bgBb"')
  expectRefusal(() => expectedLifetime(inPeriods), 'BAD_OPTION', 'kind "bgBb"')
  const contract = shiftedBetaGeometricModel({ params: { alpha: 1, beta: 3 } }) as never
  const history = { timeUnit: 'period', ages: [0, 1], age: 3 } as never
  expectRefusal(() => aliveHistory(contract, history), 'BAD_OPTION', 'kind "shiftedBetaGeometric"')
  expectRefusal(() => discountedResidualPurchases(inPeriods, histories, options), 'BAD_OPTION', 'of kind bgNbd')
  expectRefusal(() => heterogeneity(contract), 'BAD_OPTION', 'of kind bgNbd')
})

test('regression: where nobody leaves, neither parameter has a standard error', () => {
  const { diagnostics } = fitShiftedBetaGeometric(contractHistoriesFromSurvivors([10, 10, 10]))
  assertFitted(diagnostics)
  expect(diagnostics.verdict).toBe('boundary')
  expect(diagnostics.standardErrors).toEqual([Number.NaN, Number.NaN])
})
