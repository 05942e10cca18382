import { badOption, checkNoOthers, checkObject, checkOptions } from '../../core/checks.ts'
import { diagnose, type FitDiagnostics } from '../fitDiagnostics.ts'
import { edgeReached } from '../fitEdges.ts'
import { givenParams } from '../givenParams.ts'
import { bestBetaDiscreteWeibull } from './betaDiscreteWeibullFit.ts'
import { powerOfTimeEdge } from './contractEdges.ts'
import type { ContractHistories } from './contractHistories.ts'
import { checkContracts, edgesOf } from './contractStart.ts'
import { betaInLimit, powerOfTimeParameters } from './powerOfTime.ts'

/**
 * Parameters of the beta-discrete-Weibull model. A customer makes t renewals with chance (1 − θ)^(t^c), θ ~
 * Beta(`alpha`, `beta`): the single customer's chance to leave falls with time for `c` below 1, and rises above.
 */
export interface BetaDiscreteWeibullParams {
  readonly alpha: number
  readonly beta: number
  readonly c: number
  /**
   * Only in the limit in which c is infinite and α is 0, where contracts end by a power of time, S(t) = min(1, (onset /
   * t)^exponent): the time from which on customers leave, in renewals, above 0. Below 1 some leave at the first renewal.
   */
  readonly onset?: number
  /** The power of time by which who is left falls off in that limit, αc. */
  readonly exponent?: number
}

/** A beta-discrete-Weibull (BdW) model of customers under contract: plain data. */
export interface BetaDiscreteWeibullModel {
  readonly kind: 'betaDiscreteWeibull'
  readonly version: 1
  readonly params: BetaDiscreteWeibullParams
  readonly diagnostics: FitDiagnostics
}

/**
 * Fits the beta-discrete-Weibull model to renewals by maximum likelihood: Newton's method with exact derivatives. With
 * c = 1 it is the shifted beta-geometric model; `likelihoodRatioTest` tells whether it needs to be another. An optimum
 * at an edge is named in `diagnostics.reducesTo`. Where the likelihood rises for ever with c, the parameters are those of
 * the limit, `onset` and `exponent`. Linear in the distinct numbers of periods.
 *
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` unless somebody faced a third renewal
 * @see Fader, Hardie, Liu, Davin & Steenburgh (2018), "How to Project Customer Retention" Revisited: The Role of Duration
 *   Dependence, Journal of Interactive Marketing 43, equation 5
 * @example
 * const survivors = contractHistoriesFromSurvivors([1000, 869, 743, 653, 593, 551, 517, 491])
 * fitBetaDiscreteWeibull(survivors).params.c // 1.72…
 */
export function fitBetaDiscreteWeibull(histories: ContractHistories): BetaDiscreteWeibullModel {
  const customers = checkContracts('fitBetaDiscreteWeibull', histories, 3)
  const { minimum, limit } = bestBetaDiscreteWeibull(histories)
  const asModel = { kind: 'betaDiscreteWeibull', version: 1 } as const
  if (limit !== undefined) {
    const diagnostics = diagnose(minimum, powerOfTimeParameters(limit.onset), customers, powerOfTimeEdge(limit))
    return { ...asModel, params: limitParams(limit.onset, limit.exponent), diagnostics }
  }
  const [alpha, beta, c] = minimum.point.map(Math.exp) as [number, number, number]
  const reducesTo = minimum.ended === 'converged' ? undefined : edgeReached(edgesOf(histories), minimum.point)
  const diagnostics = diagnose(minimum, ['alpha', 'beta', 'c'], customers, reducesTo)
  return { ...asModel, params: { alpha, beta, c }, diagnostics }
}

/**
 * A beta-discrete-Weibull model from known parameters.
 *
 * @throws {ClienteleError} `BAD_OPTION` unless every parameter is a finite number above 0; or, beside `onset` and `exponent`,
 *   α is 0, c infinite, and β the limit of onset^c: 0, 1 or infinite
 * @example
 * betaDiscreteWeibullModel({ params: { alpha: 0.214, beta: 1.427, c: 1.724 } })
 */
export function betaDiscreteWeibullModel(options: {
  readonly params: BetaDiscreteWeibullParams
}): BetaDiscreteWeibullModel {
  const caller = 'betaDiscreteWeibullModel'
  const { params, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  return {
    kind: 'betaDiscreteWeibull',
    version: 1,
    params: checkParams(caller, params),
    diagnostics: { source: 'given' },
  }
}

function checkParams(caller: string, params: BetaDiscreteWeibullParams): BetaDiscreteWeibullParams {
  const given = checkObject(caller, 'params', params)
  if (given.onset === undefined && given.exponent === undefined)
    return givenParams(caller, params, ['alpha', 'beta', 'c'])
  const { onset, exponent } = givenParams(caller, { onset: 0, exponent: 0, ...given }, ['onset', 'exponent'])
  const limit = limitParams(onset, exponent)
  for (const name of ['alpha', 'beta', 'c'] as const) {
    if (given[name] !== limit[name])
      throw badOption(caller, `params.${name}`, `${limit[name]} in the limit with an onset of ${onset}`, given[name])
  }
  return limit
}

/** The limit's parameters, and what those of the model tend to. */
function limitParams(onset: number, exponent: number): BetaDiscreteWeibullParams {
  return { alpha: 0, beta: betaInLimit(onset), c: Number.POSITIVE_INFINITY, onset, exponent }
}
