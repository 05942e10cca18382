import type { Minimum } from '../math/minimizeNewton.ts'
import { checkSummary } from '../table/checkSummary.ts'
import type { CustomerSummary } from '../table/customerSummary.ts'
import type { BgBbModel } from './bgBb/bgBb.ts'
import { bgBbLikelihood } from './bgBb/bgBbModelLikelihood.ts'
import { minimizeBgVariant } from './bgNbd/bgNbdFit.ts'
import { bgNbdObjective } from './bgNbd/bgNbdLikelihood.ts'
import { BG_NBD, type BgVariant, MBG_NBD } from './bgNbd/bgVariant.ts'
import { CONTRACT_KINDS, CUSTOMER_KINDS, checkModel, checkModelAndData, SPEND_KINDS } from './checkModel.ts'
import { type ContractHistories, checkContractHistories } from './contract/contractHistories.ts'
import type { ContractModel } from './contract/contractModel.ts'
import { contractLikelihood } from './contract/contractModelLikelihood.ts'
import { purchaseCovariatesLikelihood, spendCovariatesLikelihood } from './covariates/linkedLikelihood.ts'
import type { PurchaseCovariatesModel } from './covariates/purchaseCovariates.ts'
import { seasonalModelLikelihood } from './covariates/seasonalModelLikelihood.ts'
import type { SeasonalPurchasesModel } from './covariates/seasonalPurchases.ts'
import type { SeasonalSummary } from './covariates/withCalendar.ts'
import type { DescribedSummary } from './covariates/withCovariates.ts'
import { purchaseHistories } from './distinctPurchases.ts'
import type { SpendModel } from './gammaGamma/gammaGamma.ts'
import { minimizeGammaGamma } from './gammaGamma/gammaGammaFit.ts'
import { gammaGammaObjective } from './gammaGamma/gammaGammaLikelihood.ts'
import { oneSpendHistory, spendHistories, weightedSpend } from './gammaGamma/spendHistories.ts'
import type { ModelLikelihood, Objective } from './modelLikelihood.ts'
import { minimizeNbd } from './nbd/nbd.ts'
import { nbdObjective } from './nbd/nbdLikelihood.ts'
import { checkRepeats } from './noRepeats.ts'
import { atOnceOrNeverObjective, minimizeAtOnceOrNever } from './paretoNbd/atOnceOrNever.ts'
import { AT_ONCE_OR_NEVER_PARAMETERS, PARETO_NBD_PARAMETERS } from './paretoNbd/paretoNbd.ts'
import { minimizeParetoNbd } from './paretoNbd/paretoNbdFit.ts'
import { paretoNbdObjective } from './paretoNbd/paretoNbdLikelihood.ts'
import type { PeriodHistories, TransactionHistories } from './periodHistories.ts'
import { onePurchaseHistory, type PurchaseHistories, reweightedPurchases } from './purchaseHistories.ts'
import type { PurchaseModel } from './purchaseModel.ts'

/** Every model whose estimates maximise a likelihood: of purchases, of spend, of contracts, with covariates or without. */
export type LikelihoodModel =
  | PurchaseModel
  | BgBbModel
  | ContractModel
  | PurchaseCovariatesModel
  | SeasonalPurchasesModel
  | SpendModel

/** The data that a kind of model is fitted to; of `withCovariates` or `withCalendar` where it has covariates. */
export type HistoriesOf<Model extends LikelihoodModel> = Model extends BgBbModel
  ? PeriodHistories
  : Model extends ContractModel
    ? ContractHistories
    : Model extends SeasonalPurchasesModel
      ? SeasonalSummary
      : Model extends PurchaseCovariatesModel | Extract<SpendModel, { readonly kind: 'spendCovariates' }>
        ? DescribedSummary
        : CustomerSummary

/** Throws `BAD_OPTION` unless these are a model and data of the kind that it is fitted to; `UNIT_MISMATCH` between them. */
export function checkLikelihoodData<Model extends LikelihoodModel>(
  caller: string,
  model: Model,
  data: HistoriesOf<Model>,
): void {
  checkModel(caller, model, [...CUSTOMER_KINDS, ...CONTRACT_KINDS, ...SPEND_KINDS])
  const asked: LikelihoodModel = model
  switch (asked.kind) {
    case 'shiftedBetaGeometric':
    case 'betaDiscreteWeibull':
      checkContractHistories(caller, data as ContractHistories)
      break
    case 'gammaGamma':
    case 'spendCovariates':
      checkSummary(caller, data as CustomerSummary)
      break
    default:
      checkModelAndData(caller, asked, data as TransactionHistories)
  }
}

/**
 * The likelihood by which models of this kind are fitted.
 *
 * @throws {ClienteleError} as the fit of the model
 */
export function likelihoodOf<Model extends LikelihoodModel>(
  caller: string,
  fitted: Model,
  data: HistoriesOf<Model>,
): ModelLikelihood {
  const model: LikelihoodModel = fitted
  const summary = data as CustomerSummary
  switch (model.kind) {
    case 'bgNbd':
      return ofBgVariant(caller, BG_NBD, summary)
    case 'mbgNbd':
      return ofBgVariant(caller, MBG_NBD, summary)
    case 'bgCnbdK':
      return ofBgVariant(caller, { early: model.modified ? 1 : 0, k: model.params.k }, summary)
    case 'paretoNbd':
      return model.params.leavingOdds === undefined
        ? ofPurchases(caller, summary, PARETO_NBD_PARAMETERS, paretoNbdObjective, minimizeParetoNbd)
        : ofPurchases(caller, summary, AT_ONCE_OR_NEVER_PARAMETERS, atOnceOrNeverObjective, minimizeAtOnceOrNever)
    case 'nbd':
      return ofPurchases(caller, summary, ['r', 'alpha'], nbdObjective, minimizeNbd)
    case 'gammaGamma': {
      const { histories } = spendHistories(caller, summary)
      return {
        ...ofParameters(['p', 'q', 'v']),
        ...overHistories(weightedSpend(histories), gammaGammaObjective, minimizeGammaGamma, oneSpendHistory),
      }
    }
    case 'bgBb':
      checkRepeats(caller, data as PeriodHistories)
      return { ...ofParameters(['alpha', 'beta', 'gamma', 'delta']), ...bgBbLikelihood(data as PeriodHistories) }
    case 'shiftedBetaGeometric':
    case 'betaDiscreteWeibull':
      return contractLikelihood(caller, model, data as ContractHistories)
    case 'purchaseCovariates':
      return purchaseCovariatesLikelihood(caller, model, data as DescribedSummary)
    case 'spendCovariates':
      return spendCovariatesLikelihood(caller, model, data as DescribedSummary)
    case 'seasonalPurchases':
      return seasonalModelLikelihood(caller, model, data as SeasonalSummary)
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
  checkRepeats(caller, summary)
  const likelihood = overHistories(histories, objectiveOf, minimize, onePurchaseHistory, reweightedPurchases)
  return { ...ofParameters(parameters), ...likelihood }
}

function ofParameters(parameters: readonly string[]): Pick<ModelLikelihood, 'parameters' | 'units'> {
  return { parameters, units: parameters.map(() => undefined) }
}

function overHistories<Histories extends { readonly weights: Float64Array }>(
  histories: Histories,
  objectiveOf: (histories: Histories) => Objective,
  minimize: (histories: Histories, known: readonly number[]) => Minimum,
  one: (histories: Histories, index: number) => Histories,
  reweighted: (histories: Histories, weights: Float64Array) => Histories = (same, weights) => ({ ...same, weights }),
): Omit<ModelLikelihood, 'parameters' | 'units'> {
  return {
    weights: histories.weights,
    objective: (weights) => objectiveOf(reweighted(histories, weights)),
    ofHistory: (index) => objectiveOf(one(histories, index)),
    minimize: (weights, known) => minimize(reweighted(histories, weights), known),
  }
}
