import type { Minimum } from '../../math/minimizeNewton.ts'
import type { ModelLikelihood, Objective } from '../modelLikelihood.ts'
import type { ContractHistories } from './contractHistories.ts'
import { contractObjective } from './contractLikelihood.ts'
import type { ContractModel } from './contractModel.ts'
import { checkContracts, minimizeContracts } from './contractStart.ts'
import { exponentObjective, powerOfTimeObjective, powerOfTimeParameters } from './powerOfTime.ts'
import { minimizeExponent, minimizePowerOfTime } from './powerOfTimeFit.ts'

/** The likelihood of a contract model: of who left at each number of periods, and then of who stayed. */
export function contractLikelihood(
  caller: string,
  model: ContractModel,
  histories: ContractHistories,
): ModelLikelihood {
  checkContracts(caller, histories, model.kind === 'shiftedBetaGeometric' ? 2 : 3)
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
  const { parameters, objective, minimize } = familyOf(model)
  return {
    parameters,
    units: parameters.map(() => undefined),
    weights: Float64Array.of(...left, ...stayed),
    objective: (weights) => objective(reweighted(weights)),
    ofHistory: (index) => objective(one(index)),
    minimize: (weights, known) => minimize(reweighted(weights), known),
  }
}

/** A family of survival curves over the logarithms of its parameters. */
interface ContractFamily {
  readonly parameters: readonly string[]
  readonly objective: (histories: ContractHistories) => Objective
  readonly minimize: (histories: ContractHistories, known: readonly number[]) => Minimum
}

/** The family that a model was fitted in: that of its limit, where it is one, with the onset given if that is at a kink. */
function familyOf(model: ContractModel): ContractFamily {
  const onset = model.kind === 'betaDiscreteWeibull' ? model.params.onset : undefined
  if (onset === undefined) {
    return {
      parameters: Object.keys(model.params),
      objective: contractObjective,
      minimize: (histories, known) => minimizeContracts(histories, [known]),
    }
  }
  const parameters = powerOfTimeParameters(onset)
  if (parameters.length === 2) return { parameters, objective: powerOfTimeObjective, minimize: minimizePowerOfTime }
  return {
    parameters,
    objective: (histories) => exponentObjective(histories, onset),
    minimize: (histories, known) => minimizeExponent(histories, onset, known),
  }
}
