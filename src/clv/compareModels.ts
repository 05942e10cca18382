import { ClienteleError } from '../core/errors.ts'
import type { BgCnbdKDiagnostics } from './bgNbd/bgCnbdK.ts'
import type { FittedDiagnostics } from './fitDiagnostics.ts'
import { checkedFits, type FittedModel, parametersOf } from './fittedModels.ts'

/** How one of several models of the same data did. */
export interface ModelComparison {
  readonly kind: string
  /** How many parameters were fitted; the number of phases of (M)BG/CNBD-k is one where it was found in the data. */
  readonly parameters: number
  readonly logLikelihood: number
  /** Akaike's criterion: twice the parameters less twice the log-likelihood. The lowest is best. */
  readonly aic: number
  /** The same, corrected for few customers; infinite where there are no more of them than parameters and one. */
  readonly aicc: number
  /** Schwarz's criterion, where a parameter costs ln(customers). */
  readonly bic: number
  /** Akaike weight: how likely the model is the best of these for new data. They add up to 1. */
  readonly weight: number
  /** 1 for the lowest `aic`. */
  readonly rank: number
  /** 1 for the lowest `bic`. */
  readonly rankByBic: number
}

/**
 * Compares models that were fitted to the same customers: log-likelihood, parameters, information criteria and ranks, in
 * the order given.
 *
 * @param models - at least one; of purchases, of purchases in periods, of contracts or of spend, but not of several of these
 * @throws {ClienteleError} `BAD_OPTION` if a model was not fitted or they are not of one kind of data, as (M)BG/CNBD-k by gaps
 *   and by histories; `BAD_SHAPE` if they were
 *   fitted to different numbers of customers; `UNIT_MISMATCH` if in different units of time
 * @see Burnham & Anderson (2002), "Model Selection and Multimodel Inference", sections 2.2, 2.4 and 2.9
 * @example
 * const survivors = contractHistoriesFromSurvivors([1000, 869, 743, 653, 593, 551, 517, 491])
 * const models = [fitShiftedBetaGeometric(survivors), fitBetaDiscreteWeibull(survivors)]
 * compareModels(models).map(({ rank }) => rank) // [2, 1]
 */
export function compareModels(models: readonly FittedModel[]): ModelComparison[] {
  const fits = checkedFits('compareModels', models)
  checkEvidence('compareModels', fits)
  const criteria = fits.map((fit, i) => {
    const { logLikelihood, customers } = fit
    const k = parametersOf(models[i]!, fit) + Number(phasesOf(fit).isFound)
    const aic = 2 * k - 2 * logLikelihood
    const aicc = customers > k + 1 ? aic + (2 * k * (k + 1)) / (customers - k - 1) : Number.POSITIVE_INFINITY
    return { parameters: k, logLikelihood, aic, aicc, bic: k * Math.log(customers) - 2 * logLikelihood }
  })
  const best = Math.min(...criteria.map(({ aic }) => aic))
  const odds = criteria.map(({ aic }) => Math.exp((best - aic) / 2))
  const all = odds.reduce((sum, value) => sum + value, 0)
  return criteria.map((row, i) => ({
    kind: models[i]!.kind,
    ...row,
    weight: odds[i]! / all,
    rank: 1 + criteria.filter(({ aic }) => aic < row.aic).length,
    rankByBic: 1 + criteria.filter(({ bic }) => bic < row.bic).length,
  }))
}

/** Whether a fit found a number of phases, and by what, where its model has them. */
function phasesOf(fit: FittedDiagnostics): { readonly isFound: boolean; readonly evidence?: string } {
  const { profile = [], evidence } = fit as Partial<BgCnbdKDiagnostics>
  return { isFound: profile.length > 1, ...(evidence !== undefined && { evidence }) }
}

/** Refuses likelihoods of all purchase times beside those of the last ones, both of which compare with plain models. */
function checkEvidence(caller: string, fits: readonly FittedDiagnostics[]): void {
  const kinds = new Set(fits.flatMap((fit) => phasesOf(fit).evidence ?? []))
  if (kinds.size < 2) return
  throw new ClienteleError(
    'BAD_OPTION',
    `${caller}: models with phases must have been judged by the same evidence, got ${[...kinds].join(' and ')}`,
  )
}
