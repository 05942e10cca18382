import type { ModelLikelihood } from '../modelLikelihood.ts'
import type { ContractHistories } from './contractHistories.ts'
import { contractObjective } from './contractLikelihood.ts'
import type { ContractModel } from './contractModel.ts'
import { checkContracts, minimizeContracts } from './contractStart.ts'

/** The likelihood of a contract model: of who left at each number of periods, and then of who stayed. */
export function contractLikelihood(
  caller: string,
  { kind }: ContractModel,
  histories: ContractHistories,
): Omit<ModelLikelihood, 'parameters' | 'units'> {
  checkContracts(caller, histories, kind === 'shiftedBetaGeometric' ? 2 : 3)
  const { periods, left, stayed } = histories
  const reweighted = (weights: Float64Array): ContractHistories => ({
    periods,
    left: weights.subarray(0, periods.length),
    stayed: weights.subarray(periods.length),
  })
  const one = (index: number): ContractHistories => {
    const isLeft = index < periods.length
    return {
      periods: periods.slice(index % periods.length, (index % periods.length) + 1),
      left: Float64Array.of(isLeft ? 1 : 0),
      stayed: Float64Array.of(isLeft ? 0 : 1),
    }
  }
  return {
    weights: Float64Array.of(...left, ...stayed),
    objective: (weights) => contractObjective(reweighted(weights)),
    ofHistory: (index) => contractObjective(one(index)),
    minimize: (weights, known) => minimizeContracts(reweighted(weights), [known]),
  }
}
