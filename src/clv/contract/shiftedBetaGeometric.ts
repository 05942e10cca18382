import { checkNoOthers, checkOptions } from '../../core/checks.ts'
import { diagnose, type FitDiagnostics } from '../fitDiagnostics.ts'
import { edgeReached } from '../fitEdges.ts'
import { givenParams } from '../givenParams.ts'
import type { ContractHistories } from './contractHistories.ts'
import { checkContracts, edgesOf, minimizeContracts, shiftedBetaGeometricStarts } from './contractStart.ts'

/** Parameters of the shifted beta-geometric model: customers leave at each renewal with chances Beta(`alpha`, `beta`). */
export interface ShiftedBetaGeometricParams {
  readonly alpha: number
  readonly beta: number
}

/** A shifted beta-geometric (sBG) model of customers under contract: plain data. */
export interface ShiftedBetaGeometricModel {
  readonly kind: 'shiftedBetaGeometric'
  readonly version: 1
  readonly params: ShiftedBetaGeometricParams
  readonly diagnostics: FitDiagnostics
}

/**
 * Fits the shifted beta-geometric model to renewals by maximum likelihood: Newton's method with exact derivatives. Each
 * customer leaves with the same chance at every renewal, and retention rises because those with high chances leave
 * first. An optimum at an edge is named in `diagnostics.reducesTo`. Linear in the distinct numbers of periods.
 *
 * @throws {ClienteleError} `NOT_ENOUGH_DATA` unless somebody faced a second renewal
 * @see Fader & Hardie (2007), "How to Project Customer Retention", Journal of Interactive Marketing 21(1), equation 7
 * @example
 * const survivors = contractHistoriesFromSurvivors([1000, 869, 743, 653, 593, 551, 517, 491])
 * fitShiftedBetaGeometric(survivors).params // { alpha: 0.668, beta: 3.806 }
 */
export function fitShiftedBetaGeometric(histories: ContractHistories): ShiftedBetaGeometricModel {
  const customers = checkContracts('fitShiftedBetaGeometric', histories, 2)
  const minimum = minimizeContracts(histories, shiftedBetaGeometricStarts(histories))
  const [alpha, beta] = minimum.point.map(Math.exp) as [number, number]
  const reducesTo = minimum.ended === 'converged' ? undefined : edgeReached(edgesOf(histories), minimum.point)
  return {
    kind: 'shiftedBetaGeometric',
    version: 1,
    params: { alpha, beta },
    diagnostics: diagnose(minimum, ['alpha', 'beta'], customers, reducesTo),
  }
}

/**
 * A shifted beta-geometric model from known parameters.
 *
 * @throws {ClienteleError} `BAD_OPTION` unless every parameter is a finite number above 0
 * @example
 * shiftedBetaGeometricModel({ params: { alpha: 0.668, beta: 3.806 } })
 */
export function shiftedBetaGeometricModel(options: {
  readonly params: ShiftedBetaGeometricParams
}): ShiftedBetaGeometricModel {
  const caller = 'shiftedBetaGeometricModel'
  const { params, ...others } = checkOptions(caller, options)
  checkNoOthers(caller, others)
  return {
    kind: 'shiftedBetaGeometric',
    version: 1,
    params: givenParams(caller, params, ['alpha', 'beta']),
    diagnostics: { source: 'given' },
  }
}
