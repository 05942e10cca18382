import type { Expansion, Minimum } from '../math/minimizeNewton.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import { minimizeBgVariant } from './bgNbd/bgNbdFit.ts'
import { bgNbdObjective } from './bgNbd/bgNbdLikelihood.ts'
import { BG_NBD, type BgVariant, MBG_NBD } from './bgNbd/bgVariant.ts'
import { type GammaGammaModel, minimizeGammaGamma } from './gammaGamma/gammaGamma.ts'
import { gammaGammaObjective } from './gammaGamma/gammaGammaLikelihood.ts'
import { oneSpendHistory, reweightedSpend, spendHistories } from './gammaGamma/spendHistories.ts'
import { minimizeNbd } from './nbd/nbd.ts'
import { nbdObjective } from './nbd/nbdLikelihood.ts'
import { minimizeParetoNbd } from './paretoNbd/paretoNbdFit.ts'
import { paretoNbdObjective } from './paretoNbd/paretoNbdLikelihood.ts'
import { onePurchaseHistory, type PurchaseHistories, purchaseHistories } from './purchaseHistories.ts'
import type { PurchaseModel } from './purchaseModel.ts'

/** Every model whose parameters a likelihood determines. */
export type LikelihoodModel = PurchaseModel | GammaGammaModel

/** Minus a log-likelihood with its derivatives, as a function of θ, the logarithms of the parameters. */
export type Objective = (theta: readonly number[]) => Expansion

/**
 * The likelihood of a kind of model over the distinct histories of a summary, with their weights left open: all that
 * intervals and resampling need to know of a model.
 */
export interface ModelLikelihood {
  /** Names in the model's `params`, in the order of θ. */
  readonly parameters: readonly string[]
  /** Customers with each distinct history. */
  readonly weights: Float64Array
  /** Of all customers, if each history had this many. */
  readonly objective: (weights: Float64Array) => Objective
  /** Of one customer with the history. */
  readonly ofHistory: (index: number) => Objective
  /** The best θ under these weights, sought from a point nearby. */
  readonly minimize: (weights: Float64Array, known: readonly number[]) => Minimum
}

/**
 * The likelihood by which models of this kind are fitted.
 *
 * @throws {ClienteleError} as the fit of the model
 */
export function likelihoodOf(caller: string, model: LikelihoodModel, summary: CustomerSummary): ModelLikelihood {
  switch (model.kind) {
    case 'bgNbd':
      return ofBgVariant(caller, BG_NBD, summary)
    case 'mbgNbd':
      return ofBgVariant(caller, MBG_NBD, summary)
    case 'bgCnbdK':
      return ofBgVariant(caller, { early: model.modified ? 1 : 0, k: model.params.k }, summary)
    case 'paretoNbd':
      return ofPurchases(caller, summary, ['r', 'alpha', 's', 'beta'], paretoNbdObjective, minimizeParetoNbd)
    case 'nbd':
      return ofPurchases(caller, summary, ['r', 'alpha'], nbdObjective, minimizeNbd)
    case 'gammaGamma': {
      const { histories } = spendHistories(caller, summary)
      return {
        parameters: ['p', 'q', 'v'],
        ...overHistories(histories, gammaGammaObjective, minimizeGammaGamma, oneSpendHistory, reweightedSpend),
      }
    }
  }
}

function ofBgVariant(caller: string, variant: BgVariant, summary: CustomerSummary): ModelLikelihood {
  return ofPurchases(
    caller,
    summary,
    ['r', 'alpha', 'a', 'b'],
    (histories) => bgNbdObjective(histories, variant),
    (histories, known) => minimizeBgVariant(histories, variant, known),
  )
}

function ofPurchases(
  caller: string,
  summary: CustomerSummary,
  parameters: readonly string[],
  objectiveOf: (histories: PurchaseHistories) => Objective,
  minimize: (histories: PurchaseHistories, known: readonly number[]) => Minimum,
): ModelLikelihood {
  const histories = purchaseHistories(caller, summary)
  return { parameters, ...overHistories(histories, objectiveOf, minimize, onePurchaseHistory) }
}

/** The model with other parameters, which were not fitted. */
export function withParameters<Model extends LikelihoodModel>(
  model: Model,
  parameters: readonly string[],
  theta: readonly number[],
): Model {
  const changed = Object.fromEntries(parameters.map((name, i) => [name, Math.exp(theta[i]!)]))
  return { ...model, params: { ...model.params, ...changed }, diagnostics: { source: 'given' } }
}

/** θ of a model: the logarithms of the named parameters. */
export function logParameters(model: LikelihoodModel, parameters: readonly string[]): number[] {
  const params: Readonly<Record<string, number>> = { ...model.params }
  return parameters.map((name) => Math.log(params[name]!))
}

function overHistories<Histories extends { readonly weights: Float64Array }>(
  histories: Histories,
  objectiveOf: (histories: Histories) => Objective,
  minimize: (histories: Histories, known: readonly number[]) => Minimum,
  one: (histories: Histories, index: number) => Histories,
  reweighted: (histories: Histories, weights: Float64Array) => Histories = (same, weights) => ({ ...same, weights }),
): Omit<ModelLikelihood, 'parameters'> {
  return {
    weights: histories.weights,
    objective: (weights) => objectiveOf(reweighted(histories, weights)),
    ofHistory: (index) => objectiveOf(one(histories, index)),
    minimize: (weights, known) => minimize(reweighted(histories, weights), known),
  }
}
