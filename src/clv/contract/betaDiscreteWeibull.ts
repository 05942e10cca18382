import { checkNoOthers, checkOptions } from '../../core/checks.ts'
import { diagnose, type FitDiagnostics } from '../fitDiagnostics.ts'
import { edgeReached } from '../fitEdges.ts'
import { givenParams } from '../givenParams.ts'
import { isAtEndOfDoubles } from './contractEdges.ts'
import type { ContractHistories } from './contractHistories.ts'
import { betaDiscreteWeibullStarts, checkContracts, edgesOf, minimizeContracts } from './contractStart.ts'

/**
 * Parameters of the beta-discrete-Weibull model. A customer makes t renewals with chance (1 − θ)^(t^c), θ ~
 * Beta(`alpha`, `beta`): the single customer's chance to leave falls with time for `c` below 1, and rises above.
 */
export interface BetaDiscreteWeibullParams {
  readonly alpha: number
  readonly beta: number
  readonly c: number
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
 * at an edge is named in `diagnostics.reducesTo`. Where that is approached like 1/c, the largest β of a double comes first,
 * up to some 0.01 of log-likelihood below the limit, and `diagnostics.converged` is false. Linear in the distinct numbers of
 * periods.
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
  const minimum = minimizeContracts(histories, betaDiscreteWeibullStarts(histories))
  const [alpha, beta, c] = minimum.point.map(Math.exp) as [number, number, number]
  const reducesTo = minimum.ended === 'converged' ? undefined : edgeReached(edgesOf(histories), minimum.point)
  const diagnostics = diagnose(minimum, ['alpha', 'beta', 'c'], customers, reducesTo)
  return {
    kind: 'betaDiscreteWeibull',
    version: 1,
    params: { alpha, beta, c },
    diagnostics: { ...diagnostics, converged: diagnostics.converged && !isAtEndOfDoubles(minimum.point) },
  }
}

/**
 * A beta-discrete-Weibull model from known parameters.
 *
 * @throws {ClienteleError} `BAD_OPTION` unless every parameter is a finite number above 0
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
    params: givenParams(caller, params, ['alpha', 'beta', 'c']),
    diagnostics: { source: 'given' },
  }
}
