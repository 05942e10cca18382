import { CONTRACT_KINDS, checkModel } from '../checkModel.ts'
import type { BetaDiscreteWeibullModel, BetaDiscreteWeibullParams } from './betaDiscreteWeibull.ts'
import type { ShiftedBetaGeometricModel } from './shiftedBetaGeometric.ts'

/** Every model of customers under contract, told apart by `kind`. */
export type ContractModel = ShiftedBetaGeometricModel | BetaDiscreteWeibullModel

/** The parameters as those of the general model: the shifted beta-geometric is the beta-discrete-Weibull with c = 1. */
export function contractParams(caller: string, model: ContractModel): BetaDiscreteWeibullParams {
  checkModel(caller, model, CONTRACT_KINDS)
  return model.kind === 'shiftedBetaGeometric' ? { ...model.params, c: 1 } : model.params
}
