import { checkChoice, checkNoOthers } from '../../core/checks.ts'
import type { BgNbdParams } from '../bgNbd/bgNbdFit.ts'
import { givenParams } from '../givenParams.ts'
import { checkParetoNbdParams, type ParetoNbdParams } from '../paretoNbd/paretoNbd.ts'
import { type CovariateBaseName, covariateBase } from './covariateBase.ts'

/** The model that covariates are added to, and its parameters where all covariates are 0. */
export type CovariateParams =
  | { readonly base: 'bgNbd' | 'mbgNbd'; readonly params: BgNbdParams }
  | { readonly base: 'paretoNbd'; readonly params: ParetoNbdParams }

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
  if (base === 'paretoNbd') return { base, params: checkParetoNbdParams(caller, params) }
  const known = givenParams(caller, params as unknown as Readonly<Record<string, number>>, parameters)
  return covariateParams(base, Object.values(known))
}
