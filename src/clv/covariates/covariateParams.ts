import { checkChoice, checkNoOthers, checkNumber } from '../../core/checks.ts'
import type { BgNbdParams } from '../bgNbd/bgNbdFit.ts'
import { givenParams } from '../givenParams.ts'
import { checkParetoNbdParams, type ParetoNbdParams } from '../paretoNbd/paretoNbd.ts'
import { AT_ONCE_OR_NEVER_BASE, type CovariateBase, type CovariateBaseName, covariateBase } from './covariateBase.ts'
import { LEAVING_AT_ONCE_BASE } from './leavingAtOnce.ts'

/** Parameters of Pareto/NBD with covariates. */
export interface ParetoNbdCovariateParams extends ParetoNbdParams {
  /**
   * Only in the limit where some customers leave at once and the others never, with `s` and `beta` 0, and covariates move how
   * many: customers per one who stays, where covariates are 0. Below 1 all stay, there and with covariates that do not raise it
   * above.
   */
  readonly customersPerStayer?: number
}

/** The model that covariates are added to, and its parameters where all covariates are 0. */
export type CovariateParams =
  | { readonly base: 'bgNbd' | 'mbgNbd'; readonly params: BgNbdParams }
  | { readonly base: 'paretoNbd'; readonly params: ParetoNbdCovariateParams }

/** The parameters of a model by name, from a list in its order. */
export function covariateParams(base: CovariateBaseName, values: readonly number[]): CovariateParams {
  const params = Object.fromEntries(covariateBase(base).parameters.map((name, i) => [name, values[i]!]))
  return { base, params } as unknown as CovariateParams
}

/** A copy of known parameters; `BAD_OPTION` unless each that the base has is a finite number above 0. */
export function checkCovariateParams(caller: string, options: CovariateParams): CovariateParams {
  const { base, params, ...others } = options
  checkNoOthers(caller, others)
  const { parameters } = covariateBase(checkChoice(caller, 'base', base, ['bgNbd', 'mbgNbd', 'paretoNbd']))
  if (base === 'paretoNbd') return { base, params: checkParetoParams(caller, params) }
  const known = givenParams(caller, params as unknown as Readonly<Record<string, number>>, parameters)
  return covariateParams(base, Object.values(known))
}

/** What covariates need to know of the model that they were added to, or of its limit. */
export function baseOf(model: CovariateParams): CovariateBase {
  if (model.base !== 'paretoNbd') return covariateBase(model.base)
  if (model.params.customersPerStayer !== undefined) return LEAVING_AT_ONCE_BASE
  return model.params.leavingOdds === undefined ? covariateBase(model.base) : AT_ONCE_OR_NEVER_BASE
}

function checkParetoParams(caller: string, params: ParetoNbdCovariateParams): ParetoNbdCovariateParams {
  if (params?.customersPerStayer === undefined) return checkParetoNbdParams(caller, params)
  checkNumber(caller, 'params.s', params.s, 0, 0)
  checkNumber(caller, 'params.beta', params.beta, 0, 0)
  const { r, alpha, customersPerStayer } = givenParams(caller, params as Required<ParetoNbdCovariateParams>, [
    'r',
    'alpha',
    'customersPerStayer',
  ])
  return { r, alpha, s: 0, beta: 0, customersPerStayer }
}
