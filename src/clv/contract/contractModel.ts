import { CONTRACT_KINDS, checkModel } from '../checkModel.ts'
import type { BetaDiscreteWeibullModel } from './betaDiscreteWeibull.ts'
import { logLasting } from './contractSurvival.ts'
import { logPowerOfTime, type PowerOfTime } from './powerOfTime.ts'
import type { ShiftedBetaGeometricModel } from './shiftedBetaGeometric.ts'

/** Every model of customers under contract, told apart by `kind`. */
export type ContractModel = ShiftedBetaGeometricModel | BetaDiscreteWeibullModel

/**
 * The parameters as those of the general model, the shifted beta-geometric being the beta-discrete-Weibull with c = 1; or
 * those of its limit.
 */
export type ContractCurve =
  | { readonly alpha: number; readonly beta: number; readonly c: number; readonly limit?: never }
  | { readonly limit: PowerOfTime }

/** What a model says of survival. */
export function contractCurve(caller: string, model: ContractModel): ContractCurve {
  checkModel(caller, model, CONTRACT_KINDS)
  if (model.kind === 'shiftedBetaGeometric') return { ...model.params, c: 1 }
  const { onset, exponent, ...params } = model.params
  return onset === undefined ? params : { limit: { onset, exponent: exponent! } }
}

/** ln (S(to) / S(from)), the share of those that lasted `from` renewals who make all up to the `to`-th, for from ≤ to. */
export function logStaying(curve: ContractCurve, from: number, to: number): number {
  return curve.limit === undefined
    ? logLasting(curve.alpha, curve.beta, curve.c, from, to)
    : logPowerOfTime(curve.limit, from, to)
}
